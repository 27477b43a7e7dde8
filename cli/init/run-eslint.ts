/**
 * Runs the project's own ESLint, so that a config that no longer works is found at once. It runs the project's config, which is code of the
 * user: only when someone has said yes to that.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readJsonObject } from '../../project/json.ts';
import { recordOf } from '../../project/settings.ts';
import { createFacts } from '../../project/memos/stamps.ts';

export type ESLintRun =
  | { readonly works: true; readonly parseErrors: number }
  /** The first line of what it says. */
  | { readonly works: false; readonly reason: string };

const MAX_MS = 120_000;

/** Lints some files (absolute), to see whether the config loads and every rule runs. */
export function runESLint(root: string, files: readonly string[]): ESLintRun {
  const bin = binOf(root);
  if (bin === undefined) return { works: false, reason: 'ESLint is not installed here' };
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { error, status, stderr, stdout } = spawnSync(
    process.execPath,
    [bin, '--format', 'json', '--no-error-on-unmatched-pattern', '--', ...files],
    { cwd: root, encoding: 'utf8', timeout: MAX_MS, maxBuffer: 1 << 28 },
  );
  if (error) return { works: false, reason: error.message };
  if (status !== 0 && status !== 1) return { works: false, reason: firstLine(stderr) };
  return { works: true, parseErrors: parseErrorsIn(stdout) };
}

function binOf(root: string): string | undefined {
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve('eslint/package.json');
    const { bin } = readJsonObject(createFacts(), manifest);
    const path = typeof bin === 'string' ? bin : recordOf(bin)['eslint'];
    return typeof path === 'string' ? join(dirname(manifest), path) : undefined;
  } catch {
    return undefined;
  }
}

// "Oops! Something went wrong! :(" says nothing.
const firstLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !/^(?:Oops!|ESLint: )/u.test(line)) ?? 'it failed without a word';

function parseErrorsIn(output: string): number {
  try {
    const results = JSON.parse(output) as readonly { readonly fatalErrorCount?: number }[];
    return results.reduce((sum, { fatalErrorCount = 0 }) => sum + fatalErrorCount, 0);
  } catch {
    return 0;
  }
}
