/** What `triage` is given: a token, the output of `npx convex env list`, env files, a key set. Their values are in no message. */
import { createReadStream, readFileSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { redact } from '../../../analysis/texts/redact.ts';
import { withoutBOM } from '../../../analysis/syntax/source-file.ts';
import { reasonOf } from '../../files/problem.ts';
import { readEnvText } from '../../../project/env/env-text.ts';
import { recordOf } from '../../../project/settings.ts';
import { UsageError } from '../../usage.ts';

/** More than any env file or key set has, and enough to say that a token is too long. */
const MAX_BYTES = 1024 * 1024;

/** The text of a file, or of standard input for `-`. Throws a `UsageError` that says which option named it. */
export async function readInput(
  path: string,
  { cwd, option, stdin }: { cwd: string; option: string; stdin: Readable },
): Promise<string> {
  if (path === '-') return readStream(stdin);
  try {
    const absolute = resolve(cwd, path);
    const stats = statSync(absolute);
    if (stats.isDirectory()) throw new UsageError(`${option} ${shownPath(path)} is a folder.`, { showHelp: false });
    if (stats.isFile() && stats.size > MAX_BYTES)
      throw new UsageError(`${option} ${shownPath(path)} is larger than 1 MB.`, { showHelp: false });
    // A pipe (`<(npx convex env list)`) has no size.
    return stats.isFile() ? textOf(readFileSync(absolute)) : await readStream(createReadStream(absolute));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${option} ${shownPath(path)} can't be read: ${reasonOf(error)}.`, { showHelp: false });
  }
}

async function readStream(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Buffer | string);
    chunks.push(bytes);
    size += bytes.length;
    if (size > MAX_BYTES) break;
  }
  return textOf(Buffer.concat(chunks));
}

/** UTF-8, or UTF-16 where a byte order mark says so: what `>` of Windows PowerShell writes. */
function textOf(bytes: Buffer): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le', 2) : bytes.toString('utf8');
}

/** What a path is; undefined where there is nothing, and for a text that is no path (too long, or with a zero byte in it). */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** A path as it was given; not one that may be a token or a secret in the wrong place. */
export function shownPath(path: string): string {
  return looksSecret(path) ? '(hidden, for it looks like a token)' : `'${redact(path)}'`;
}

/** Whether a word of the command line is a token or a key rather than a path. */
export function looksSecret(word: string): boolean {
  return /^(?:bearer\s|eyJ|sk_|Fe26\.2)/iu.test(word.trim()) || /^[\w-]{16,}\.[\w-]{16,}\.[\w-]*/u.test(word.trim());
}

/** Variables as dotenv reads them; what `npx convex env list` prints has the same form. */
export function readVariables(text: string): Record<string, string> {
  return Object.fromEntries(readEnvText(withoutBOM(text)).entries.map(({ name, value }) => [name, value]));
}

/** What `npx convex env list` prints for a deployment without variables. */
export const LISTS_NONE = /^No environment variables set/mu;

/**
 * The variables in the output of `npx convex env list` (convex `src/cli/lib/env.ts`), or in JSON made of it. Throws a
 * `UsageError` for names without values, which it prints to AI agents, and for an output without any: the command most
 * likely failed.
 */
export function readConvexEnv(output: string): Record<string, string> {
  // Colours, where a program kept them.
  const text = stripVTControlCharacters(output);
  const variables = variablesOfJson(text) ?? readVariables(text);
  if (Object.keys(variables).length > 0 || LISTS_NONE.test(text)) return variables;
  if (/^[A-Za-z_]\w*$/mu.test(text)) {
    throw new UsageError('--convex-env lists names without values: pass --include-values to npx convex env list.', {
      showHelp: false,
    });
  }
  throw new UsageError(
    '--convex-env has no variables in it: npx convex env list most likely failed, or the deployment has none.',
    { showHelp: false },
  );
}

/** The variables of `{ "NAME": "value" }`, or of a list of `{ "name": …, "value": … }`. */
export function variablesIn(json: unknown): Record<string, string> {
  const entries: unknown[][] = Array.isArray(json)
    ? json.map((one: unknown) => [recordOf(one)['name'], recordOf(one)['value']])
    : Object.entries(recordOf(json));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry.every((part) => typeof part === 'string')),
  );
}

/** The same of a text; undefined for what is no JSON. */
function variablesOfJson(text: string): Record<string, string> | undefined {
  if (!/^\s*[[{]/u.test(text)) return undefined;
  try {
    return variablesIn(JSON.parse(withoutBOM(text)));
  } catch {
    return undefined;
  }
}

/** Whether a text is a client id of WorkOS. What else is in its variable may be a secret that got into the wrong one. */
export const isClientId = (value: string): boolean => /^client_[\w-]+$/u.test(value);

/**
 * Hides values of variables in a text: all but client ids and addresses (whose passwords `redact` hides), and those so short that they are
 * in other words, too.
 */
export function hidden(text: string, values: readonly string[]): string {
  return values
    .filter((value) => value.length >= 8 && !isClientId(value) && !/^https?:/u.test(value))
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, value) => rest.replaceAll(value, '(hidden)'), text);
}

const TOKEN = /^\s*(?:authorization\s*:\s*)?(?:bearer\s+)?["']?(?<token>eyJ[\w-]+\.[\w-]+\.[\w-]*)["']?\s*$/iu;

/** The access token that a text is, by itself or in a header. */
export const tokenIn = (text: string): string | undefined => TOKEN.exec(text)?.groups?.['token'];
