/** The declarations of the ES module (entries/index.js), from which dist/index.d.ts is rolled up. */
import type { AuthKitPlugin } from '../index.ts';

export { default, type AuthKitPlugin, type AuthKitSettings } from '../index.ts';

/**
 * A short hash of what verdicts depend on also the linted file, for `eslint --cache`:
 * `settings: { authkit: { cacheKey: factsCacheKey(import.meta.dirname) } }`.
 */
export declare const factsCacheKey: AuthKitPlugin['factsCacheKey'];
