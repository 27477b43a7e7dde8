/**
 * Which version of a package an app has: what is installed, else what a lockfile says, else the least that package.json asks for. Some of what
 * the playbook knows is true from a version on (authkit-nextjs 3.0.0, convex 1.42, Next.js 16); it is asked here and nowhere else.
 */
import { join } from 'node:path';
import type * as Semver from 'semver';
import { lazy, requirePackage } from '../../analysis/lazy.ts';
import { readJsonObject } from '../json.ts';
import { MAX_PACKAGES, packageAt, parseYaml, repositoryRoot, workspaceOf } from './packages.ts';
import { recordOf } from '../settings.ts';
import type { Facts } from '../memos/stamps.ts';
import { markedFoldersAround, placeOf } from '../surroundings.ts';

export interface PackageVersion {
  /** `4.3.2` */
  readonly version: string;
  /** `range`: the least version that package.json allows, where nothing is installed or locked. */
  readonly from: 'installed' | 'lockfile' | 'range';
}

const semver = lazy(() => requirePackage('semver') as typeof Semver);

/** The version of a package for the file or folder at `path`; undefined when nothing says it, or it is no version (`workspace:*`). */
export function versionOf(facts: Facts, cwd: string, path: string, name: string): PackageVersion | undefined {
  const root = repositoryRoot(facts, path, cwd);
  const folders = markedFoldersAround(facts, path, 'packages', root).map((folder) => folder.path);
  return facts.memo('version', `${name}:${root}:${folders.join(':')}`, () => {
    const range = rangeOf(facts, folders, name);
    return installed(facts, folders, name) ?? locked(facts, folders, name, range) ?? leastOf(range);
  });
}

/** Whether a package.json around a file or folder names a package, whatever version it asks for. */
export function dependsOn(facts: Facts, cwd: string, path: string, name: string): boolean {
  return facts.memo(`depends-on:${name}`, placeOf(facts, cwd, path), () => {
    const root = repositoryRoot(facts, path, cwd);
    return markedFoldersAround(facts, path, 'packages', root).some(
      (folder) => packageAt(facts, folder.path)?.dependencies.has(name) === true,
    );
  });
}

/**
 * Whether a package.json around a file or folder, or of its workspace, names a package of a scope: false only where there are some, and none does.
 */
export function mayUseScope(facts: Facts, cwd: string, path: string, scope: string): boolean {
  return facts.memo(`uses-scope:${scope}`, placeOf(facts, cwd, path), () => {
    const root = repositoryRoot(facts, path, cwd);
    const around = markedFoldersAround(facts, path, 'packages', root).flatMap(
      (folder) => packageAt(facts, folder.path) ?? [],
    );
    const packages = [...around, ...workspaceOf(facts, path, cwd).packages];
    const isOfScope = (name: string): boolean => name.startsWith(scope);
    return (
      packages.length === 0 ||
      packages.length >= MAX_PACKAGES ||
      packages.some(({ dependencies }) => [...dependencies.keys()].some(isOfScope))
    );
  });
}

/** What the nearest package.json that names a package asks for; a catalog's entry, where it leaves that to a catalog. */
function rangeOf(facts: Facts, folders: readonly string[], name: string): string | undefined {
  const range = folders
    .map((folder) => packageAt(facts, folder)?.dependencies.get(name))
    .find((each) => each !== undefined);
  const catalog = range === undefined ? undefined : /^catalog:(.*)$/u.exec(range.trim())?.[1];
  return catalog === undefined ? range : (cataloged(facts, folders, catalog, name) ?? range);
}

function cataloged(facts: Facts, folders: readonly string[], catalog: string, name: string): string | undefined {
  for (const folder of folders) {
    const version = catalogsAt(facts, folder)
      .map((each) => catalogNamed(each, catalog)[name])
      .find((each) => each !== undefined);
    if (typeof version === 'string') return version;
  }
  return undefined;
}

function catalogNamed(owner: Readonly<Record<string, unknown>>, catalog: string): Readonly<Record<string, unknown>> {
  const named = recordOf(recordOf(owner['catalogs'])[catalog === '' ? 'default' : catalog]);
  return catalog === '' || catalog === 'default' ? { ...named, ...recordOf(owner['catalog']) } : named;
}

