/**
 * The index of imports: which modules a file names and whether it hands them on, by its text alone, and what that leads to. A module that can lead to
 * nothing of interest is not worth parsing. All of it may say yes for nothing, but must never say no for a module that does.
 */
import type { Concern, ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import type { Project } from '../project-model.ts';

/** How far before `from` its `export` is: a longer list of names is cut, and then the module counts. */
const MAX_CLAUSE = 2_000;
/** A longer name of a module is none. */
const MAX_NAME = 300;

/** The modules that a text imports or exports from: all, those whose values it names, or those that it hands on. */
export function modulesNamedIn(text: string, which: 'all' | 'exports' | 'values' = 'all'): string[] {
  const named: string[] = [];
  forEachWord(text, 'from', (start, end) => {
    const module = moduleAfter(text, end);
    if (module !== undefined && (which === 'all' || isClauseOf(text, start, which))) named.push(module);
  });
  for (const word of which === 'exports' ? [] : ['import', 'require']) {
    forEachWord(text, word, (_, end) => {
      const open = skipSpace(text, end);
      const module = text[open] === '(' ? moduleAfter(text, open + 1) : undefined;
      if (module !== undefined) named.push(module);
    });
  }
  return named;
}

/** Calls back with the place of each word that begins as one. By `indexOf`: a pattern that is tried at every character takes many times as long. */
function forEachWord(text: string, word: string, found: (start: number, end: number) => void): void {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
    if (!isWordCode(text.charCodeAt(at - 1))) found(at, at + word.length);
}

/** The quoted name of a module at a place, behind space. */
function moduleAfter(text: string, from: number): string | undefined {
  const open = skipSpace(text, from);
  if (!isQuote(text.charCodeAt(open))) return undefined;
  const start = open + 1;
  let end = start;
  for (let code = text.charCodeAt(end); !isQuote(code) && code !== LINE_FEED; code = text.charCodeAt(end)) {
    end += 1;
    if (end - start > MAX_NAME || end >= text.length) return undefined;
  }
  return end === start || text.charCodeAt(end) === LINE_FEED ? undefined : text.slice(start, end);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text.charAt(at))) at += 1;
  return at;
}

const LINE_FEED = 10;
const isQuote = (code: number): boolean => code === 34 || code === 39;
const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

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

/** More modules than these are not looked at: they are believed to lead there. */
const MAX_MODULES = 3_000;
const MAX_KEPT = 10_000;

/** What a module's text says, as long as it stays the same. */
interface Module {
  /** Tells the texts of one path apart. */
  readonly id: number;
  readonly text: string;
  readonly handsOn: () => boolean;
  readonly has: (search: Concern) => boolean;
  readonly mayExport: (name: string) => boolean;
  /** The modules whose values it names. */
  readonly named: () => readonly string[];
}

let ids = 0;

function createModule(text: string): Module {
  let handsOn: boolean | undefined;
  let named: readonly string[] | undefined;
  let mayExportAny: boolean | undefined;
  const exported = new Map<string, boolean>();
  const has = new Map<Concern['text'], boolean>();
  return {
    id: (ids += 1),
    text,
    handsOn: () => (handsOn ??= HANDS_ON.test(text)),
    has({ text: wanted }) {
      let answer = has.get(wanted);
      if (answer === undefined) has.set(wanted, (answer = wanted.test(text)));
      return answer;
    },
    mayExport(name) {
      let answer = exported.get(name);
      if (answer === undefined) {
        answer = text.includes(name) || (mayExportAny ??= MAY_HAND_ON.test(text));
        exported.set(name, answer);
      }
      return answer;
    },
    named: () => (named ??= modulesNamedIn(text, 'values')),
  };
}

/** What is known of the modules of a project. Files are looked at again in each look (see project/memos/stamps.ts). */
interface Index {
  look: number;
  readonly modules: Map<string, Module>;
  /** The rest is of the present look: the modules on disk, what they import, and, by search, whether they lead to its text. */
  readonly fresh: Map<string, Module>;
  readonly targets: Map<Module, readonly string[]>;
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

function moduleAt(project: Project, path: string, index: Index): Module {
  let module = index.fresh.get(path);
  if (!module) index.fresh.set(path, (module = moduleWith(project.facts.text(path) ?? '', path, index)));
  return module;
}

/** A module with a text, which may not be the one on disk: every rule asks for that of the file that is linted. */
function moduleWith(text: string, path: string, { modules }: Index): Module {
  let module = modules.get(path);
  if (module?.text !== text) {
    // An editor runs for days, in which files come and go.
    if (modules.size >= MAX_KEPT) modules.clear();
    modules.set(path, (module = createModule(text)));
  }
  return module;
}

/** The files of the project (absolute) whose values a module imports, or exports from. */
function targetsOf(project: Project, path: string, module: Module, { targets }: Index): readonly string[] {
  let found = targets.get(module);
  if (!found) {
    found = [...new Set(module.named().flatMap((name) => project.resolve(name, path) ?? []))];
    targets.set(module, found);
  }
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
    for (const target of next < 0 ? [] : targetsOf(project, path, module, index)) {
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
  const name = `import leads ${String((searches += 1))}`;
  return (project, text, path) => {
    const module = moduleWith(text, path, indexOf(project));
    if (module.has(concern)) return true;
    return project.facts.probe(`${name}:${String(module.id)}`, () =>
      targetsOf(project, path, module, indexOf(project)).some((target) => leads(project, target, concern)),
    );
  };
}

const searchesByConcern = new WeakMap<Concern, (project: Project, path: string) => boolean>();

/** What may export names that are not in its text: another module's, or one that is written with escapes. */
const MAY_HAND_ON = /\bexport\s*\*|\brequire\s*\(|\bexport\b[^;=(]*\\u/u;

/** Whether the module at a path (absolute) may export a name, by its text; an absent or unreadable one may. */
export function mayExport(project: Project, path: string, name: string): boolean {
  const text = project.facts.text(path);
  return text === undefined || moduleWith(text, path, indexOf(project)).mayExport(name);
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
    // What `project.load` does, with one question where a name leads: this is asked for each use of what is imported.
    load(specifier, fromPath) {
      const path = project.resolve(specifier, fromPath);
      return path !== undefined && isConcerned(project, path) ? project.sourceFile(path) : undefined;
    },
  };
}
