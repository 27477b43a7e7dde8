/** Temporary files next to those whose place they take. */
import { closeSync, fchmodSync, fsyncSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A name for a file that is to take the place of `target`; with `isNew`, nothing is there yet. */
export function temporaryFor(target: string, isNew = false): string {
  return join(dirname(target), `.${basename(target).slice(0, 100)}.${isNew ? MARK : ''}${uniqueName()}.tmp`);
}

/** In the name of a file that is new: no file next to it shows whose it was to become. */
const MARK = 'authkit-';

// Another process has another id; should there be a file by that name all the same, it is not opened.
function uniqueName(): string {
  return `${process.pid.toString(36)}-${Date.now().toString(36)}`;
}

const cleaned = new Set<string>();

const TEMPORARY = /^\.(?<original>.+)\.(?<mark>authkit-)?(?<pid>[\da-z]{1,7})-[\da-z]{8}\.tmp$/u;

/** Removes what runs that were killed have left in a folder. A name says whose file it was to become, and which process made it. */
export function removeLeftovers(folder: string): void {
  if (cleaned.has(folder)) return;
  cleaned.add(folder);
  const names = readdirSync(folder);
  for (const name of names) {
    const { mark, original = '', pid = '' } = TEMPORARY.exec(name)?.groups ?? {};
    const isOurs = mark !== undefined || names.some((each) => each.slice(0, 100) === original);
    if (original !== '' && isOurs && !isRunning(Number.parseInt(pid, 36))) rmSync(join(folder, name), { force: true });
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

/** Writes a file that is not there yet, down to the disk. Throws where it is. */
export function writeNew(path: string, text: string, mode?: number): void {
  const descriptor = openSync(path, 'wx', mode);
  try {
    writeFileSync(descriptor, text);
    // What open() makes of a mode depends on the umask.
    if (mode !== undefined) fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
