/**
 * Loading late. Packages cost milliseconds to load, and most files that are linted need none of them: each is loaded when something is
 * asked of it for the first time.
 *
 * Only packages, and CommonJS files that stand for packages, are loaded so. Our own modules are imported as usual.
 */
import { createRequire } from 'node:module';

/** `require` of a package that this one depends on. */
export const requirePackage = createRequire(import.meta.url);

/** A function that makes a value when it is called for the first time: `const semver = lazy(() => requirePackage('semver') as …)`. */
export function lazy<Value>(load: () => Value): () => Value {
  let value: { readonly loaded: Value } | undefined;
  return () => (value ??= { loaded: load() }).loaded;
}
