/** Files that have changed since a commit: those of a branch, with what is not committed yet. */
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../../usage.ts';
import { discover, type Discovery, type Request } from '../discover.ts';
import { withoutFilters } from './git.ts';
import { runInWorkTree, type WorkTree, workTreeOf } from './work-tree.ts';

/**
 * As `discover`, of files that differ from what they were where the branch left `ref`. Throws a `UsageError` where git does not know that.
 */
export function discoverChanged(request: Request, since: Since): Discovery {
  const workTree = workTreeOf(request.cwd, `${since.option} compares with a commit of git`);
  const changed = changedSince(workTree, since);
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

/** What to compare with, and the option that says so. */
export interface Since {
  readonly ref: string;
  readonly option: '--changed' | '--since';
}

function changedSince(workTree: WorkTree, { option, ref }: Since): ReadonlySet<string> {
  if (ref.startsWith('-')) throw new UsageError(`${option} takes a branch or a commit, not '${ref}'.`);
  const base = runInWorkTree(workTree, ['merge-base', ref, 'HEAD']);
  if (!base.ok) throw new UsageError(whyNotComparable(workTree, ref), { showHelp: false });
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

/** Says why git finds no commit from which both came, and what to do. */
function whyNotComparable(workTree: WorkTree, ref: string): string {
  const has = (revision: string) =>
    runInWorkTree(workTree, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]).ok;
  if (!has('HEAD')) return 'There is no commit yet to compare with. Check everything: leave out --changed and --since.';
  const shallow = runInWorkTree(workTree, ['rev-parse', '--is-shallow-repository']);
  const isShallow = shallow.ok && shallow.stdout.toString('latin1').trim() === 'true';
  if (has(ref))
    return isShallow
      ? `'${ref}' and this branch have no commit in common in this shallow clone. Fetch more: git fetch --unshallow (GitHub: actions/checkout with fetch-depth: 0; GitLab: GIT_DEPTH: 0).`
      : `'${ref}' and this branch have no commit in common.`;
  const remote = /^(?<remote>[\w-]+)\/(?<branch>.+)$/u.exec(ref)?.groups;
  const fetch = remote ? `git fetch ${remote['remote'] ?? ''} ${remote['branch'] ?? ''}` : 'git fetch origin';
  const why = isShallow ? 'this shallow clone does not have it' : 'there is no such branch or commit here';
  return `git can't compare with '${ref}': ${why}. Fetch it first (${fetch}), or name another one.`;
}
