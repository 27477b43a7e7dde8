/**
 * Facts from disk, each with a stamp. Nothing is read before it is asked for; a stamp is looked at again when a question
 * comes a second or more after the last look; what was made from facts is made again only when one of their stamps has changed.
 *
 * Time is cut into looks: the first question after `interval` opens a new one, and in it every path is statted at most once. Two
 * questions in the same look cost a Map lookup each. (Were each path to count its own second, a value made of values
 * made of files could lag by a second for every layer.) Questions that follow one another without a pause are those of a run over many files, in
 * which no one edits: there a look lasts much longer.
 */
import { readFileSync, readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { sep } from 'node:path';

export type PathKind = 'directory' | 'file';

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly kind: PathKind;
  /** Whether it is a link to such a file or folder. */
  readonly isLink?: true;
}

export type FileStats = Pick<Stats, 'ctimeMs' | 'isDirectory' | 'isFile' | 'mtimeMs' | 'size'>;
export type FolderEntry = Pick<Dirent, 'isDirectory' | 'isFile' | 'name'>;

/** The calls that reach the disk; tests count them. */
export interface FileSystem {
  stat(path: string): FileStats | undefined;
  read(path: string): Buffer;
  list(path: string): readonly FolderEntry[];
  /** What is in a folder that has been listed already, for whatever reason: what is missing need not be asked for. */
  listed?(path: string): readonly { readonly name: string }[] | undefined;
  realPath(path: string): string;
}

export interface Facts {
  /** What stands at a path (through symlinks); undefined for nothing, sockets, loops and what may not be looked at. */
  readonly kind: (path: string) => PathKind | undefined;
  /** A short text that changes with what stands at a path; `absent` for nothing. */
  readonly stamp: (path: string) => string;
  /** A file's text with its byte order mark; undefined when absent, over 2 MB, binary or not UTF-8. */
  readonly text: (path: string) => string | undefined;
  /** Which of some names a folder holds, in their order: told from its listing, which one stamp holds for all of them. */
  readonly namesIn: (folder: string, among: readonly string[]) => readonly string[];
  /** The files and folders of a folder, by name; undefined when it cannot be listed, empty beyond 10,000 entries. */
  readonly entries: (path: string) => readonly Entry[] | undefined;
  /** The path without symlinks. */
  readonly realPath: (path: string) => string | undefined;
  /**
   * A value made from facts, made again when a fact that it asked for (or a memo that it asked for) has changed. `key` names value
   * and arguments. A computation that comes to ask for its own memo gets `whenCircular()` there, and what was made of that answer
   * in between is not remembered; without `whenCircular` it is an error. Of values that have a weight (about their bytes), the ones that
   * no one has asked for the longest are made again when they are asked for, where all of them weigh too much.
   */
  readonly memo: <Value>(
    key: string,
    compute: () => Value,
    whenCircular?: () => Value,
    weigh?: (value: Value) => number,
  ) => Value;
  /**
   * A value from a source that has no stamps: computed again in each look (that is, at most once a second); memos that used it are made again when
   * it is no longer the same (`===`).
   */
  readonly probe: <Value>(key: string, compute: () => Value) => Value;
  /** The number of the present look: for callers that own a cache which has to be dropped now and then. */
  readonly look: () => number;
}

export interface FactsOptions {
  /** Milliseconds. */
  readonly clock?: () => number;
  readonly interval?: number;
  readonly fileSystem?: FileSystem;
  /** Of all values that have a weight. */
  readonly maxWeight?: number;
}

/** No one writes a larger file by hand, and parsing it takes seconds. */
export const MAX_FILE_SIZE = 2 * 1024 * 1024;
const MAX_ENTRIES = 10_000;
/** Milliseconds without a question: between two lints in an editor there are more, between two files of a run less. */
const PAUSE = 250;
/** How many intervals a look lasts at most where there is no pause in it. */
const MAX_INTERVALS = 30;
/** Beyond this many remembered values those are forgotten that no one has asked for lately: an editor runs for days. */
const MAX_NODES = 50_000;
/** In bytes. Of syntax trees this is some two megabytes of text. */
const MAX_WEIGHT = 96 * 1024 * 1024;

/** The disk itself. */
export const disk: FileSystem = {
  stat: (path) => statSync(path, { throwIfNoEntry: false }),
  read: (path) => readFileSync(path),
  list: (path) => readdirSync(path, { withFileTypes: true }),
  realPath: (path) => realpathSync.native(path),
};

