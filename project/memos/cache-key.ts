/** A key for ESLint's `--cache`, which knows the linted file and the config, but none of the files that a verdict depends on. */
import { join, resolve } from 'node:path';
import { NEXT_CONFIG_NAMES } from '../next-config.ts';
import { isSkippedFolder } from '../modules/packages.ts';
import { sharedFacts, type Facts } from './stamps.ts';

const MAX_FOLDERS = 5000;
const MAX_FILES = 20_000;
const NAMES = new Set([
  'package.json',
  'authkit.json',
  'convex.json',
  'vercel.json',
  'pnpm-workspace.yaml',
  'jsconfig.json',
  ...NEXT_CONFIG_NAMES,
]);
const SOURCE = /\.[cm]?[jt]sx?$/u;

/**
 * A short hash of what verdicts depend on, in addition to the linted file, for `settings` of an ESLint config:
 * `settings: { authkit: { cacheKey: factsCacheKey(import.meta.dirname) } }`. It changes when a source file (a route, a wrapper,
 * a constant), an env file, `convex.json`, package.json or tsconfig below `rootDir` (absolute) is added, removed or changed.
 *
 * Of source files only size and time of change count, so that a run reads nothing; the order of 10 ms for a thousand files. Beyond 5,000
 * folders or 20,000 files the rest is left out.
 */
export function factsCacheKey(rootDir: string, facts: Facts = sharedFacts()): string {
  // Loading it takes longer than loading the plugin, and few ask for a key.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  const folders = [resolve(rootDir)];
  const visited = new Set<string>();
  let files = 0;
  for (const folder of folders) {
    const real = facts.realPath(folder);
    if (real === undefined || visited.has(real)) continue;
    visited.add(real);
    for (const { kind, name, path } of facts.entries(folder) ?? []) {
      if (kind === 'directory') {
        if (!isSkippedFolder(name) && folders.length < MAX_FOLDERS) folders.push(path);
      } else if (files < MAX_FILES && concerns(name)) {
        files += 1;
        hash.update(`${path}\0${facts.stamp(path)}\n`);
      }
    }
  }
  hash.update(facts.stamp(join(resolve(rootDir), '.vercel', 'project.json')));
  return hash.digest('hex').slice(0, 16);
}

function concerns(name: string): boolean {
  return NAMES.has(name) || SOURCE.test(name) || name.startsWith('.env') || /^tsconfig.*\.json$/u.test(name);
}
