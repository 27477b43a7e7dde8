/** The work tree that git has around a folder, whatever the environment of a hook sets. */
import { resolve } from 'node:path';
import { UsageError } from '../../usage.ts';
import { type Environment, type GitResult, runGit } from './git.ts';

/** A work tree, and what git has to be given to take no other one for it. */
export interface WorkTree {
  /** Its uppermost folder. Absolute, without symbolic links. */
  readonly root: string;
  /** Absolute. */
  readonly gitDir: string;
}

/** The work tree around a folder. Throws a `UsageError` where there is none, which begins with what it is needed for. */
export function workTreeOf(cwd: string, purpose = '--staged looks at what git has staged'): WorkTree {
  const asked = askForWorkTree(cwd);
  if (typeof asked === 'string') {
    const why = asked.startsWith('not a git repository')
      ? 'there is no git repository here'
      : asked === 'git is not installed'
        ? asked
        : `git says: ${asked}`;
    throw new UsageError(`${purpose}, and ${why}.`, { showHelp: false });
  }
  const { GIT_DIR: gitDir, GIT_WORK_TREE: workTree } = process.env;
  // Hooks of a second work tree get GIT_DIR alone, and with that git takes any folder it is called from for the uppermost one.
  const around = gitDir === undefined || workTree !== undefined ? asked : askForWorkTree(cwd, { GIT_DIR: undefined });
  return typeof around !== 'string' && around.gitDir === asked.gitDir ? around : asked;
}

function askForWorkTree(cwd: string, env?: Environment): WorkTree | string {
  const ask = (option: string) => runGit(cwd, ['rev-parse', option], '', env);
  const root = ask('--show-toplevel');
  if (!root.ok) return root.message;
  const gitDir = ask('--absolute-git-dir');
  if (!gitDir.ok) return gitDir.message;
  const line = (output: Buffer) => output.toString('utf8').replace(/\r?\n$/u, '');
  return { root: resolve(line(root.stdout)), gitDir: line(gitDir.stdout) };
}

/** Runs git at the top of a work tree, so that the names it takes and prints start there. */
export function runInWorkTree(
  { gitDir, root }: WorkTree,
  args: readonly string[],
  input?: string,
  env?: Environment,
): GitResult {
  return runGit(root, args, input, { GIT_DIR: gitDir, GIT_WORK_TREE: root, ...env });
}
