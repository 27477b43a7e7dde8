/** The files that Next.js runs before a request: `proxy.ts`, and `middleware.ts` before Next 16. */
import { dirname, join } from 'node:path';
import type { App } from './app-model.ts';
import type { Facts } from './stamps.ts';

const NAMES = /^(?:proxy|middleware)\.(?:[cm]?[jt]s|[jt]sx)$/u;

/** The proxy files of an app, at its root and in `src`; both names where both exist. Absolute. */
export function proxyFilesOf(facts: Facts, app: App): readonly string[] {
  const beside = app.appDir ?? app.pagesDir;
  const folders = new Set([app.root, join(app.root, 'src'), ...(beside === undefined ? [] : [dirname(beside)])]);
  return [...folders].flatMap((folder) =>
    (facts.entries(folder) ?? []).flatMap(({ kind, name, path }) =>
      kind === 'file' && NAMES.test(name) ? [path] : [],
    ),
  );
}
