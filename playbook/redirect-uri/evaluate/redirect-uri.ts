/** What a redirect URI comes to under one environment: its scheme, whose host, which path. */
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { type Hole, TextPattern } from '../../../analysis/values/text-pattern.ts';
import { type UnknownValue, type Value, alternativesOf } from '../../../analysis/values/values.ts';
import { type Hosting, hostingOfSuffix, isLocalHost } from '../hosting/hosts.ts';
import { REQUEST_HOST_HEADER, REQUEST_ORIGIN } from './request.ts';

export type Host =
  /** Known in full: a deployment's or a domain of the user's own. */
  | { readonly kind: 'literal'; readonly host: string }
  /** A deployment's, by its ending; what is before that is partly unknown: `shop-git-${branch}-acme.vercel.app`. */
  | { readonly kind: 'deployment'; readonly host: string; readonly hosting: Hosting }
  | { readonly kind: 'localhost'; readonly host: string }
  /** One environment variable holds the host; `isWhole` when it holds the scheme too. */
  | { readonly kind: 'variable'; readonly name: string; readonly isWhole: boolean }
  | { readonly kind: 'origin' }
  | { readonly kind: 'header' }
  /** `https://undefined`: a template whose variable is unset. */
  | { readonly kind: 'undefined' }
  /** No absolute URL: a path alone, or a host without its scheme. */
  | { readonly kind: 'none' }
  /** The option is left out, or comes to `undefined` or the empty string: the next in line decides. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

export interface RedirectUri {
  readonly host: Host;
  /** With its leading slash, without query and hash; undefined when it is not known in full. */
  readonly path: string | undefined;
  /** `https:`, where it is written. */
  readonly scheme?: string | undefined;
  /** For messages: `https://${process.env.VERCEL_URL}/callback`, without passwords and keys. */
  readonly shown: string;
  /** Where the host is written, the value as a whole otherwise. */
  readonly from: Located;
  readonly value: Value;
}

/** The alternatives of a redirect URI's value. */
export function redirectUrisIn(value: Value): readonly RedirectUri[] {
  return alternativesOf(value).map((one) => {
    if (one.type === 'literal' && (one.value === undefined || one.value === null || one.value === false)) {
      return { host: { kind: 'absent' }, path: undefined, shown: 'undefined', from: one.from, value: one };
    }
    if (one.type === 'unknown' || one.type === 'text' || one.type === 'url')
      return ofPattern(TextPattern.of(one), one, one.from);
    return { host: { kind: 'unknown' }, path: undefined, shown: '…', from: one.from, value: one };
  });
}

function ofPattern(text: TextPattern, value: Value, from: Located): RedirectUri {
  const shown = text.describe(nameOf);
  const uri = (host: Host, rest: TextPattern, place: Located = from): RedirectUri => ({
    host,
    path: pathOf(rest),
    shown,
    from: place,
    value,
  });
  if (text.isEmpty) return uri({ kind: 'absent' }, text);
  const url = text.url();
  if (url) {
    const { host, rest, scheme } = url;
    // `//${host}/callback`: a browser would complete it, WorkOS compares texts.
    if (scheme.isEmpty) return uri({ kind: 'none' }, text);
    // A scheme, or a base that ends in a slash too many: `${BASE}//callback`.
    if (scheme.onlyHole?.kind === 'env') return uri({ kind: 'unknown' }, text);
    // A mobile or desktop app's: `myapp://auth/callback`.
    if (scheme.known !== undefined && !/^(?:https?:)?$/iu.test(scheme.known)) return uri({ kind: 'unknown' }, text);
    return {
      ...(host.known === undefined ? uri(...withHoles(host, rest)) : uri(...knownHost(host, rest, text, from))),
      scheme: scheme.known?.toLowerCase(),
    };
  }
  if (/^(?:undefined|null)/u.test(text.start)) return uri({ kind: 'undefined' }, text);
  if (text.start.startsWith('/') || text.known !== undefined) return uri({ kind: 'none' }, text);
  const [first, ...others] = text.parts;
  if (!first || first.kind === 'known') return uri({ kind: 'unknown' }, text);
  return uri(...hostOfHoles(new TextPattern([first]), new TextPattern(others), true));
}

type Found = [host: Host, rest: TextPattern, from?: Located];

function knownHost(host: TextPattern, rest: TextPattern, text: TextPattern, from: Located): Found {
  const name = (host.known ?? '').replace(/^.*@/su, '');
  // The host may have come from a name: `${BASE}/callback`.
  const start = text.parts.find((part) => part.kind === 'known' && part.text.includes(name));
  const place = (start?.kind === 'known' ? start.from : undefined) ?? from;
  if (name === 'undefined' || name === 'null') return [{ kind: 'undefined' }, rest, place];
  if (name === '') return [{ kind: 'unknown' }, rest];
  return [{ kind: isLocalHost(name) ? 'localhost' : 'literal', host: name }, rest, place];
}

function withHoles(host: TextPattern, rest: TextPattern): Found {
  // `http://localhost:${PORT}`: whatever the port, it is that machine.
  const beforePort = /^(?<name>.*):\d*$/su.exec(host.start)?.groups?.['name'];
  if (beforePort !== undefined && isLocalHost(beforePort))
    return [{ kind: 'localhost', host: `${beforePort}:…` }, rest];
  return hostOfHoles(host, rest, false);
}

function hostOfHoles(host: TextPattern, rest: TextPattern, isWhole: boolean): Found {
  const labelled = (label: string) => host.holes.find((hole) => hole.kind === 'unknown' && hole.value.label === label);
  const header = labelled(REQUEST_HOST_HEADER);
  if (header?.kind === 'unknown') return [{ kind: 'header' }, rest, header.value.from];
  const origin = labelled(REQUEST_ORIGIN);
  if (origin?.kind === 'unknown') {
    // The request's whole URL with nothing done to it: no redirect URI, so no path either.
    return [{ kind: 'origin' }, rest, origin.value.from];
  }
  const { onlyHole } = host;
  if (onlyHole?.kind === 'env') return [{ kind: 'variable', name: onlyHole.name, isWhole }, rest, onlyHole.from];
  const hosting = hostingOfSuffix(host.end);
  return hosting ? [{ kind: 'deployment', host: host.describe(nameOf), hosting }, rest] : [{ kind: 'unknown' }, rest];
}

function pathOf(rest: TextPattern): string | undefined {
  const [path] = rest.cutBefore('?#') ?? [rest];
  if (path.isEmpty) return '/';
  return path.known?.startsWith('/') === true ? path.known : undefined;
}

function nameOf(hole: Hole): string {
  return hole.kind === 'env' ? `\${process.env.${hole.name}}` : unknownForPeople(hole.value);
}

function unknownForPeople({ label, urlPart }: UnknownValue): string {
  if (label === REQUEST_ORIGIN) return urlPart === 'host' ? "<the request's host>" : "<the request's origin>";
  return label === REQUEST_HOST_HEADER ? '<the Host header>' : '…';
}
