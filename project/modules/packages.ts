/** package.json files, the workspaces that hold them, and the repository around it all. */
import { join, relative } from 'node:path';
import type Picomatch from 'picomatch';
import type * as Yaml from 'yaml';
import { lazy, requirePackage } from '../../analysis/lazy.ts';
import { isWithin, posixPath } from '../folders.ts';
import { readJsonObject, hasJsonObject } from '../json.ts';
import { recordOf, stringsOf } from '../settings.ts';
import { attempt, type Facts } from '../memos/stamps.ts';
import { markedFoldersAround, type MarkedFolder } from '../surroundings.ts';

export interface Package {
  /** Absolute. */
  readonly root: string;
  readonly name: string | undefined;
  /** `dependencies`, `devDependencies`, `optionalDependencies` and `peerDependencies`, in this order of strength. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Only `dependencies` and `devDependencies`: what the package installs for itself. */
  readonly installed: ReadonlyMap<string, string>;
  readonly json: Readonly<Record<string, unknown>>;
}

const picomatch = lazy(() => requirePackage('picomatch') as typeof Picomatch);
const yaml = lazy(() => requirePackage('yaml') as typeof Yaml);

/** More packages of a workspace are not read. */
export const MAX_PACKAGES = 500;
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'vendor']);

/** Whether a folder is never looked into: installed packages, build output, dot folders. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || SKIPPED_FOLDERS.has(name);
}

/** The package.json of a folder; undefined when there is none that holds an object. */
export function packageAt(facts: Facts, root: string): Package | undefined {
  return facts.memo('package', root, () => {
    const path = join(root, 'package.json');
    if (!hasJsonObject(facts, path)) return undefined;
    const json = readJsonObject(facts, path);
    const name = json['name'];
    return {
      root,
      name: typeof name === 'string' ? name : undefined,
      dependencies: dependenciesOf(json, [
        'peerDependencies',
        'optionalDependencies',
        'devDependencies',
        'dependencies',
      ]),
      installed: dependenciesOf(json, ['devDependencies', 'dependencies']),
      json,
    };
  });
}

function dependenciesOf(
  json: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): ReadonlyMap<string, string> {
  const dependencies = new Map<string, string>();
  for (const field of fields) {
    for (const [name, version] of Object.entries(recordOf(json[field]))) {
      if (typeof version === 'string') dependencies.set(name, version);
    }
  }
  return dependencies;
}

/** The nearest package.json around a file or folder. */
export function nearestPackage(facts: Facts, path: string): Package | undefined {
  for (const folder of markedFoldersAround(facts, path, 'packages')) {
    const found = folder.marks.includes('package.json') ? packageAt(facts, folder.path) : undefined;
    if (found) return found;
  }
  return undefined;
}

/**
 * Where to stop looking upward from a path: the folder with `.git`, else the outermost workspace root, else `cwd` if the path lies in it,
 * else the outermost package around the path.
 */
export function repositoryRoot(facts: Facts, path: string, cwd: string): string {
  const root = declaredRoot(facts, path);
  if (root !== undefined) return root;
  const folders = markedFoldersAround(facts, path, 'packages');
  if (isWithin(cwd, path)) return cwd;
  return folders.findLast((folder) => packageAt(facts, folder.path))?.path ?? path;
}

/** The folder with `.git` around a path, else its outermost workspace root; undefined where nothing says where the repository ends. */
export function declaredRoot(facts: Facts, path: string): string | undefined {
  const folders = markedFoldersAround(facts, path, 'packages');
  const root =
    folders.find(({ marks }) => marks.includes('.git')) ??
    folders.findLast((folder) => workspacePatterns(facts, folder) !== undefined);
  return root?.path;
}

/** The patterns of a workspace root (npm, yarn, bun: package.json; pnpm: pnpm-workspace.yaml); undefined for other folders. */
function workspacePatterns(facts: Facts, { marks, path: root }: MarkedFolder): readonly string[] | undefined {
  return facts.memo('workspace-patterns', root, () => {
    const pnpm = marks.includes('pnpm-workspace.yaml') ? facts.text(join(root, 'pnpm-workspace.yaml')) : undefined;
    if (pnpm !== undefined) return plainPackages(pnpm) ?? stringsOf(parseYaml(pnpm)['packages']);
    const field = packageAt(facts, root)?.json['workspaces'];
    if (field === undefined) return undefined;
    return stringsOf(Array.isArray(field) ? field : recordOf(field)['packages']);
  });
}

const ITEM = /^(?<indent> *)- +(?:'(?<single>[^'\\]*)'|"(?<double>[^"\\]*)"|(?<plain>[a-z][\w.-]*\/[\w./*-]*|\.)) *$/iu;

/**
 * The packages of a pnpm-workspace.yaml as nearly everyone lists them, one text a line; undefined for any other form. The parser of YAML takes
 * longer to load than rules spend on a small app.
 */
