/** The files of a folder as git sees them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foldersUp } from '../../../project/folders.ts';
import { type Problem, reasonOf } from '../problem.ts';

export interface GitListing {
  /** Relative to the folder, with `/`. A trailing `/` marks a repository inside that git does not look into. */
  readonly names: readonly string[];
  /** What git ignores: files, and folders of which it ignores all (with a `/` at their end). */
  readonly ignored: () => readonly string[];
  /** git does not tell which of them are links. */
  readonly files?: undefined;
  readonly problems: readonly Problem[];
}

/**
 * Tracked files and those that git would track; what it ignores is left out. Undefined where git can't tell: no work
 * tree, no git, a repository of another owner.
 */
export function listWithGit(folder: string): GitListing | undefined {
  if (!mayBeInWorkTree(folder)) return undefined;
  const listed = lsFiles(folder, ['-co', '--deduplicate']);
  if (!listed) return undefined;
  const ignored = () => lsFiles(folder, ['-oi', '--directory'])?.names ?? [];
  return { names: listed.names, ignored, problems: unreadable(listed.stderr, folder) };
}

function lsFiles(folder: string, options: readonly string[]): { names: string[]; stderr: string } | undefined {
  const result = runGit(folder, ['ls-files', ...options, '--exclude-standard', '-z']);
  if (!result.ok) return undefined;
  return {
    names: result.stdout
      .toString('utf8')
      .split('\0')
      .filter((name) => name !== ''),
    stderr: result.stderr,
  };
}

/**
 * Options before a command that compares the working copy: the filters of a repository are programs, and none of them is run. Of a file
 * that has one, git then says that it has changed.
 */
export function withoutFilters(cwd: string): string[] {
  const listed = runGit(cwd, [
    'config',
    '--name-only',
    '-z',
    '--get-regexp',
    String.raw`^filter\..*\.(clean|smudge|process|required)$`,
  ]);
  if (!listed.ok) return [];
  return listed.stdout
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '')
    .flatMap((name) => ['-c', `${name}=${name.endsWith('.required') ? 'false' : ''}`]);
}

/**
 * The files of a work tree (absolute) that hold what git does not have, neither in a commit nor in its index: changed ones, and those that
 * it does not know. Undefined where git can't tell.
 */
export function unsavedFiles(root: string): ReadonlySet<string> | undefined {
  const listed = runGit(root, [...withoutFilters(root), 'ls-files', '-m', '-o', '--exclude-standard', '-z']);
  if (!listed.ok) return undefined;
  const names = listed.stdout.toString('utf8').split('\0');
  return new Set(names.filter((name) => name !== '').map((name) => join(root, name)));
}

export type GitResult =
  | { readonly ok: true; readonly stdout: Buffer; readonly stderr: string }
  /** The first line that git has to say, without its full stop. */
  | { readonly ok: false; readonly message: string };

/** Variables; undefined takes one away. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Before every command: nothing is started because the folder that is looked at says so in its configuration, and a folder that is laid
 * out as a repository, though no one made it one, is none (git-config(1): core.fsmonitor, core.hooksPath, safe.bareRepository).
 */
const START_NOTHING = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'safe.bareRepository=explicit'].flatMap(
  (setting) => ['-c', setting],
);

/** Runs git in a folder, with the environment that a hook has, and `env` over it. Never throws. */
export function runGit(cwd: string, args: readonly string[], input = '', env: Environment = {}): GitResult {
  const { error, status, stderr, stdout } = childProcess().spawnSync('git', [...START_NOTHING, ...args], {
    cwd,
    input,
    maxBuffer: 1 << 30,
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
  if (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return { ok: false, message: reasonOf(error) };
    // A name in bytes that are not UTF-8 is another name here; Node.js reports the program that was not found in either case.
    return {
      ok: false,
      message: existsSync(cwd) ? 'git is not installed' : `the folder '${cwd}' can't be found by that name`,
    };
  }
  const told = stderr.toString('utf8');
  if (status === 0) return { ok: true, stdout, stderr: told };
  return {
    ok: false,
    message:
      (/^(?:fatal|error): (?<text>[^\n]*?)\.?$/mu.exec(told)?.groups?.['text'] ?? told.trim()) ||
      `exit code ${String(status)}`,
  };
}

/** Whether git ignores the folder itself, so that it lists nothing in it. */
export function isIgnoredByGit(folder: string): boolean {
  return (
    mayBeInWorkTree(folder) &&
    childProcess().spawnSync('git', ['check-ignore', '-q', '.'], { cwd: folder }).status === 0
  );
}

// Where there is no repository, starting git only to hear so costs more than all other looks at the folder.
function mayBeInWorkTree(folder: string): boolean {
  return process.env['GIT_DIR'] !== undefined || foldersUp(folder).some((each) => existsSync(join(each, '.git')));
}

// Loaded for who has a repository.
const childProcess = () => process.getBuiltinModule('node:child_process');

// git warns of a folder that it can't read, and exits with 0.
function unreadable(stderr: string, folder: string): Problem[] {
  return [...stderr.matchAll(/could not open directory '(?<name>.+?)\/?': (?<reason>.+)/gu)].map(({ groups }) => ({
    path: join(folder, groups?.['name'] ?? ''),
    message: `could not be read: ${(groups?.['reason'] ?? '').toLowerCase()}`,
  }));
}
