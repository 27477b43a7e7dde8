/** Reads source files, and says clearly which ones are none. */
import { isAscii, isUtf8 } from 'node:buffer';
import { closeSync, constants, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { MAX_FILE_SIZE } from '../../project/memos/stamps.ts';
import { reasonOf } from './problem.ts';

export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** Whether the person named this very file. */
  readonly named: boolean;
}

export type ReadResult =
  /** With its byte order mark, if it has one. */
  | { readonly ok: true; readonly text: string }
  /** Goes on where the path ends. */
  | { readonly ok: false; readonly message: string };

const TOO_LARGE = 'is larger than 2 MB; leave it out with --ignore';

/** A file of more is not even searched. */
const MAX_SEARCHED = 64 * 1024 * 1024;

/**
 * The text of a file that `readSource` found too large, to be searched: where nothing is found in it, nothing is lost when it is not
 * read. Undefined where it can't be had, or is no file that `readSource` said so of.
 */
export function largeText({ path }: FoundFile, result: ReadResult): string | undefined {
  if (result.ok || result.message !== TOO_LARGE) return undefined;
  try {
    return statSync(path).size > MAX_SEARCHED ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A string of at least this many bytes is kept outside of V8's heap, where no collection moves it. */
const BLOCK = 1_100_000;

/** What files are read into, again and again: texts are made from it before others take their place. */
let buffer: Buffer | undefined;
const room = (from = 0): Buffer =>
  (buffer ??= Buffer.allocUnsafeSlow(BLOCK + MAX_FILE_SIZE + 1)).subarray(from, from + MAX_FILE_SIZE + 1);

/** The text of a file. Never throws. */
export function readSource({ path }: FoundFile): ReadResult {
  const bytes = readBytes(path, room());
  return typeof bytes === 'string' ? { ok: false, message: bytes } : sourceOf(bytes);
}

/** The text that a stream brings. Of a larger one nothing is kept; it is taken to its end all the same, for who writes it may not expect less. Never throws. */
export async function readStream(stream: NodeJS.ReadableStream): Promise<ReadResult> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size <= MAX_FILE_SIZE) chunks.push(bytes);
      else chunks.length = 0;
    }
  } catch (error) {
    return { ok: false, message: `could not be read from standard input: ${reasonOf(error)}` };
  }
  return size > MAX_FILE_SIZE ? { ok: false, message: TOO_LARGE } : sourceOf(Buffer.concat(chunks, size));
}

/** The text of what a file holds. */
export function sourceOf(bytes: Buffer): ReadResult {
  if (bytes.length > MAX_FILE_SIZE) return { ok: false, message: TOO_LARGE };
  return isAscii(bytes) ? { ok: true, text: bytes.toString('latin1') } : decoded(bytes);
}

/** What was read of many files at once, by their paths. */
export interface ReadTexts {
  readonly texts: ReadonlyMap<string, string>;
  /** Those that are no texts. */
  readonly failures: ReadonlyMap<string, ReadResult>;
}

/**
 * The texts of many files; undefined beyond `limit` bytes. Most source files are ASCII, and are a text as they stand: many of these are decoded
 * at once, and each is a slice of the whole, which costs no copy.
 */
export function readTexts(files: readonly FoundFile[], limit: number): ReadTexts | undefined {
  const texts = new Map<string, string>();
  const failures = new Map<string, ReadResult>();
  const slices: { readonly path: string; readonly start: number; readonly end: number }[] = [];
  let filled = 0;
  let total = 0;
  const decodeBlock = () => {
    const whole = room().subarray(0, filled).toString('latin1');
    for (const { end, path, start } of slices) texts.set(path, whole.slice(start, end));
    slices.length = 0;
    filled = 0;
  };
  for (const { path } of files) {
    const bytes = readBytes(path, room(filled));
    if (typeof bytes === 'string') {
      failures.set(path, { ok: false, message: bytes });
      continue;
    }
    total += bytes.length;
    if (total > limit) return undefined;
    if (!isAscii(bytes)) {
      const result = decoded(bytes);
      if (result.ok) texts.set(path, result.text);
      else failures.set(path, result);
      continue;
    }
    slices.push({ path, start: filled, end: filled + bytes.length });
    filled += bytes.length;
    if (filled >= BLOCK) decodeBlock();
  }
  decodeBlock();
  // Its files are not read again.
  buffer = undefined;
  return { texts, failures };
}

function decoded(bytes: Buffer): ReadResult {
  return isUtf8(bytes) ? { ok: true, text: bytes.toString('utf8') } : { ok: false, message: 'is not UTF-8 text' };
}

/** What a file holds, as a part of the room given (of one byte more than is taken); or why it can't be had. */
function readBytes(path: string, into: Buffer): Buffer | string {
  let descriptor: number | undefined;
  try {
    // A pipe that took a file's place would wait for who writes to it.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    // Of a regular file, one call reads all that there is room for.
    const length = readSync(descriptor, into, 0, into.length, 0);
    return length > MAX_FILE_SIZE ? TOO_LARGE : into.subarray(0, length);
  } catch (error) {
    return `could not be read: ${reasonOf(error)}`;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
