/** The files of a folder as git sees them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Problem } from './problem.ts';

export interface GitListing {
  /** Relative to the folder, with `/`. A trailing `/` marks a repository inside that git does not look into. */
  readonly names: readonly string[];
  /** git does not tell which of them are links. */
  readonly files?: undefined;
  readonly problems: readonly Problem[];
}

/**
 * Tracked files and those that git would track; what it ignores is left out. Undefined where git can't tell: no work
 * tree, no git, a repository of another owner.
 */
export function listWithGit(folder: string): GitListing | undefined {
  const { error, status, stderr, stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '--deduplicate', '-z'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error !== undefined || status !== 0) return undefined;
  return { names: stdout.split('\0').filter((name) => name !== ''), problems: unreadable(stderr, folder) };
}

/** Whether git ignores the folder itself, so that it lists nothing in it. */
export function isIgnoredByGit(folder: string): boolean {
  return spawnSync('git', ['check-ignore', '-q', '.'], { cwd: folder }).status === 0;
}

// git warns of a folder that it can't read, and exits with 0.
function unreadable(stderr: string, folder: string): Problem[] {
  return [...stderr.matchAll(/could not open directory '(?<name>.+?)\/?': (?<reason>.+)/gu)].map(({ groups }) => ({
    path: join(folder, groups?.['name'] ?? ''),
    message: `could not be read: ${(groups?.['reason'] ?? '').toLowerCase()}`,
  }));
}
