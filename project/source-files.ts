/** The source files of an app, as their paths tell. */
import type { Facts } from './stamps.ts';

const SOURCES = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
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

/** Tests, stories and the configuration of test runners: not run against users. */
export function isTestFile(path: string): boolean {
  return (
    /[./-](?:test|spec|stories|story|cy|e2e)\.[^/\\]+$/u.test(path) ||
    /[/\\](?:vitest|jest|playwright|cypress)[.-][^/\\]*$/u.test(path) ||
    /[/\\](?:__tests__|__mocks__|__fixtures__|\.storybook)[/\\]/u.test(path)
  );
}
