/** Work that shares a machine: so much of it at a time, whatever waits meanwhile. */
export type Turns = <Value>(task: () => Promise<Value>) => Promise<Value>;

/** So many tasks at a time; the others wait, in the order in which they came. */
export function createTurns(size: number): Turns {
  const waiting: (() => void)[] = [];
  let left = size;
  return async (task) => {
    if (left > 0) left -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else left += 1;
    }
  };
}

/** All at once. */
export const atOnce: Turns = (task) => task();
