/** Reads `app/` and `pages/` into routes. */
import { basename } from 'node:path';
import type { App, Route, RouteKind } from './app-model.ts';
import { isSkippedFolder } from './packages.ts';
import type { Entry, Facts } from './stamps.ts';

const MAX_DEPTH = 40;
const MAX_ROUTES = 20_000;

/** The files that serve URL paths, unsorted, one for each kind and path. */
export function scanRoutes(facts: Facts, { appDir, pageExtensions, pagesDir }: App): Route[] {
  const extension = new RegExp(`\\.(?:${pageExtensions.map((each) => each.replace(/[^\w]/gu, '\\$&')).join('|')})$`, 'u');
  const found = new Map<string, Route>();
  const add = (kind: RouteKind, path: string, segments: readonly string[]) => {
    const pattern = `/${segments.join('/')}`;
    // A slot's page and the page beside it serve the same path; the page beside it comes first (see `slotsLast`).
    const key = `${kind}:${pattern}`;
    if (!found.has(key) && found.size < MAX_ROUTES) found.set(key, { kind, path, pattern, segments });
  };

  if (appDir !== undefined) {
    visitFiles(facts, appDir, appSegment, ({ name, path }, texts) => {
      const stem = name.replace(extension, '');
      if (stem === name) return;
      if (stem === 'route' || stem === 'page') add(stem, path, texts);
    });
  }
  if (pagesDir !== undefined) {
    visitFiles(facts, pagesDir, (name) => name, ({ name, path }, texts) => {
      const stem = name.replace(extension, '');
      if (stem === name || stem.endsWith('.d')) return;
      if (texts.length === 0 && ['_app', '_document', '_error', '_middleware', '404', '500'].includes(stem)) return;
      const full = stem === 'index' ? texts : [...texts, stem];
      add(full[0] === 'api' ? 'api' : 'pages-page', path, full);
    });
  }
  return [...found.values()];
}

/** What a folder of `app/` adds to the URL: its name, nothing (`''`), or no route at all (undefined). */
function appSegment(name: string): string | undefined {
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
  const enter = (folder: string, texts: readonly string[], around: readonly string[]) => {
    // A link to a folder around it would never end.
    const real = facts.realPath(folder);
    if (real === undefined || around.includes(real) || around.length > MAX_DEPTH) return;
    const entries = facts.entries(folder) ?? [];
    for (const entry of entries) if (entry.kind === 'file') visit(entry, texts);
    for (const entry of slotsLast(entries)) {
      const text = entry.kind === 'directory' && !isIgnored(entry.name) ? segment(entry.name) : undefined;
      if (text !== undefined) enter(entry.path, text === '' ? texts : [...texts, text], [...around, real]);
    }
  };
  enter(root, [], []);
}

// `build`, `dist` and `out` are skipped elsewhere; in `app/` they are URLs like others.
const isIgnored = (name: string) => name === 'node_modules' || (isSkippedFolder(name) && name.startsWith('.') && name !== '.well-known');

function slotsLast(entries: readonly Entry[]): Entry[] {
  const isSlot = ({ path }: Entry) => basename(path).startsWith('@');
  return [...entries.filter((entry) => !isSlot(entry)), ...entries.filter(isSlot)];
}
