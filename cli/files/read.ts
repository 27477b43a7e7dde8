/** Reads source files, and says clearly which ones are none. */
import { isAscii, isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FoundFile } from './discover.ts';
import { reasonOf } from './problem.ts';

/** Nobody writes a larger one by hand, and parsing it takes seconds. */
const MAX_BYTES = 2 * 1024 * 1024;

/** What every file is read into: its text is made from it before the next one is. */
let buffer: Buffer | undefined;

export type ReadResult =
  /** With its byte order mark, if it has one. */
  | { readonly ok: true; readonly text: string }
  /** Goes on where the path ends. */
  | { readonly ok: false; readonly message: string };

/** The text of a file. Never throws. */
export function readSource({ path }: FoundFile): ReadResult {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    buffer ??= Buffer.allocUnsafeSlow(MAX_BYTES + 1);
    // Of a regular file, one call reads all that there is room for.
    const length = readSync(descriptor, buffer, 0, buffer.length, 0);
    if (length > MAX_BYTES) {
      const megabytes = (fstatSync(descriptor).size / 1024 / 1024).toFixed(1);
      return { ok: false, message: `is larger than 2 MB (${megabytes} MB); leave it out with --ignore` };
    }
    const bytes = buffer.subarray(0, length);
    // Most source files are ASCII, and are a text as they stand.
    if (isAscii(bytes)) return { ok: true, text: bytes.toString('latin1') };
    return isUtf8(bytes) ? { ok: true, text: bytes.toString('utf8') } : { ok: false, message: 'is not UTF-8 text' };
  } catch (error) {
    return { ok: false, message: `could not be read: ${reasonOf(error)}` };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
