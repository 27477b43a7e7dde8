/** Next.js apps: which one a file belongs to. */
import { dirname, join, resolve } from 'node:path';
import type { SourceFile } from '../analysis/syntax/source-file.ts';
import type { App } from './app-model.ts';
import { nextConfigOf, NEXT_CONFIG_NAMES } from './next-config.ts';
import { isWithin } from './folders.ts';
import {
  nearestPackage,
  packageAt,
  repositoryRoot,
  workspaceOf,
  type Package,
  type Workspace,
} from './modules/packages.ts';
import { stringsOf } from './settings.ts';
import type { Facts } from './memos/stamps.ts';
import { markedFoldersAround, placeOf } from './surroundings.ts';

export interface Apps {
  /** See `Project.appOf`. */
  readonly appOf: (path: string) => App | undefined;
  /** See `Project.appsFor`. */
  readonly appsFor: (path: string) => readonly App[];
}

type ReadSource = (path: string) => SourceFile | undefined;

/** The apps around files of a project at `cwd`; `rootDir` is that of the settings. */
export function createApps(
  facts: Facts,
  cwd: string,
  rootDir: string | readonly string[] | undefined,
  source: ReadSource,
): Apps {
  const at = (root: string): App => appAt(facts, root, source);
  const roots = stringsOf(rootDir).map((root) => resolve(cwd, root));

  if (roots.length > 0) {
    const appOf = (path: string) => {
      const around = roots.filter((root) => isWithin(root, path)).sort((a, b) => b.length - a.length)[0];
      return around === undefined ? undefined : at(around);
    };
    return {
      appOf,
      appsFor: (path) => {
        const own = appOf(path);
        return own ? [own] : roots.map(at);
      },
    };
  }

  const appOf = (path: string) => {
    const root = appRootOf(facts, cwd, dirname(path));
    return root === undefined ? undefined : at(root);
  };
  return {
    appOf,
    appsFor: (path) => {
      const own = appOf(path);
      if (own) return [own];
      const folder = dirname(path);
      return facts.memo('apps-for', placeOf(facts, cwd, folder), () => {
        const workspace = workspaceOf(facts, folder, cwd);
        const apps = workspace.packages.filter(({ root }) => isAppRoot(facts, root));
        const name = nearestPackage(facts, folder)?.name;
        const using = name === undefined ? [] : apps.filter((app) => dependsOn(workspace, app, name));
        return (using.length > 0 ? using : apps).map(({ root }) => at(root));
      });
    },
  };
}

function appRootOf(facts: Facts, cwd: string, folder: string): string | undefined {
  return facts.memo('app-root', placeOf(facts, cwd, folder), () => {
    const last = repositoryRoot(facts, folder, cwd);
    return markedFoldersAround(facts, folder, 'packages', last).find(({ path }) => isAppRoot(facts, path))?.path;
  });
}

// A package of components has `next` among its devDependencies too, but nothing to serve.
function isAppRoot(facts: Facts, root: string): boolean {
  if (packageAt(facts, root)?.installed.has('next') !== true) return false;
  return (
    folderOf(facts, root, 'app') !== undefined ||
    folderOf(facts, root, 'pages') !== undefined ||
    configPathOf(facts, root) !== undefined
  );
}

function dependsOn({ byName }: Workspace, app: Package, name: string): boolean {
  const seen = new Set<Package>([app]);
  for (const each of seen) {
    if (each.dependencies.has(name)) return true;
    for (const dependency of each.dependencies.keys()) {
      const next = byName.get(dependency);
      if (next) seen.add(next);
    }
  }
  return false;
}

function appAt(facts: Facts, root: string, source: ReadSource): App {
  return facts.memo('app', root, () => {
    const own = nearestPackage(facts, root);
    const configPath = configPathOf(facts, root);
    const config = nextConfigOf(configPath === undefined ? undefined : source(configPath));
    const dependencies = own?.dependencies ?? new Map<string, string>();
    return {
      root,
      name: own?.name,
      appDir: folderOf(facts, root, 'app'),
      pagesDir: folderOf(facts, root, 'pages'),
      basePath: config.basePath,
      locales: config.locales,
      pageExtensions: config.pageExtensions,
      reactCompiler: config.reactCompiler === false ? usesCompilerThroughBabel(facts, root, own) : config.reactCompiler,
      nextMajor: majorOf(dependencies.get('next')),
      dependencies: new Set(own?.installed.keys()),
      configPath,
    };
  });
}

// `app` before `src/app`, each of the two on its own: vercel/next.js packages/next/src/lib/find-pages-dir.ts.
function folderOf(facts: Facts, root: string, name: 'app' | 'pages'): string | undefined {
  return [join(root, name), join(root, 'src', name)].find((path) => facts.kind(path) === 'directory');
}

function configPathOf(facts: Facts, root: string): string | undefined {
  return NEXT_CONFIG_NAMES.map((name) => join(root, name)).find((path) => facts.kind(path) === 'file');
}

const BABEL_CONFIGS = [
  '.babelrc',
  '.babelrc.json',
  '.babelrc.js',
  'babel.config.json',
  'babel.config.js',
  'babel.config.mjs',
  'babel.config.cjs',
];
const COMPILER = 'babel-plugin-react-compiler';

// A Babel config of one's own turns the compiler on without a word in next.config.
function usesCompilerThroughBabel(facts: Facts, root: string, own: Package | undefined): boolean {
  return (
    JSON.stringify(own?.json['babel'] ?? '').includes(COMPILER) ||
    BABEL_CONFIGS.some((name) => facts.text(join(root, name))?.includes(COMPILER) === true)
  );
}

/** `^16.4.0`, `~15.2`, `16`, `>=14 <17` (its lowest), `npm:next@15`; undefined for `latest`, `canary`, `catalog:`. */
function majorOf(version: string | undefined): number | undefined {
  const digits = /^(?:npm:next@)?[\^~>=v\s]*(?<major>\d+)(?:\.|$|\s|-)/u.exec(version ?? '')?.groups?.['major'];
  return digits === undefined ? undefined : Number(digits);
}
