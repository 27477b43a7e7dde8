/** Folders as paths, without a look at the disk. */
import { dirname, sep } from 'node:path';

const MAX_DEPTH = 40;

/** A folder and all those around it, up to and including `last` (or the file system's root). */
export function foldersUp(from: string, last?: string): string[] {
  const folders: string[] = [];
  for (let folder = from; folders.length < MAX_DEPTH; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === last || dirname(folder) === folder) break;
  }
  return folders;
}

/** A path with `/` between its parts, as globs, specifiers and reports have it. */
export const posixPath = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));

/** Whether a path is a folder or lies in it. Both are absolute and normalized. */
export function isWithin(folder: string, path: string): boolean {
  return (
    path.startsWith(folder) && (path.length === folder.length || folder.endsWith(sep) || path[folder.length] === sep)
  );
}
