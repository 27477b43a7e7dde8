/** From a module specifier to the project file behind it: relative, by tsconfig `paths`, or a package of the workspace. */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { ModuleLoader } from '../analysis/modules.ts';
import { type SourceFile, parseSourceFile } from '../analysis/source-file.ts';
import { type Package, asRecord, packageOf, workspaceOf } from './packages.ts';
import { type Facts, attempt } from './stamps.ts';

export interface Modules extends ModuleLoader {
  /** The path of the project file that a specifier names, parsed or not. */
  resolve(specifier: string, fromPath: string): string | undefined;
  sourceFile(path: string): SourceFile | undefined;
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const IS_SOURCE = /\.[cm]?[jt]sx?$/u;
const NODE_MODULES = `${sep}node_modules${sep}`;

// The resolver (and its binary) loads when the first import has to be followed.
const require = createRequire(import.meta.url);
let oxc: typeof import('oxc-resolver') | undefined;
const loadOxc = () => (oxc ??= require('oxc-resolver') as typeof import('oxc-resolver'));

type Resolver = InstanceType<typeof import('oxc-resolver')['ResolverFactory']>;
let resolver: { readonly factory: Resolver; readonly look: number } | undefined;

/** The module loader of a project. What it finds is remembered in the facts; a file is parsed once for each stamp. */
export function createModules(facts: Facts, cwd: string): Modules {
  const sourceFile = (path: string): SourceFile | undefined =>
    facts.memo(`source:${path}`, () => {
      const text = IS_SOURCE.test(path) && !path.endsWith('.d.ts') ? facts.text(path) : undefined;
      const parsed = text === undefined ? undefined : parseSourceFile(path, text);
      return parsed?.ok === true ? parsed.file : undefined;
    });
  const resolve = (specifier: string, fromPath: string): string | undefined => {
    const folder = dirname(fromPath);
    return isRelative(specifier)
      ? facts.memo(`relative:${folder}:${specifier}`, () => besideFile(facts, join(folder, specifier)))
      : facts.memo(`module:${folder}:${specifier}`, () => resolveNamed(facts, cwd, fromPath, specifier));
  };
  return {
    resolve,
    sourceFile,
    load(specifier, fromPath) {
      const path = resolve(specifier, fromPath);
      return path === undefined ? undefined : sourceFile(path);
    },
  };
}

const isRelative = (specifier: string): boolean => /^\.{1,2}(?:\/|$)/u.test(specifier);

/** The source file at a path written as in an import: extension left out, `.js` for a `.ts`, or a folder's index. */
function besideFile(facts: Facts, base: string): string | undefined {
  if (facts.kind(base) === 'file' && IS_SOURCE.test(base)) return base;
  const typed = /\.(?<kind>[cm]?)js(?<x>x?)$/u.exec(base);
  if (typed) {
    const stem = base.slice(0, typed.index);
    const candidates = [`${stem}.${typed.groups?.['kind'] ?? ''}ts`, `${stem}.tsx`];
    const found = candidates.find((candidate) => facts.kind(candidate) === 'file');
    if (found !== undefined) return found;
  }
  const candidates = [...EXTENSIONS.map((extension) => base + extension), ...EXTENSIONS.map((extension) => join(base, `index${extension}`))];
  return candidates.find((candidate) => facts.kind(candidate) === 'file');
}

function resolveNamed(facts: Facts, cwd: string, fromPath: string, specifier: string): string | undefined {
  if (/^(?:node:|https?:|data:)/u.test(specifier) || specifier.startsWith('/')) return undefined;
  const owner = packageOf(facts, fromPath, '');
  const name = packageName(specifier);
  const range = owner?.dependencies.get(name);
  const isLocal = range !== undefined && /^(?:workspace|file|link|portal):/u.test(range);
  const workspace = owner && workspaceOf(facts, owner.root);
  const sibling = workspace?.packages.find((one) => one.name === name);
  if (sibling) return inPackage(facts, sibling, specifier.slice(name.length));
  // A dependency from the registry: nobody's alias has its name.
  if (range !== undefined && !isLocal) return undefined;
  return byResolver(facts, cwd, fromPath, specifier);
}

/** By tsconfig `paths`, `baseUrl`, package `imports`: what the maintained resolver knows. Not into node_modules. */
function byResolver(facts: Facts, cwd: string, fromPath: string, specifier: string): string | undefined {
  return facts.probe(`resolved:${dirname(fromPath)}:${specifier}`, () => {
    const found = attempt(() => resolverOf(facts).resolveFileSync(fromPath, specifier).path);
    const path = found ?? byPathsOf(facts, cwd, fromPath, specifier);
    if (path === undefined || path.includes(NODE_MODULES)) return undefined;
    return facts.kind(path) === 'file' ? path : undefined;
  });
}

// The resolver caches by itself and has no stamps: it starts afresh with each look at the disk.
function resolverOf(facts: Facts): Resolver {
  const look = facts.look();
  if (resolver?.look !== look) {
    const options = {
      conditionNames: ['types', 'import', 'node', 'default'],
      extensionAlias: { '.js': ['.ts', '.tsx', '.js'], '.jsx': ['.tsx', '.jsx'], '.mjs': ['.mts', '.mjs'] },
      extensions: EXTENSIONS,
      mainFields: ['types', 'module', 'main'],
      tsconfig: 'auto' as const,
    };
    resolver = { factory: resolver?.factory ?? new (loadOxc().ResolverFactory)(options), look };
    resolver.factory.clearCache();
  }
  return resolver.factory;
}

/**
 * The alias that every Next.js template has, for a checkout whose tsconfig extends a package that is not installed (the
 * resolver gives up on it): `@/x` and `~/x` from the package's root or its `src`.
 */
function byPathsOf(facts: Facts, cwd: string, fromPath: string, specifier: string): string | undefined {
  const alias = /^[@~]\/(?<rest>.+)$/u.exec(specifier)?.groups?.['rest'];
  const owner = alias === undefined ? undefined : packageOf(facts, fromPath, cwd);
  if (alias === undefined || !owner) return undefined;
  return [join(owner.root, 'src', alias), join(owner.root, alias)]
    .map((base) => besideFile(facts, base))
    .find((path) => path !== undefined);
}

/** A file of a workspace package, whether it is installed or not: by its `exports`, `main`, or its source folder. */
function inPackage(facts: Facts, one: Package, subpath: string): string | undefined {
  const key = subpath === '' ? '.' : `.${subpath}`;
  const exported = exportTarget(one.json['exports'], key);
  const mains = key === '.' ? ['source', 'types', 'module', 'main'].map((field) => one.json[field]) : [];
  const written = [exported, ...mains].filter((target): target is string => typeof target === 'string');
  const bases = [
    ...written.map((target) => join(one.root, target)),
    // What is built may not be there; the source of it stands in `src` most often.
    ...written.map((target) => join(one.root, target.replace(/(?:^|\/)(?:dist|lib|build)\//u, '/src/').replace(/\.d\.ts$/u, ''))),
    join(one.root, 'src', key === '.' ? 'index' : key),
    join(one.root, key === '.' ? 'index' : key),
  ];
  return bases.map((base) => besideFile(facts, base)).find((path) => path !== undefined && !path.endsWith('.d.ts'));
}

function exportTarget(exports: unknown, key: string): string | undefined {
  if (typeof exports === 'string') return key === '.' ? exports : undefined;
  const map = asRecord(exports);
  const isSubpaths = Object.keys(map).some((name) => name.startsWith('.'));
  if (!isSubpaths) return key === '.' ? condition(exports) : undefined;
  if (Object.hasOwn(map, key)) return condition(map[key]);
  for (const [pattern, target] of Object.entries(map)) {
    const [before, after] = pattern.split('*');
    if (before === undefined || after === undefined || !key.startsWith(before) || !key.endsWith(after)) continue;
    return condition(target)?.replaceAll('*', key.slice(before.length, key.length - after.length));
  }
  return undefined;
}

function condition(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  const map = asRecord(target);
  return ['source', 'types', 'import', 'default', 'require', 'node'].map((name) => (Object.hasOwn(map, name) ? condition(map[name]) : undefined)).find(Boolean);
}

function packageName(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return specifier.startsWith('@') ? `${scope}/${name}` : scope;
}
