/**
 * Memos of a run, which looks at the disk once: what is known stays right, so that nothing has to be kept of what it was made from. A run over
 * a hundred thousand files asks for a million of them.
 */
import { MAX_WEIGHT, type Memos } from './memos.ts';
import { createRecent, type Recent } from './recent.ts';

/** So many of the values of a table that were asked for last are remembered, and at most as many again. */
const MAX_VALUES = 8_000;

/** A computation under way. */
interface Frame {
  readonly table: string;
  readonly key: string;
  /** Whether it saw the provisional answer of a computation further out. */
  isProvisional: boolean;
}

/** Memos whose first look lasts forever. */
export function createRunMemos(maxWeight = MAX_WEIGHT): Memos {
  const frames: Frame[] = [];
  const heavy = createHeavy(maxWeight);
  const tables = new Map<string, Recent<string, unknown>>();

  /** Computes a value; what was made of a provisional answer is not given to `keep`. */
  const make = <Value>(
    table: string,
    key: string,
    compute: () => Value,
    whenCircular: (() => Value) | undefined,
    keep: (key: string, value: Value) => void,
  ): Value => {
    const running = frames.findIndex((frame) => frame.key === key && frame.table === table);
    if (running !== -1) {
      if (!whenCircular) throw new Error(`A computation asks for its own result: ${table} ${key}`);
      for (const frame of frames.slice(running + 1)) frame.isProvisional = true;
      return whenCircular();
    }
    const frame: Frame = { table, key, isProvisional: false };
    frames.push(frame);
    let value: Value;
    try {
      value = compute();
    } finally {
      frames.pop();
    }
    if (!frame.isProvisional) keep(key, value);
    return value;
  };

  const ask = <Value>(table: string, key: string, compute: () => Value, whenCircular?: () => Value): Value => {
    let values = tables.get(table);
    if (!values) tables.set(table, (values = createRecent(MAX_VALUES)));
    const known = values.get(key);
    if (known !== undefined || values.has(key)) return known as Value;
    return make(table, key, compute, whenCircular, values.set);
  };

  return {
    memo: (table, key, compute, whenCircular, weigh) => {
      if (!weigh) return ask(table, key, compute, whenCircular);
      const whole = `${table}:${key}`;
      const known = heavy.get(whole);
      if (known) return known.value as ReturnType<typeof compute>;
      return make(table, key, compute, whenCircular, (_, value) => {
        heavy.set(whole, value, weigh(value));
      });
    },
    probe: (table, key, compute) => ask(table, key, compute),
    watch: (_table, _key, compute) => compute(),
    look: () => 1,
    looksOnce: true,
  };
}

interface Weighed {
  readonly value: unknown;
  readonly weight: number;
}

/** Values of which those are forgotten that no one has asked for the longest, where all of them weigh too much. */
function createHeavy(maxWeight: number) {
  // In the order in which they were asked for last.
  const values = new Map<string, Weighed>();
  let total = 0;
  const remove = (key: string) => {
    total -= values.get(key)?.weight ?? 0;
    values.delete(key);
  };
  return {
    get(key: string): Weighed | undefined {
      const known = values.get(key);
      if (known) {
        values.delete(key);
        values.set(key, known);
      }
      return known;
    },
    set(key: string, value: unknown, weight: number): void {
      remove(key);
      values.set(key, { value, weight });
      total += weight;
      for (const oldest of values.keys()) {
        if (total <= maxWeight || oldest === key) return;
        remove(oldest);
      }
    },
  };
}
