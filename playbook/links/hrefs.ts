/** Which path an href leads to. */
import { TextPattern } from '../../analysis/values/text-pattern.ts';
import {
  type ObjectValue,
  type PropertyValue,
  type TextValue,
  type UrlValue,
  type Value,
  alternativesOf,
  describeText,
  knownText,
} from '../../analysis/values/values.ts';

export interface HrefPath {
  /** Starts with a slash; without query and hash; `x` stands for a segment that is not known. */
  readonly pathname: string;
  /** The href as people read it. */
  readonly shown: string;
  /**
   * True when what stands before the path is not known and may be another site: `${AUTH_URL}/logout`. Only a route of
   * the app that serves the path shows then that it is this app's.
   */
  readonly needsRoute: boolean;
  /** Scheme and host of an absolute URL, lower case. Only that of the app itself leads to its routes. */
  readonly origin?: string;
  /** The environment variable that stands for scheme and host. */
  readonly variable?: string;
  /** The query, with its question mark, and '' where there is none; undefined where it is not known. */
  readonly search?: string;
}

/** The query of a path as an argument of a memo: in a list, which is empty where it is not known. */
export const knownSearch = ({ search }: HrefPath): readonly string[] => (search === undefined ? [] : [search]);

/** Represents, in a path, a segment that is not known. */
export const UNKNOWN_SEGMENT = 'x';

/** The paths that an href may lead to: of a text, a URL, or `{ pathname }`. What is not known has none. */
export function hrefPathsOf(href: Value): HrefPath[] {
  return alternativesOf(href).flatMap((value): HrefPath[] => {
    if (value.type === 'text') return pathOfText(value);
    if (value.type === 'url') return pathOfText(value.href);
    const pathname = value.type === 'object' ? value.properties.get('pathname') : undefined;
    if (value.type !== 'object' || !pathname) return [];
    const search = searchOfObject(value);
    return hrefPathsOf(pathname.value).map(({ search: own, ...path }) => ({
      ...path,
      // A question mark in `pathname` is a part of the path.
      ...(own === '' && search !== undefined && !isDynamic(path) && { search }),
    }));
  });
}

/** How deep lists of links are nested: sections of groups of items. */
const MAX_NESTING = 8;

/** Whether a value is or holds, in an item of a list of links say, a text of some kind. */
export function holdsText(
  value: Value,
  isAsked: (text: TextValue | UrlValue) => boolean,
  depth: number = MAX_NESTING,
): boolean {
  if (depth === 0) return false;
  return alternativesOf(value).some((one) => {
    if (one.type === 'object')
      return [...one.properties.values()].some((property) => holdsText(property.value, isAsked, depth - 1));
    if (one.type === 'array') return one.items.some((item) => holdsText(item.value, isAsked, depth - 1));
    return (one.type === 'text' || one.type === 'url') && isAsked(one);
  });
}

/** Whether a value is, or holds, the text of a path of some kind. What stands next to it, in `{ pathname, query }`, may be its query. */
export const holdsPath = (value: Value, isAsked: (path: HrefPath) => boolean): boolean =>
  holdsText(value, (text) => hrefPathsOf(text).some(({ search: _, ...path }) => isAsked(path)));

/** In the Pages Router the query of `/api/[id]` fills in the path. */
const isDynamic = ({ pathname }: HrefPath): boolean => pathname.includes('[');

/** The query of `{ pathname, query, search }` (vercel/next.js `packages/next/src/shared/lib/router/utils/format-url.ts`); undefined where it is not known. */
function searchOfObject({ open, properties }: ObjectValue): string | undefined {
  if (open) return undefined;
  const search = writtenText(properties.get('search'));
  if (search === undefined) return undefined;
  if (search !== '') return search.startsWith('?') ? search : `?${search}`;
  const query = properties.get('query');
  if (query?.value.type !== 'object') {
    const written = writtenText(query);
    return written === undefined || written === '' ? written : `?${written}`;
  }
  if (!query.certain || query.value.open) return undefined;
  const params = new URLSearchParams();
  for (const [name, property] of query.value.properties) {
    const text = textOfParameter(property);
    if (text === undefined) return undefined;
    params.append(name, text);
  }
  return params.size === 0 ? '' : `?${params.toString()}`;
}

/** A text that stands as it is in the query; '' where none is given. */
function writtenText(property: PropertyValue | undefined): string | undefined {
  if (!property) return '';
  const { certain, value } = property;
  return certain ? (knownText(value) ?? (isNullish(value) ? '' : undefined)) : undefined;
}

function textOfParameter({ certain, value }: PropertyValue): string | undefined {
  if (!certain) return undefined;
  if (value.type !== 'literal') return knownText(value);
  return isNullish(value) ? '' : String(value.value);
}

const isNullish = (value: Value): boolean =>
  value.type === 'literal' && (value.value === null || value.value === undefined);

function pathOfText(value: TextValue): HrefPath[] {
  const shown = describeText(value);
  const whole = withSlashes(value);
  const [text, behind] = whole.cutBefore('?#') ?? [whole];
  if (text.isEmpty) return [];
  const search = (behind?.cutBefore('#')?.[0] ?? behind)?.known ?? (behind ? undefined : '');
  return pathOfLocation(text, shown).map((path) => ({ ...path, ...(search !== undefined && { search }) }));
}

function pathOfLocation(text: TextPattern, shown: string): HrefPath[] {
  const { start } = text;
  const scheme = /^https?:\/\//iu.exec(start)?.[0] ?? '';
  const [host, path] = text.without(scheme.length).cutBefore('/') ?? [];
  // `https://${host}/sign-out`, or `${origin}/sign-out`.
  if (path && host?.onlyHole) {
    const variable = host.onlyHole.kind === 'env' ? { variable: host.onlyHole.name } : {};
    return withPathname(path, shown, true).map((one) => ({ ...one, ...variable }));
  }
  if (path && host?.known !== undefined && scheme !== '') {
    const origin = (scheme + host.known).toLowerCase();
    return host.isEmpty ? [] : withPathname(path, shown, true).map((one) => ({ ...one, origin }));
  }
  if (start === '' || start.startsWith('//') || /^[a-z][\d+.a-z-]*:/iu.test(start)) return [];
  return withPathname(text, shown, false);
}

/** The text without the space around it, as browsers read it: a backslash is a slash. */
function withSlashes({ parts }: TextValue): TextPattern {
  const last = parts.length - 1;
  return new TextPattern(
    parts.map((part, index) => {
      if (part.kind !== 'known') return part;
      const text = part.text.replaceAll('\\', '/');
      const trimmed = index === 0 ? text.trimStart() : text;
      return { ...part, text: index === last ? trimmed.trimEnd() : trimmed };
    }),
  );
}

function withPathname(path: TextPattern, shown: string, needsRoute: boolean): HrefPath[] {
  const segments = path.split('/').filter(({ isEmpty }) => !isEmpty);
  // A part that is not known may add anything to its segment; only a segment of its own can stand for a parameter.
  const names = segments.map(({ known, onlyHole }) => known ?? (onlyHole && UNKNOWN_SEGMENT));
  if (segments.at(-1)?.onlyHole || !names.every((name) => name !== undefined)) return [];
  return [{ pathname: `/${names.join('/')}`, shown, needsRoute }];
}
