/** Which project file an import names, and that file parsed. Registry packages are never followed. */
import { builtinModules } from 'node:module';
import { basename, dirname, extname, join, resolve as resolvePath, sep } from 'node:path';
import type * as Oxc from 'oxc-resolver';
import { lazy, requirePackage } from '../../analysis/lazy.ts';
import { type ParseResult, type SourceFile, parseSourceFile, withoutBOM } from '../../analysis/syntax/source-file.ts';
import { isWithin } from '../folders.ts';
import { declaredRoot, nearestPackage, workspaceOf, type Package } from './packages.ts';
import { attempt, type Facts, type PathKind } from '../memos/stamps.ts';
import { placeOf } from '../surroundings.ts';
import { pathTargets, tsconfigFor } from './tsconfig.ts';

export interface Modules {
  /** The absolute path of the project file that a specifier names. */
  readonly resolve: (specifier: string, fromPath: string) => string | undefined;
  /** A parsed file; undefined if it can't be read or does not parse. */
  readonly sourceFile: (path: string) => SourceFile | undefined;
}

const EXTENSIONS = ['.tsx', '.ts', '.mts', '.cts', '.jsx', '.js', '.mjs', '.cjs'];
/** JSON is imported by its full name. */
const SOURCE = new Set([...EXTENSIONS, '.json']);
const BUILTIN = new Set(builtinModules);
const LOCAL_VERSION = /^(?:workspace|file|link|portal):/u;

/** Bytes that a tree and its scopes take for each character of the text, as measured. */
const TREE_WEIGHT = 45;

const oxc = lazy(() => requirePackage('oxc-resolver') as typeof Oxc);

const options: Oxc.NapiResolveOptions = {
  extensions: EXTENSIONS,
  extensionAlias: {
    '.js': ['.ts', '.tsx', '.js'],
    '.jsx': ['.tsx', '.jsx'],
    '.mjs': ['.mts', '.mjs'],
    '.cjs': ['.cts', '.cjs'],
  },
  conditionNames: ['source', 'import', 'module', 'node', 'require', 'default'],
  mainFields: ['source', 'module', 'main'],
  nodePath: false,
};
// Packages of a workspace that no one has built yet often have their sources under `types` alone.
const typesOptions: Oxc.NapiResolveOptions = {
  ...options,
  conditionNames: ['source', 'types', 'import', 'default'],
  mainFields: ['source', 'types', 'typings', 'module', 'main'],
};

/** The resolvers keep a cache of their own without stamps; it is dropped in each look. */
interface Resolvers {
  readonly plain: Oxc.ResolverFactory;
  readonly types: Oxc.ResolverFactory;
  look: number;
}
const resolversOf = new WeakMap<Facts, Resolvers>();

function resolvers(facts: Facts): Resolvers {
  let found = resolversOf.get(facts);
  if (!found) {
    const { ResolverFactory } = oxc();
    const plain = new ResolverFactory(options);
    found = { plain, types: plain.cloneWithOptions(typesOptions), look: facts.look() };
    resolversOf.set(facts, found);
  }
  if (found.look !== facts.look()) {
    found.plain.clearCache();
    found.types.clearCache();
    found.look = facts.look();
  }
  return found;
}

/** Resolution and parsing for projects at `cwd`. Loads nothing. */
export function createModules(facts: Facts, cwd: string): Modules {
  // Code may import any file of the disk by its path; what is there is nothing to read, let alone to quote.
  const isOwn = (folder: string, path: string | undefined): boolean => {
    const root = path === undefined ? undefined : declaredRoot(facts, folder);
    if (path === undefined || root === undefined || isWithin(root, path)) return true;
    return isWithin(facts.realPath(root) ?? root, path);
  };
  const own = (folder: string, path: string | undefined) => (isOwn(folder, path) ? path : undefined);
  const places = `places of imports:${cwd}`;
  // Asked for each import of each file of a folder.
  const placeOfImports = (folder: string): string =>
    facts.memo(places, folder, () => placeOf(facts, cwd, folder, RESOLVED_BY));
  return {
    resolve: (specifier, fromPath) => {
      if (specifier === '' || specifier.includes('\0') || isBuiltin(specifier)) return undefined;
      const folder = dirname(fromPath);
      if (isRelative(specifier))
        return facts.memo('resolve', `${cwd}:${folder}:${specifier}`, () =>
          own(folder, at(facts, join(folder, specifier))),
        );
      // What else a name means is the same in many folders: each place has a table of its own.
      return facts.memo(placeOfImports(folder), specifier, () =>
        own(folder, resolveFrom(facts, cwd, folder, specifier)),
      );
    },
    sourceFile: (path) =>
      facts.memo(
        'source',
        path,
        () => {
          if (!isSource(path)) return undefined;
          const text = facts.text(path);
          const result = text === undefined ? undefined : attempt(() => parse(path, text));
          return result?.ok ? result.file : undefined;
        },
        undefined,
        (file) => (file === undefined ? 0 : file.text.length * TREE_WEIGHT),
      ),
  };
}

/** What says around a file which module a name stands for. */
const RESOLVED_BY = ['packages', 'configs'] as const;

/** Longer data is no list that code links to. */
const MAX_JSON = 200_000;

/** JSON is read as the module that bundlers make of it: the whole is its default export, and each key at the top an export. */
function parse(path: string, text: string): ParseResult | undefined {
  if (extname(path) !== '.json') return parseSourceFile(path, text);
  return text.length > MAX_JSON ? undefined : parseSourceFile(path, `module.exports = ${withoutBOM(text)}`);
}