/** Whatever may hold catalogs: pnpm-workspace.yaml, .yarnrc.yml (Yarn 4.10), and package.json (Bun, at its top or in `workspaces`). */
function catalogsAt(facts: Facts, folder: string): readonly Readonly<Record<string, unknown>>[] {
  const json = packageAt(facts, folder)?.json ?? {};
  const yaml = ['pnpm-workspace.yaml', '.yarnrc.yml'].map((file) => facts.text(join(folder, file)));
  return [...yaml.flatMap((text) => (text === undefined ? [] : [parseYaml(text)])), recordOf(json['workspaces']), json];
}

/** Whether a version is at least another one; undefined where it is not known. A prerelease counts as its release. */
export function isAtLeast(found: PackageVersion | undefined, least: string): boolean | undefined {
  const parsed = found && semver().coerce(found.version);
  return parsed ? semver().gte(parsed, least) : undefined;
}

function installed(facts: Facts, folders: readonly string[], name: string): PackageVersion | undefined {
  for (const folder of folders) {
    const path = join(folder, 'node_modules', name, 'package.json');
    if (facts.kind(path) !== 'file') continue;
    const { version } = readJsonObject(facts, path);
    if (typeof version === 'string' && semver().valid(version)) return { version, from: 'installed' };
  }
  return undefined;
}

/**
 * How lockfiles write the versions of a package. Their formats differ from release to release, these lines do not: package-lock.json 1 to 3,
 * pnpm-lock.yaml 5 to 9, yarn.lock 1 and Berry's, bun.lock.
 */
const LOCKFILES: Readonly<Record<string, (name: string) => RegExp>> = {
  'package-lock.json': (name) =>
    new RegExp(`"(?:[^"]*node_modules/)?${name}":\\s*\\{\\s*"version":\\s*"([^"]+)"`, 'gu'),
  'npm-shrinkwrap.json': (name) =>
    new RegExp(`"(?:[^"]*node_modules/)?${name}":\\s*\\{\\s*"version":\\s*"([^"]+)"`, 'gu'),
  'pnpm-lock.yaml': (name) => new RegExp(`^ {2}['"/]*${name}[@/](\\d[^('":_\\s]*)`, 'gmu'),
  'yarn.lock': (name) => new RegExp(`^"?${name}@[^\\n]*:\\r?\\n {2}version:? "?([^"\\s]+)`, 'gmu'),
  'bun.lock': (name) => new RegExp(`"(?:[^"]*/)?${name}":\\s*\\["${name}@([^"]+)"`, 'gu'),
};

function locked(
  facts: Facts,
  folders: readonly string[],
  name: string,
  range: string | undefined,
): PackageVersion | undefined {
  const escaped = name.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
  for (const [lockfile, pattern] of Object.entries(LOCKFILES)) {
    for (const folder of folders) {
      const text = facts.text(join(folder, lockfile));
      if (text === undefined) continue;
      const versions = [...text.matchAll(pattern(escaped))].flatMap(([, version]) =>
        version !== undefined && semver().valid(version) ? [version] : [],
      );
      const version = oneFor([...new Set(versions)], range);
      if (version !== undefined) return { version, from: 'lockfile' };
    }
  }
  return undefined;
}

/** The version that a range takes; none of a lockfile that another package manager has left behind. */
function oneFor(versions: readonly string[], range: string | undefined): string | undefined {
  const { maxSatisfying, validRange } = semver();
  const plain = range === undefined ? '' : plainRange(range);
  if (plain !== '' && validRange(plain) !== null) return maxSatisfying(versions, plain) ?? undefined;
  const [only, ...others] = versions;
  return others.length === 0 ? only : undefined;
}

/** `npm:@scope/fork@^1` and `workspace:^1` name a range behind a protocol. */
const plainRange = (range: string): string => range.replace(/^(?:npm:(?:@?[^@]+@)?|workspace:)/u, '');

function leastOf(range: string | undefined): PackageVersion | undefined {
  if (range === undefined) return undefined;
  const { minVersion, validRange } = semver();
  const plain = plainRange(range);
  // `*`, `latest` and `>=0` say nothing about what is there.
  if (plain.trim() === '' || validRange(plain) === null || /^(?:\*|x|>)/iu.test(plain.trim())) return undefined;
  const least = minVersion(plain);
  return least ? { version: least.version, from: 'range' } : undefined;
}
