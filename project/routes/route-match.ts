/** How Next.js matches a URL path against one route, and which of two routes it tries first. */
import type { Route, ServedRoute } from '../app-model.ts';

type Segment =
  | { readonly kind: 'static'; readonly text: string }
  | { readonly kind: 'catch-all' | 'dynamic' | 'optional-catch-all'; readonly name: string };

/** A route whose segments are read. */
export interface Pattern {
  readonly route: Route;
  readonly segments: readonly Segment[];
  readonly isStatic: boolean;
}

export type Params = ServedRoute['params'];

export function patternOf(route: Route): Pattern {
  const segments = route.segments.map(segmentOf);
  return { route, segments, isStatic: segments.every(({ kind }) => kind === 'static') };
}

/** `[x]`, `[...x]`, `[[...x]]` */
export const DYNAMIC_SEGMENT = /^\[(?<optional>\[)?(?<rest>\.\.\.)?(?<name>[^\]]+)\]{1,2}$/u;

function segmentOf(text: string): Segment {
  const found = DYNAMIC_SEGMENT.exec(text)?.groups;
  if (!found) return { kind: 'static', text: decoded(text) };
  const { name = '', optional, rest } = found;
  if (rest === undefined) return { kind: 'dynamic', name };
  return { kind: optional === undefined ? 'catch-all' : 'optional-catch-all', name };
}

/** Folders may be written encoded; URL paths are compared decoded. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const RANK = { static: 0, dynamic: 1, 'catch-all': 2, 'optional-catch-all': 3 } as const;
const KIND_RANK = { route: 0, page: 1, api: 2, 'pages-page': 3 } as const;

/**
 * Static routes before all others, then at every level static, `[x]`, `[...x]`, `[[...x]]`
 * (vercel/next.js packages/next/src/shared/lib/router/utils/sorted-routes.ts).
 */
export function comparePatterns(a: Pattern, b: Pattern): number {
  if (a.isStatic !== b.isStatic) return a.isStatic ? -1 : 1;
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index += 1) {
    const [first, second] = [a.segments[index], b.segments[index]];
    // What ends here comes before `[[...x]]` below it.
    if (!first || !second) return first ? 1 : -1;
    if (first.kind !== second.kind) return RANK[first.kind] - RANK[second.kind];
    const [left, right] = [textOf(first), textOf(second)];
    if (left !== right) return left < right ? -1 : 1;
  }
  return KIND_RANK[a.route.kind] - KIND_RANK[b.route.kind];
}

const textOf = (segment: Segment) => (segment.kind === 'static' ? segment.text : segment.name);

/** What is in the dynamic segments when a path of these parts is served; undefined when it is not. */
export function matchPattern({ segments }: Pattern, parts: readonly string[], ignoreCase: boolean): Params | undefined {
  const params: Record<string, string | readonly string[]> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    switch (segment.kind) {
      case 'static':
        if (part !== segment.text && !(ignoreCase && part?.toLowerCase() === segment.text.toLowerCase()))
          return undefined;
        break;
      case 'dynamic':
        if (part === undefined) return undefined;
        params[segment.name] = part;
        break;
      case 'catch-all':
        if (part === undefined) return undefined;
        params[segment.name] = parts.slice(index);
        return params;
      case 'optional-catch-all':
        params[segment.name] = parts.slice(index);
        return params;
    }
  }
  return segments.length === parts.length ? params : undefined;
}

// Segments that hold a locale by their name, as next-intl, next-i18next and the Next.js guide call them.
const LOCALE = /^(?:\w*locale|lang(?:uage)?|lng)(?:code)?$/iu;

/** The name of the `[locale]` that a route begins with. */
export function localeParam({ segments: [first] }: Pattern): string | undefined {
  return first?.kind === 'dynamic' && LOCALE.test(first.name) ? first.name : undefined;
}

export function staticCount({ segments }: Pattern): number {
  return segments.filter(({ kind }) => kind === 'static').length;
}
