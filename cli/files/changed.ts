/** Files that have changed since a commit: those of a branch, with what is not committed yet. */
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../usage.ts';
import { discover, type Discovery, type Request } from './discover.ts';
import { withoutFilters } from './git.ts';
import { runInWorkTree, type WorkTree, workTreeOf } from './work-tree.ts';

/**
 * As `discover`, of files that differ from what they were where the branch left `ref`. Throws a `UsageError` where git does not know that.
 */
export function discoverChanged(request: Request, ref: string): Discovery {
  const workTree = workTreeOf(request.cwd, '--since compares with a commit of git');
  const changed = changedSince(workTree, ref);
  const found = discover(request);
  const folders = new Map<string, string>();
  const files = found.files.filter(({ path }) => {
    const folder = dirname(path);
    let real = folders.get(folder);
    if (real === undefined) folders.set(folder, (real = realpathSync.native(folder)));
    return changed.has(join(real, path.slice(folder.length)));
  });
  // Of a part of the files nothing can be said of the whole.
  return { ...found, files, folders: [], isFiltered: () => true };
}

function changedSince(workTree: WorkTree, ref: string): ReadonlySet<string> {
  if (ref.startsWith('-')) throw new UsageError(`--since takes a branch or a commit, not '${ref}'.`);
  const base = runInWorkTree(workTree, ['merge-base', ref, 'HEAD']);
  if (!base.ok) {
    throw new UsageError(
      `git can't compare with '${ref}': ${base.message}. (In a shallow clone it has to be fetched first.)`,
      { showHelp: false },
    );
  }
  const commit = base.stdout.toString('latin1').trim();
  const lists = [
    ['diff', '--name-only', '-z', '--no-renames', '--no-relative', '--no-ext-diff', '--diff-filter=AMT', commit],
    ['ls-files', '--others', '--exclude-standard', '-z'],
  ].map((args) => runInWorkTree(workTree, [...withoutFilters(workTree.root), ...args]));
  const failed = lists.find((list) => !list.ok);
  if (failed?.ok === false)
    throw new UsageError(`git could not list what has changed: ${failed.message}.`, { showHelp: false });
  return new Set(
    lists
      .flatMap((list) => (list.ok ? list.stdout.toString('utf8').split('\0') : []))
      .map((name) => join(workTree.root, name)),
  );
}
