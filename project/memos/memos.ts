/**
 * Values that are remembered for as long as what they were made from stays the same. A memo knows which others it asked for; a probe, which has
 * nothing to be judged by (a stat of the disk), is asked again when a question comes a second or more after the last look.
 *
 * Time is cut into looks: the first question after `interval` opens a new one, and in it every probe is asked at most once. Two
 * questions in the same look cost a Map lookup each. (Were each path to count its own second, a value made of values
 * made of files could lag by a second for every layer.) Questions that follow one another without a pause are those of a run over many files, in
 * which no one edits: there a look lasts much longer.
 */
import { performance } from 'node:perf_hooks';

export interface Memos {
  /**
   * A value made from others, made again when one that it asked for has changed. `table` says what it is (a constant: a text that is made for each
   * question takes longer to find than the value), and `key` of what. A computation that comes to ask for its own memo gets `whenCircular()` there, and what was made of that answer
   * in between is not remembered; without `whenCircular` it is an error. Of values that have a weight (about their bytes), the ones that
   * no one has asked for the longest are made again when they are asked for, where all of them weigh too much.
   */
  readonly memo: <Value>(
    table: string,
    key: string,
    compute: () => Value,
    whenCircular?: () => Value,
    weigh?: (value: Value) => number,
  ) => Value;
  /**
   * A value from a source that has no stamps: computed again in each look (that is, at most once a second); memos that used it are made again when
   * it is no longer the same (`===`).
   */
  readonly probe: <Value>(table: string, key: string, compute: () => Value) => Value;
  /**
   * The same of what its own source finds as fast as it would be found here: it is kept only for a memo that is being computed, which has to be made
   * again when it is no longer the same.
   */
  readonly watch: <Value>(table: string, key: string, compute: () => Value) => Value;
  /** The number of the present look: for callers that own a cache which has to be dropped now and then. */
  readonly look: () => number;
  /** Whether the first look lasts forever. */
  readonly looksOnce: boolean;
}

export interface MemoOptions {
  /** Milliseconds. */
  readonly clock?: () => number;
  /** Milliseconds for which the process has had nothing to do. Default: the event loop's, or all that a given clock shows. */
  readonly idleTime?: () => number;
  /** Infinity: the disk is looked at once. */
  readonly interval?: number;
  /** Of all values that have a weight. */
  readonly maxWeight?: number;
}

/**
 * Milliseconds without a question in which the process has nothing to do: between two lints in an editor there are more. A run that takes as long over a
 * large file, or for rules that ask for types, is busy: to look at every file again would only cost it time.
 */
const PAUSE = 250;
/** All time counts where no one measures it: before the event loop has begun, and in Bun and Deno. The global of this name may be another one, of jsdom or of fake timers. */
const idleTimeOfProcess = (): number => {
  const { active, idle } = performance.eventLoopUtilization();
  return active > 0 ? idle : Date.now();
};
/** How many intervals a look lasts at most where there is no pause in it. */
const MAX_INTERVALS = 30;
/** Beyond this many remembered values those are forgotten that no one has asked for lately: an editor runs for days. */
const MAX_NODES = 50_000;
/** In bytes. Of syntax trees this is some two megabytes of text. */
export const MAX_WEIGHT = 96 * 1024 * 1024;

/** A remembered value: a probe when it has no dependencies to be judged by, a memo otherwise. */
interface Cell {
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
  /** What it asked for, and which version of each. Lists, for there are many cells, and a map takes twice the space. */
  dependencies: readonly Cell[];
  versions: readonly number[];
}

const NONE: readonly never[] = [];

/** A computation under way. */
interface Frame {
  readonly cell: Cell;
  /** Made with the first one: most cells have none. */
  dependencies: Map<Cell, number> | undefined;
  /** Whether it saw the provisional answer of a computation further out. */
  isProvisional: boolean;
}

