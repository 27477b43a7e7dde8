/** package.json files, the workspaces that hold them, and the repository around it all. */
import { join } from 'node:path';
import { isWithin } from './folders.ts';
import { readJsonObject, hasJsonObject } from './json.ts';
import { recordOf, stringsOf } from './settings.ts';
import type { Facts } from './stamps.ts';
import { markedFoldersAround, type MarkedFolder } from './surroundings.ts';

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

const MAX_PACKAGES = 500;
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'vendor']);

/** Whether a folder is never looked into: installed packages, build output, dot folders. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || SKIPPED_FOLDERS.has(name);
}

/** The package.json of a folder; undefined when there is none that holds an object. */
export function packageAt(facts: Facts, root: string): Package | undefined {
  return facts.memo(`package:${root}`, () => {
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
  const folders = markedFoldersAround(facts, path, 'packages');
  const root =
    folders.find(({ marks }) => marks.includes('.git')) ??
    folders.findLast((folder) => workspacePatterns(facts, folder) !== undefined);
  if (root) return root.path;
  if (isWithin(cwd, path)) return cwd;
  return folders.findLast((folder) => packageAt(facts, folder.path))?.path ?? path;
}

/** The patterns of a workspace root (npm, yarn, bun: package.json; pnpm: pnpm-workspace.yaml); undefined for other folders. */
function workspacePatterns(facts: Facts, { marks, path: root }: MarkedFolder): readonly string[] | undefined {
  return facts.memo(`workspace-patterns:${root}`, () => {
    const pnpm = marks.includes('pnpm-workspace.yaml') ? facts.text(join(root, 'pnpm-workspace.yaml')) : undefined;
    if (pnpm !== undefined) return packagesOfYaml(pnpm);
    const field = packageAt(facts, root)?.json['workspaces'];
    if (field === undefined) return undefined;
    return stringsOf(Array.isArray(field) ? field : recordOf(field)['packages']);
  });
}

// Of pnpm-workspace.yaml only one list of strings is wanted: no YAML parser for that.
function packagesOfYaml(text: string): string[] {
  const lines = text.split(/\r?\n/u);
  const start = lines.findIndex((line) => /^packages\s*:/u.test(line));
  if (start === -1) return [];
  const unquote = (item: string) => item.trim().replace(/^(?<quote>['"])(?<inner>.*)\k<quote>$/u, '$<inner>');
  const flow = /^packages\s*:\s*\[(?<items>[^\]]*)\]/u.exec(lines.slice(start).join(' '))?.groups?.['items'];
  if (flow !== undefined)
    return flow
      .split(',')
      .map(unquote)
      .filter((item) => item !== '');
  const patterns: string[] = [];
  for (const line of lines.slice(start + 1)) {
    const item = /^\s*-\s+(?<item>'[^']*'|"[^"]*"|[^#\s]+)/u.exec(line)?.groups?.['item'];
    if (item !== undefined) patterns.push(unquote(item));
    else if (/^\S/u.test(line) && !line.startsWith('#')) break;
  }
  return patterns;
}

export interface Workspace {
  readonly root: string;
  /** False where no `workspaces` say so, and the packages only stand in one repository. */
  readonly isDeclared: boolean;
  readonly packages: readonly Package[];
  readonly byName: ReadonlyMap<string, Package>;
}

/**
 * The packages that stand together with a path: those of the workspace around it; where no workspace is declared, those found
 * in the repository within three folders' depth (a repository of `frontend/` and `backend/` has no workspaces).
 */
export function workspaceOf(facts: Facts, path: string, cwd = path): Workspace {
  const last = repositoryRoot(facts, path, cwd);
  const declared = markedFoldersAround(facts, path, 'packages', last).find(
    (folder) => workspacePatterns(facts, folder) !== undefined,
  );
  const root = declared?.path ?? last;
  return facts.memo(`workspace:${root}`, () => {
    const patterns = declared && workspacePatterns(facts, declared);
    const folders = patterns ? [root, ...expandPatterns(facts, root, patterns)] : scanPackages(facts, root);
    const packages = [...new Set(folders)].slice(0, MAX_PACKAGES).flatMap((folder) => packageAt(facts, folder) ?? []);
    const byName = new Map(packages.flatMap((each) => (each.name === undefined ? [] : [[each.name, each] as const])));
    return { root, isDeclared: patterns !== undefined, packages, byName };
  });
}

function expandPatterns(facts: Facts, root: string, patterns: readonly string[]): string[] {
  const expand = (pattern: string) =>
    matchFolders(
      facts,
      root,
      pattern.split('/').filter((part) => part !== '' && part !== '.'),
    );
  const excluded = new Set(patterns.filter((each) => each.startsWith('!')).flatMap((each) => expand(each.slice(1))));
  return patterns
    .filter((each) => !each.startsWith('!'))
    .flatMap(expand)
    .filter((folder) => !excluded.has(folder));
}

function matchFolders(facts: Facts, folder: string, [part, ...rest]: readonly string[], depth = 0): string[] {
  if (part === undefined) return [folder];
  if (part === '**') {
    if (depth > 4) return [];
    const below = subfolders(facts, folder).flatMap((each) => matchFolders(facts, each, ['**', ...rest], depth + 1));
    return [...matchFolders(facts, folder, rest, depth), ...below];
  }
  if (!/[*?{[]/u.test(part)) return matchFolders(facts, join(folder, part), rest, depth);
  const name = globPattern(part);
  return subfolders(facts, folder)
    .filter((each) => name.test(each.slice(folder.length + 1)))
    .flatMap((each) => matchFolders(facts, each, rest, depth));
}

function globPattern(part: string): RegExp {
  const source = part
    .replace(/[.+^$()|\\[\]]/gu, '\\$&')
    .replace(/\*+/gu, '.*')
    .replaceAll('?', '.')
    .replace(/\{(?<choices>[^{}]*)\}/gu, (_all, choices: string) => `(?:${choices.split(',').join('|')})`)
    .replace(/[{}](?![^(]*\))/gu, '\\$&');
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return /^$/u;
  }
}

function scanPackages(facts: Facts, root: string, depth = 0): string[] {
  const own = packageAt(facts, root) ? [root] : [];
  if (depth === 3) return own;
  return [...own, ...subfolders(facts, root).flatMap((folder) => scanPackages(facts, folder, depth + 1))];
}

function subfolders(facts: Facts, folder: string): string[] {
  return (facts.entries(folder) ?? [])
    .filter(({ kind, name }) => kind === 'directory' && !isSkippedFolder(name))
    .map(({ path }) => path);
}
