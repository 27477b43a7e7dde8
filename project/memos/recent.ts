/** Values by keys, of which those are forgotten that have not been asked for lately. */

export interface Recent<Key, Value> {
  readonly get: (key: Key) => Value | undefined;
  readonly has: (key: Key) => boolean;
  readonly set: (key: Key, value: Value) => void;
}

/**
 * Remembers as many values as are said, and at most as many again: where there are more, the older half goes. Two maps, and no list of who
 * was asked for when, which would have to be kept in order with each question.
 */
export function createRecent<Key, Value>(least: number): Recent<Key, Value> {
  let recent = new Map<Key, Value>();
  let older = new Map<Key, Value>();
  const set = (key: Key, value: Value): void => {
    if (recent.size >= least) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, value);
  };
  return {
    get(key) {
      const known = recent.get(key);
      if (known !== undefined || !older.has(key)) return known;
      const value = older.get(key);
      set(key, value as Value);
      return value;
    },
    has: (key) => recent.has(key) || older.has(key),
    set,
  };
}
