/**
 * Whether a file may hold a link that prefetches a certain route, by its text alone: most files don't, and must not be parsed. A file may when
 * it names such a route, or links to something that another file names.
 */
import { dirname } from 'node:path';
import { withoutEntities } from '../../../analysis/syntax/entities.ts';
import { forLastText } from '../../../analysis/syntax/last-text.ts';
import { perProject } from '../../../project/memos/per-project.ts';
import type { Project } from '../../../project/project.ts';
import type { Facts } from '../../../project/memos/stamps.ts';
import { markedFoldersAround } from '../../../project/surroundings.ts';
import { importedConstants } from './imported-constants.ts';
import { isHandedOn } from './re-exports.ts';
import { modulesNamedIn } from '../../../project/modules/named-modules.ts';
import { mayLink } from '../link-modules.ts';
import {
  type Names,
  type Parts,
  NO_NAMES,
  NONE,
  NOTHING,
  WHOLE,
  allNames,
  endsInText,
  hasParts,
  hasSegment,
  isAmong,
  namesIn,
  partsOfSegments,
  placesIn,
  placesOf,
  together,
} from './segments-in-text.ts';

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

const NO_SOURCES: ReadonlyMap<string, string> = new Map();
/** A longer file is no list of links. */
const MAX_CONSTANTS = 200_000;
/** How many modules hand a constant on, from the one that has it to the one whose constant is used. */
const MAX_IMPORTS = 4;
/** `refetch` is that of `prefetch` and of `usePrefetch`; `warm('/home')` may be a function that prefetches. */
const LINKS = /<[A-Z]|href|refetch|createElement|cloneElement|next\/(?:form|link)|[(,[]\s*['"`]\/\w/u;
const mayLead = forLastText((text) => LINKS.test(text));

/** What the last segment of such a path is made of in a file: places in its text, and modules whose exports may have it. */
export interface SegmentSources {
  readonly places: readonly number[];
  readonly isFrom: (module: string) => boolean;
}

export interface TextGate {
  /** Whether a file may lead to such a route, in whatever way: false for none that names it, or takes it from a file that does. */
  readonly mayName: (text: string, path: string, project: Project) => boolean;
  /** Whether a file may prefetch such a route: false for none that the finder of a rule has something to say of. */
  readonly mayPrefetch: (text: string, path: string, open: () => Project) => boolean;
  /** Undefined for a text whose places are not those of what it says. */
  readonly sourcesIn: (text: string, path: string, project: Project) => SegmentSources | undefined;
}

/** Makes the gates of a rule. */
export function createTextGate({ isConfirmed, name, segments, segmentsFor }: GateQuestion): TextGate {
  const partsIn = (written: string, words: readonly string[]): Parts => {
    const text = readable(written);
    return segments !== undefined && hasSegment(text, segments) ? WHOLE : partsOfSegments(text, words);
  };

  const wordsFor = rememberedByFolder(segmentsFor);

  const partsInJson = (project: Project, words: readonly string[]): readonly Parts[] =>
    jsonModulesOf(project).map((path) => partsIn(moduleText(project, path) ?? '', words));

  /** Where a run has read all files: what they have of such a route. Each of them is asked about more than once. */
  const partsInSources = perProject(`${name}: sources`, (project, words: readonly string[]) => {
    const { sources = NO_SOURCES } = project;
    const parts = new Map<string, Parts>();
    for (const [path, text] of sources) {
      const one = partsIn(text, words);
      if (one.isWhole || one.starts.length > 0) parts.set(path, one);
    }
    // An end alone is the end of nothing.
    if ([...parts.values(), ...partsInJson(project, words)].every(({ starts }) => starts.length === 0)) return parts;
    for (const [path, text] of sources) {
      const ends = parts.has(path) ? NONE : endsInText(readable(text), words);
      if (hasParts(ends)) parts.set(path, ends);
    }
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
  const partsInImported = (project: Project, target: string, words: readonly string[]): Parts =>
    partsInModule(project, target, MAX_IMPORTS, words);

  /** The modules whose constants a file takes, where they may have a part of a segment. */
  const modulesTakenBy = (
    text: string,
    path: string,
    project: Project,
    words: readonly string[],
  ): readonly string[] => {
    // What a component calls a function with is in the component's module.
    const isRendering = mayRender(text);
    if (!isRendering && !mayBeHandedOn(project, words)) return NOTHING;
    const names = isRendering || text.includes('require(') ? modulesNamedIn(text, 'values') : importedConstants(text);
    return [...names].flatMap((specifier) => project.resolve(specifier, path) ?? []);
  };
  const mayName = (text: string, path: string, project: Project): boolean => {
    const words = wordsFor(project, path);
    // Without a name to look for there is no such route.
    if (!mayLead(text) || (segments === undefined && words.length === 0)) return false;
    let parts = partsAt(project, path, text, words);
    if (parts.isWhole) return true;
    return modulesTakenBy(text, path, project, words).some((target) => {
      parts = together(parts, partsInImported(project, target, words), words);
      return parts.isWhole;
    });
  };

  /** All segments that a module names, itself or by the constants that it takes or hands on. */
  const namesInModule: (project: Project, target: string, hops: number, words: readonly string[]) => Names = perProject(
    `${name}: names`,
    (project, target: string, hops: number, words: readonly string[]) => {
      const text = moduleText(project, target);
      if (text === undefined || text.length > MAX_CONSTANTS) return NO_NAMES;
      const next = hops === 0 ? [] : modulesOfConstants(project, target);
      return allNames([namesIn(text, words), ...next.map((module) => namesInModule(project, module, hops - 1, words))]);
    },
    () => NO_NAMES,
  );
  /** What a route does takes long to find out, so it is asked last, and of the routes that the file names. */
  const namesConfirmed = (written: string, path: string, project: Project): boolean => {
    const text = readable(written);
    if (segments !== undefined && hasSegment(text, segments)) return true;
    const words = wordsFor(project, path);
    const modules = modulesTakenBy(text, path, project, words);
    if (segments !== undefined && modules.some((target) => partsInImported(project, target, NOTHING).isWhole))
      return true;
    const names = allNames([
      namesIn(text, words),
      ...modules.map((target) => namesInModule(project, target, MAX_IMPORTS, words)),
    ]);
    return words.some((word) => isAmong(names, word) && isConfirmed(project, path, word));
  };

  return {
    mayName: (text, path, project) => mayName(text, path, project) && namesConfirmed(text, path, project),
    mayPrefetch(text, path, open) {
      // The project takes longer to open than this.
      if (!mayLead(text)) return false;
      const project = open();
      const isNamed = () => mayName(text, path, project);
      const isLinking = () => mayLink(text, path, project);
      // Both rules share what a file may link to; but where a run has read all files, which routes they name is known sooner.
      const isConcerned = project.sources ? isNamed() && isLinking() : isLinking() && isNamed();
      return isConcerned && namesConfirmed(text, path, project);
    },
    sourcesIn(text, path, project) {
      if (readable(text) !== text) return undefined;
      const words = wordsFor(project, path);
      const constants = new Set(importedConstants(text));
      const isFrom = (module: string): boolean => {
        const target = project.resolve(module, path);
        if (target === undefined) return false;
        const { isWhole, starts } = partsInImported(project, target, words);
        // A function whose name says nothing of links hands no part of one on.
        return isWhole || (starts.length > 0 && constants.has(module));
      };
      return { places: [...(segments ? placesOf(text, segments) : []), ...placesIn(text, words)], isFrom };
    },
  };
}

/** `href="&#47;sign-out"` */
const readable = (text: string): string => (text.includes('&#') ? withoutEntities(text) : text);

/** A function with parameters, that makes an element, as a prop or a child: `{(href) => <Link href={href} />}`, `renderItem={renderLink}`. */
const mayRender = forLastText((text) => RENDERS.test(text));
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

/** The modules whose constants a module uses or hands on: the same for every gate. */
const modulesOfConstants = perProject('links: modules of constants', (project, path: string): readonly string[] => {
  const text = project.facts.text(path) ?? '';
  const modules = new Set([...importedConstants(text), ...modulesNamedIn(text, 'exports')]);
  return [...modules].flatMap((module) => project.resolve(module, path) ?? []);
});

const CONFIG = /^(?:package|[jt]sconfig.*)\.json$/u;

/** What may give a module another name than that of its file: the texts of package.json and of TypeScript's configs. */
function configsAround(facts: Facts, path: string): string[] {
  const folders = (['packages', 'configs'] as const).flatMap((kind) => markedFoldersAround(facts, dirname(path), kind));
  const entries = [...new Set(folders.map((folder) => folder.path))].flatMap((folder) => facts.entries(folder) ?? []);
  return entries.flatMap((entry) => (CONFIG.test(entry.name) ? (facts.text(entry.path) ?? []) : []));
}

interface OfFolder {
  readonly folder: string;
  readonly look: number;
  readonly words: readonly string[];
}

/** The files of a folder are asked about one after the other: the answer for one serves for the next, and is the very same list for all of an app. */
function rememberedByFolder(
  compute: (project: Project, path: string) => readonly string[],
): (project: Project, path: string) => readonly string[] {
  const byProject = new WeakMap<Project, OfFolder>();
  return (project, path) => {
    const look = project.facts.look();
    const folder = dirname(path);
    const known = byProject.get(project);
    if (known?.folder === folder && known.look === look) return known.words;
    const found = compute(project, path);
    const words = known && isSameList(known.words, found) ? known.words : found;
    byProject.set(project, { folder, look, words });
    return words;
  };
}

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((word, index) => word === other[index]);
