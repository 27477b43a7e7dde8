/** The files of a folder as git sees them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foldersUp } from '../../project/folders.ts';
import type { Problem } from './problem.ts';

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
  const { error, status, stderr, stdout } = childProcess().spawnSync('git', ['ls-files', ...options, '--exclude-standard', '-z'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error !== undefined || status !== 0) return undefined;
  return { names: stdout.split('\0').filter((name) => name !== ''), stderr };
}

/** Whether git ignores the folder itself, so that it lists nothing in it. */
export function isIgnoredByGit(folder: string): boolean {
  return mayBeInWorkTree(folder) && childProcess().spawnSync('git', ['check-ignore', '-q', '.'], { cwd: folder }).status === 0;
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