/** Memos that know of one another. */
export function createMemos({
  clock = Date.now,
  idleTime = clock === Date.now ? idleTimeOfProcess : clock,
  interval = 1000,
  maxWeight = MAX_WEIGHT,
}: MemoOptions): Memos {
  const tables = new Map<string, Map<string, Cell>>();
  let size = 0;
  const scales = createScales(maxWeight);
  let room = MAX_NODES;
  let generation = 1;
  let lookNumber = 1;
  let lookStart = -Infinity;
  let lastQuestion = -Infinity;
  /** The idle time at the start of the look. */
  let lastIdle = -Infinity;
  let hasPause = false;
  const frames: Frame[] = [];

  // A look never ends in the middle of a computation, so that one result is made of cells of one moment.
  const look = (): number => {
    if (frames.length > 0) return lookNumber;
    const now = clock();
    // A clock that was put back must not keep a look open until it has caught up.
    const age = Math.abs(now - lookStart);
    hasPause ||= Math.abs(now - lastQuestion) >= PAUSE && Math.abs(idleTime() - lastIdle) >= PAUSE;
    lastQuestion = now;
    if (age >= interval && (hasPause || age >= interval * MAX_INTERVALS)) {
      hasPause = false;
      lookStart = now;
      lastIdle = idleTime();
      lookNumber += 1;
    }
    return lookNumber;
  };

  const compute = (cell: Cell, now: number): void => {
    const frame: Frame = { cell, dependencies: undefined, isProvisional: false };
    frames.push(frame);
    try {
      const value = cell.compute();
      if (cell.version === 0 || value !== cell.value) cell.version += 1;
      cell.value = value;
      cell.isDropped = false;
      cell.dependencies = frame.dependencies ? [...frame.dependencies.keys()] : NONE;
      cell.versions = frame.dependencies ? [...frame.dependencies.values()] : NONE;
      cell.look = frame.isProvisional ? 0 : now;
    } finally {
      frames.pop();
      cell.used = generation;
      // What took long to find out was no pause.
      if (frames.length === 0) lastQuestion = clock();
    }
  };

  const refresh = (cell: Cell, now: number): void => {
    if (cell.look === now) return;
    const isKept = cell.look > 0 && !cell.isProbe && !cell.isChecked && isUnchanged(cell, now);
    if (isKept) cell.look = now;
    else compute(cell, now);
  };

  // Circular cells come back here while they are checked or computed; they count as changed, and are computed again.
  const isUnchanged = (cell: Cell, now: number): boolean => {
    cell.isChecked = true;
    try {
      for (const [index, dependency] of cell.dependencies.entries()) {
        // Most have been looked at for another cell already.
        if (dependency.look !== now) {
          if (frames.some((frame) => frame.cell === dependency)) return false;
          refresh(dependency, now);
        }
        if (dependency.version !== cell.versions[index]) return false;
      }
      return true;
    } finally {
      cell.isChecked = false;
    }
  };

  // Cells that others were made from stay reachable through them; they are only no longer found by their key. A value of many cells, the routes of a large app, is made of more than are remembered: what is being made now is in use.
  const forget = (): void => {
    for (const frame of frames) frame.cell.used = generation;
    size = 0;
    for (const cells of tables.values()) {
      for (const [key, { used }] of cells) if (used < generation) cells.delete(key);
      size += cells.size;
    }
    generation += 1;
    room = size + MAX_NODES / 2;
  };

  const ask = <Value>(
    table: string,
    key: string,
    isProbe: boolean,
    make: () => Value,
    whenCircular?: () => Value,
    weigh?: (value: Value) => number,
  ): Value => {
    const now = look();
    let cells = tables.get(table);
    if (!cells) tables.set(table, (cells = new Map<string, Cell>()));
    let cell = cells.get(key);
    if (!cell) {
      if (size >= room) forget();
      size += 1;
      cell = {
        used: generation,
        compute: make,
        isProbe,
        value: undefined,
        version: 0,
        look: 0,
        isChecked: false,
        isDropped: false,
        dependencies: NONE,
        versions: NONE,
      };
      cells.set(key, cell);
    }
    cell.used = generation;
    if (cell.look !== now) {
      const running = frames.findIndex((frame) => frame.cell === cell);
      if (running !== -1) {
        if (!whenCircular) throw new Error(`A computation asks for its own result: ${table} ${key}`);
        for (const frame of frames.slice(running + 1)) frame.isProvisional = true;
        return whenCircular();
      }
      refresh(cell, now);
    }
    if (cell.isDropped) compute(cell, now);
    const asking = frames.at(-1);
    if (asking) (asking.dependencies ??= new Map<Cell, number>()).set(cell, cell.version);
    const value = cell.value as Value;
    if (weigh) scales.add(cell, () => weigh(value));
    return value;
  };

  return {
    memo: (table, key, make, whenCircular, weigh) => ask(table, key, false, make, whenCircular, weigh),
    probe: (table, key, make) => ask(table, key, true, make),
    watch: (table, key, make) => (frames.length === 0 ? make() : ask(table, key, true, make)),
    look,
    looksOnce: false,
  };
}

interface Scales {
  /** Notes that a value has been asked for; of a new one, what it weighs. */
  readonly add: (cell: Cell, weigh: () => number) => void;
}

function createScales(maxWeight: number): Scales {
  // The one that was asked for the longest ago comes first.
  const weights = new Map<Cell, { readonly version: number; readonly weight: number }>();
  let total = 0;
  const remove = (cell: Cell) => {
    total -= weights.get(cell)?.weight ?? 0;
    weights.delete(cell);
  };
  return {
    add(cell, weigh) {
      const known = weights.get(cell);
      const entry = known?.version === cell.version ? known : { version: cell.version, weight: weigh() };
      remove(cell);
      weights.set(cell, entry);
      total += entry.weight;
      for (const oldest of weights.keys()) {
        if (total <= maxWeight || oldest === cell) return;
        remove(oldest);
        oldest.value = undefined;
        oldest.isDropped = true;
      }
    },
  };
}
