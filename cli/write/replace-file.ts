/** Writes a file so that at every moment it holds either the old text or the new one, whole. */
import { accessSync, chownSync, constants, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isWithin } from '../../project/folders.ts';
import { repositoryRoot } from '../../project/modules/packages.ts';
import type { Project } from '../../project/project.ts';
import { reasonOf } from '../files/problem.ts';
import { removeLeftovers, temporaryFor, writeNew } from './temporary.ts';

export type WriteResult =
  | { readonly ok: true }
  /** Goes on where the path ends. */
  | { readonly ok: false; readonly message: string };

/** A file that is ready to take the place of another one. */
export interface Prepared {
  readonly target: string;
  /** The file that holds the new text. */
  readonly temporary: string;
  readonly before: string;
}

/**
 * Replaces the text of an existing file of a repository (its root, absolute). A symbolic link is written through unless it leads out of the
 * repository; mode and owner stay. Nothing is written when the file no longer holds `expected`: an editor was faster. Never throws; when
 * it fails the file is as it was.
 */
export function replaceFile(path: string, expected: string, text: string, root: string): WriteResult {
  const prepared = prepareFile(path, expected, text, root);
  return typeof prepared === 'string' ? { ok: false, message: prepared } : putInPlace(prepared);
}

/** As `replaceFile`, of a file of a project. Returns what is in the way; undefined where it is written. */
export function rewriteFile(path: string, before: string, after: string, { cwd, facts }: Project): string | undefined {
  const result = replaceFile(path, before, after, repositoryRoot(facts, path, cwd));
  return result.ok ? undefined : result.message;
}

/** Writes the new text next to the file. Returns what is in the way, as `replaceFile` does. */
export function prepareFile(path: string, expected: string, text: string, root: string): Prepared | string {
  let temporary: string | undefined;
  try {
    const target = realpathSync(path);
    const refusal = refusalOf(path, target, root);
    if (refusal !== undefined) return refusal;
    const { gid, mode, uid } = statSync(target);
    removeLeftovers(dirname(target));
    temporary = temporaryFor(target);
    writeNew(temporary, text, mode);
    keepOwner(temporary, uid, gid);
    return { target, temporary, before: expected };
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    return `could not be written: ${reasonOf(error)}`;
  }
}

/** Why a file is not to be written, or deleted; undefined where nothing speaks against it. Throws for a file that is read-only. */
export function refusalOf(path: string, target: string, root: string): string | undefined {
  if (target !== path && !isWithin(realpathSync(root), target))
    return 'was not written: it is a link to a file outside of the repository';
  // A rename needs leave to write in the folder alone; a file that is read-only is so on purpose.
  accessSync(target, constants.W_OK);
  return undefined;
}

/** Why a file that is to be replaced no longer is what it was; undefined where it is. Throws for one that can't be read. */
export function changeOf(target: string, expected: string): string | undefined {
  return readFileSync(target, 'utf8') === expected
    ? undefined
    : 'was not written: it has been changed by someone else meanwhile';
}

/** Puts the new text in the place of the old one. Never throws; when it fails the file is as it was. */
export function putInPlace({ before, target, temporary }: Prepared): WriteResult {
  try {
    const message = changeOf(target, before);
    if (message === undefined) {
      renameSync(temporary, target);
      return { ok: true };
    }
    rmSync(temporary, { force: true });
    return { ok: false, message };
  } catch (error) {
    rmSync(temporary, { force: true });
    return { ok: false, message: `could not be written: ${reasonOf(error)}` };
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