/** A remembered value: a probe when it has no dependencies to be judged by, a memo otherwise. */
interface Fact {
  readonly compute: () => unknown;
  readonly isProbe: boolean;
  value: unknown;
  /** Counts the changes of `value`. */
  version: number;
  /** The look in which the value was last known to be right. */
  look: number;
  /** Whether its dependencies are being checked right now. */
  isChecked: boolean;
  /** The generation in which someone asked for it last. A new one begins when values are forgotten. */
  used: number;
  /** Whether the value has been given up to save memory; it is still known whether it would be the same. */
  isDropped: boolean;
  dependencies: ReadonlyMap<Fact, number>;
}

const NONE: Fact['dependencies'] = new Map();

/** A computation under way. */
interface Frame {
  readonly fact: Fact;
  /** Made with the first one: most facts have none. */
  dependencies: Map<Fact, number> | undefined;
  /** Whether it saw the provisional answer of a computation further out. */
  isProvisional: boolean;
}

/** A cache of facts. A process needs one (`sharedFacts`); tests make their own. */
export function createFacts(options: FactsOptions = {}): Facts {
  const { clock = Date.now, fileSystem = disk, interval = 1000, maxWeight = MAX_WEIGHT } = options;
  const facts = new Map<string, Fact>();
  const scales = createScales(maxWeight);
  let room = MAX_NODES;
  let generation = 1;
  let lookNumber = 1;
  let lookStart = -Infinity;
  let lastQuestion = -Infinity;
  let hasPause = false;
  const frames: Frame[] = [];

  // A look never ends in the middle of a computation, so that one result is made of facts of one moment; and never where it lasts forever.
  const look = (): number => {
    if (frames.length > 0 || (interval === Infinity && lookNumber > 1)) return lookNumber;
    const now = clock();
    // A clock that was put back must not keep a look open until it has caught up.
    const age = Math.abs(now - lookStart);
    hasPause ||= Math.abs(now - lastQuestion) >= PAUSE;
    lastQuestion = now;
    if (age >= interval && (hasPause || age >= interval * MAX_INTERVALS)) {
      hasPause = false;
      lookStart = now;
      lookNumber += 1;
    }
    return lookNumber;
  };

  const compute = (fact: Fact, now: number): void => {
    const frame: Frame = { fact, dependencies: undefined, isProvisional: false };
    frames.push(frame);
    try {
      const value = fact.compute();
      if (fact.version === 0 || value !== fact.value) fact.version += 1;
      fact.value = value;
      fact.isDropped = false;
      fact.dependencies = frame.dependencies ?? NONE;
      fact.look = frame.isProvisional ? 0 : now;
    } finally {
      frames.pop();
      fact.used = generation;
      // What took long to find out was no pause.
      if (frames.length === 0) lastQuestion = clock();
    }
  };

  const refresh = (fact: Fact, now: number): void => {
    if (fact.look === now) return;
    const isKept = fact.look > 0 && !fact.isProbe && !fact.isChecked && isUnchanged(fact, now);
    if (isKept) fact.look = now;
    else compute(fact, now);
  };

  // Circular facts come back here while they are checked or computed; they count as changed, and are computed again.
  const isUnchanged = (fact: Fact, now: number): boolean => {
    fact.isChecked = true;
    try {
      for (const [dependency, version] of fact.dependencies) {
        // Most have been looked at for another fact already.
        if (dependency.look !== now) {
          if (frames.some((frame) => frame.fact === dependency)) return false;
          refresh(dependency, now);
        }
        if (dependency.version !== version) return false;
      }
      return true;
    } finally {
      fact.isChecked = false;
    }
  };

  // Facts that others were made from stay reachable through them; they are only no longer found by their key. A value of many facts, the routes of a large app, is made of more than are remembered: what is being made now is in use.
  const forget = (): void => {
    for (const frame of frames) frame.fact.used = generation;
    for (const [key, { used }] of facts) if (used < generation) facts.delete(key);
    generation += 1;
    room = facts.size + MAX_NODES / 2;
  };

  const ask = <Value>(
    key: string,
    isProbe: boolean,
    make: () => Value,
    whenCircular?: () => Value,
    weigh?: (value: Value) => number,
  ): Value => {
    const now = look();
    let fact = facts.get(key);
    if (!fact) {
      if (facts.size >= room) forget();
      fact = {
        used: generation,
        compute: make,
        isProbe,
        value: undefined,
        version: 0,
        look: 0,
        isChecked: false,
        isDropped: false,
        dependencies: NONE,
      };
      facts.set(key, fact);
    }
    fact.used = generation;
    if (fact.look !== now) {
      const running = frames.findIndex((frame) => frame.fact === fact);
      if (running !== -1) {
        if (!whenCircular) throw new Error(`A computation asks for its own result: ${key}`);
        for (const frame of frames.slice(running + 1)) frame.isProvisional = true;
        return whenCircular();
      }
      refresh(fact, now);
    }
    if (fact.isDropped) compute(fact, now);
    const asking = frames.at(-1);
    if (asking) (asking.dependencies ??= new Map<Fact, number>()).set(fact, fact.version);
    const value = fact.value as Value;
    if (weigh) scales.add(fact, () => weigh(value));
    return value;
  };

  const stamp = (path: string): string =>
    ask(`stamp:${path}`, true, () => {
      const stats = attempt(() => fileSystem.stat(path));
      const kind = stats?.isFile() ? 'file' : stats?.isDirectory() ? 'directory' : undefined;
      return stats && kind
        ? `${kind}:${String(stats.size)}:${String(stats.mtimeMs)}:${String(stats.ctimeMs)}`
        : 'absent';
    });

  const kind = (path: string): PathKind | undefined => {
    const found = stamp(path);
    return found.startsWith('file') ? 'file' : found.startsWith('directory') ? 'directory' : undefined;
  };

  const entries = (path: string): readonly Entry[] | undefined =>
    ask(`entries:${path}`, false, () => {
      if (!stamp(path).startsWith('directory')) return undefined;
      const listed = attempt(() => fileSystem.list(path));
      if (!listed) return undefined;
      if (listed.length > MAX_ENTRIES) return [];
      const prefix = path.endsWith(sep) ? path : path + sep;
      return listed
        .flatMap((entry): Entry[] => {
          const full = prefix + entry.name;
          const own = entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : undefined;
          if (own) return [{ name: entry.name, path: full, kind: own }];
          const linked = kind(full);
          return linked ? [{ name: entry.name, path: full, kind: linked, isLink: true }] : [];
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    });

  return {
    kind,
    look,
    stamp,
    memo: (key, make, whenCircular, weigh) => ask(key, false, make, whenCircular, weigh),
    probe: (key, make) => ask(key, true, make),
    realPath: (path) => ask(`real:${path}`, true, () => attempt(() => fileSystem.realPath(path))),
    text: (path) =>
      ask(`text:${path}`, false, () => {
        const found = /^file:(?<size>\d+)/u.exec(stamp(path));
        if (!found || Number(found.groups?.['size']) > MAX_FILE_SIZE) return undefined;
        return attempt(() => decode(fileSystem.read(path)));
      }),
    namesIn: (folder, among) => {
      const names = fileSystem.listed?.(folder) ?? entries(folder) ?? [];
      if (names.length === 0 && kind(folder) !== 'directory') return [];
      // A folder with more entries than are listed seems empty.
      return among.filter(
        names.length === 0
          ? (wanted) => kind(`${folder}${sep}${wanted}`) !== undefined
          : (wanted) => names.some(({ name }) => name === wanted),
      );
    },
    entries,
  };
}

interface Scales {
  /** Notes that a value has been asked for; of a new one, what it weighs. */
  readonly add: (fact: Fact, weigh: () => number) => void;
}

function createScales(maxWeight: number): Scales {
  // The one that was asked for the longest ago comes first.
  const weights = new Map<Fact, { readonly version: number; readonly weight: number }>();
  let total = 0;
  const remove = (fact: Fact) => {
    total -= weights.get(fact)?.weight ?? 0;
    weights.delete(fact);
  };
  return {
    add(fact, weigh) {
      const known = weights.get(fact);
      const entry = known?.version === fact.version ? known : { version: fact.version, weight: weigh() };
      remove(fact);
      weights.set(fact, entry);
      total += entry.weight;
      for (const oldest of weights.keys()) {
        if (total <= maxWeight || oldest === fact) return;
        remove(oldest);
        oldest.value = undefined;
        oldest.isDropped = true;
      }
    },
  };
}

let shared: Facts | undefined;

/** The facts that all projects of this process share. */
export function sharedFacts(): Facts {
  return (shared ??= createFacts());
}

function decode(bytes: Buffer): string | undefined {
  if (bytes.length > MAX_FILE_SIZE || bytes.includes(0)) return undefined;
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** What a call gives, or undefined when it throws: absent, forbidden, a loop, not UTF-8. */
export function attempt<Value>(call: () => Value): Value | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
