/** Reads the evidence of a case: what each piece is, is told by its content. Large files are read as streams, in constant memory. */
import { createReadStream, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { createLogReader } from '../../playbook/evidence/log.ts';
import type { Symptom } from '../../playbook/evidence/symptoms.ts';
import { createTrafficReader } from '../../playbook/evidence/traffic.ts';
import { printable } from '../../analysis/values/redact.ts';
import { recordOf } from '../../project/settings.ts';
import { reasonOf } from '../files/problem.ts';
import type { Terminal } from '../output/terminal.ts';
import { UsageError } from '../usage.ts';
import { looksSecret, readVariables } from './inputs.ts';

export interface Case {
  readonly symptoms: readonly Symptom[];
  /** Never printed. */
  readonly tokens: readonly string[];
  /** The variables of the Convex deployment, where the evidence lists them with their values. */
  readonly convexEnv: Readonly<Record<string, string>> | undefined;
  /** What was looked at, and what it proves of itself: one line for a person each. */
  readonly notes: readonly string[];
  /** Whether all evidence could be understood. */
  readonly isUnderstood: boolean;
}

/** What is looked at to tell what a text is. */
const HEAD = 64 * 1024;
/** JSON that is no HAR, and lists of variables, are small. */
const MAX_SMALL = 4 * 1024 * 1024;

const TAKES =
  'triage takes a HAR, a log, an access token, the output of npx convex env list, the JSON of an auth-debug page, or an error text in quotes';

/** Reads every piece. Throws a `UsageError` for one that can't be read, or is nothing that it takes. */
export async function readCase(pieces: readonly string[], { cwd }: Terminal): Promise<Case> {
  if (pieces.filter((piece) => piece === '-').length > 1) throw new UsageError('Standard input can be read once.');
  const all: Case[] = [];
  for (const piece of pieces) {
    if (looksSecret(piece))
      throw new UsageError(
        'A token on the command line stays in the history of the shell: give it in a file, or with --token -.',
      );
    all.push(await readPiece(piece, cwd));
  }
  return {
    symptoms: all.flatMap(({ symptoms }) => symptoms),
    tokens: [...new Set(all.flatMap(({ tokens }) => tokens))],
    convexEnv: all.findLast(({ convexEnv }) => convexEnv !== undefined)?.convexEnv,
    notes: all.flatMap(({ notes }) => notes),
    isUnderstood: all.every(({ isUnderstood }) => isUnderstood),
  };
}

async function readPiece(piece: string, cwd: string): Promise<Case> {
  if (piece === '-') return readChunks(process.stdin, 'standard input');
  const path = resolve(cwd, piece);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) {
    if (/\s/u.test(piece.trim())) return logCase([piece], 'the text');
    throw new UsageError(`There is no file '${printable(piece)}'. ${TAKES}.`, { showHelp: false });
  }
  if (stats.isDirectory())
    throw new UsageError(`'${printable(piece)}' is a folder: --project names the app.`, { showHelp: false });
  try {
    return await readChunks(createReadStream(path), printable(basename(piece)));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`'${printable(piece)}' can't be read: ${reasonOf(error)}.`, { showHelp: false });
  }
}

type Chunks = AsyncIterable<Buffer | string>;

/** The texts of a stream: UTF-8, or UTF-16 where a byte order mark says so. */
async function* textsOf(chunks: Chunks): AsyncGenerator<string> {
  let decoder: StringDecoder | undefined;
  for await (const chunk of chunks) {
    let bytes = Buffer.from(chunk as Buffer);
    if (!decoder) {
      const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
      const mark = isWide ? 2 : bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
      bytes = bytes.subarray(mark);
      decoder = new StringDecoder(isWide ? 'utf16le' : 'utf8');
    }
    yield decoder.write(bytes);
  }
  if (decoder) yield decoder.end();
}

