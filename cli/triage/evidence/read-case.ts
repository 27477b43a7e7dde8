/** Reads the evidence of a case: what each piece is shows in its content. Large files are read as streams, in constant memory. */
import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { harShape } from '../../../playbook/evidence/har/entry.ts';
import { createJsonStream } from '../../../playbook/evidence/har/json-stream.ts';
import { createTrafficReader } from '../../../playbook/evidence/har/traffic.ts';
import { createLogReader } from '../../../playbook/evidence/log/reader.ts';
import type { Symptom } from '../../../playbook/evidence/symptoms.ts';
import { redact } from '../../../analysis/texts/redact.ts';
import { reasonOf } from '../../files/problem.ts';
import type { Terminal } from '../../output/terminal.ts';
import { count } from '../../output/words.ts';
import { UsageError } from '../../usage.ts';
import { type Case, NOTHING, TAKES, together } from './case.ts';
import { type Chunks, linesOf, peek, utf8Of } from './chunks.ts';
import { envCase, isEnvList } from './env-list.ts';
import { looksSecret, statsOf, tokenIn } from './inputs.ts';
import { jsonCase } from './small-json.ts';

/** What is looked at to tell what a text is. */
const HEAD = 64 * 1024;
/** JSON that is no HAR, and lists of variables, are small. */
const MAX_SMALL = 4 * 1024 * 1024;
const MAX_LINE = 4 * 1024 * 1024;
const CHUNK = 256 * 1024;

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
  return together(all);
}

async function readPiece(piece: string, cwd: string): Promise<Case> {
  if (piece === '-') return readChunks(process.stdin, 'standard input');
  const path = resolve(cwd, piece);
  const stats = statsOf(path);
  if (!stats) {
    const said = logCase(piece, 'the text');
    // A word of WorkOS's page is evidence, too: redirect-uri-invalid.
    if (/\s/u.test(piece.trim()) || said.symptoms.length > 0) return said;
    throw new UsageError(`There is no file '${redact(piece)}'. ${TAKES}.`, { showHelp: false });
  }
  if (stats.isDirectory())
    throw new UsageError(`'${redact(piece)}' is a folder: --project names the app.`, { showHelp: false });
  try {
    return await readChunks(createReadStream(path, { highWaterMark: CHUNK }), redact(basename(piece)));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`'${redact(piece)}' can't be read: ${reasonOf(error)}.`, { showHelp: false });
  }
}

async function readChunks(bytes: AsyncIterable<Buffer | string>, source: string): Promise<Case> {
  const { chunks, head: first } = await peek(utf8Of(bytes), HEAD);
  const head = first.toString('utf8', 0, HEAD);
  if (head.includes('\0')) throw new UsageError(`${source} is binary. ${TAKES}.`, { showHelp: false });
  if (isHar(head)) return readHar(chunks, source);
  if (/^\s*[[{]/u.test(head)) return readJson(chunks, source);
  if (isEnvList(head)) return envCase(await wholeOf(chunks, source), source);
  const token = tokenIn(head);
  return token === undefined
    ? readLog(chunks, source)
    : { ...NOTHING, tokens: [token], notes: [`${source}: an access token`] };
}

const isHar = (head: string): boolean =>
  /^\s*\{\s*"log"\s*:\s*\{/u.test(head) && /"(?:entries|creator|version|pages|browser)"\s*:/u.test(head);

async function readHar(chunks: Chunks, source: string): Promise<Case> {
  const reader = createTrafficReader(source);
  const json = createJsonStream(
    harShape((entry) => {
      reader.feed(entry);
    }),
  );
  for await (const chunk of chunks) json.write(chunk);
  const { events, omitted, symptoms, tokens } = reader.end();
  const state = json.state();
  const problem = {
    whole: '',
    cut: ', which is cut off: what is there was read',
    damaged: ', which is damaged: what comes before that was read',
  }[state];
  const notes = [`${source}: a HAR of ${count(reader.entries(), 'request')}${problem}`];
  return { ...NOTHING, symptoms, tokens, events, omitted, notes, isUnderstood: state === 'whole' };
}

/** JSON that is no HAR: one small value, or a log whose lines are JSON. */
async function readJson(chunks: Chunks, source: string): Promise<Case> {
  const { chunks: all, head } = await peek(generatorOf(chunks), MAX_SMALL);
  if (head.length < MAX_SMALL) {
    const text = head.toString('utf8');
    return jsonCase(text, source) ?? logCase(text, source);
  }
  return readLog(all, source);
}

async function* generatorOf(chunks: Chunks): AsyncGenerator<Buffer> {
  yield* chunks;
}

async function readLog(chunks: Chunks, source: string): Promise<Case> {
  const reader = createLogReader(source);
  for await (const lines of linesOf(chunks, MAX_LINE)) reader.feed(lines);
  return logOutcome(reader.end(), source, reader.lines());
}

function logCase(text: string, source: string): Case {
  const reader = createLogReader(source);
  reader.feed(text);
  return logOutcome(reader.end(), source, reader.lines());
}

function logOutcome(symptoms: readonly Symptom[], source: string, lines: number): Case {
  const about = symptoms.length > 0 ? '' : '; no message of AuthKit, Convex or Next.js about a failed sign-in';
  const notes = [`${source}: ${lines === 0 ? 'empty' : count(lines, 'line')}${about}`];
  return { ...NOTHING, symptoms, notes, isUnderstood: symptoms.length > 0 };
}

async function wholeOf(chunks: Chunks, source: string): Promise<string> {
  const { chunks: _, head } = await peek(generatorOf(chunks), MAX_SMALL);
  if (head.length >= MAX_SMALL)
    throw new UsageError(`${source} is too large for a list of variables. ${TAKES}.`, { showHelp: false });
  return head.toString('utf8');
}
