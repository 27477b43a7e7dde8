/** The `auth.config` file that a command is about. */
import { basename, dirname, join, resolve } from 'node:path';
import { parseSourceFile, type SourceFile } from '../../../analysis/syntax/source-file.ts';
import { exportsOf } from '../../../analysis/syntax/bindings/exports.ts';
import { convexProjectAt } from '../../../project/convex.ts';
import { workspaceOf } from '../../../project/modules/packages.ts';
import { type ConvexProject, openProject, type Project } from '../../../project/project.ts';
import { count } from '../../output/words.ts';
import { UsageError } from '../../usage.ts';
import { shownPath } from '../evidence/inputs.ts';

export interface LoadedConfig {
  readonly project: Project;
  /** Absolute: of the file, or of where it would stand. */
  readonly path: string;
  /** Undefined where there is none, or it can't be read. */
  readonly file: SourceFile | undefined;
  /** Why the file says nothing. */
  readonly problem: { readonly reason: string; readonly fix: string } | undefined;
}

const NAME = /^auth\.config\.[jt]s$/u;

/** Finds and parses the file. Throws a `UsageError` where it is not clear which file is meant. */
export function loadAuthConfig(given: string, cwd: string): LoadedConfig {
  const target = resolve(cwd, given);
  const project = openProject({ cwd, path: join(target, 'auth.config.ts') });
  const [mistake] = project.mistakes;
  if (mistake !== undefined) throw new UsageError(project.mistakes.join('\n       '), { showHelp: false });
  const kind = project.facts.kind(target);
  if (kind === undefined) throw new UsageError(`There is no folder or file ${shownPath(given)}.`, { showHelp: false });
  if (kind === 'file' && !NAME.test(basename(target))) {
    throw new UsageError(
      `${shownPath(given)} is not an auth.config file: Convex reads auth.config.ts or auth.config.js.`,
      {
        showHelp: false,
      },
    );
  }
  if (kind === 'file') return parse(project, target);
  const projects = convexProjectsIn(project, target);
  const [first, ...others] = projects;
  if (!first) {
    throw new UsageError(
      `No Convex project is found at ${shownPath(given)}. Name its folder, or the auth.config file.`,
      { showHelp: false },
    );
  }
  const withConfig = projects.flatMap(({ authConfigPath }) => authConfigPath ?? []);
  const [path, second] = withConfig;
  if (second !== undefined) {
    const list = withConfig.map((one) => project.display(one)).join(', ');
    throw new UsageError(`There are ${count(withConfig.length, 'auth.config file')} here: ${list}. Name one of them.`, {
      showHelp: false,
    });
  }
  if (path !== undefined) return parse(project, path);
  if (others.length > 0)
    throw new UsageError(
      `There are several Convex projects here, and none has an auth.config file. Name the folder of one.`,
      { showHelp: false },
    );
  return { project, path: join(first.functionsDir, 'auth.config.ts'), file: undefined, problem: undefined };
}

/** The project that a folder belongs to; where it has no such file, those of the workspace that do. */
function convexProjectsIn(project: Project, folder: string): readonly ConvexProject[] {
  const nearest = project.convexProjectsFor(join(folder, 'auth.config.ts'));
  if (nearest.some(({ authConfigPath }) => authConfigPath !== undefined)) return nearest;
  const { facts } = project;
  const others = workspaceOf(facts, folder, project.cwd).packages.flatMap(
    ({ root }) => convexProjectAt(facts, root) ?? [],
  );
  const withConfig = others.filter(({ authConfigPath }) => authConfigPath !== undefined);
  return withConfig.length > 0 ? withConfig : nearest;
}

function parse(project: Project, path: string): LoadedConfig {
  const shown = project.display(path);
  const failed = (reason: string, fix: string): LoadedConfig => ({
    project,
    path,
    file: undefined,
    problem: { reason, fix },
  });
  const text = project.facts.text(path);
  if (text === undefined)
    return failed(
      `${shown} can't be read: it is not UTF-8 text, larger than 2 MB, or may not be read.`,
      'Look at the file.',
    );
  const parsed = parseSourceFile(path, text);
  if (!parsed.ok) {
    const { column, line, message } = parsed.problem;
    return failed(
      `${shown}:${String(line)}:${String(column)} does not parse: ${message}.`,
      'Fix the syntax; Convex cannot bundle the file either.',
    );
  }
  const rival = join(dirname(path), basename(path) === 'auth.config.ts' ? 'auth.config.js' : 'auth.config.ts');
  if (project.facts.kind(rival) === 'file') {
    return failed(
      `There are both ${shown} and ${project.display(rival)}, and Convex refuses the deploy: "Found both …, choose one."`,
      'Delete one of them.',
    );
  }
  if (!exportsOf(parsed.file).named.has('default')) {
    return failed(
      `${shown} has no default export, and Convex refuses the deploy: "auth config file is missing default export."`,
      'Write `export default { providers: [ … ] } satisfies AuthConfig;`.',
    );
  }
  return { project, path, file: parsed.file, problem: undefined };
}
