/**
 * Memos of a run, which looks at the disk once: what is known stays right, so that nothing has to be kept of what it was made from. A run over
 * a hundred thousand files asks for a million of them.
 */
import { MAX_WEIGHT, type Memos } from './memos.ts';
import { createRecent } from './recent.ts';

/** So many of the values that were asked for last are remembered, and at most as many again. */
const MAX_VALUES = 32_000;

/** A computation under way. */
interface Frame {
  readonly key: string;
  /** Whether it saw the provisional answer of a computation further out. */
  isProvisional: boolean;
}

/** Memos whose first look lasts forever. */
export function createRunMemos(maxWeight = MAX_WEIGHT): Memos {
  const frames: Frame[] = [];
  const heavy = createHeavy(maxWeight);
  const values = createRecent<string, unknown>(MAX_VALUES);

  /** Computes a value; what was made of a provisional answer is not given to `keep`. */
  const make = <Value>(
    key: string,
    compute: () => Value,
    whenCircular: (() => Value) | undefined,
    keep: (key: string, value: Value) => void,
  ): Value => {
    const running = frames.findIndex((frame) => frame.key === key);
    if (running !== -1) {
      if (!whenCircular) throw new Error(`A computation asks for its own result: ${key}`);
      for (const frame of frames.slice(running + 1)) frame.isProvisional = true;
      return whenCircular();
    }
    const frame: Frame = { key, isProvisional: false };
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

  const ask = <Value>(key: string, compute: () => Value, whenCircular?: () => Value): Value => {
    const known = values.get(key);
    return known !== undefined || values.has(key) ? (known as Value) : make(key, compute, whenCircular, values.set);
  };

  return {
    memo: (key, compute, whenCircular, weigh) => {
      if (!weigh) return ask(key, compute, whenCircular);
      const known = heavy.get(key);
      if (known) return known.value as ReturnType<typeof compute>;
      return make(key, compute, whenCircular, (_, value) => {
        heavy.set(key, value, weigh(value));
      });
    },
    probe: (key, compute) => ask(key, compute),
    watch: (_, compute) => compute(),
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
