/**
 * The index of imports: which modules a file names and whether it hands them on, by its text alone, and what that leads to. A module that can lead to
 * nothing of interest is not worth parsing. All of it may say yes for nothing, but must never say no for a module that does.
 */
import type { Concern, ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { perProject } from '../per-project.ts';
import type { Project } from '../project-model.ts';

const FROM = /\bfrom\s*['"](?<module>[^'"\n]{1,300})['"]/gu;
const CALLED = /\b(?:import|require)\s*\(\s*['"](?<module>[^'"\n]{1,300})['"]/gu;
/** How far before `from` its `export` is: a longer list of names is cut, and then the module counts. */
const MAX_CLAUSE = 2_000;

/** The modules that a text imports or exports from: all, those whose values it names, or those that it hands on. */
export function modulesNamedIn(text: string, which: 'all' | 'exports' | 'values' = 'all'): string[] {
  const named = [...text.matchAll(FROM)].filter(({ index }) => which === 'all' || isClauseOf(text, index, which));
  if (which !== 'exports' && CALLS.test(text)) named.push(...text.matchAll(CALLED));
  return named.map(({ groups }) => groups?.['module'] ?? '');
}

const CALLS = /\b(?:import|require)\s*\(/u;

// `import type { A } from './a'`, `export { b } from './b'`: the nearer of the two words says which it is.
function isClauseOf(text: string, index: number, which: 'exports' | 'values'): boolean {
  const before = text.slice(Math.max(0, index - MAX_CLAUSE), index);
  const lastImport = before.lastIndexOf('import');
  // Most clauses are of imports, and the last `export` far away.
  const isExport = before.includes('export', Math.max(lastImport, 0));
  if (which === 'exports') return isExport || lastImport === -1;
  const start = isExport ? before.lastIndexOf('export') : lastImport;
  return start === -1 || !/^\s+type\s+[^\s,]/u.test(before.slice(start + 'import'.length));
}

/**
 * What may export more than functions and literals of a module's own, and so hand on what it imports: `export … from`, a list, an alias
 * (`export const leave = signOut`), an object, a call (`export const load = cache(loadUser)`), a class with members, and members that a function
 * is given (`Menu.Link = NextLink`).
 */
const HANDS_ON =
  /\bexport\s*(?:[*{=]|(?:default\s+)?(?:abstract\s+)?class\b|default\b(?!\s+(?:async\s+)?function\b)|(?:const|let|var)\s+(?:[[{]|\w+\s*(?::(?:[^=;]|=>)*)?=(?!>)(?!\s*(?:["'`\d]|(?:async|false|function|null|true)\b|\((?!\s*[\w$.]+\s+as\b)))))|\bexports\b|^[A-Z]\w*\.(?!displayName\b)\w+\s*=(?![=>])/mu;

/** The files of the project (absolute) whose values a file imports, or exports from. */
const targetsAt = perProject('imports', (project, path: string) =>
  resolved(project, modulesNamedIn(project.facts.text(path) ?? '', 'values'), path),
);

const resolved = (project: Project, modules: readonly string[], path: string): readonly string[] => [
  ...new Set(modules.flatMap((module) => project.resolve(module, path) ?? [])),
];

/** The same by a text, which may not be the one on disk: every rule asks for those of the file that is linted. */
function targetsIn(project: Project, text: string, path: string): readonly string[] {
  if (last.text !== text || last.path !== path)
    last = { text, path, number: last.number + 1, modules: modulesNamedIn(text, 'values') };
  const { modules, number } = last;
  return project.facts.memo(`imports in ${String(number)}`, () => resolved(project, modules, path));
}

let last: {
  readonly text: string;
  readonly path: string;
  readonly number: number;
  readonly modules: readonly string[];
} = { text: '', path: '', number: 0, modules: [] };

/** More modules than these are not looked at: they are believed to lead there. */
const MAX_MODULES = 3_000;
const MAX_KEPT = 10_000;

/** What a module's text says, as long as it stays the same. */
interface Module {
  readonly text: string;
  readonly handsOn: () => boolean;
  readonly has: (search: Concern) => boolean;
}

function createModule(text: string): Module {
  let handsOn: boolean | undefined;
  const has = new Map<Concern['text'], boolean>();
  return {
    text,
    handsOn: () => (handsOn ??= HANDS_ON.test(text)),
    has({ text: wanted }) {
      let answer = has.get(wanted);
      if (answer === undefined) has.set(wanted, (answer = wanted.test(text)));
      return answer;
    },
  };
}

/** What is known of the modules of a project. Files are looked at again in each look (see project/stamps.ts). */
interface Index {
  look: number;
  readonly modules: Map<string, Module>;
  /** The rest is of the present look: the modules that are as they were, what they import, and, by search, whether they lead to its text. */
  readonly fresh: Map<string, Module>;
  readonly targets: Map<string, readonly string[]>;
  readonly leads: Map<Concern, Map<string, boolean>>;
}

const indexes = new WeakMap<Project, Index>();

function indexOf(project: Project): Index {
  let index = indexes.get(project);
  if (!index)
    indexes.set(
      project,
      (index = { look: 0, modules: new Map(), fresh: new Map(), targets: new Map(), leads: new Map() }),
    );
  const look = project.facts.look();
  if (index.look !== look) {
    index.look = look;
    for (const ofLook of [index.fresh, index.targets, index.leads]) ofLook.clear();
  }
  return index;
}

function moduleAt(project: Project, path: string, { fresh, modules }: Index): Module {
  let module = fresh.get(path);
  if (!module) {
    const text = project.facts.text(path) ?? '';
    module = modules.get(path);
    if (module?.text !== text) {
      // An editor runs for days, in which files come and go.
      if (modules.size >= MAX_KEPT) modules.clear();
      modules.set(path, (module = createModule(text)));
    }
    fresh.set(path, module);
  }
  return module;
}

function targetsOf(project: Project, path: string, { targets }: Index): readonly string[] {
  let found = targets.get(path);
  if (!found) targets.set(path, (found = targetsAt(project, path)));
  return found;
}

/** Calls that are left, as keys. */
const keyOf = (path: string, calls: number): string => `${String(calls)}${path}`;

/** Whether a module leads to the text of a search; the nearest ones are looked at first. */
function leads(project: Project, first: string, search: Concern): boolean {
  const { calls = 0, of, through } = search;
  const index = indexOf(project);
  let known = index.leads.get(search);
  if (!known) index.leads.set(search, (known = new Map<string, boolean>()));
  const start = keyOf(first, calls);
  const seen = new Map([[start, { path: first, left: calls }]]);
  for (const [key, { left, path }] of seen) {
    const before = known.get(key);
    if (before === false) continue;
    const module = moduleAt(project, path, index);
    const isThere = before === true || ((of === 'code' || module.handsOn()) && module.has(search));
    if (isThere || seen.size > MAX_MODULES) {
      known.set(start, true);
      return true;
    }
    const next = module.handsOn() ? left : of === 'code' && through?.test(module.text) !== false ? left - 1 : -1;
    for (const target of next < 0 ? [] : targetsOf(project, path, index)) {
      const targetKey = keyOf(target, next);
      if (!seen.has(targetKey)) seen.set(targetKey, { path: target, left: next });
    }
  }
  // Whatever was come by leads no further than the first one.
  for (const key of seen.keys()) known.set(key, false);
  return false;
}

let searches = 0;

/** Makes the question whether a module leads to a text. Asked again in each look: files far away may have changed. */
export function createModuleTest(search: Concern): (project: Project, path: string) => boolean {
  const name = `leads ${String((searches += 1))}`;
  return (project, path) => project.facts.probe(`${name}:${path}`, () => leads(project, path, search));
}

/** Makes the question whether a file, whose text may not be the one on disk, or a module that it imports has to do with a concern. */
export function createImportTest(concern: Concern): (project: Project, text: string, path: string) => boolean {
  const search = createModuleTest(concern);
  return (project, text, path) =>
    concern.text.test(text) || targetsIn(project, text, path).some((target) => search(project, target));
}

const searchesByConcern = new WeakMap<Concern, (project: Project, path: string) => boolean>();

/** What may export names that are not in its text: another module's, or one that is written with escapes. */
const MAY_HAND_ON = /\bexport\s*\*|\brequire\s*\(|\bexport\b[^;=(]*\\u/u;

/** Whether a module may export a name, by its text; an absent or unreadable one may. */
export const mayExportName = (text: string | undefined, name: string): boolean =>
  text === undefined || text.includes(name) || MAY_HAND_ON.test(text);

/** See `ModuleLoader.concerning`. */
export function loaderConcerning(project: Project, concern: Concern): ModuleLoader {
  let search = searchesByConcern.get(concern);
  if (!search) searchesByConcern.set(concern, (search = createModuleTest(concern)));
  const isConcerned = search;
  const skips = (specifier: string, fromPath: string): boolean => {
    const path = project.resolve(specifier, fromPath);
    return path !== undefined && !isConcerned(project, path);
  };
  return {
    skips,
    ...(project.mayExport && { mayExport: project.mayExport }),
    load: (specifier, fromPath) => (skips(specifier, fromPath) ? undefined : project.load(specifier, fromPath)),
  };
}
