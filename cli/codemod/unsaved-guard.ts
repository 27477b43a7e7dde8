/** Keeps codemods away from work that git does not have. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foldersUp } from '../../project/folders.ts';
import { unsavedFiles } from '../files/git/git.ts';

/** Says of a file why it is not to be written: an edit over work that git does not have could not be taken back. Asked for a new one too. */
export function unsavedGuard(): (path: string) => string | undefined {
  const unsaved = new Map<string, ReadonlySet<string> | undefined>();
  return (path) => {
    const real = existsSync(path) ? realpathSync.native(path) : path;
    const root = foldersUp(dirname(real)).find((folder) => existsSync(join(folder, '.git')));
    if (root === undefined) return undefined;
    if (!unsaved.has(root)) unsaved.set(root, unsavedFiles(root));
    return unsaved.get(root)?.has(real) === true
      ? 'was not changed: git has it neither committed nor staged as it is now. Commit it, or pass --force'
      : undefined;
  };
}
