/** Reads `app/` and `pages/` into routes. */
import { basename, dirname, join, relative, sep } from 'node:path';
import type { App, Route, RouteKind } from '../app-model.ts';
import { isSkippedFolder } from '../modules/packages.ts';
import type { Entry, Facts } from '../memos/stamps.ts';

const MAX_DEPTH = 40;
const MAX_ROUTES = 20_000;

/** The files that serve URL paths, unsorted, one for each kind and path. */
export function scanRoutes(facts: Facts, { appDir, pageExtensions, pagesDir }: App): Route[] {
  const stemOf = stemsOf(pageExtensions);
  const found = new Map<string, Route>();
  const add = (route: Route | undefined) => {
    if (!route) return;
    // A slot's page and the page next to it serve the same path; the page next to it comes first (see `slotsLast`).
    const key = `${route.kind}:${route.pattern}`;
    if (!found.has(key) && found.size < MAX_ROUTES) found.set(key, route);
  };

  if (appDir !== undefined) {
    visitFiles(facts, appDir, appSegment, ({ name, path }, texts) => {
      add(appRoute(stemOf(name), path, texts));
    });
  }
  if (pagesDir !== undefined) {
    visitFiles(
      facts,
      pagesDir,
      (name) => name,
      ({ name, path }, texts) => {
        add(pagesRoute(stemOf(name), path, texts));
      },
    );
  }
  return [...found.values()];
}

/** What a file serves, recognised by its path alone, so that a file counts that is not saved yet. Undefined for a file that serves nothing. */
export function routeOfFile({ appDir, pageExtensions, pagesDir, root }: App, path: string): Route | undefined {
  const foldersBelow = (name: 'app' | 'pages', own: string | undefined): string[] | undefined => {
    const homes = own === undefined ? [join(root, name), join(root, 'src', name)] : [own];
    const home = homes.find((one) => path.startsWith(one + sep));
    return home === undefined ? undefined : relative(home, dirname(path)).split(sep).filter(Boolean);
  };
  const stem = stemsOf(pageExtensions)(basename(path));
  const inApp = foldersBelow('app', appDir);
  if (inApp) {
    const texts = inApp.map((name) => (isIgnored(name) ? undefined : appSegment(name)));
    const known = texts.filter((text) => text !== undefined);
    return known.length === texts.length ? appRoute(stem, path, known.filter(Boolean)) : undefined;
  }
  const inPages = foldersBelow('pages', pagesDir);
  return inPages?.some(isIgnored) === false ? pagesRoute(stem, path, inPages) : undefined;
}

/** Takes a page extension off a name; undefined for a name without one. */
export function stemsOf(pageExtensions: readonly string[]): (name: string) => string | undefined {
  const extension = new RegExp(
    `\\.(?:${pageExtensions.map((each) => each.replace(/[^\w]/gu, '\\$&')).join('|')})$`,
    'u',
  );
  return (name) => (extension.test(name) ? name.replace(extension, '') : undefined);
}

function appRoute(stem: string | undefined, path: string, segments: readonly string[]): Route | undefined {
  return stem === 'route' || stem === 'page' ? routeAt(stem, path, segments) : undefined;
}

function pagesRoute(stem: string | undefined, path: string, texts: readonly string[]): Route | undefined {
  if (stem === undefined || stem.endsWith('.d')) return undefined;
  if (texts.length === 0 && ['_app', '_document', '_error', '_middleware', '404', '500'].includes(stem))
    return undefined;
  const segments = stem === 'index' ? texts : [...texts, stem];
  return routeAt(segments[0] === 'api' ? 'api' : 'pages-page', path, segments);
}

const routeAt = (kind: RouteKind, path: string, segments: readonly string[]): Route => ({
  kind,
  path,
  pattern: `/${segments.join('/')}`,
  segments,
});

/** What a folder of `app/` adds to the URL: its name, nothing (`''`), or no route at all (undefined). */
export function appSegment(name: string): string | undefined {
  // `(.)photo`, `(..)photo`, `(...)photo` intercept navigation inside the page; no request of a URL comes to them.
  if (/^\(\.{1,3}\)/u.test(name)) return undefined;
  if (name.startsWith('_')) return undefined;
  if (name.startsWith('@') || /^\(.*\)$/u.test(name)) return '';
  return name.replace(/^%5F/iu, '_');
}

function visitFiles(
  facts: Facts,
  root: string,
  segment: (name: string) => string | undefined,
  visit: (file: Entry, texts: readonly string[]) => void,
): void {
  const enter = (folder: string, texts: readonly string[], around: readonly string[], real: string | undefined) => {
    // A link to a folder around it would never end.
    if (real === undefined || around.includes(real) || around.length > MAX_DEPTH) return;
    const entries = facts.entries(folder) ?? [];
    for (const entry of entries) if (entry.kind === 'file') visit(entry, texts);
    for (const entry of slotsLast(entries)) {
      const text = entry.kind === 'directory' && !isIgnored(entry.name) ? segment(entry.name) : undefined;
      if (text !== undefined)
        enter(entry.path, text === '' ? texts : [...texts, text], [...around, real], realPathOf(facts, entry, real));
    }
  };
  enter(root, [], [], facts.realPath(root));
}

/** The path of a folder without links, for one that is in a folder whose real path is known: the disk is asked for links alone. */
export const realPathOf = (facts: Facts, { isLink, name, path }: Entry, around: string): string | undefined =>
  isLink ? facts.realPath(path) : join(around, name);

/** Whether a folder of `app/` or `pages/` may hold routes. */
export const isRouteFolder = (name: string): boolean => !isIgnored(name);

// `build`, `dist` and `out` are skipped elsewhere; in `app/` they are URLs like others.
const isIgnored = (name: string) =>
  name === 'node_modules' || (isSkippedFolder(name) && name.startsWith('.') && name !== '.well-known');

function slotsLast(entries: readonly Entry[]): Entry[] {
  const isSlot = ({ path }: Entry) => basename(path).startsWith('@');
  return [...entries.filter((entry) => !isSlot(entry)), ...entries.filter(isSlot)];
}
