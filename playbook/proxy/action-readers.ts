/**
 * Server actions that read the session. A call of one is a POST to the URL of the page that the visitor is on, so the proxy has to cover the pages
 * whose modules import it, through client components as well.
 */
import { hasDirective } from '../../analysis/syntax/directives.ts';
import { exportsOf } from '../../analysis/syntax/bindings/exports.ts';
import { moduleRequestsOf } from '../../analysis/syntax/bindings/module-requests.ts';
import { perProject } from '../../project/memos/per-project.ts';
import type { Project } from '../../project/project.ts';
import type { AppRoute } from '../../project/routes/route-files.ts';
import { type SessionReader, readerIn } from './session-readers.ts';

export interface ActionReader extends SessionReader {
  /** Absolute path of the file with the action. */
  readonly action: string;
}

/** A page imports no more than anyone could follow. */
const MAX_MODULES = 400;

/** The first action that a page can call and that certainly reads the session; undefined where there is none. */
export function actionReaderOf(route: AppRoute, project: Project): ActionReader | undefined {
  for (const path of modulesOf(route, project)) {
    const reader = actionReaderIn(project, path);
    if (reader) return reader;
  }
  return undefined;
}

const actionReaderIn = perProject('action reader', (project, path: string): ActionReader | undefined => {
  // One search of the text before anything is parsed for it.
  if (!/['"]use server['"]/u.test(project.facts.text(path) ?? '')) return undefined;
  const file = project.sourceFile(path);
  if (!file || !hasDirective(file.ast, 'use server')) return undefined;
  const found = readerIn(project, path, [...exportsOf(file).named.keys()]);
  return found && { ...found, action: path };
});

/** Whether a route's modules have one among them. */
export const importsModule = (route: AppRoute, path: string, project: Project): boolean =>
  modulesOf(route, project).has(path);

/** The files of the project that a route is made of: its own, those of its layouts, and what they import. */
const modulesOf = (route: AppRoute, project: Project): ReadonlySet<string> =>
  modulesFrom(project, [...route.around.map(({ path }) => path), route.path]);

const modulesFrom = perProject('route modules', (project, own: readonly string[]): ReadonlySet<string> => {
  const seen = new Set(own);
  for (const path of seen) {
    if (seen.size > MAX_MODULES) break;
    for (const target of importedBy(project, path)) seen.add(target);
  }
  return seen;
});

const importedBy = perProject('imported files', (project, path: string): readonly string[] => {
  const file = project.sourceFile(path);
  return (file ? moduleRequestsOf(file) : []).flatMap(({ module }) => project.resolve(module, path) ?? []);
});