function plainPackages(text: string): readonly string[] | undefined {
  if (!text.includes('packages')) return [];
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^packages: *$/u.test(line));
  if (start === -1 || lines.some((line, index) => index !== start && line.startsWith('packages:'))) return undefined;
  const behind = lines.slice(start + 1);
  const end = behind.findIndex((line) => /^[^\s#-]/u.test(line));
  const items = behind
    .slice(0, end === -1 ? undefined : end)
    .flatMap((line) => (/^ *(?:#|$)/u.test(line) ? [] : [ITEM.exec(line)?.groups]));
  const isPlain = items.every((item) => item !== undefined && item['indent'] === items[0]?.['indent']);
  return isPlain ? items.map((item) => item?.['single'] ?? item?.['double'] ?? item?.['plain'] ?? '') : undefined;
}

/** The mapping that a YAML file of a package manager holds; empty for anything else. Never throws. */
export const parseYaml = (text: string): Readonly<Record<string, unknown>> => recordOf(valueOfYaml(text));

/** What a YAML text is as a whole; undefined for what is none. Anchors may multiply a small text; no file that is read here needs any. */
export const valueOfYaml = (text: string): unknown =>
  attempt(() => yaml().parse(text, { maxAliasCount: 0, logLevel: 'silent' }) as unknown);

export interface Workspace {
  readonly root: string;
  /** False where no `workspaces` say so, and the packages are only in one repository. */
  readonly isDeclared: boolean;
  readonly packages: readonly Package[];
  readonly byName: ReadonlyMap<string, Package>;
}

/**
 * The packages that are together with a path: those of the workspace around it; where no workspace is declared, those found
 * in the repository within three folders' depth (a repository of `frontend/` and `backend/` has no workspaces).
 */
export function workspaceOf(facts: Facts, path: string, cwd = path): Workspace {
  const last = repositoryRoot(facts, path, cwd);
  const declared = markedFoldersAround(facts, path, 'packages', last).find(
    (folder) => workspacePatterns(facts, folder) !== undefined,
  );
  const root = declared?.path ?? last;
  return facts.memo('workspace', root, () => {
    const patterns = declared && workspacePatterns(facts, declared);
    const folders = patterns ? [root, ...expandPatterns(facts, root, patterns)] : scanPackages(facts, root);
    const packages = [...new Set(folders)].slice(0, MAX_PACKAGES).flatMap((folder) => packageAt(facts, folder) ?? []);
    const byName = new Map(packages.flatMap((each) => (each.name === undefined ? [] : [[each.name, each] as const])));
    return { root, isDeclared: patterns !== undefined, packages, byName };
  });
}

/** How many folders below `root` a `**` is held against. */
const MAX_FOLDERS = 20_000;
/** No one writes longer patterns; they would take long. */
const MAX_PATTERN = 200;

/** The folders that the patterns of a workspace name. None of them leads out of it. */
function expandPatterns(facts: Facts, root: string, patterns: readonly string[]): string[] {
  const known = patterns
    .filter(({ length }) => length <= MAX_PATTERN)
    .map((pattern) => pattern.replace(/^(?<not>!?)(?:\.\/)+/u, '$<not>').replace(/\/+$/u, ''));
  const wanted = known.filter((pattern) => !pattern.startsWith('!'));
  const excluded = known.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const isPlain = (pattern: string) => !/[*?{}[\]()!+@\\]/u.test(pattern);
  const named = wanted.filter(isPlain).map((pattern) => join(root, pattern));
  const globs = wanted.filter((pattern) => !isPlain(pattern));
  const matching = globs.length === 0 ? [] : foldersMatching(facts, root, globs);
  const isExcluded = excluded.length === 0 ? () => false : matcherOf(excluded);
  return [...named, ...matching].filter(
    (folder) => isWithin(root, folder) && !isExcluded(posixPath(relative(root, folder))),
  );
}

function foldersMatching(facts: Facts, root: string, globs: readonly string[]): string[] {
  const isWanted = matcherOf(globs);
  const depth = Math.max(...globs.map((glob) => (glob.includes('**') ? MAX_DEPTH : glob.split('/').length)));
  // Only below the part of a pattern that is no pattern.
  const starts = new Set(globs.map((glob) => join(root, ...glob.split('/').slice(0, literalParts(glob)))));
  const found: string[] = [];
  const queue = [...starts].filter((folder) => isWithin(root, folder));
  const seen = new Set(queue);
  for (const folder of queue) {
    const name = posixPath(relative(root, folder));
    if (isWanted(name)) found.push(folder);
    if (name.split('/').length >= depth && name !== '') continue;
    for (const each of subfolders(facts, folder)) {
      if (seen.size >= MAX_FOLDERS || seen.has(each)) continue;
      seen.add(each);
      queue.push(each);
    }
  }
  return found;
}

const MAX_DEPTH = 8;

function literalParts(glob: string): number {
  const parts = glob.split('/');
  const end = parts.findIndex((part) => /[*?{}[\]()!+@\\]/u.test(part));
  return end === -1 ? parts.length : end;
}

/** picomatch makes a regular expression of a pattern; one that has many stars in one name could keep it busy forever. */
function matcherOf(patterns: readonly string[]): (name: string) => boolean {
  const bounded = patterns.filter((pattern) =>
    pattern.split('/').every((part) => (part.match(/\*+/gu) ?? []).length <= 2),
  );
  return bounded.length === 0 ? () => false : picomatch()(bounded, { maxLength: MAX_PATTERN, noextglob: true });
}

function scanPackages(facts: Facts, root: string, depth = 0): string[] {
  const own = facts.namesIn(root, ['package.json']).length > 0 && packageAt(facts, root) ? [root] : [];
  if (depth === 3) return own;
  return [...own, ...subfolders(facts, root).flatMap((folder) => scanPackages(facts, folder, depth + 1))];
}

function subfolders(facts: Facts, folder: string): string[] {
  return (facts.entries(folder) ?? [])
    .filter(({ kind, name }) => kind === 'directory' && !isSkippedFolder(name))
    .map(({ path }) => path);
}
