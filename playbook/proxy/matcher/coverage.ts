/** Which routes a proxy's matcher leaves out. */
import type { App } from '../../../project/project.ts';
import { readPathPattern } from './path-patterns.ts';
import type { Matcher } from './read-matcher.ts';
import { samplePaths } from './sample-paths.ts';
import { DYNAMIC_SEGMENT } from '../../../project/routes/route-match.ts';

/**
 * Whether a matcher covers a route: false where no path of the route is matched, undefined where a source can't be read. Base path, locale and
 * `/_next/data` are put in front of both sides by Next.js, and left out here on both.
 */
export function covers(matcher: Matcher, segments: readonly string[], { locales }: App): boolean | undefined {
  const patterns = matcher.sources.map(({ ignoresLocale, text }) =>
    locales.length > 0 && ignoresLocale ? undefined : readPathPattern(text),
  );
  const paths = samplePaths(
    segments,
    matcher.sources.map(({ text }) => text),
  );
  if (patterns.some((pattern) => pattern?.kind === 'regexp' && paths.some(pattern.matches))) return true;
  return patterns.every((pattern) => pattern?.kind === 'regexp') ? false : undefined;
}

/** What a matcher has to say so that it covers the routes at and below some segments: `/users/:id/:path*`. */
export function sourceFor(segments: readonly string[], withBelow: boolean): string {
  const parts = segments.map((segment) => {
    const dynamic = DYNAMIC_SEGMENT.exec(segment)?.groups;
    if (!dynamic) return segment.replace(/[{}()[\]*+?:\\]/gu, '\\$&');
    const name = (dynamic['name'] ?? '').replace(/\W/gu, '_');
    return `:${name}${dynamic['rest'] === undefined ? '' : dynamic['optional'] === undefined ? '+' : '*'}`;
  });
  const endsOpen = /[*+]$/u.test(parts.at(-1) ?? '');
  return `/${[...parts, ...(withBelow && !endsOpen ? [':path*'] : [])].join('/')}`;
}
