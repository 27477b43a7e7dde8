/** Writes a file so that at every moment it holds either the old text or the new one, whole. */
import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isWithin } from '../project/folders.ts';
import { reasonOf } from './files/problem.ts';

export type WriteResult =
  | { readonly ok: true }
  /** Goes on where the path ends. */
  | { readonly ok: false; readonly message: string };

/**
 * Replaces the text of an existing file of a repository (its root, absolute). A symbolic link is written through unless it leads out of the
 * repository; mode and owner stay. Nothing is written when the file no longer holds `expected`: an editor was faster. Never throws; when
 * it fails the file is as it was.
 */
export function replaceFile(path: string, expected: string, text: string, root: string): WriteResult {
  let temporary: string | undefined;
  try {
    const target = realpathSync(path);
    if (target !== path && !isWithin(realpathSync(root), target))
      return { ok: false, message: 'was not written: it is a link to a file outside of the repository' };
    const { gid, mode, uid } = statSync(target);
    // A rename needs leave to write in the folder alone; a file that is read-only is so on purpose.
    accessSync(target, constants.W_OK);
    removeLeftovers(target);
    temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${uniqueName()}.tmp`);
    writeNew(temporary, text, mode);
    keepOwner(temporary, uid, gid);
    if (readFileSync(target, 'utf8') !== expected) {
      rmSync(temporary, { force: true });
      return { ok: false, message: 'was not written: it has been changed by someone else meanwhile' };
    }
    renameSync(temporary, target);
    return { ok: true };
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    return { ok: false, message: `could not be written: ${reasonOf(error)}` };
  }
}

// Another process has another id; should there be a file by that name all the same, it is not opened.
function uniqueName(): string {
  return `${process.pid.toString(36)}-${Date.now().toString(36)}`;
}

const cleaned = new Set<string>();

/** Removes what runs that were killed have left in a folder. A name says whose file it was to become, and which process made it. */
function removeLeftovers(target: string): void {
  const folder = dirname(target);
  if (cleaned.has(folder)) return;
  cleaned.add(folder);
  const names = readdirSync(folder);
  for (const name of names) {
    const { original = '', pid = '' } =
      /^\.(?<original>.+)\.(?<pid>[\da-z]{1,7})-[\da-z]{8}\.tmp$/u.exec(name)?.groups ?? {};
    if (names.some((each) => each.slice(0, 100) === original) && !isRunning(Number.parseInt(pid, 36)))
      rmSync(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
function writeNew(path: string, text: string, mode: number): void {
  const descriptor = openSync(path, 'wx', mode);
  try {
    writeFileSync(descriptor, text);
    // What open() makes of a mode depends on the umask.
    fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function keepOwner(path: string, uid: number, gid: number): void {
  const made = statSync(path);
  if (made.uid === uid && made.gid === gid) return;
  try {
    chownSync(path, uid, gid);
  } catch {
    // Only root may give a file away; then it belongs to the person who ran the codemod, as with any editor.
  }
}
