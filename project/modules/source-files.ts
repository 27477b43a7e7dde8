/** The source files of an app, as their paths tell. */
import type { Facts } from '../memos/stamps.ts';

/** Names of scripts. */
export const SOURCES = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
const MANIFEST = ['package.json'];
const SKIPPED = /^(?:\..*|node_modules|dist|build|out|coverage|public|_generated)$/u;

/**
 * The source files below a folder, the nearest first: absolute, tests included, without build output and what is generated. Folders are
 * listed as the paths are asked for; `isOwn` says which of them (absolute) to enter, all by default.
 */
export function* sourceFilesBelow(
  folder: string,
  facts: Facts,
  isOwn: (folder: string) => boolean = () => true,
): Generator<string> {
  const queue = [folder];
  for (const next of queue) {
    for (const { kind, name, path } of facts.entries(next) ?? []) {
      if (kind !== 'directory') {
        if (SOURCES.test(name)) yield path;
      } else if (!SKIPPED.test(name) && isOwn(path)) queue.push(path);
    }
  }
}

/**
 * The same without tests, and no more than `limit` of them: an app has fewer, and a folder that has more is not read to its end. `own`: those
 * of the folder's own package; other packages of a monorepo speak for themselves.
 */
export function* runningFilesBelow(
  folder: string,
  facts: Facts,
  limit: number,
  packages: 'all' | 'own' = 'all',
): Generator<string> {
  let left = limit;
  const isOwn = (path: string): boolean => packages === 'all' || facts.namesIn(path, MANIFEST).length === 0;
  for (const path of sourceFilesBelow(folder, facts, isOwn)) {
    if (isTestFile(path)) continue;
    if (left === 0) return;
    left -= 1;
    yield path;
  }
}

/** Tests, stories and the configuration of test runners: not run against users. */
export function isTestFile(path: string): boolean {
  return (
    /[./-](?:test|spec|stories|story|cy|e2e)\.[^/\\]+$/u.test(path) ||
    /[/\\](?:vitest|jest|playwright|cypress)[.-][^/\\]*$/u.test(path) ||
    /[/\\](?:__tests__|__mocks__|__fixtures__|\.storybook)[/\\]/u.test(path)
  );
}