const isBuiltin = (specifier: string) => specifier.startsWith('node:') || BUILTIN.has(specifier);
const isRelative = (specifier: string) => /^\.{1,2}(?:\/|$)/u.test(specifier);
const isSource = (path: string) => SOURCE.has(extname(path)) && !/\.d\.[cm]?ts$/u.test(path);

function resolveFrom(facts: Facts, cwd: string, folder: string, specifier: string): string | undefined {
  const tsconfig = tsconfigFor(facts, cwd, folder);
  for (const target of tsconfig ? pathTargets(tsconfig, specifier) : []) {
    const found = at(facts, target);
    if (found !== undefined) return found;
  }
  if (/^[@~]\//u.test(specifier)) return byUsualAlias(facts, folder, specifier.slice(2));
  // `#lib/x`: the package's own `imports`.
  if (specifier.startsWith('#')) return find(facts, folder, specifier);
  const name = packageName(specifier);
  const own = nearestPackage(facts, folder);
  const version = name === undefined ? undefined : own?.dependencies.get(name);
  if (name !== undefined) {
    const { byName, isDeclared } = workspaceOf(facts, folder, cwd);
    // Where no workspace is declared nothing is linked: a version from the registry comes from the registry, whatever stands next to it.
    const isInstalled = !isDeclared && version !== undefined && !LOCAL_VERSION.test(version);
    const workspacePackage = isInstalled ? undefined : byName.get(name);
    if (workspacePackage) return findInPackage(facts, workspacePackage, specifier, name);
    const local =
      own && version !== undefined && LOCAL_VERSION.test(version) ? localPackage(facts, own, version) : undefined;
    if (local) return findInPackage(facts, local, specifier, name);
  }
  // Installed from the registry. What no one declared may still be a file below `baseUrl`.
  if (version !== undefined || tsconfig?.baseUrl === undefined) return undefined;
  return at(facts, join(tsconfig.baseUrl, specifier));
}

// `@/x` where no `paths` says what it is (they are in a base that is not installed): what every template of Next.js makes of it.
function byUsualAlias(facts: Facts, folder: string, rest: string): string | undefined {
  const root = nearestPackage(facts, folder)?.root;
  return root === undefined ? undefined : (at(facts, join(root, 'src', rest)) ?? at(facts, join(root, rest)));
}

function packageName(specifier: string): string | undefined {
  return /^(?:@[^/]+\/)?[^./@#~][^/]*/u.exec(specifier)?.[0];
}

// `file:../ui`: what npm would link, whether or not it has been installed.
function localPackage(facts: Facts, own: Package, version: string): Package | undefined {
  const path = version.replace(LOCAL_VERSION, '');
  return path.startsWith('.') ? nearestPackage(facts, resolvePath(own.root, path)) : undefined;
}

function findInPackage(facts: Facts, { json, root }: Package, specifier: string, name: string): string | undefined {
  const subpath = specifier.slice(name.length);
  // With `exports`, a package may import itself by name: the resolver applies patterns and conditions.
  const request = json['exports'] === undefined ? (subpath === '' ? root : root + subpath) : specifier;
  const found = find(facts, root, request, true) ?? find(facts, root, request);
  if (found !== undefined) return found;
  // Not built: `dist/` is missing. The sources usually stand under the same name in `src/`.
  const guesses = subpath === '' ? ['src/index', 'index', 'src/main'] : [`src${subpath}`, `.${subpath}`];
  for (const guess of guesses) {
    const source = at(facts, join(root, guess));
    if (source !== undefined) return source;
  }
  return undefined;
}

/**
 * The source file that a path names as imports do: extension left out, `.js` for `.ts`, a folder's index. Folder listings have stamps
 * and need no resolver, so most imports never load it; it is asked for folders with a package.json.
 */
function at(facts: Facts, base: string): string | undefined {
  const kinds = kindsIn(facts, dirname(base));
  const name = basename(base);
  const written = /\.(?<letter>[cm]?)js(?<jsx>x?)$/u.exec(name);
  const stem = written ? name.slice(0, written.index) : name;
  const typed = !written
    ? []
    : written.groups?.['jsx'] === 'x'
      ? ['.tsx']
      : written.groups?.['letter'] === ''
        ? ['.ts', '.tsx']
        : [`.${written.groups?.['letter'] ?? ''}ts`];
  const candidates = [
    ...typed.map((extension) => stem + extension),
    name,
    ...EXTENSIONS.map((extension) => name + extension),
  ];
  const found = candidates.find((candidate) => kinds.get(candidate) === 'file' && isSource(candidate));
  if (found !== undefined) return join(dirname(base), found);
  // A folder with more entries than are listed has this one nevertheless.
  if ((kinds.get(name) ?? facts.kind(base)) !== 'directory') return undefined;
  const inside = kindsIn(facts, base);
  if (inside.get('package.json') === 'file') return find(facts, base, base);
  const index = EXTENSIONS.map((extension) => `index${extension}`).find(
    (candidate) => inside.get(candidate) === 'file',
  );
  return index === undefined ? undefined : join(base, index);
}

function kindsIn(facts: Facts, folder: string): ReadonlyMap<string, PathKind> {
  return facts.memo(
    'kinds',
    folder,
    () => new Map((facts.entries(folder) ?? []).map(({ kind, name }) => [name, kind])),
  );
}

/** Asks the resolver. Its answers have no stamps, so it is asked again in each look. */
function find(facts: Facts, folder: string, request: string, types = false): string | undefined {
  return facts.probe('find', `${String(types)}:${folder}:${request}`, () => {
    const { plain, types: typed } = resolvers(facts);
    const path = attempt(() => (types ? typed : plain).sync(folder, request))?.path?.replace(/[?#][^/\\]*$/u, '');
    if (path === undefined || !isSource(path) || path.includes(`${sep}node_modules${sep}`)) return undefined;
    return path;
  });
}
