/** Why a file can't call a server action of the app. */
import { dirname, sep } from 'node:path';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { isWithin } from '../../../project/folders.ts';
import { nearestPackage } from '../../../project/modules/packages.ts';
import { perProject } from '../../../project/memos/per-project.ts';
import type { App, Project } from '../../../project/project.ts';
import { modulesNamedIn } from '../../../project/modules/named-modules.ts';

/** Undefined where nothing is in the way. */
export function obstacleIn(
  { path }: SourceFile,
  app: App,
  project: Project,
  sources: readonly string[],
): string | undefined {
  if (
    !isWithin(app.root, path) ||
    nearestPackage(project.facts, dirname(path))?.root !== nearestPackage(project.facts, app.root)?.root
  )
    return 'it is in another package than the app, and cannot import its server action';
  if (app.configPath === path) return 'the configuration of Next.js leads there';
  return app.pagesDir !== undefined && usedByPages(project, app, sources.length).has(path)
    ? 'it is used in the Pages Router, which has no server actions'
    : undefined;
}

const MAX_FILES = 5_000;

/** The files that the pages of the Pages Router are made of, those of `pages/api` left out. */
const usedByPages = perProject('codemods: files of the Pages Router', (project, app: App, _count: number) => {
  const found = new Set(
    project
      .routesOf(app)
      .filter(({ kind }) => kind === 'pages-page')
      .map(({ path }) => path),
  );
  // `_app` and its like serve no path.
  for (const { kind, name, path } of project.facts.entries(app.pagesDir ?? '') ?? [])
    if (kind === 'file' && name.startsWith('_') && found.size > 0) found.add(path);
  for (const path of found) {
    if (found.size > MAX_FILES) break;
    for (const module of modulesNamedIn(project.facts.text(path) ?? '')) {
      const target = project.resolve(module, path);
      if (target !== undefined && !target.includes(`${sep}node_modules${sep}`)) found.add(target);
    }
  }
  return found;
});
