/**
 * Whether a file may hold a link that prefetches a certain route, by its text alone: most files don't, and must not be parsed. A file may when
 * it names such a route, or links to something that another file names.
 */
import { dirname } from 'node:path';
import { lazy } from '../../../analysis/lazy.ts';
import { withoutEntities } from '../../../analysis/syntax/entities.ts';
import { forLastText } from '../../../analysis/syntax/last-text.ts';
import { perProject } from '../../../project/memos/per-project.ts';
import type { Project } from '../../../project/project.ts';
import { importedConstants } from './imported-constants.ts';
import { modulesNamedIn } from '../../../project/modules/named-modules.ts';
import { mayLink } from '../link-modules.ts';
import { type Names, NO_NAMES, allNames, isAmong, namesIn, placesIn, placesOf } from './segments-in-text.ts';

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
  const namesOf = (written: string, words: readonly string[]): Names => namesIn(readable(written), words, segments);
  const isAny = (names: Names, words: readonly string[]): boolean =>
    names.isNamed || names.whole.size > 0 || (names.starts.size > 0 && words.some((word) => isAmong(names, word)));

  const wordsFor = rememberedByFolder(segmentsFor);

  /** What a module has of such a route, itself or by the constants that it takes or hands on. */
  const namesInModule: (project: Project, target: string, hops: number, words: readonly string[]) => Names = perProject(
    `${name}: names`,
    (project, target: string, hops: number, words: readonly string[]) => {
      const text = moduleText(project, target);
      if (text === undefined || text.length > MAX_CONSTANTS) return NO_NAMES;
      const next = hops === 0 ? [] : modulesOfConstants(project, target);
      return allNames([namesOf(text, words), ...next.map((module) => namesInModule(project, module, hops - 1, words))]);
    },
    () => NO_NAMES,
  );

  /** The modules whose constants a file takes. */
  const modulesTakenBy = (text: string, path: string, project: Project): readonly string[] => {
    // What a component calls a function with is in the component's module.
    const names =
      mayRender(text) || text.includes('require(') ? modulesNamedIn(text, 'values') : importedConstants(text);
    return [...names].flatMap((specifier) => project.resolve(specifier, path) ?? []);
  };

  const namesFor = (text: string, path: string, project: Project): Names => {
    const words = wordsFor(project, path);
    // Without a name to look for there is no such route.
    if (!mayLead(text) || (segments === undefined && words.length === 0)) return NO_NAMES;
    const own = namesOf(text, words);
    if (own.isNamed) return own;
    const modules = modulesTakenBy(text, path, project);
    return allNames([own, ...modules.map((target) => namesInModule(project, target, MAX_IMPORTS, words))]);
  };

  /** What a route does takes long to find out, so it is asked last, and of the routes that the file names. */
  const isOfRoute = (names: Names, path: string, project: Project): boolean =>
    names.isNamed || wordsFor(project, path).some((word) => isAmong(names, word) && isConfirmed(project, path, word));

  return {
    mayName: (text, path, project) => isOfRoute(namesFor(text, path, project), path, project),
    mayPrefetch(text, path, open) {
      // The project takes longer to open than this.
      if (!mayLead(text)) return false;
      const project = open();
      const names = lazy(() => namesFor(text, path, project));
      const isNamed = () => isAny(names(), wordsFor(project, path));
      const isLinking = () => mayLink(text, path, project);
      // Both rules share what a file may link to; but where a run has read all files, which routes they name is known sooner.
      const isConcerned = project.sources ? isNamed() && isLinking() : isLinking() && isNamed();
      return isConcerned && isOfRoute(names(), path, project);
    },
    sourcesIn(text, path, project) {
      if (readable(text) !== text) return undefined;
      const words = wordsFor(project, path);
      const constants = new Set(importedConstants(text));
      const isFrom = (module: string): boolean => {
        const target = project.resolve(module, path);
        if (target === undefined) return false;
        const names = namesInModule(project, target, MAX_IMPORTS, words);
        // A function whose name says nothing of links hands no part of one on.
        return names.isEscaped || isAny(names, words) || (names.starts.size > 0 && constants.has(module));
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

const JSON_PATHS = /"\/[^"\n]{0,300}"/gu;

/** The text of a module; of JSON its paths alone: in messages the same words are texts and keys. */
function moduleText({ facts }: Project, path: string): string | undefined {
  const text = facts.text(path);
  return text !== undefined && path.endsWith('.json') ? (text.match(JSON_PATHS)?.join(' ') ?? '') : text;
}

/** The modules whose constants a module uses or hands on: the same for every gate. */
const modulesOfConstants = perProject('links: modules of constants', (project, path: string): readonly string[] => {
  const text = project.facts.text(path) ?? '';
  const modules = new Set([...importedConstants(text), ...modulesNamedIn(text, 'exports')]);
  return [...modules].flatMap((module) => project.resolve(module, path) ?? []);
});

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
