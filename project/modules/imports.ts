/**
 * The index of imports: what the modules that a file names lead to, by their texts alone. A module that can lead to nothing of interest is not worth
 * parsing. All of it may say yes for nothing, but must never say no for a module that does.
 */
import type { Concern, ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { createRecent, type Recent } from '../memos/recent.ts';
import type { Project } from '../project-model.ts';
import { Module } from './module.ts';

/** More modules than these are not looked at: they are believed to lead there. */
const MAX_MODULES = 3_000;
/** An editor runs for days, in which files come and go, and a run may have any number of them. */
const MAX_KEPT = 5_000;

/** A module with what is known of it in one look (see project/memos/stamps.ts). */
interface Indexed {
  readonly module: Module;
  /** The look in which this was its text on disk, and the one in which `targets` were found. */
  onDisk: number;
  targetsOf: number;
  /** The files of the project (absolute) whose values it imports, or exports from. */
  targets: readonly string[];
}

/**
 * Of the modules that were come by in a search: with how many calls left they lead nowhere (with fewer they don't either), and with how many they
 * lead there (with more they do as well).
 */
interface Answers {
  readonly nowhere: Map<string, number>;
  readonly there: Map<string, number>;
}

/** What is known of the modules of a project. */
interface Index {
  look: number;
  readonly modules: Recent<string, Indexed>;
  /** Of the present look. */
  readonly answers: Map<Concern, Answers>;
}

const indexes = new WeakMap<Project, Index>();

function indexOf(project: Project): Index {
  let index = indexes.get(project);
  if (!index) indexes.set(project, (index = { look: 0, modules: createRecent(MAX_KEPT), answers: new Map() }));
  const look = project.facts.look();
  if (index.look !== look) {
    index.look = look;
    index.answers.clear();
  }
  return index;
}

function moduleAt(project: Project, path: string, index: Index): Indexed {
  const known = index.modules.get(path);
  if (known?.onDisk === index.look) return known;
  const found = moduleWith(project.facts.text(path) ?? '', path, index);
  found.onDisk = index.look;
  return found;
}

/** A module with a text, which may not be the one on disk: every rule asks for that of the file that is linted. */
function moduleWith(text: string, path: string, { modules }: Index): Indexed {
  let found = modules.get(path);
  if (found?.module.text !== text)
    modules.set(path, (found = { module: new Module(path, text), onDisk: 0, targetsOf: 0, targets: NONE }));
  return found;
}

const NONE: readonly string[] = [];

function targetsOf(project: Project, indexed: Indexed, { look }: Index): readonly string[] {
  if (indexed.targetsOf !== look) {
    const { named, path } = indexed.module;
    const targets = new Set(named.flatMap((name) => project.resolve(name, path) ?? NONE));
    indexed.targets = targets.size === 0 ? NONE : [...targets];
    indexed.targetsOf = look;
  }
  return indexed.targets;
}

/** The names of the modules whose values the one at a path (absolute) imports, or exports from. */
export const modulesNamedBy = (project: Project, path: string): readonly string[] =>
  moduleAt(project, path, indexOf(project)).module.named;

function answersTo(search: Concern, { answers }: Index): Answers {
  let known = answers.get(search);
  if (!known) answers.set(search, (known = { nowhere: new Map(), there: new Map() }));
  return known;
}

function knownOf({ nowhere, there }: Answers, path: string, calls: number): boolean | undefined {
  if (calls <= (nowhere.get(path) ?? -1)) return false;
  const least = there.get(path);
  return least !== undefined && calls >= least ? true : undefined;
}

/** Whether a module leads to the text of a search; the nearest ones are looked at first. */
function leads(project: Project, first: string, search: Concern): boolean {
  const { calls = 0 } = search;
  const index = indexOf(project);
  const answers = answersTo(search, index);
  const known = knownOf(answers, first, calls);
  if (known !== undefined) return known;
  /** With how many calls left each is looked at. What is come by again with more of them leads further. */
  const left = new Map([[first, calls]]);
  const queue = [first];
  for (const path of queue) {
    const callsLeft = left.get(path) ?? 0;
    const before = knownOf(answers, path, callsLeft);
    if (before === false) continue;
    const indexed = moduleAt(project, path, index);
    if (before === true || holds(indexed.module, search) || left.size > MAX_MODULES) {
      answers.there.set(first, calls);
      return true;
    }
    const next = callsBehind(indexed.module, search, callsLeft);
    for (const target of next < 0 ? NONE : targetsOf(project, indexed, index)) {
      if (next <= (left.get(target) ?? -1)) continue;
      left.set(target, next);
      queue.push(target);
    }
  }
  // Whatever was come by leads no further than the first one.
  for (const [path, callsLeft] of left)
    if (callsLeft > (answers.nowhere.get(path) ?? -1)) answers.nowhere.set(path, callsLeft);
  return false;
}

const holds = (module: Module, search: Concern): boolean =>
  (search.of === 'code' || module.handsOn) && module.has(search);

/** How many calls are left behind a module; negative where nothing leads on through it. */
function callsBehind({ handsOn, text }: Module, { of, through }: Concern, left: number): number {
  if (handsOn) return left;
  return of === 'code' && through?.test(text) !== false ? left - 1 : -1;
}

let searches = 0;

/** Makes the question whether a module leads to a text. Asked again in each look: files far away may have changed. */
export function createModuleTest(search: Concern): (project: Project, path: string) => boolean {
  const name = `leads ${String((searches += 1))}`;
  return (project, path) => project.facts.watch(name, path, () => leads(project, path, search));
}

/** Makes the question whether a file, whose text may not be the one on disk, or a module that it imports has to do with a concern. */
export function createImportTest(concern: Concern): (project: Project, text: string, path: string) => boolean {
  const name = `import leads ${String((searches += 1))}`;
  return (project, text, path) => {
    const index = indexOf(project);
    const indexed = moduleWith(text, path, index);
    if (indexed.module.has(concern)) return true;
    return project.facts.watch(name, String(indexed.module.id), () =>
      targetsOf(project, indexed, indexOf(project)).some((target) => leads(project, target, concern)),
    );
  };
}

const searchesByConcern = new WeakMap<Concern, (project: Project, path: string) => boolean>();

/** Whether the module at a path (absolute) may export a name, by its text; an absent or unreadable one may. */
export function mayExport(project: Project, path: string, name: string): boolean {
  const text = project.facts.text(path);
  return text === undefined || moduleWith(text, path, indexOf(project)).module.mayExport(name);
}

/** See `ModuleLoader.concerning`. */
export function loaderConcerning(project: Project, concern: Concern): ModuleLoader {
  let search = searchesByConcern.get(concern);
  if (!search) searchesByConcern.set(concern, (search = createModuleTest(concern)));
  const isConcerned = search;
  return {
    skips(specifier, fromPath) {
      const path = project.resolve(specifier, fromPath);
      return path !== undefined && !isConcerned(project, path);
    },
    ...(project.mayExport && { mayExport: project.mayExport }),
    ...(project.mayBeEntry && { mayBeEntry: project.mayBeEntry }),
    // What `project.load` does, with one question where a name leads: this is asked for each use of what is imported.
    load(specifier, fromPath) {
      const path = project.resolve(specifier, fromPath);
      return path !== undefined && isConcerned(project, path) ? project.sourceFile(path) : undefined;
    },
  };
}
