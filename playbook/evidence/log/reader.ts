/**
 * Reads a log of any size: of a server, of Vercel, of `npx convex logs`, of a browser's console. One search for the words of all texts at
 * once finds the lines that matter; the others are counted. Holds counts, not lines.
 */
import { stripVTControlCharacters } from 'node:util';
import { LOOP, type Symptom, type SymptomName } from '../symptoms.ts';
import { hasSignInName, hasSignOutName, pathOf, signsOut, startsSignIn } from '../urls.ts';
import { BACKGROUND_FETCH, LOG_TEXTS, REFUSED_BY_CORS, ROUTER_FETCH_REFUSED, ROUTER_REQUEST, WORDS } from './texts.ts';
import { timeOfLine } from './times.ts';

/** Of a longer line (a log in JSON on one line, a minified stack) a window around the words is looked at. */
const MAX_LINE = 20_000;
const BEFORE = 2_000;
const MAX_TIMES = 5_000;
const MAX_FRAMES = 20;
/** The frames of an error follow its text, and its time may be so many lines above it. */
const FRAME_LINES = 30;
const LINES_ABOVE = 3;

interface Seen {
  count: number;
  readonly quote: string;
  readonly firstLine: number;
  lastLine: number;
  readonly times: number[];
  readonly frames: Set<string>;
  path: string | undefined;
}

export interface LogReader {
  /** Takes whole lines; the last one may lack its end. */
  readonly feed: (lines: string) => void;
  readonly end: () => readonly Symptom[];
  /** How many lines were read. */
  readonly lines: () => number;
}

/** A reader of one log. `source` names it in what was seen. */
export function createLogReader(source: string): LogReader {
  const seen = new Map<SymptomName, Seen>();
  let lines = 0;
  /** Whose frames come now, and for how many lines more. */
  let last: Seen | undefined;
  let framesLeft = 0;

  const note = (name: SymptomName, quote: string, line: number, time: number | undefined, path?: string): void => {
    const known = seen.get(name) ?? {
      count: 0,
      quote,
      firstLine: line,
      lastLine: line,
      times: [],
      frames: new Set<string>(),
      path,
    };
    seen.set(name, known);
    known.count += 1;
    known.lastLine = line;
    known.path ??= path;
    if (time !== undefined && known.times.length < MAX_TIMES) known.times.push(time);
    last = known;
    framesLeft = FRAME_LINES;
  };
  const look = (line: string, number: number, time: () => number | undefined): void => {
    const known = LOG_TEXTS.find(({ pattern }) => pattern.test(line));
    const isTold = known?.isSecond === true && last !== undefined && last.lastLine >= number - LINES_ABOVE;
    if (known && !isTold) note(known.name, known.quote, number, time());
    const background = backgroundRequestIn(line);
    if (background) note(background.name, background.quote, number, time(), background.path);
  };
  const frames = (text: string, from: number, to: number): void => {
    for (let at = from; at < to && framesLeft > 0 && last; framesLeft -= 1) {
      const end = endOfLine(text, at);
      const frame = frameOf(text.slice(at, Math.min(end, at + BEFORE)));
      if (frame !== undefined && last.frames.size < MAX_FRAMES) last.frames.add(frame);
      at = end + 1;
    }
  };

  return {
    lines: () => lines,
    feed(raw) {
      const text = plain(raw);
      const words = new RegExp(WORDS, 'gu');
      let counted = 0;
      let at = 0;
      for (let hit = words.exec(text); hit; hit = words.exec(text)) {
        const start = text.lastIndexOf('\n', hit.index) + 1;
        const end = endOfLine(text, hit.index);
        frames(text, at, start);
        lines += newlinesIn(text, counted, start);
        counted = start;
        const [from, to] = [Math.max(start, hit.index - BEFORE), Math.min(end, hit.index + MAX_LINE)];
        look(text.slice(from, to), lines + 1, () => timeAt(text, start, from));
        frames(text, from, Math.min(end + 1, text.length));
        at = end + 1;
        words.lastIndex = Math.max(to, hit.index + 1);
      }
      frames(text, at, text.length);
      lines += newlinesIn(text, counted, text.length);
      if (text !== '' && !text.endsWith('\n')) lines += 1;
    },
    end: () => [...merged(seen)].map(([name, one]) => symptomOf(name, one, source)),
  };
}

interface BackgroundRequest {
  readonly name: 'signInPrefetched' | 'signOutPrefetched';
  readonly quote: string;
  readonly path?: string;
}

/** A request of Next.js's router, or one that CORS has stopped, that signs out or starts a sign-in. */
function backgroundRequestIn(line: string): BackgroundRequest | undefined {
  // A full stop ends the sentence, not the URL.
  const path = pathIn(BACKGROUND_FETCH.exec(line)?.groups?.['url']?.replace(/\.$/u, ''));
  if (path !== undefined || REFUSED_BY_CORS.test(line)) {
    const quote = `a background request${path === undefined ? '' : ` of ${path}`} failed at CORS`;
    const at = path === undefined ? {} : { path };
    if (signsOut(line, path)) return { name: 'signOutPrefetched', quote, ...at };
    if (startsSignIn(line)) return { name: 'signInPrefetched', quote, ...at };
  }
  const { behind, url } = ROUTER_REQUEST.exec(line)?.groups ?? {};
  const asked = path ?? pathIn(behind ?? url);
  return asked !== undefined && hasSignOutName(asked)
    ? { name: 'signOutPrefetched', quote: `a request of Next.js's router for ${asked}`, path: asked }
    : refusedRequestIn(line);
}

