/** Which path an href leads to. */
import { type TextValue, type Value, alternativesOf, describeText } from '../../analysis/values/values.ts';

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
}

/** Stands in a path for a segment that is not known. */
export const UNKNOWN_SEGMENT = 'x';

/** Stands for what is not known of a text. Never part of a path. */
const HOLE = '\u0000';
/** `https://${host}/sign-out`, or `${origin}/sign-out`. */
const UNKNOWN_ORIGIN = new RegExp(String.raw`^(?:https?:\/\/)?${HOLE}(?<path>\/.*)$`, 'iu');
const ABSOLUTE = new RegExp(String.raw`^(?<origin>https?:\/\/[^/${HOLE}]+)(?<path>\/.*)$`, 'iu');

/** The paths that an href may lead to: of a text, a URL, or `{ pathname }`. What is not known has none. */
export function hrefPathsOf(href: Value): HrefPath[] {
  return alternativesOf(href).flatMap((value): HrefPath[] => {
    if (value.type === 'text') return pathOfText(value);
    if (value.type === 'url') return pathOfText(value.href);
    const pathname = value.type === 'object' ? value.properties.get('pathname') : undefined;
    return pathname ? hrefPathsOf(pathname.value) : [];
  });
}

function pathOfText(value: TextValue): HrefPath[] {
  const whole = value.parts.map((part) => (part.kind === 'known' ? part.text : HOLE)).join('');
  const shown = describeText(value);
  const text = (/^[^#?]*/u.exec(whole.trim())?.[0] ?? '').replaceAll('\\', '/');
  if (text === '') return [];
  const unknownOrigin = UNKNOWN_ORIGIN.exec(text)?.groups?.['path'];
  if (unknownOrigin !== undefined) return withPathname(unknownOrigin, shown, true);
  const absolute = ABSOLUTE.exec(text)?.groups;
  if (absolute) {
    const origin = (absolute['origin'] ?? '').toLowerCase();
    return withPathname(absolute['path'] ?? '', shown, true).map((path) => ({ ...path, origin }));
  }
  if (text.startsWith(HOLE) || /^[a-z][\d+.a-z-]*:/iu.test(text) || text.startsWith('//')) return [];
  return withPathname(text.startsWith('/') ? text : `/${text}`, shown, false);
}

function withPathname(path: string, shown: string, needsRoute: boolean): HrefPath[] {
  const segments = path.split('/').filter(Boolean);
  // A part that is not known may add anything to its segment; only a segment of its own can stand for a parameter.
  if (segments.some((segment) => segment.includes(HOLE) && segment !== HOLE) || segments.at(-1) === HOLE) return [];
  const pathname = `/${segments.map((segment) => (segment === HOLE ? UNKNOWN_SEGMENT : segment)).join('/')}`;
  return [{ pathname, shown, needsRoute }];
}
