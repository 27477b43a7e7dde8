/** Convex projects: `convex.json`, the functions directory and `auth.config`. */
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { readJson, readJsonObject, type JsonFile } from './json.ts';
import { foldersUp, isWithin } from './folders.ts';
import { packageAt, repositoryRoot, workspaceOf } from './modules/packages.ts';
import type { Facts } from './memos/stamps.ts';

export interface ConvexProject {
  /** Absolute: where `npx convex` runs. */
  readonly root: string;
  /** Absolute: `functions` of convex.json, else `convex/`, else `src/convex/` where only that exists. */
  readonly functionsDir: string;
  readonly configFile: JsonFile | undefined;
  /** Absolute path of `auth.config.ts` or `auth.config.js`, where there is one. */
  readonly authConfigPath: string | undefined;
}

/** Answers which Convex projects a file belongs to or talks to: see `Project.convexProjectsFor`. */
export function createConvexProjects(facts: Facts, cwd: string): (path: string) => readonly ConvexProject[] {
  return (path) =>
    facts.memo(`convex:${cwd}`, dirname(path), () => {
      const folder = dirname(path);
      const around = foldersUp(folder, repositoryRoot(facts, folder, cwd));
      const nearest = around.flatMap((each) => convexProjectAt(facts, each) ?? []).slice(0, 1);
      const others = workspaceOf(facts, folder, cwd).packages.flatMap(({ root }) => convexProjectAt(facts, root) ?? []);
      const all = unique([...nearest, ...others]);
      // `convex.json` may be next to the app, and its functions in another package.
      const owning = all.filter(({ functionsDir }) => isWithin(functionsDir, path));
      if (owning.length > 0) return owning;
      return nearest.length > 0 ? nearest : all;
    });
}

function unique(projects: readonly ConvexProject[]): ConvexProject[] {
  return [...new Map(projects.map((project) => [project.root, project])).values()];
}

/** The Convex project of exactly this folder. */
export function convexProjectAt(facts: Facts, root: string): ConvexProject | undefined {
  return facts.memo('convex-at', root, () => {
    const configFile = readJson(facts, join(root, 'convex.json'));
    const { functions } = readJsonObject(facts, join(root, 'convex.json'));
    const functionsDir =
      typeof functions === 'string' && functions !== '' && !isAbsolute(functions)
        ? resolve(root, functions)
        : defaultFunctionsDir(facts, root);
    const authConfigPath = ['auth.config.ts', 'auth.config.js']
      .map((name) => join(functionsDir, name))
      .find((path) => facts.kind(path) === 'file');
    if (!configFile && authConfigPath === undefined && !hasFunctions(facts, root, functionsDir)) return undefined;
    return { root, functionsDir, configFile, authConfigPath };
  });
}

// get-convex/convex-backend npm-packages/convex/src/cli/lib/config.ts: `convex/`, or `src/convex/` in create-react-app projects.
function defaultFunctionsDir(facts: Facts, root: string): string {
  const usual = join(root, 'convex');
  const inSource = join(root, 'src', 'convex');
  return facts.kind(usual) !== 'directory' && facts.kind(inSource) === 'directory' ? inSource : usual;
}

// A folder named `convex` alone proves nothing: it may hold an app's helpers.
function hasFunctions(facts: Facts, root: string, functionsDir: string): boolean {
  if (facts.kind(functionsDir) !== 'directory') return false;
  const names = (facts.entries(functionsDir) ?? []).map(({ name }) => name);
  return (
    names.some((name) => ['_generated', 'schema.ts', 'schema.js'].includes(name)) ||
    packageAt(facts, root)?.dependencies.has('convex') === true
  );
}
