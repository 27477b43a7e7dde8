/** URLs whose text is only partly known: what a base's origin is, what `new URL(path, base)` gives. */
import type { Located } from '../../syntax/bindings/definitions.ts';
import {
  type Part,
  type TextValue,
  type UrlValue,
  type Value,
  alternativesOf,
  knownText,
  oneOfKnown,
  unknown,
} from '../values.ts';

/** `new URL(input, base)`; undefined where the input is no text. */
export function constructUrl(input: Value, base: Value | undefined, from: Located): Value | undefined {
  const bases = base ? alternativesOf(base) : [undefined];
  const urls = alternativesOf(input).flatMap((one) => bases.map((other) => resolveUrl(one, other, from)));
  return oneOfKnown(urls, from);
}

/** One URL of one input and one base. Undefined when the input is no text. A base that is not known gives an unknown origin. */
function resolveUrl(input: Value, base: Value | undefined, from: Located): UrlValue | undefined {
  if (input.type === 'url') return { type: 'url', href: input.href, from };
  const known = knownText(input);
  if (known !== undefined) {
    const whole = parseUrl(known, base && knownText(base));
    if (whole) return url([{ kind: 'known', text: whole.href, from: originFrom(input, base) }], from);
    if (!base) return undefined;
  }
  if (input.type === 'text' && (!base || hasScheme(input.parts))) return url(input.parts, from);
  if (input.type === 'unknown') return url([{ kind: 'unknown', value: input }], from);
  if (input.type !== 'text' || !base) return undefined;
  const first = input.parts[0];
  const path = first?.kind === 'known' && first.text.startsWith('/') ? input.parts : [slash, ...input.parts];
  return url([...originParts(base), ...path], from);
}

/** A part of a URL: `origin`, `host`, `pathname` …; undefined for a part that the text does not tell. */
export function urlMember({ href }: UrlValue, name: string, from: Located): Value | undefined {
  const known = knownText(href);
  if (known !== undefined) {
    const parsed = parseUrl(known);
    if (!parsed) return undefined;
    const members: Record<string, string> = {
      href: parsed.href,
      origin: parsed.origin,
      host: parsed.host,
      hostname: parsed.hostname,
      pathname: parsed.pathname,
      protocol: parsed.protocol,
      search: parsed.search,
      hash: parsed.hash,
      port: parsed.port,
    };
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    return member === undefined ? undefined : { type: 'text', parts: knownPart(member, startOf(href.parts[0])), from };
  }
  switch (name) {
    case 'href':
      return { ...href, from };
    case 'origin':
      return { type: 'text', parts: originParts({ type: 'url', href, from }), from };
    case 'host':
    case 'hostname':
      return { type: 'text', parts: hostParts(originParts({ type: 'url', href, from })), from };
    case 'pathname':
      return { type: 'text', parts: pathParts(href.parts, from), from };
    default:
      return undefined;
  }
}

/** The URL with another path: what `url.pathname = '/callback'` makes of it. */
export function withPath(value: UrlValue, path: TextValue): UrlValue {
  return url([...originParts(value), ...path.parts], value.from);
}