/** What Safari says of a request of the app's own origin that was redirected to another one: not where to, so that the path's name decides. */
function refusedRequestIn(line: string): BackgroundRequest | undefined {
  const path = pathIn(ROUTER_FETCH_REFUSED.exec(line)?.groups?.['url']);
  if (path === undefined) return undefined;
  const name = hasSignOutName(path) ? 'signOutPrefetched' : hasSignInName(path) ? 'signInPrefetched' : undefined;
  return name && { name, quote: `a background request of ${path} failed at CORS`, path };
}

const pathIn = (url: string | undefined): string | undefined => (url === undefined ? undefined : pathOf(url));

/** Without colours and carriage returns, which part words and lines. */
function plain(text: string): string {
  const isColoured = text.includes('\u001B') || text.includes('\u009B');
  const uncoloured = isColoured ? stripVTControlCharacters(text) : text;
  return uncoloured.includes('\r') ? uncoloured.replaceAll(/\r\n?/gu, '\n') : uncoloured;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function newlinesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The time of the line itself, of what is shortly before the words in a long one, or of the lines above. */
function timeAt(text: string, start: number, from: number): number | undefined {
  const own = timeOfLine(text.slice(from, from + MAX_LINE)) ?? timeOfLine(text.slice(start, start + BEFORE));
  if (own !== undefined) return own;
  let end = start - 1;
  for (let above = 0; above < LINES_ABOVE && end > 0; above += 1) {
    const begin = text.lastIndexOf('\n', end - 1) + 1;
    const time = timeOfLine(text.slice(begin, Math.min(end, begin + BEFORE)));
    if (time !== undefined) return time;
    end = begin - 1;
  }
  return undefined;
}

const FILE = String.raw`(?:\.{0,2}\/)?[\w@()[\]./-]{1,200}\.[cm]?[jt]sx?`;
const STACK_FRAME = new RegExp(
  String.raw`(?:\bat (?:async )?[^(\n]{0,200}\(|^\s*at )(?<place>${FILE}:\d+:\d+)\)?`,
  'u',
);
const NEXT_FRAME = new RegExp(String.raw`⨯ (?<name>${FILE}) \((?<row>\d+):(?<column>\d+)\)`, 'u');

/** A place in a file of the app: `at async Page (app/pricing/page.tsx:4:21)`, `⨯ app/pricing/page.tsx (4:21) @ Page`. */
function frameOf(line: string): string | undefined {
  const { column = '', name, row = '' } = NEXT_FRAME.exec(line)?.groups ?? {};
  const place = name === undefined ? STACK_FRAME.exec(line)?.groups?.['place'] : `${name}:${row}:${column}`;
  return place === undefined || /node_modules|\.next\//u.test(place) ? undefined : inProject(place);
}

/** Of an absolute path, the part in the app: what is before it names a person or a machine. */
function inProject(place: string): string {
  if (!place.startsWith('/')) return place;
  return (
    /\/(?<part>(?:apps?|components|convex|lib|packages|pages|server|src)\/.*)/u.exec(place)?.groups?.['part'] ??
    place.slice(place.lastIndexOf('/') + 1)
  );
}

/** What one text alone can't tell apart: one failed refresh is an accident, a row of them is a loop; a callback error with its code is recognised by the code. */
function merged(seen: ReadonlyMap<SymptomName, Seen>): ReadonlyMap<SymptomName, Seen> {
  const result = new Map(seen);
  const failed = result.get('refreshFailed');
  if (failed && (failed.count >= LOOP || result.has('refreshLoop'))) {
    result.delete('refreshFailed');
    const loop = result.get('refreshLoop');
    result.set('refreshLoop', loop ? { ...failed, count: failed.count + loop.count, quote: loop.quote } : failed);
  }
  const isExplained = (['clientRefused', 'missingVerifier', 'stateMismatch'] as const).some((name) => result.has(name));
  if (isExplained) result.delete('callbackFailed');
  return result;
}

function symptomOf(
  name: SymptomName,
  { count, firstLine, frames, lastLine, path, quote, times }: Seen,
  source: string,
): Symptom {
  const where =
    firstLine === lastLine ? `line ${String(firstLine)}` : `lines ${String(firstLine)} to ${String(lastLine)}`;
  return {
    name,
    seen: [`"${quote}"${count === 1 ? '' : `, ${String(count)} times`} (${source}, ${where})`],
    count,
    times: times.toSorted((a, b) => a - b),
    frames: [...frames],
    ...(path !== undefined && { path }),
  };
}
