/** Reads source files, and says clearly which ones are none. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import type { FoundFile } from './discover.ts';
import { reasonOf } from './problem.ts';

/** Nobody writes a larger one by hand, and parsing it takes seconds. */
const MAX_BYTES = 2 * 1024 * 1024;

export type ReadResult =
  /** With its byte order mark, if it has one. */
  | { readonly ok: true; readonly text: string }
  /** Goes on where the path ends. */
  | { readonly ok: false; readonly message: string };

/** The text of a file. Never throws. */
export function readSource({ path, size }: FoundFile): ReadResult {
  if (size > MAX_BYTES) {
    return { ok: false, message: `is larger than 2 MB (${(size / 1024 / 1024).toFixed(1)} MB); leave it out with --ignore` };
  }
  try {
    const text = readFileSync(path, 'utf8');
    // What can't be decoded becomes U+FFFD; a file may also hold that character itself.
    if (text.includes('\uFFFD') && !isUtf8(readFileSync(path))) return { ok: false, message: 'is not UTF-8 text' };
    return { ok: true, text };
  } catch (error) {
    return { ok: false, message: `could not be read: ${reasonOf(error)}` };
  }
}
