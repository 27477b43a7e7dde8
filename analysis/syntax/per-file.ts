import type { SourceFile } from './source-file.ts';

/** What is found in a file with the help of a loader, once for both. */
export function perFile<Loader extends object, Value>(
  find: (file: SourceFile, loader: Loader) => Value,
): (file: SourceFile, loader: Loader) => Value {
  const found = new WeakMap<SourceFile, WeakMap<Loader, { readonly value: Value }>>();
  return (file, loader) => {
    const byLoader = found.get(file) ?? new WeakMap<Loader, { readonly value: Value }>();
    found.set(file, byLoader);
    let known = byLoader.get(loader);
    if (!known) byLoader.set(loader, (known = { value: find(file, loader) }));
    return known.value;
  };
}
