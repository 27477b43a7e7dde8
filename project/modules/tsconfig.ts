/**
 * `paths` and `baseUrl` of tsconfig.json or jsconfig.json, with `extends`. Read here and not by the resolver, because a config that extends
 * a package which is not installed must not make every import unknown.
 */
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { readJson, readJsonObject } from '../json.ts';
import { foldersUp, isWithin } from '../folders.ts';
import { repositoryRoot, workspaceOf } from './packages.ts';
import { isRecord, recordOf, stringsOf } from '../settings.ts';
import type { Facts } from '../memos/stamps.ts';
import { markedFoldersAround } from '../surroundings.ts';

export interface Tsconfig {
  /** Absolute. */
  readonly path: string;
  readonly baseUrl: string | undefined;
  /** Patterns with the absolute targets that TypeScript tries in turn. */
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

const MAX_EXTENDS = 20;

/** The config that holds for a folder: the nearest tsconfig.json, else jsconfig.json. */
export function tsconfigFor(facts: Facts, cwd: string, folder: string): Tsconfig | undefined {
  const last = repositoryRoot(facts, folder, cwd);
  for (const { marks, path } of markedFoldersAround(facts, folder, 'configs', last)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const config = join(path, name);
      if (marks.includes(name) && facts.kind(config) === 'file') return readTsconfig(facts, cwd, config);
    }
  }
  return undefined;
}

function readTsconfig(facts: Facts, cwd: string, path: string): Tsconfig {
  return facts.memo('tsconfig', `${cwd}:${path}`, () => makeTsconfig(facts, cwd, path));
}

function makeTsconfig(facts: Facts, cwd: string, path: string): Tsconfig {
  const chain = extendsChain(facts, cwd, path, []);
  let baseUrl: string | undefined;
  let paths: Tsconfig['paths'] = [];
  // From the base to the file itself: later ones win, each relative to its own folder.
  for (const each of chain) {
    const compilerOptions = recordOf(readJsonObject(facts, each)['compilerOptions']);
    const own = compilerOptions['baseUrl'];
    const configDir = (text: string) => text.replaceAll('${configDir}', dirname(path));
    if (typeof own === 'string') baseUrl = resolve(dirname(each), configDir(own));
    if (isRecord(compilerOptions['paths'])) {
      const from = baseUrl ?? dirname(each);
      paths = Object.entries(compilerOptions['paths']).map(([pattern, targets]) => ({
        pattern,
        targets: stringsOf(targets).map((target) => resolve(from, configDir(target))),
      }));
    }
  }
  if (paths.length === 0) paths = referencedPaths(facts, cwd, path);
  return { path, baseUrl, paths };
}

// A "solution" config only refers to others (tsconfig.app.json); editors take the paths from there.
function referencedPaths(facts: Facts, cwd: string, path: string): Tsconfig['paths'] {
  const { files, references } = readJsonObject(facts, path);
  if (!Array.isArray(files) || files.length > 0 || !Array.isArray(references)) return [];
  return references.slice(0, MAX_EXTENDS).flatMap((reference: unknown) => {
    const target = recordOf(reference)['path'];
    if (typeof target !== 'string') return [];
    const file = resolve(dirname(path), target);
    const config = facts.kind(file) === 'directory' ? join(file, 'tsconfig.json') : file;
    return config === path || recordOf(readJson(facts, config)?.value)['references'] !== undefined
      ? []
      : readTsconfig(facts, cwd, config).paths;
  });
}

/** The config files from the outermost base to `path`. Circles end where they close. */
function extendsChain(facts: Facts, cwd: string, path: string, seen: readonly string[]): string[] {
  if (seen.includes(path) || seen.length > MAX_EXTENDS) return [];
  const bases = stringsOf(readJsonObject(facts, path)['extends'])
    .flatMap((specifier) => extendedPath(facts, cwd, path, specifier) ?? [])
    .flatMap((base) => extendsChain(facts, cwd, base, [...seen, path]));
  return [...bases, path];
}

function extendedPath(facts: Facts, cwd: string, from: string, specifier: string): string | undefined {
  const folder = dirname(from);
  const isPath = specifier.startsWith('.') || isAbsolute(specifier);
  const places = isPath ? [resolve(folder, specifier)] : packagePlaces(facts, cwd, folder, specifier);
  const root = repositoryRoot(facts, folder, cwd);
  // A config may name any file of the disk, and apart from the project only what is installed may be read.
  const isOwn = (place: string) => isWithin(root, place) || place.includes(`${sep}node_modules${sep}`);
  return places
    .flatMap((place) => [place, `${place}.json`, join(place, 'tsconfig.json')])
    .find((place) => isOwn(place) && facts.kind(place) === 'file');
}

function packagePlaces(facts: Facts, cwd: string, folder: string, specifier: string): string[] {
  const name = /^(?:@[^/]+\/)?[^/]+/u.exec(specifier)?.[0] ?? specifier;
  const inWorkspace = workspaceOf(facts, folder, cwd).byName.get(name);
  if (inWorkspace) return [join(inWorkspace.root, specifier.slice(name.length))];
  return foldersUp(folder).map((each) => join(each, 'node_modules', specifier));
}

/** The absolute paths that `paths` gives for a specifier, of the pattern that fits best (TypeScript: the longest prefix). */
export function pathTargets({ paths }: Tsconfig, specifier: string): readonly string[] {
  let best: { readonly length: number; readonly targets: readonly string[] } | undefined;
  for (const { pattern, targets } of paths) {
    const star = pattern.indexOf('*');
    if (star === -1) {
      if (pattern === specifier) return targets;
      continue;
    }
    const [prefix, suffix] = [pattern.slice(0, star), pattern.slice(star + 1)];
    const fits = specifier.startsWith(prefix) && specifier.endsWith(suffix) && specifier.length >= pattern.length - 1;
    if (!fits || (best && best.length >= prefix.length)) continue;
    const rest = specifier.slice(prefix.length, specifier.length - suffix.length);
    best = { length: prefix.length, targets: targets.map((target) => target.replace('*', () => rest)) };
  }
  return best?.targets ?? [];
}