async function readChunks(chunks: Chunks, source: string): Promise<Case> {
  const texts = textsOf(chunks);
  let head = '';
  let isWhole = false;
  while (head.length < HEAD) {
    const next = await texts.next();
    isWhole = next.done === true;
    if (next.done === true) break;
    head += next.value;
  }
  if (head.includes('\0')) throw new UsageError(`${source} is binary. ${TAKES}.`, { showHelp: false });
  const rest = async function* (): AsyncGenerator<string> {
    yield head;
    if (!isWhole) yield* texts;
  };
  if (isHar(head)) return readHar(rest(), source);
  const small = /^\s*[[{]/u.test(head) || isEnvList(head) ? await wholeOf(rest(), source) : undefined;
  if (small !== undefined) return readSmall(small, source);
  const token = tokenIn(head);
  return token === undefined
    ? readLog(rest(), source)
    : { ...NOTHING, tokens: [token], notes: [`${source}: an access token`] };
}

const NOTHING: Case = { symptoms: [], tokens: [], convexEnv: undefined, notes: [], isUnderstood: true };

const isHar = (head: string): boolean =>
  /^\s*\{\s*"log"\s*:\s*\{/u.test(head) && /"(?:entries|creator|version|pages|browser)"\s*:/u.test(head);

async function readHar(texts: AsyncIterable<string>, source: string): Promise<Case> {
  const { JSONParser } = await import('@streamparser/json');
  const reader = createTrafficReader(source);
  const parser = new JSONParser({ paths: ['$.log.entries.*'], keepStack: false });
  parser.onValue = ({ value }) => {
    reader.feed(value);
  };
  let problem = '';
  parser.onError = () => undefined;
  try {
    for await (const text of texts) parser.write(text);
  } catch {
    problem = ', which is cut off or damaged: what comes before that was read';
  }
  if (!parser.isEnded && problem === '') problem = ', which is cut off: what is there was read';
  const { symptoms, tokens } = reader.end();
  const notes = [`${source}: a HAR of ${String(reader.entries())} requests${problem}`];
  return { ...NOTHING, symptoms, tokens, notes, isUnderstood: problem === '' };
}

async function readLog(texts: AsyncIterable<string>, source: string): Promise<Case> {
  const reader = createLogReader(source);
  let lines = 0;
  let open = '';
  const feed = (line: string): void => {
    lines += 1;
    reader.feed(line);
  };
  for await (const text of texts) {
    const parts = (open + text).split(/\r\n|[\n\r]/u);
    open = (parts.pop() ?? '').slice(0, HEAD);
    for (const line of parts) feed(line);
  }
  if (open !== '') feed(open);
  return logOutcome(reader.end(), source, lines);
}

function logCase(lines: readonly string[], source: string): Case {
  const reader = createLogReader(source);
  for (const line of lines) reader.feed(line);
  return logOutcome(reader.end(), source, lines.length);
}

function logOutcome(symptoms: readonly Symptom[], source: string, lines: number): Case {
  const what = lines === 0 ? 'empty' : `${String(lines)} ${lines === 1 ? 'line' : 'lines'}`;
  const about = symptoms.length > 0 ? '' : '; nothing in it that AuthKit, Convex or Next.js says of a failed sign-in';
  return { ...NOTHING, symptoms, notes: [`${source}: ${what}${about}`], isUnderstood: symptoms.length > 0 };
}

async function wholeOf(texts: AsyncIterable<string>, source: string): Promise<string> {
  let whole = '';
  for await (const text of texts) {
    whole += text;
    if (whole.length > MAX_SMALL)
      throw new UsageError(`${source} is too large for JSON that is no HAR. ${TAKES}.`, { showHelp: false });
  }
  return whole;
}

function readSmall(text: string, source: string): Case {
  if (!/^\s*[[{]/u.test(text)) return envCase(text, source);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Logs have braces, too: a server's JSON lines.
    return logCase(text.split(/\r\n|[\n\r]/u), source);
  }
  const record = recordOf(json);
  if (record['type'] === 'Authenticate' && typeof record['value'] === 'string')
    return {
      ...NOTHING,
      tokens: [record['value']],
      notes: [`${source}: an Authenticate frame of Convex's socket, with a token`],
    };
  if ('convex' in record && ('user' in record || 'tokenError' in record)) return debugCase(record, source);
  const variables = Object.entries(record).filter(
    (entry): entry is [string, string] => /^[A-Z_]\w*$/u.test(entry[0]) && typeof entry[1] === 'string',
  );
  if (variables.length > 0) return listedCase(Object.fromEntries(variables), source);
  const asLog = logCase(text.split(/\r\n|[\n\r]/u), source);
  if (asLog.symptoms.length > 0) return asLog;
  throw new UsageError(`${source} is JSON, but none that says something of a sign-in. ${TAKES}.`, { showHelp: false });
}

const TOKEN = /^\s*(?:authorization\s*:\s*)?(?:bearer\s+)?["']?(?<token>eyJ[\w-]+\.[\w-]+\.[\w-]*)["']?\s*$/iu;

const tokenIn = (text: string): string | undefined => TOKEN.exec(text)?.groups?.['token'];

/** The JSON of an auth-debug page: who is there, whether a token comes, whether Convex accepts it. */
function debugCase(json: Readonly<Record<string, unknown>>, source: string): Case {
  const convex = recordOf(json['convex']);
  const symptom = (name: Symptom['name'], seen: string): Symptom => ({
    name,
    seen: [`${seen} (${source})`],
    count: 1,
    times: [],
    frames: [],
  });
  const notes = [`${source}: an auth-debug page`];
  if (json['loading'] === true || json['tokenLoading'] === true || convex['isLoading'] === true)
    return {
      ...NOTHING,
      notes: [...notes, 'it was copied while something was loading: wait, and copy it again'],
      isUnderstood: false,
    };
  if (json['user'] === null || json['user'] === undefined || json['user'] === false)
    return { ...NOTHING, notes, symptoms: [symptom('noSession', 'the user is null')] };
  if (typeof json['tokenError'] === 'string' && json['tokenError'] !== '')
    return {
      ...NOTHING,
      notes,
      symptoms: [symptom('tokenRefused', 'the user is there, and the token fails to refresh')],
    };
  if (convex['isAuthenticated'] === false)
    return {
      ...NOTHING,
      notes,
      symptoms: [symptom('convexRejects', 'user and token are there, and Convex says isAuthenticated: false')],
    };
  return { ...NOTHING, notes: [...notes, 'user, token and Convex are all there'] };
}

const LIST_SENTENCES = /^(?:No environment variables set|Listed names only|✖ )/u;

/** Whether a text is what `npx convex env list` prints: variables, names, or its sentences. */
function isEnvList(head: string): boolean {
  const lines = head
    .split(/\r\n|[\n\r]/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.length === 0 || lines.every((line) => /^[A-Za-z_]\w*(?:=.*)?$/u.test(line) || LIST_SENTENCES.test(line));
}

function envCase(text: string, source: string): Case {
  if (text.trim() === '')
    return {
      ...NOTHING,
      notes: [
        `${source} is empty. If it is the output of npx convex env list, the deployment may have no variables: the sentence that says so is on stderr (2>&1)`,
      ],
      isUnderstood: false,
    };
  if (/^✖ /mu.test(text))
    return {
      ...NOTHING,
      notes: [`${source}: npx convex env list failed, so nothing is known of the deployment`],
      isUnderstood: false,
    };
  if (/^No environment variables set/mu.test(text)) return listedCase({}, source);
  const names = [...text.matchAll(/^(?<name>[A-Za-z_]\w*)(?<value>=.*)?$/gmu)];
  if (names.some((match) => match.groups?.['value'] !== undefined)) return listedCase(readVariables(text), source);
  if (names.length === 0)
    return {
      ...NOTHING,
      notes: [`${source}: what npx convex env list says on stderr; the names are on stdout`],
      isUnderstood: false,
    };
  const has = names.some((match) => match.groups?.['name'] === 'WORKOS_CLIENT_ID');
  const notes = [
    `${source}: the names of ${String(names.length)} variables, without values (--include-values prints them)`,
  ];
  return has ? { ...NOTHING, notes } : { ...NOTHING, notes, symptoms: [unset(source)] };
}

function listedCase(variables: Readonly<Record<string, string>>, source: string): Case {
  const notes = [`${source}: ${String(Object.keys(variables).length)} variables of the Convex deployment`];
  const has = (variables['WORKOS_CLIENT_ID'] ?? '') !== '';
  return { ...NOTHING, convexEnv: variables, notes, symptoms: has ? [] : [unset(source)] };
}

const unset = (source: string): Symptom => ({
  name: 'clientIdUnset',
  seen: [`WORKOS_CLIENT_ID is not among the variables of the Convex deployment (${source})`],
  count: 1,
  times: [],
  frames: [],
});
