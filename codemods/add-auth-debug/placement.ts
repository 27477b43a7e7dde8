/** Where `/admin/auth-debug` goes in an app: below the folder that guards `/admin`, with the layouts and providers that are around it. */
import { dirname, join, relative } from 'node:path';
import { modulesNamedIn } from '../../project/modules/named-modules.ts';
import { isWithin } from '../../project/folders.ts';
import type { App, Project } from '../../project/project.ts';

export interface Placement {
  /** The folder of the page. Absolute. */
  readonly folder: string;
  /** The URL path, `/admin/auth-debug` most often. */
  readonly path: string;
  /** The segments of the path, as Next.js writes them. */
  readonly segments: readonly string[];
  /** A file whose style the new ones take over: the layout around them. */
  readonly layout: string;
  readonly hasAuthKitProvider: boolean;
  readonly hasConvexProvider: boolean;
}

/** The folder for the page, or why there is none (ends without a full stop). */
export type PlacementAnswer = Placement | { readonly reason: string };

const PAGE = 'auth-debug';

/** Whether the app has such a page. */
export function hasAuthDebug(app: App, project: Project): boolean {
  return project.routesOf(app).some(({ kind, segments }) => kind === 'page' && segments.at(-1) === PAGE);
}

export function placementIn(app: App, project: Project): PlacementAnswer {
  const { appDir } = app;
  if (appDir === undefined) return { reason: 'the page needs the App Router, and this app has none' };
  const admin = adminFolder(app, appDir, project);
  const root = admin === undefined ? rootLayoutFolder(appDir, project) : undefined;
  const folder = admin ?? (root === undefined ? undefined : join(root, 'admin'));
  if (folder === undefined)
    return { reason: 'the app has several root layouts; which one it belongs to is your decision' };
  const layouts = layoutsAround(folder, appDir, project);
  const [layout] = layouts;
  if (layout === undefined) return { reason: 'no root layout was found' };
  const segments = [...segmentsOf(relative(appDir, folder)), PAGE];
  const around = textsBehind(layouts, project);
  return {
    folder: join(folder, PAGE),
    path: `/${segments.join('/')}`,
    segments,
    layout,
    hasAuthKitProvider: around.some((text) => /<AuthKitProvider\b|\bAuthKitProvider,/u.test(text)),
    hasConvexProvider: around.some((text) => /<ConvexProviderWithAuth(?:Kit)?\b/u.test(text)),
  };
}

/** The folder named `admin` that the app has: what guards the pages in it guards this one. */
function adminFolder(app: App, appDir: string, project: Project): string | undefined {
  const folders = project.routesOf(app).flatMap(({ kind, path, segments }) => {
    const index = segments.findIndex((segment) => !segment.startsWith('['));
    if (kind !== 'page' || segments[index] !== 'admin') return [];
    const names = relative(appDir, path).split(/[\\/]/u);
    return [join(appDir, ...names.slice(0, names.indexOf('admin') + 1))];
  });
  return folders.sort((a, b) => Number(hasLayout(b, project)) - Number(hasLayout(a, project)))[0];
}

const LAYOUT = /^layout\.[jt]sx?$/u;

function layoutIn(folder: string, { facts }: Project): string | undefined {
  return facts.entries(folder)?.find(({ kind, name }) => kind === 'file' && LAYOUT.test(name))?.path;
}

const hasLayout = (folder: string, project: Project): boolean => layoutIn(folder, project) !== undefined;

/** The folder of the root layout: `app`, or the one folder of groups and parameters below it that has one. */
function rootLayoutFolder(appDir: string, project: Project): string | undefined {
  if (hasLayout(appDir, project)) return appDir;
  const below = (project.facts.entries(appDir) ?? []).filter(
    ({ kind, name, path }) => kind === 'directory' && /^[([]/u.test(name) && hasLayout(path, project),
  );
  const [only, other] = below;
  return other ? undefined : only?.path;
}

/** The layouts around a folder, the innermost first. */
function layoutsAround(folder: string, appDir: string, project: Project): readonly string[] {
  const found: string[] = [];
  for (let at = folder; isWithin(appDir, at); at = dirname(at)) {
    const layout = layoutIn(at, project);
    if (layout !== undefined) found.push(layout);
  }
  return found;
}

/** Groups and slots are in no path. */
const segmentsOf = (folder: string): readonly string[] =>
  folder.split(/[\\/]/u).filter((name) => name !== '' && !/^(?:\(|@)/u.test(name));

/** More modules than these are not looked at. */
const MAX_MODULES = 80;

/** The texts of some files and of the modules of the project that they import. */
function textsBehind(paths: readonly string[], project: Project): readonly string[] {
  const seen = new Set(paths);
  const texts: string[] = [];
  for (const path of seen) {
    const text = project.facts.text(path) ?? '';
    texts.push(text);
    for (const module of modulesNamedIn(text)) {
      const target = seen.size < MAX_MODULES ? project.resolve(module, path) : undefined;
      if (target !== undefined && /\.[cm]?[jt]sx?$/u.test(target)) seen.add(target);
    }
  }
  return texts;
}
