/**
 * Whether a file may hold a link that prefetches a certain route, by its text alone: most files don't, and must not be parsed. A file may when
 * it names such a route, or links to something that another file names.
 */
import { dirname } from 'node:path';
import { perProject } from '../../project/per-project.ts';
import type { Project } from '../../project/project.ts';
import type { Facts } from '../../project/stamps.ts';
import { markedFoldersAround } from '../../project/surroundings.ts';
import { importedConstants } from './imported-constants.ts';
import { isHandedOn } from './re-exports.ts';
import { modulesNamedIn } from './module-names.ts';

export interface GateQuestion {
  /** Unique among the gates. */
  readonly name: string;
  /** Names of routes, as last segments, that no project has to show: `sign-out`. */
  readonly segments?: RegExp;
  /** Segments that the project shows to be such routes, for a file at a path. */
  readonly segmentsFor: (project: Project, path: string) => readonly string[];
}

/** A longer file is no list of links. */
const MAX_CONSTANTS = 200_000;
/** How many modules hand a constant on, from the one that has it to the one whose constant is used. */
const MAX_IMPORTS = 4;
/** `refetch` is that of `prefetch` and of `usePrefetch`. */
const LINKS = /<[A-Z]|href|refetch|createElement|cloneElement|next\/(?:form|link)/u;

/** The gate of a rule: false for no file that its finder has something to say of. */
export function createTextGate({
  name,
  segments,
  segmentsFor,
}: GateQuestion): (text: string, path: string, project: Project) => boolean {
  const isNaming = (text: string, words: readonly string[]): boolean =>
    (segments !== undefined && names(text, segments)) || hasSegment(text, words);

  const wordsFor = rememberedByFolder(segmentsFor);

  /** Where a run has read all files: those that name such a route. Each of them is asked about more than once. */
  const namingSources = perProject(
    `${name}: sources`,
    ({ sources }, words: readonly string[]) =>
      new Set([...(sources ?? [])].flatMap(([path, text]) => (isNaming(text, words) ? [path] : []))),
  );
  const isNamingAt = (project: Project, path: string, text: string, words: readonly string[]): boolean =>
    project.sources?.get(path) === text ? namingSources(project, words).has(path) : isNaming(text, words);

  /** Whether a module of the project may hand on what names such a route. True where nothing has read them all. */
  const mayBeHandedOn = perProject(`${name}: handed on`, (project, words: readonly string[]) => {
    const { facts, sources } = project;
    if (!sources) return true;
    const naming = namingSources(project, words);
    return isHandedOn(
      sources,
      (_, path) => naming.has(path),
      (path) => configsAround(facts, path),
    );
  });

  /** Whether a module names such a route, itself or by the constants that it takes or hands on. */
  const mayName: (project: Project, target: string, hops: number, words: readonly string[]) => boolean = perProject(
    `${name}: modules`,
    (project, target: string, hops: number, words: readonly string[]) => {
      const text = project.facts.text(target);
      if (text === undefined || text.length > MAX_CONSTANTS) return false;
      if (isNaming(text, words)) return true;
      return hops > 0 && modulesOfConstants(project, target).some((next) => mayName(project, next, hops - 1, words));
    },
    () => false,
  );

  return (text, path, project) => {
    if (!LINKS.test(text)) return false;
    const words = wordsFor(project, path);
    // Without a name to look for there is no such route.
    if (segments === undefined && words.length === 0) return false;
    if (isNamingAt(project, path, text, words)) return true;
    if (!mayBeHandedOn(project, words)) return false;
    return importedConstants(text).some((specifier) => {
      const target = project.resolve(specifier, path);
      return target !== undefined && mayName(project, target, MAX_IMPORTS, words);
    });
  };
}

/** The modules whose constants a module uses or hands on: the same for every gate. */
const modulesOfConstants = perProject('links: modules of constants', (project, path: string): readonly string[] => {
  const text = project.facts.text(path) ?? '';
  const modules = new Set([...importedConstants(text), ...modulesNamedIn(text, 'export')]);
  return [...modules].flatMap((module) => project.resolve(module, path) ?? []);
});

/**
 * Whether a text has one of some segments as the whole of one in a path: `'login'`, `/login?`, `` }/login` ``; or the start of one where the rest
 * is joined to it: `` `/log${'in'}` ``. One that begins with a slash is the start of a path.
 */
function hasSegment(text: string, segments: readonly string[]): boolean {
  if (segments.length === 0) return false;
  const key = segments.join();
  let pattern = patterns.get(key);
  if (!pattern) {
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    patterns.set(key, (pattern = patternOf(segments)));
  }
  return pattern.test(text);
}

/** By the segments: every file of an app is asked with the same ones. */
const patterns = new Map<string, RegExp>();
const MAX_PATTERNS = 100;

/** A shorter start of a segment is anything. */
const MIN_START = 3;

function patternOf(segments: readonly string[]): RegExp {
  const alternatives = segments.map((segment) => {
    const characters = Array.from(segment, (character) => character.replace(/[$()*+./?[\\\]^{|}]/u, String.raw`\$&`));
    if (segment.startsWith('/')) return characters.join('');
    const start = characters.slice(0, MIN_START).join('');
    const rest = characters.slice(MIN_START).reduceRight((inner, character) => `(?:${character}${inner})?`, '');
    return `['"\`/}]${start}${rest}['"\`/?#$\\\\]`;
  });
  return new RegExp(alternatives.join('|'), 'iu');
}

const WITHIN_MODULE_NAME = /\b(?:from|import|require)\s*\(?\s*['"][^'"\n]*$/u;
const MAX_MODULE_NAME = 200;

/** Whether a text has a segment that a pattern (with the flag `g`) finds; the name of a module that is imported is none. */
function names(text: string, segments: RegExp): boolean {
  segments.lastIndex = 0;
  for (let found = segments.exec(text); found; found = segments.exec(text)) {
    if (!WITHIN_MODULE_NAME.test(text.slice(Math.max(0, found.index - MAX_MODULE_NAME), found.index + 1))) return true;
  }
  return false;
}

const CONFIG = /^(?:package|[jt]sconfig.*)\.json$/u;

/** What may give a module another name than that of its file: the texts of package.json and of TypeScript's configs. */
function configsAround(facts: Facts, path: string): string[] {
  const folders = (['packages', 'configs'] as const).flatMap((kind) => markedFoldersAround(facts, dirname(path), kind));
  const entries = [...new Set(folders.map((folder) => folder.path))].flatMap((folder) => facts.entries(folder) ?? []);
  return entries.flatMap((entry) => (CONFIG.test(entry.name) ? (facts.text(entry.path) ?? []) : []));
}

interface WordsByFolder {
  readonly look: number;
  readonly words: Map<string, readonly string[]>;
}

/** Every file is asked, and those of a folder one after the other, so the answer for a folder serves for the rest of the look. */
function rememberedByFolder(
  compute: (project: Project, path: string) => readonly string[],
): (project: Project, path: string) => readonly string[] {
  const byProject = new WeakMap<Project, WordsByFolder>();
  return (project, path) => {
    const look = project.facts.look();
    let known = byProject.get(project);
    if (known?.look !== look) byProject.set(project, (known = { look, words: new Map() }));
    const folder = dirname(path);
    let words = known.words.get(folder);
    if (!words) known.words.set(folder, (words = compute(project, path)));
    return words;
  };
}
