/** What a redirect URI comes to under one environment: its scheme, whose host, which path. */
import type { Located } from '../../../analysis/syntax/bindings.ts';
import { type Part, type UnknownValue, type Value, alternativesOf } from '../../../analysis/values/values.ts';
import { isLocalHost } from '../hosting/hosts.ts';
import { REQUEST_HOST_HEADER, REQUEST_ORIGIN } from './request.ts';

export type Host =
  /** Known in full: a deployment's or a domain of the user's own. */
  | { readonly kind: 'literal'; readonly host: string }
  | { readonly kind: 'localhost'; readonly host: string }
  /** One environment variable holds the host; `isWhole` when it holds the scheme too. */
  | { readonly kind: 'variable'; readonly name: string; readonly isWhole: boolean }
  | { readonly kind: 'origin' }
  | { readonly kind: 'header' }
  /** `https://undefined`: a template whose variable is unset. */
  | { readonly kind: 'undefined' }
  /** A path alone. */
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
  /** For people: `https://${process.env.VERCEL_URL}/callback`. */
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
    if (one.type === 'unknown') return ofParts([{ kind: 'unknown', value: one }], one);
    if (one.type === 'text') return ofParts(one.parts, one);
    if (one.type === 'url') return ofParts(one.href.parts, one);
    return { host: { kind: 'unknown' }, path: undefined, shown: '…', from: one.from, value: one };
  });
}

// A part that is not known stands as one private character, so that a URL can be taken apart as text.
const HOLE = 0xe0_00;
const HOLES = /[\uE000-\uE0FF]/gu;

function ofParts(parts: readonly Part[], value: Value): RedirectUri {
  const holes: Exclude<Part, { kind: 'known' }>[] = [];
  let written = '';
  for (const part of parts) {
    if (part.kind === 'known') written += part.text.replaceAll(HOLES, '');
    else {
      written += String.fromCodePoint(HOLE + Math.min(holes.length, 0xff));
      holes.push(part);
    }
  }
  const holeAt = (character: string) => holes[(character.codePointAt(0) ?? HOLE) - HOLE];
  const shown = parts.map(partForPeople).join('');
  const sent = (host: Host, rest: string, from: Located = value.from): RedirectUri => ({
    host,
    path: pathOf(rest),
    shown,
    from,
    value,
  });
  if (written === '') return sent({ kind: 'absent' }, '');

  const url = /^(?<scheme>[^/?#]*)\/\/(?<host>[^/?#]*)(?<rest>.*)$/su.exec(written)?.groups;
  if (url) {
    const { host = '', rest = '' } = url;
    const inHost = [...host.matchAll(HOLES)].map(([character]) => holeAt(character));
    if (inHost.length === 0) {
      const literal = host.replace(/^.*@/u, '');
      // The host may have come from a name: `${BASE}/callback`.
      const start = parts.find((part) => part.kind === 'known' && part.text.includes(literal));
      const from = start?.kind === 'known' ? start.from : undefined;
      if (literal === 'undefined' || literal === 'null') return sent({ kind: 'undefined' }, rest, from);
      if (literal === '') return sent({ kind: 'unknown' }, rest);
      return sent({ kind: isLocalHost(literal) ? 'localhost' : 'literal', host: literal }, rest, from);
    }
    // `http://localhost:${PORT}`: whatever the port, it is that machine.
    const beforePort = /^(?<name>.*):[\d\uE000-\uE0FF]+$/su.exec(host)?.groups?.['name'];
    if (beforePort !== undefined && isLocalHost(beforePort))
      return sent({ kind: 'localhost', host: `${beforePort}:…` }, rest);
    const scheme = url['scheme']?.toLowerCase();
    return { ...sent(...hostOfHoles(inHost, host, rest, false)), scheme };
  }
  if (written.startsWith('/')) return sent({ kind: 'none' }, written);
  const start = /^[\uE000-\uE0FF]/u.test(written) ? holeAt(written.slice(0, 1)) : undefined;
  if (start) return sent(...hostOfHoles([start], written.slice(0, 1), written.slice(1), true));
  return sent({ kind: 'unknown' }, '');
}

type Hole = Exclude<Part, { kind: 'known' }> | undefined;

function hostOfHoles(holes: readonly Hole[], host: string, rest: string, isWhole: boolean): [Host, string, Located?] {
  const labelled = (label: string) => holes.find((hole) => hole?.kind === 'unknown' && hole.value.label === label);
  const header = labelled(REQUEST_HOST_HEADER);
  if (header?.kind === 'unknown') return [{ kind: 'header' }, rest, header.value.from];
  const origin = labelled(REQUEST_ORIGIN);
  if (origin?.kind === 'unknown') {
    // The request's whole URL with nothing done to it: no redirect URI, so no path either.
    return [{ kind: 'origin' }, rest, origin.value.from];
  }
  const [only] = holes;
  const isAlone = holes.length === 1 && host.length === 1;
  if (only?.kind === 'env' && isAlone) return [{ kind: 'variable', name: only.name, isWhole }, rest, only.from];
  return [{ kind: 'unknown' }, rest];
}

function pathOf(rest: string): string | undefined {
  const path = rest.replace(/[#?].*$/su, '');
  if (/[\uE000-\uE0FF]/u.test(path)) return undefined;
  return path === '' ? '/' : path.startsWith('/') ? path : undefined;
}

function partForPeople(part: Part): string {
  if (part.kind === 'known') return part.text;
  return part.kind === 'env' ? `\${process.env.${part.name}}` : unknownForPeople(part.value);
}

function unknownForPeople({ label, urlPart }: UnknownValue): string {
  if (label === REQUEST_ORIGIN) return urlPart === 'host' ? "<the request's host>" : "<the request's origin>";
  return label === REQUEST_HOST_HEADER ? '<the Host header>' : '…';
}
