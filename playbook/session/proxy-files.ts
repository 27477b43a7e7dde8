/** The files that Next.js runs before a request: `proxy.ts`, and `middleware.ts` before Next 16. */
import { dirname, join } from 'node:path';
import type { App, Project } from '../../project/project.ts';

const NAMES = /^(?:proxy|middleware)\.(?:[cm]?[jt]s|[jt]sx)$/u;

/** The proxy files of an app, at its root and in `src`; both names where both exist. Absolute. */
export function proxyFilesOf(app: App, { facts }: Project): readonly string[] {
  const beside = app.appDir ?? app.pagesDir;
  const folders = new Set([app.root, join(app.root, 'src'), ...(beside === undefined ? [] : [dirname(beside)])]);
  return [...folders].flatMap((folder) =>
    (facts.entries(folder) ?? []).flatMap(({ kind, name, path }) => (kind === 'file' && NAMES.test(name) ? [path] : [])),
  );
}
