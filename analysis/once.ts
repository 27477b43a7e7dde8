/** Remembers what is found for each object, for as long as the object is there. */
export function onceFor<Key extends object, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const found = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let known = found.get(key);
    if (!known) found.set(key, (known = { value: find(key) }));
    return known.value;
  };
}

/** The same for two: a file, and the project that it is asked about with. */
export function onceForBoth<Key extends object, Other extends object, Value>(
  find: (key: Key, other: Other) => Value,
): (key: Key, other: Other) => Value {
  const byKey = onceFor((key: Key) => onceFor((other: Other) => find(key, other)));
  return (key, other) => byKey(key)(other);
}
