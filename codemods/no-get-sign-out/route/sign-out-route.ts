/** A route whose GET signs users out, as the rule finds it. */
import type { FunctionNode } from '../../../analysis/syntax/ast.ts';
import { parseSourceFile, type SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { App, Project, Route } from '../../../project/project.ts';
import type { PlacedFinding } from '../../passes.ts';
import type { Codemod } from '../../transform.ts';
import { noModules } from '../../../analysis/syntax/bindings/modules.ts';
import { defineExport } from '../../../analysis/syntax/bindings/definitions.ts';
import { functionOf } from '../../../analysis/syntax/functions.ts';

export interface SignOutRoute {
  readonly app: App;
  readonly project: Project;
  readonly route: Route;
  readonly file: SourceFile;
  readonly placed: PlacedFinding;
  /** Its text with the guard that the rule suggests, where it can have one. */
  readonly guarded: string | undefined;
  /** As links have it: `/sign-out`. */
  readonly shown: string;
}

/** The routes among some files (absolute) that the rule reports: not where it is off, disabled or suppressed. */
export function signOutRoutes(
  files: readonly string[],
  projectFor: (path: string) => Project,
  { run }: Codemod,
): SignOutRoute[] {
  return files.flatMap((path) => {
    const project = projectFor(path);
    const source = project.facts.text(path);
    if (source === undefined) return [];
    const { changed, left, text } = run({ path, source, project });
    const placed = changed[0] ?? left[0];
    const guarded = text === source ? undefined : text;
    const parsed = placed && parseSourceFile(path, source);
    if (!placed || parsed?.ok !== true) return [];
    for (const app of project.appsFor(path)) {
      const route = project.routeOfFile(app, path);
      if (route)
        return [{ app, project, route, file: parsed.file, placed, guarded, shown: app.basePath + route.pattern }];
    }
    return [];
  });
}

/** The function that a file exports under a name, where it is in that file as it is: not wrapped, not from elsewhere. */
export function exportedFunction(file: SourceFile, name: string): FunctionNode | undefined {
  const exported = functionOf(defineExport(file, name, [], noModules));
  return exported?.file === file ? exported.node : undefined;
}