/** The URL on another host: what `url.host = …` makes of it. */
export function withHost(value: UrlValue, host: Value): UrlValue {
  const { index, rest } = endOfOrigin(value.href.parts);
  const end = value.href.parts[index];
  const path =
    end?.kind === 'known' ? [...knownPart(end.text.slice(rest.length)), ...value.href.parts.slice(index + 1)] : [];
  const parts =
    host.type === 'text'
      ? host.parts
      : [{ kind: 'unknown' as const, value: host.type === 'unknown' ? host : unknown(host.from) }];
  const [first] = value.href.parts;
  const scheme = (first?.kind === 'known' ? /^[a-z][\d+.a-z-]*:\/\//iu.exec(first.text)?.[0] : undefined) ?? 'https://';
  return url([...knownPart(scheme), ...parts, ...path], value.from);
}

/** Scheme and host of a text that is a URL. */
function originParts(base: Value): readonly Part[] {
  if (base.type === 'unknown') return [{ kind: 'unknown', value: { ...base, urlPart: base.urlPart ?? 'origin' } }];
  const parts = base.type === 'url' ? base.href.parts : base.type === 'text' ? base.parts : undefined;
  if (!parts) return [{ kind: 'unknown', value: { ...unknown(base.from), urlPart: 'origin' } }];
  const end = endOfOrigin(parts);
  return parts.slice(0, end.index).concat(knownPart(end.rest, startOf(parts[end.index])));
}

/** Where the scheme ends, with its slashes: `https://`, or what follows a scheme that is not known in `${proto}://`. */
function endOfScheme([first, second]: readonly Part[]):
  { readonly index: number; readonly length: number } | undefined {
  if (first?.kind === 'known') return endIn(0, /^[a-z][\d+.a-z-]*:\/\//iu.exec(first.text));
  return second?.kind === 'known' ? endIn(1, /^:?\/\//u.exec(second.text)) : undefined;
}

const endIn = (index: number, found: RegExpExecArray | null) =>
  found ? { index, length: found[0].length } : undefined;

// Where the path starts: in the first known text that has a single slash after the scheme.
function endOfOrigin(parts: readonly Part[]): { index: number; rest: string } {
  const scheme = endOfScheme(parts);
  for (const [index, part] of parts.entries()) {
    if (part.kind !== 'known') continue;
    const slashAt = part.text.indexOf('/', index === scheme?.index ? scheme.length : 0);
    if (slashAt >= 0) return { index, rest: part.text.slice(0, slashAt) };
  }
  return { index: parts.length, rest: '' };
}

function hostParts(origin: readonly Part[]): readonly Part[] {
  const scheme = endOfScheme(origin);
  const end = scheme && origin[scheme.index];
  if (scheme && end?.kind === 'known')
    return [...knownPart(end.text.slice(scheme.length), end.from), ...origin.slice(scheme.index + 1)];
  const [first, ...rest] = origin;
  if (first?.kind === 'unknown') return [{ kind: 'unknown', value: { ...first.value, urlPart: 'host' } }, ...rest];
  return origin;
}

function pathParts(parts: readonly Part[], from: Located): readonly Part[] {
  const { index, rest } = endOfOrigin(parts);
  const part = parts[index];
  if (part?.kind !== 'known') return [{ kind: 'unknown', value: { ...unknown(from), urlPart: 'pathname' } }];
  const tail = [...knownPart(part.text.slice(rest.length)), ...parts.slice(index + 1)];
  const end = tail.findIndex((piece) => piece.kind === 'known' && /[#?]/u.test(piece.text));
  const last = tail[end];
  return last?.kind === 'known' ? [...tail.slice(0, end), ...knownPart(last.text.replace(/[#?].*$/su, ''))] : tail;
}

/** Whether the text starts with a scheme, or with a part that may hold one. */
function hasScheme([first]: readonly Part[]): boolean {
  return first !== undefined && (first.kind !== 'known' || /^[a-z][\d+.a-z-]*:/iu.test(first.text));
}

function parseUrl(input: string, base?: string): URL | undefined {
  return URL.canParse(input, base) ? new URL(input, base) : undefined;
}

const slash: Part = { kind: 'known', text: '/' };
const knownPart = (known: string, from?: Located): Part[] =>
  known === '' ? [] : [{ kind: 'known', text: known, from }];
const startOf = (part: Part | undefined): Located | undefined => (part?.kind === 'known' ? part.from : undefined);

/** Where the scheme and host of a resolved URL are written: in the input, or in the base it was relative to. */
function originFrom(input: Value, base: Value | undefined): Located | undefined {
  const known = knownText(input) ?? '';
  const source = base && !/^[a-z][\d+.a-z-]*:/iu.test(known) ? base : input;
  const parts = source.type === 'url' ? source.href.parts : source.type === 'text' ? source.parts : [];
  return startOf(parts[0]);
}
const url = (parts: readonly Part[], from: Located): UrlValue => ({
  type: 'url',
  href: { type: 'text', parts, from },
  from,
});
