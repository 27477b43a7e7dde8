/**
 * `authkit.json`, or the key `authkit` of package.json: what someone has decided for all programs that look at their code. Static: no
 * config that is a program is ever run.
 *
 * The files around a source file count, from the root of its repository to its own folder, as the config objects of an ESLint config do:
 * a nearer one goes over those around it, key by key.
 */
import { dirname, join, relative, resolve } from 'node:path';
import type { Ignore } from 'ignore';
import { lazy, requirePackage } from '../../analysis/lazy.ts';
import { positionAt } from '../../analysis/syntax/source-file.ts';
import { isWithin, posixPath } from '../folders.ts';
import { readJson, type JsonFile } from '../json.ts';
import { repositoryRoot } from '../modules/packages.ts';
import { isRecord, recordOf, stringsOf } from '../settings.ts';
import type { Facts } from '../memos/stamps.ts';
import { markedFoldersAround, placeOf, type MarkedFolder } from '../surroundings.ts';
import { configurationFaults, type SchemaFault } from './schema.ts';

export type Level = 'error' | 'off' | 'warn';

/** What is said about a rule; of a level alone the options are those of a configuration further out. */
export interface RuleEntry {
  readonly level: Level;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface ConfigurationProblem {
  /** Absolute. */
  readonly path: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** A sentence with its full stop. */
  readonly message: string;
}

export interface Configuration {
  /** The files that it is made of, the nearest first. Absolute. */
  readonly files: readonly string[];
  /** In the shape of `settings.authkit` of an ESLint config, with absolute paths. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** By the rules' names, without a prefix. */
  readonly rules: ReadonlyMap<string, RuleEntry>;
  /** Whether nothing is reported in a file (absolute), because `ignore` says so. */
  readonly ignores: (path: string) => boolean;
  /** What is wrong with the files. What is right of them counts nevertheless. */
  readonly problems: readonly ConfigurationProblem[];
}

const CONFIGURATION_NAME = 'authkit.json';

/** That of who has configured nothing. */
export const NO_CONFIGURATION: Configuration = {
  files: [],
  settings: {},
  rules: new Map(),
  ignores: () => false,
  problems: [],
};

/** The configuration for a file (absolute). The same object as long as the files that it is made of stay as they are. */
export function configurationFor(facts: Facts, cwd: string, path: string): Configuration {
  const folder = dirname(path);
  return facts.memo('configuration', placeOf(facts, cwd, folder), () => {
    const around = markedFoldersAround(facts, folder, 'packages', repositoryRoot(facts, folder, cwd));
    const layers = around.flatMap((each) => layerAt(facts, each) ?? []);
    return layers.length === 0 ? NO_CONFIGURATION : merged(layers);
  });
}

/** What one folder says. */
type Layer = Omit<Configuration, 'files'> & { readonly file: string };

function layerAt(facts: Facts, { marks, path }: MarkedFolder): Layer | undefined {
  const hasFile = marks.includes(CONFIGURATION_NAME);
  const manifest = join(path, 'package.json');
  const hasKey = marks.includes('package.json') && facts.text(manifest)?.includes('"authkit"') === true;
  if (!hasFile && !hasKey) return undefined;
  return facts.memo('configuration-at', path, () => {
    const inPackage = hasKey ? readJson(facts, manifest) : undefined;
    const isInPackage = Object.hasOwn(recordOf(inPackage?.value), 'authkit');
    if (!hasFile) return inPackage && isInPackage ? layerOf(inPackage, ['authkit']) : undefined;
    const file = join(path, CONFIGURATION_NAME);
    const json = readJson(facts, file);
    const layer = json ? layerOf(json, []) : unreadable(file);
    if (!inPackage || !isInPackage) return layer;
    const second = problemAt(
      inPackage,
      ['authkit'],
      true,
      `${CONFIGURATION_NAME} is here as well. Keep one of the two.`,
    );
    return { ...layer, problems: [...layer.problems, second] };
  });
}

const unreadable = (path: string): Layer => ({
  ...NO_CONFIGURATION,
  file: path,
  problems: [{ path, line: 1, column: 1, message: 'This file can not be read as UTF-8 text.' }],
});

function layerOf(file: JsonFile, at: readonly string[]): Layer {
  const whole = at.reduce<unknown>((value, key) => recordOf(value)[key], file.value);
  const { ignore, rules, settings } = recordOf(whole);
  const folder = dirname(file.path);
  return {
    file: file.path,
    settings: withAbsolutePaths(recordOf(settings), folder),
    rules: new Map(Object.entries(recordOf(rules)).flatMap(([name, entry]) => ruleEntry(name, entry))),
    ignores: ignoring(folder, stringsOf(ignore)),
    problems: file.problem
      ? [{ path: file.path, ...positionAt(file.text, file.problem.offset), message: `${file.problem.message}.` }]
      : configurationFaults(whole).map((fault) => placed(file, at, fault)),
  };
}

function placed(file: JsonFile, at: readonly string[], { isKey, message, path }: SchemaFault): ConfigurationProblem {
  return problemAt(file, [...at, ...path], isKey, message);
}

function problemAt(
  file: JsonFile,
  path: readonly (number | string)[],
  isKey: boolean,
  message: string,
): ConfigurationProblem {
  let node = file.tree;
  for (const key of path) {
    const next: typeof node =
      typeof key === 'number'
        ? node?.children?.[key]
        : node?.children?.find(({ children }) => children?.[0]?.value === key)?.children?.[1];
    if (!next) break;
    node = next;
  }
  const place = isKey ? (node?.parent?.children?.[0] ?? node) : node;
  return { path: file.path, ...positionAt(file.text, place?.offset ?? 0), message };
}

const PATHS = ['rootDir', 'envFiles'];

function withAbsolutePaths(settings: Readonly<Record<string, unknown>>, folder: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      PATHS.includes(key) ? stringsOf(value).map((path) => resolve(folder, path)) : value,
    ]),
  );
}

const LEVELS = ['off', 'warn', 'error'] as const;

function ruleEntry(name: string, entry: unknown): [string, RuleEntry][] {
  const [given, options] = Array.isArray(entry) ? (entry as readonly unknown[]) : [entry];
  const level = typeof given === 'number' ? LEVELS[given] : LEVELS.find((each) => each === given);
  if (level === undefined) return [];
  return [[name.replace(/^authkit\//u, ''), { level, ...(isRecord(options) && { options }) }]];
}

const ignore = lazy(() => requirePackage('ignore') as () => Ignore);

function ignoring(folder: string, patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const matcher = lazy(() => ignore()().add([...patterns]));
  return (path) => {
    if (!isWithin(folder, path) || path === folder) return false;
    return matcher().ignores(posixPath(relative(folder, path)));
  };
}

function merged(layers: readonly Layer[]): Configuration {
  const rules = new Map<string, RuleEntry>();
  for (const layer of layers.toReversed()) {
    for (const [name, entry] of layer.rules) rules.set(name, { ...rules.get(name), ...entry });
  }
  return {
    files: layers.map(({ file }) => file),
    settings: layers
      .toReversed()
      .map(({ settings }) => settings)
      .reduce(mergeSettings),
    rules,
    ignores: (path) => layers.some(({ ignores }) => ignores(path)),
    problems: layers.flatMap(({ problems }) => problems),
  };
}

/** Settings over others, as ESLint merges them: objects key by key, all else as a whole. */
export function mergeSettings(
  under: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isRecord(below) && isRecord(value) ? mergeSettings(below, value) : value;
  }
  return result;
}
