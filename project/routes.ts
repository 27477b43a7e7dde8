/** Which file Next.js serves a path with: both routers, their dynamic segments, base path and locales. */
import { join } from 'node:path';
import type { App } from './app.ts';
import type { Project } from './project.ts';

export interface Route {
  /** `route`: a handler of the App Router; `api`: an API route of the Pages Router. */
  readonly kind: 'api' | 'page' | 'pages-page' | 'route';
  /** The file. */
  readonly path: string;
  /** The URL's segments: `sign-out`, `[locale]`, `[...rest]`, `[[...rest]]`. */
  readonly segments: readonly string[];
}

const MAX_ROUTES = 5_000;
const MAX_DEPTH = 24;

/** Every route of an app that has a file. Folders are listed once and again when their stamp changes. */
export function routesOf(project: Project, app: App): readonly Route[] {
  return project.facts.memo(`routes:${app.root}`, () => {
    const routes: Route[] = [];
    if (app.appDir !== undefined) collectApp(project, app, app.appDir, [], routes, 0);
    if (app.pagesDir !== undefined) collectPages(project, app, app.pagesDir, [], routes, 0);
    return routes;
  });
}

function collectApp(project: Project, app: App, folder: string, segments: readonly string[], routes: Route[], depth: number): void {
  if (depth > MAX_DEPTH || routes.length > MAX_ROUTES) return;
  for (const entry of project.facts.entries(folder) ?? []) {
    if (entry.kind === 'directory') {
      const segment = appSegment(entry.name);
      if (segment !== undefined) collectApp(project, app, entry.path, [...segments, ...segment], routes, depth + 1);
      continue;
    }
    const [stem, extension] = splitName(entry.name);
    if (!app.pageExtensions.includes(extension)) continue;
    if (stem === 'route') routes.push({ kind: 'route', path: entry.path, segments });
    else if (stem === 'page') routes.push({ kind: 'page', path: entry.path, segments });
  }
}

/**
 * What a folder of the App Router adds to the URL: nothing for a group or a slot. Undefined for a folder that is not
 * routed: private ones, intercepting ones (they take the place of another route on a click), hidden ones.
 */
function appSegment(name: string): string[] | undefined {
  if (name.startsWith('_') || name.startsWith('.') || name === 'node_modules') return undefined;
  if (/^\(\.{1,3}\)/u.test(name)) return undefined;
  if (name.startsWith('@') || /^\(.*\)$/u.test(name)) return [];
  return [name.replace(/^%5F/iu, '_')];
}

function collectPages(project: Project, app: App, folder: string, segments: readonly string[], routes: Route[], depth: number): void {
  if (depth > MAX_DEPTH || routes.length > MAX_ROUTES) return;
  for (const entry of project.facts.entries(folder) ?? []) {
    if (entry.kind === 'directory') {
      if (!entry.name.startsWith('.')) collectPages(project, app, entry.path, [...segments, entry.name], routes, depth + 1);
      continue;
    }
    const [stem, extension] = splitName(entry.name);
    if (!app.pageExtensions.includes(extension)) continue;
    const own = stem === 'index' ? segments : [...segments, stem];
    const isApi = own[0] === 'api';
    if (isApi || !/^_(?:app|document|error)$/u.test(stem)) {
      routes.push({ kind: isApi ? 'api' : 'pages-page', path: entry.path, segments: own });
    }
  }
}

/** `route.page.ts` with `pageExtensions: ['page.ts']` is `route`: the first dot ends the stem. */
function splitName(name: string): [stem: string, extension: string] {
  // A dynamic segment may hold dots: `[...all].ts`.
  const dot = name.indexOf('.', name.lastIndexOf(']') + 1);
  return dot === -1 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
}

/**
 * The route that Next.js serves a path with. Tried as it is, without the base path, without a locale, and under the
 * `[locale]` folder that a proxy rewrites to (as next-intl does). Query and hash must be off; a trailing slash is no matter.
 */
export function servingRoute(project: Project, app: App, pathname: string): Route | undefined {
  const routes = routesOf(project, app);
  for (const segments of readingsOf(app, pathname)) {
    const found = best(routes, segments);
    if (found) return found;
  }
  // A proxy puts the locale in front of a path that lacks it.
  const given = segmentsOf(pathname);
  return best(
    routes.filter(({ segments }) => /^\[(?:locale|lang|lng)\]$/iu.test(segments[0] ?? '')),
    ['en', ...given],
  );
}

function readingsOf(app: App, pathname: string): string[][] {
  const readings = [segmentsOf(pathname)];
  const base = segmentsOf(app.basePath ?? '');
  const [given = []] = readings;
  if (base.length > 0 && base.every((segment, index) => given[index] === segment)) readings.unshift(given.slice(base.length));
  const [first] = given;
  if (first !== undefined && app.locales.includes(first)) readings.push(given.slice(1));
  return readings;
}

const segmentsOf = (pathname: string): string[] => pathname.split('/').filter(Boolean).map(decode);

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function best(routes: readonly Route[], segments: readonly string[]): Route | undefined {
  const matching = routes.filter((route) => matches(route.segments, segments));
  return matching.sort((a, b) => rank(a).localeCompare(rank(b)))[0];
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  for (const [index, part] of pattern.entries()) {
    if (/^\[\[\.{3}.+\]\]$/u.test(part)) return true;
    if (/^\[\.{3}.+\]$/u.test(part)) return segments.length > index;
    if (index >= segments.length) return false;
    if (!/^\[.+\]$/u.test(part) && part !== segments[index]) return false;
  }
  return pattern.length === segments.length;
}

/** Static segments before dynamic ones, those before catch-alls, optional ones last. */
function rank({ segments }: Route): string {
  return segments
    .map((segment) => (segment.startsWith('[[') ? '3' : segment.startsWith('[...') ? '2' : segment.startsWith('[') ? '1' : '0'))
    .join('');
}

/** The file of the proxy: `proxy.ts` (`middleware.ts` before Next 16) at the app's root or in `src`. */
export function proxyFilesOf(project: Project, app: App): readonly string[] {
  const names = ['proxy', 'middleware'].flatMap((name) => ['ts', 'js', 'mts', 'mjs', 'tsx'].map((extension) => `${name}.${extension}`));
  return [app.root, join(app.root, 'src')]
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter((path) => project.facts.kind(path) === 'file');
}
