/** Scripts that someone runs by hand, on a machine of their own: no deployment runs them. */
import { basename, dirname, join, relative, sep } from 'node:path';
import { recordOf } from '../settings.ts';
import { perProject } from '../memos/per-project.ts';
import type { Project } from '../project.ts';
import type { Facts } from '../memos/stamps.ts';
import { modulesNamedBy } from './imports.ts';
import { nearestPackage, packageAt } from './packages.ts';
import { runningFilesBelow } from './source-files.ts';

const FOLDERS = ['script', 'scripts', 'tool', 'tools'];
/** A package that has more files is not asked who imports a script. */
const MAX_FILES = 3_000;

/** Whether a file is in the `scripts` of its package, and neither the app nor the command that starts it loads it. */
export function isRunByHand({ path }: { readonly path: string }, project: Project): boolean {
  const root = nearestPackage(project.facts, path)?.root;
  if (root === undefined || !isInFolder(path, root)) return false;
  const apps = project.appsFor(path).map((app) => app.root);
  // An editor has files that are not saved.
  const unsaved = project.facts.kind(path) === undefined ? [path] : [];
  return !loadedScripts(project, root, [...new Set([root, ...apps])], unsaved).has(path);
}

function isInFolder(path: string, root: string): boolean {
  const [folder = '', ...below] = relative(root, path).split(sep);
  return FOLDERS.includes(folder) && below.length > 0;
}

/** The files in the `scripts` of a package that run in a deployment: what starts it, what other code imports, and what these import. */
const loadedScripts = perProject(
  'scripts: loaded',
  (project, root: string, importers: readonly string[], unsaved: readonly string[]): ReadonlySet<string> => {
    const { facts } = project;
    const scripts = new Set([
      ...FOLDERS.flatMap((folder) => [...runningFilesBelow(join(root, folder), facts, MAX_FILES, 'own')]),
      ...unsaved,
    ]);
    const names = new Set([...scripts].flatMap((path) => [...namesOf(path), basename(dirname(path))]));
    const importedBy = (path: string): string[] =>
      [...modulesNamedBy(project, path), ...modulesRunBy(facts.text(path) ?? '')].flatMap((module) => {
        const mayBe = /^\.+\/?$/u.test(module) || namesOf(module).some((name) => names.has(name));
        const target = mayBe ? project.resolve(module, path) : undefined;
        return target !== undefined && scripts.has(target) ? [target] : [];
      });
    const others = importers.flatMap((folder) => [...runningFilesBelow(folder, facts, MAX_FILES)]);
    const loaded = new Set([
      ...[...scripts].filter(isStartedBy(root, facts)),
      ...others.filter((path) => !scripts.has(path)).flatMap(importedBy),
    ]);
    for (const path of loaded) for (const target of importedBy(path)) loaded.add(target);
    return loaded;
  },
);

/** The modules that a text imports for what they do alone: `import './server';`. */
const modulesRunBy = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^|[;\uFEFF])[\t ]*import\s*['"](?<module>[^'"\n]{1,300})['"]/gmu)].flatMap(
    ({ groups }) => groups?.['module'] ?? [],
  );

/** The last part of a path, with and without its extension. */
const namesOf = (path: string): readonly string[] => [basename(path), basename(path).replace(/\.\w+$/u, '')];

/** Whether a command that starts the package names a file, as it is written or compiled: `node dist/scripts/server.js`. */
function isStartedBy(root: string, facts: Facts): (path: string) => boolean {
  const scripts = Object.entries(recordOf(packageAt(facts, root)?.json['scripts']));
  const starting = scripts.filter(([name]) => /^(?:start|serve)/u.test(name)).map(([, command]) => String(command));
  // `npm run web`
  const called = scripts.filter(([name]) => starting.some((command) => command.split(/\s+/u).includes(name)));
  const commands = [...starting, ...called.map(([, command]) => String(command))];
  const started = new Set(
    commands.flatMap((command) => command.split(/\s+/u).filter((word) => /[./]/u.test(word))).flatMap(namesOf),
  );
  return (path) => namesOf(path).some((name) => started.has(name));
}
