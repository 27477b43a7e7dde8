/** The gallery as two built apps: as it is written, and after `codemod all`. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ROOT, runCommand, runNode } from '../../helpers/commands.ts';
import { fileOf, LINKS, sourceOf } from './links.ts';
import { ENV } from './ports.ts';

export const FOLDER = join(ROOT, 'test/e2e/browser');
const MAIN = join(ROOT, 'dist/cli/main.cjs');

export type State = 'before' | 'after';
export const STATES: readonly State[] = ['before', 'after'];

/** The folder of a built app: below the one that has the packages. */
export const appFolder = (state: State): string => join(FOLDER, '.apps', state);

/** Rules that report a file, by its path from the root of the app. */
export type Reports = Readonly<Record<string, readonly string[]>>;

/** Writes the sources, lets check and codemod go over them, and builds what has changed since the last time. */
export function buildApps(): Readonly<Record<State, Reports>> {
  const sources = mkdtempSync(join(tmpdir(), 'authkit-gallery-'));
  try {
    cpSync(join(FOLDER, 'gallery'), sources, { recursive: true });
    for (const one of LINKS) {
      mkdirSync(dirname(join(sources, fileOf(one))), { recursive: true });
      writeFileSync(join(sources, fileOf(one)), sourceOf(one));
    }
    const before = reportsOf(sources);
    build('before', sources);
    const { all, status } = runNode(MAIN, ['codemod', 'all', '.', '--force'], sources);
    if (status === null || status > 1) throw new Error(`codemod all: ${all}`);
    const after = reportsOf(sources);
    build('after', sources);
    return { before, after };
  } finally {
    rmSync(sources, { recursive: true, force: true });
  }
}

interface Result {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null }[];
}

function reportsOf(folder: string): Reports {
  const { all, stdout } = runNode(MAIN, ['check', '.', '--format', 'json'], folder);
  if (!stdout.startsWith('[')) throw new Error(`check: ${all}`);
  const results = JSON.parse(stdout) as readonly Result[];
  return Object.fromEntries(
    results.map(({ filePath, messages }) => [
      relative(folder, filePath),
      [...new Set(messages.flatMap(({ ruleId }) => ruleId?.replace('authkit/', '') ?? []))].sort(),
    ]),
  );
}

function build(state: State, sources: string): void {
  const folder = appFolder(state);
  const stamp = stampOf(sources);
  const stampFile = join(folder, '.stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(folder, { recursive: true, force: true });
  cpSync(sources, folder, { recursive: true });
  const next = join(FOLDER, 'node_modules/next/dist/bin/next');
  const { error, status, stderr, stdout } = spawnSync(process.execPath, [next, 'build'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...ENV, NODE_ENV: 'production', NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`next build of the gallery (${state}): ${String(error)}\n${stdout}\n${stderr}`);
  writeFileSync(stampFile, stamp);
}

/** Of every source, the settings that are baked in, and the lockfile. */
function stampOf(folder: string): string {
  const { stdout } = runCommand('find', ['.', '-type', 'f'], folder);
  const hash = createHash('sha256').update(JSON.stringify(ENV));
  hash.update(readFileSync(join(FOLDER, 'package-lock.json')));
  for (const path of stdout.split('\n').filter(Boolean).sort())
    hash.update(path).update(readFileSync(join(folder, path)));
  return hash.digest('hex');
}
