/** What the server runs for a URL path of `app/`: the page or handler, and the layouts and templates around it. */
import type { App } from '../app-model.ts';
import { appSegment, isRouteFolder, realPathOf, stemsOf } from './route-scan.ts';
import type { Facts } from '../memos/stamps.ts';

export interface AppRoute {
  readonly kind: 'page' | 'route';
  /** Absolute path of the page or handler. */
  readonly path: string;
  /** As Next.js writes it, `/[locale]/admin`; groups and slots are not in it. */
  readonly pattern: string;
  readonly segments: readonly string[];
  /** The layouts and templates that render around a page, the outermost first; none around a handler. */
  readonly around: readonly RouteFrame[];
}

/** A layout or template, and the segments of the folder that it is in. */
export interface RouteFrame {
  readonly path: string;
  readonly segments: readonly string[];
}

/** The exports of a route handler that Next.js calls. */
export const HANDLERS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
/** Those of a page or a layout. */
export const RENDERED: readonly string[] = ['default', 'generateMetadata', 'generateViewport'];

const MAX_DEPTH = 40;
const MAX_ROUTES = 5_000;

/** The segments of a folder in another one; undefined where it holds no routes. `(.)photo` serves the path that it intercepts. */
function segmentsBelow(name: string, segments: readonly string[]): readonly string[] | undefined {
  const groups = /^(?<marks>(?:\(\.{1,3}\))+)(?<intercepted>.+)$/u.exec(name)?.groups;
  if (!groups) {
    const segment = appSegment(name);
    if (segment === undefined) return undefined;
    return segment === '' ? segments : [...segments, segment];
  }
  const { intercepted = '', marks = '' } = groups;
  const up = marks.match(/\(\.\.\)/gu)?.length ?? 0;
  const base = marks.includes('(...)') ? [] : segments.slice(0, segments.length - up);
  return [...base, intercepted];
}

/** Every page and handler of `app/`, those of slots included, sorted by their patterns. */
export function appRoutesOf(facts: Facts, { appDir, pageExtensions }: App): readonly AppRoute[] {
  return facts.memo('app-routes', `${appDir ?? ''}:${pageExtensions.join(',')}`, () => {
    if (appDir === undefined) return [];
    const found: AppRoute[] = [];
    const stemOf = stemsOf(pageExtensions);
    const enter = (
      folder: string,
      segments: readonly string[],
      outer: readonly RouteFrame[],
      real: readonly string[],
      own: string | undefined,
    ) => {
      // A link to a folder around it would never end.
      if (own === undefined || real.includes(own) || real.length > MAX_DEPTH) return;
      const entries = facts.entries(folder) ?? [];
      const files = entries.flatMap(({ kind, name, path }) => {
        const stem = kind === 'file' ? stemOf(name) : undefined;
        return stem === undefined ? [] : [{ stem, path }];
      });
      const frames = ['layout', 'template'].flatMap((wanted) =>
        files.filter(({ stem }) => stem === wanted).map(({ path }): RouteFrame => ({ path, segments })),
      );
      const around = [...outer, ...frames];
      for (const { path, stem } of files) {
        if ((stem === 'page' || stem === 'route') && found.length < MAX_ROUTES) {
          const pattern = `/${segments.join('/')}`;
          found.push({ kind: stem, path, pattern, segments, around: stem === 'page' ? around : [] });
        }
      }
      for (const entry of entries) {
        const { kind, name, path } = entry;
        const inside = kind === 'directory' && isRouteFolder(name) ? segmentsBelow(name, segments) : undefined;
        if (inside) enter(path, inside, around, [...real, own], realPathOf(facts, entry, own));
      }
    };
    enter(appDir, [], [], [], facts.realPath(appDir));
    return found.sort((a, b) => (a.pattern < b.pattern ? -1 : a.pattern > b.pattern ? 1 : 0));
  });
}
