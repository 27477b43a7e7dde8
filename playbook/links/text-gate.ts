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
import { modulesNamedIn } from '../../project/imports.ts';
import { mayLink } from './link-modules.ts';

export interface GateQuestion {
  /** Unique among the gates. */
  readonly name: string;
  /** Names of routes, as last segments, that no project has to show: `sign-out`. */
  readonly segments?: RegExp;
  /** Segments of what may be such routes, by the texts of the project, for a file at a path. */
  readonly segmentsFor: (project: Project, path: string) => readonly string[];
  /** Whether a segment that a file names is one of such a route: what the routes do is found out for these alone. */
  readonly isConfirmed: (project: Project, path: string, segment: string) => boolean;
}

/** A longer file is no list of links. */
const MAX_CONSTANTS = 200_000;
/** How many modules hand a constant on, from the one that has it to the one whose constant is used. */
const MAX_IMPORTS = 4;
/** `refetch` is that of `prefetch` and of `usePrefetch`; `warm('/home')` may be a function that prefetches. */
const LINKS = /<[A-Z]|href|refetch|createElement|cloneElement|next\/(?:form|link)|[(,[]\s*['"`]\/\w/u;

export interface TextGate {
  /** Whether a file may lead to such a route, in whatever way: false for none that names it, or takes it from a file that does. */
  readonly mayName: (text: string, path: string, project: Project) => boolean;
  /** Whether a file may prefetch such a route: false for none that the finder of a rule has something to say of. */
  readonly mayPrefetch: (text: string, path: string, open: () => Project) => boolean;
}

/** Makes the gates of a rule. */
export function createTextGate({ isConfirmed, name, segments, segmentsFor }: GateQuestion): TextGate {
  const partsIn = (text: string, words: readonly string[]): Parts =>
    segments !== undefined && hasSegment(text, segments) ? WHOLE : partsOfSegments(text, words);

  const wordsFor = rememberedByFolder(segmentsFor);

  const partsInJson = (project: Project, words: readonly string[]): readonly Parts[] =>
    jsonModulesOf(project).map((path) => partsIn(moduleText(project, path) ?? '', words));

  /** Where a run has read all files: what they have of such a route. Each of them is asked about more than once. */
  const partsInSources = perProject(`${name}: sources`, (project, words: readonly string[]) => {
    const parts = new Map([...(project.sources ?? [])].map(([path, text]) => [path, partsIn(text, words)] as const));
    // An end alone is the end of nothing.
    const hasStarts = [...parts.values(), ...partsInJson(project, words)].some(({ starts }) => starts.length > 0);
    for (const [path, one] of parts) if (!one.isWhole && !(hasStarts && hasParts(one))) parts.delete(path);
    return parts;
  });
  const partsAt = (project: Project, path: string, text: string, words: readonly string[]): Parts =>
    project.sources?.get(path) === text ? (partsInSources(project, words).get(path) ?? NONE) : partsIn(text, words);

  /** Whether a module of the project may hand on what names such a route. True where nothing has read them all. */
  const mayBeHandedOn = perProject(`${name}: handed on`, (project, words: readonly string[]) => {
    const { facts, sources } = project;
    if (!sources) return true;
    const parts = partsInSources(project, words);
    return (
      isHandedOn(
        sources,
        (_, path) => parts.has(path),
        (path) => configsAround(facts, path),
      ) || partsInJson(project, words).some(hasParts)
    );
  });

  /** What a module has of such a route, itself or by the constants that it takes or hands on. */
  const partsInModule: (project: Project, target: string, hops: number, words: readonly string[]) => Parts = perProject(
    `${name}: modules`,
    (project, target: string, hops: number, words: readonly string[]) => {
      const text = moduleText(project, target);
      if (text === undefined || text.length > MAX_CONSTANTS) return NONE;
      let parts = partsIn(text, words);
      if (hops === 0) return parts;
      for (const next of parts.isWhole ? [] : modulesOfConstants(project, target))
        parts = together(parts, partsInModule(project, next, hops - 1, words), words);
      return parts;
    },
    () => NONE,
  );
  const partsInImported = rememberedByModule((project: Project, target: string, words) =>
    partsInModule(project, target, MAX_IMPORTS, words),
  );

  /** Whether what a file has of some segments, with what the modules have whose constants it takes, makes a whole one. */
  const isNamed = (own: Parts, words: readonly string[], text: string, path: string, project: Project): boolean => {
    let parts = own;
    if (parts.isWhole) return true;
    // What a component calls a function with is told by the component's module.
    const isRendering = RENDERS.test(text);
    if (!isRendering && !mayBeHandedOn(project, words)) return false;
    return (isRendering || text.includes('require(') ? modulesNamedIn(text) : importedConstants(text)).some(
      (specifier) => {
        const target = project.resolve(specifier, path);
        if (target !== undefined) parts = together(parts, partsInImported(project, target, words), words);
        return parts.isWhole;
      },
    );
  };
  const mayName = (text: string, path: string, project: Project): boolean => {
    const words = wordsFor(project, path);
    // Without a name to look for there is no such route.
    if (!LINKS.test(text) || (segments === undefined && words.length === 0)) return false;
    return isNamed(partsAt(project, path, text, words), words, text, path, project);
  };
  /** What a route does takes long to find out, so it is asked last, and of the routes that the file names. */
  const namesConfirmed = (text: string, path: string, project: Project): boolean =>
    [...(segments === undefined ? [] : [NOTHING]), ...wordsFor(project, path).map(listOf)].some(
      (words) =>
        isNamed(partsIn(text, words), words, text, path, project) &&
        words.every((word) => isConfirmed(project, path, word)),
    );

  return {
    mayName: (text, path, project) => mayName(text, path, project) && namesConfirmed(text, path, project),
    mayPrefetch(text, path, open) {
      // The project takes longer to open than this.
      if (!LINKS.test(text)) return false;
      const project = open();
      return mayName(text, path, project) && mayLink(text, path, project) && namesConfirmed(text, path, project);
    },
  };
}

/** A function with parameters, that makes an element, as a prop or a child: `{(href) => <Link href={href} />}`, `renderItem={renderLink}`. */
const RENDERS =
  /\brender[A-Z]\w*=\{\s*\w+\s*\}|\{\s*(?:\(\s*[\w{][^()]{0,200}\)|[a-z]\w*)\s*=>\s*(?:\(\s*|\{[^{}]{0,500}\breturn\s*\(?\s*)?</u;

const isJson = (name: string): boolean => name.endsWith('.json');

/** The JSON modules that the scripts of a run name. */
const jsonModulesOf = perProject('links: JSON modules', (project): readonly string[] => {
  const found = new Set<string>();
  for (const [path, text] of project.sources ?? []) {
    if (!text.includes('.json')) continue;
    for (const module of modulesNamedIn(text)) {
      const target = isJson(module) ? project.resolve(module, path) : undefined;
      if (target !== undefined) found.add(target);
    }
  }
  return [...found];
});

const JSON_PATHS = /"\/[^"\n]{0,300}"/gu;

/** The text of a module; of JSON its paths alone: in messages the same words are texts and keys. */
function moduleText({ facts }: Project, path: string): string | undefined {
  const text = facts.text(path);
  return text !== undefined && isJson(path) ? (text.match(JSON_PATHS)?.join(' ') ?? '') : text;
}

/**
 * What some texts have of a segment: all of it; or its start where the rest is joined to it, or its end: `` `/log${'in'}` `` has both. What
 * stands in two modules may be put together in a third.
 */
interface Parts {
  readonly isWhole: boolean;
  /** In lower case. */
  readonly starts: readonly string[];
  /** In lower case; found when they are asked for, for most texts have no start. */
  readonly ends: () => readonly string[];
}

const NOTHING: readonly string[] = [];

/** The same list for the same word. */
const lists = new Map<string, readonly string[]>();

function listOf(word: string): readonly string[] {
  let list = lists.get(word);
  if (!list) lists.set(word, (list = [word]));
  return list;
}

const NONE: Parts = { isWhole: false, starts: NOTHING, ends: () => NOTHING };
const WHOLE: Parts = { isWhole: true, starts: NOTHING, ends: () => NOTHING };

const hasParts = ({ ends, isWhole, starts }: Parts): boolean => isWhole || starts.length > 0 || ends().length > 0;

function together(one: Parts, other: Parts, words: readonly string[]): Parts {
  if (other === NONE || one.isWhole) return one;
  if (one === NONE || other.isWhole) return other;
  return joined([...one.starts, ...other.starts], [one.ends, other.ends], words);
}

/** Between a start and an end there may be one character that separates words. */
function joined(starts: readonly string[], ends: readonly Parts['ends'][], words: readonly string[]): Parts {
  let all: readonly string[] | undefined;
  const allEnds = () => (all ??= [...new Set(ends.flatMap((found) => found()))]);
  const isWhole =
    starts.length > 0 &&
    words.some((segment) => {
      const word = segment.toLowerCase();
      return starts.some(
        (start) =>
          word.startsWith(start) &&
          allEnds().some((end) => word.endsWith(end) && start.length + end.length >= word.length - 1),
      );
    });
  return isWhole ? WHOLE : { isWhole, starts: [...new Set(starts)], ends: allEnds };
}

/** The modules whose constants a module uses or hands on: the same for every gate. */
const modulesOfConstants = perProject('links: modules of constants', (project, path: string): readonly string[] => {
  const text = project.facts.text(path) ?? '';
  const modules = new Set([...importedConstants(text), ...modulesNamedIn(text, 'exports')]);
  return [...modules].flatMap((module) => project.resolve(module, path) ?? []);
});

/**
 * What a text has of some segments. A whole one stands in a path: `'login'`, `/login?`, `` }/login` ``; one that begins with a slash is the
 * start of a path. The name of a module that is imported is none: `@/lib/auth`.
 */
function partsOfSegments(text: string, segments: readonly string[]): Parts {
  if (segments.length === 0) return NONE;
  const key = segments.join();
  let known = patterns.get(key);
  if (!known) {
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    patterns.set(key, (known = patternsOf(segments)));
  }
  const { end, start, whole } = known;
  if (hasSegment(text, whole)) return WHOLE;
  return joined(found(text, start), [() => found(text, end)], segments);
}

const found = (text: string, pattern: RegExp): string[] =>
  text.search(pattern) === -1 ? [] : [...text.matchAll(pattern)].map(([chunk]) => chunk.slice(1, -1).toLowerCase());

interface SegmentPatterns {
  readonly whole: RegExp;
  readonly start: RegExp;
  readonly end: RegExp;
}

/** By the segments: every file of an app is asked with the same ones. */
const patterns = new Map<string, SegmentPatterns>();
const MAX_PATTERNS = 100;

/** A shorter start of a segment is anything. */
const MIN_START = 3;
/** So is a shorter end. */
const MIN_END = 2;

function patternsOf(segments: readonly string[]): SegmentPatterns {
  const open = '[\'"`/}]';
  const close = '[\'"`/?#$\\\\]';
  const split = segments
    .filter((segment) => !segment.startsWith('/'))
    .map((segment) => Array.from(segment, (character) => escaped(character)));
  const whole = segments.map((segment) =>
    segment.startsWith('/') ? escaped(segment) : `${open}${escaped(segment)}${close}`,
  );
  const starts = split.map((characters) => {
    const rest = characters.slice(MIN_START).reduceRight((inner, character) => `(?:${character}${inner})?`, '');
    return `${open}${characters.slice(0, MIN_START).join('')}${rest}${close}`;
  });
  const ends = split.map((characters) => {
    const rest = characters.slice(0, -MIN_END).reduce((inner, character) => `(?:${inner}${character})?`, '');
    return `${open}${rest}${characters.slice(-MIN_END).join('')}${close}`;
  });
  const oneOf = (alternatives: readonly string[], flags: string): RegExp =>
    new RegExp(alternatives.length === 0 ? '(?!)' : alternatives.join('|'), flags);
  return { whole: oneOf(whole, 'giu'), start: oneOf(starts, 'giu'), end: oneOf(ends, 'giu') };
}

const escaped = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`);

const WITHIN_MODULE_NAME = /\b(?:from|import|require)\s*\(?\s*['"][^'"\n]*$/u;
const MAX_MODULE_NAME = 200;

/** Whether a text has a segment that a pattern (with the flag `g`) finds; the name of a module that is imported is none. */
function hasSegment(text: string, segments: RegExp): boolean {
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

interface OfLook<Value> {
  readonly look: number;
  readonly values: Map<string, Value>;
}

/** Every file is asked, and those of a folder one after the other, so the answer for a folder serves for the rest of the look. */
function rememberedByFolder(
  compute: (project: Project, path: string) => readonly string[],
): (project: Project, path: string) => readonly string[] {
  const byProject = new WeakMap<Project, OfLook<readonly string[]>>();
  return (project, path) => {
    const { values } = ofPresentLook(byProject, project);
    const folder = dirname(path);
    let words = values.get(folder);
    if (!words) values.set(folder, (words = compute(project, path)));
    return words;
  };
}

/** The same for what a module has of some words, which many files import. */
function rememberedByModule(
  compute: (project: Project, target: string, words: readonly string[]) => Parts,
): typeof compute {
  const byProject = new WeakMap<Project, OfLook<Map<readonly string[], Parts>>>();
  return (project, target, words) => {
    const { values } = ofPresentLook(byProject, project);
    let known = values.get(target);
    if (!known) values.set(target, (known = new Map<readonly string[], Parts>()));
    let parts = known.get(words);
    if (!parts) known.set(words, (parts = compute(project, target, words)));
    return parts;
  };
}

function ofPresentLook<Value>(byProject: WeakMap<Project, OfLook<Value>>, project: Project): OfLook<Value> {
  const look = project.facts.look();
  let known = byProject.get(project);
  if (known?.look !== look) byProject.set(project, (known = { look, values: new Map() }));
  return known;
}
