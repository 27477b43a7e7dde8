/** Reads a log line by line: of a server, of Vercel, of `npx convex logs`, of a browser's console. Holds counts, not lines. */
import { stripVTControlCharacters } from 'node:util';
import { BACKGROUND_FETCH, LOG_TEXTS } from './log-texts.ts';
import { type Symptom, type SymptomName, pathOf } from './symptoms.ts';
import { startsSignIn, signsOut } from './traffic.ts';

/** Longer lines are cut: a minified stack is of no use here. */
const MAX_LINE = 20_000;
const MAX_TIMES = 5_000;
const MAX_FRAMES = 20;

/** So many of one kind are a loop, and not an accident. */
export const LOOP = 5;

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
  readonly feed: (line: string) => void;
  readonly end: () => readonly Symptom[];
}

/** A reader of one log. `source` names it in what was seen. */
export function createLogReader(source: string): LogReader {
  const seen = new Map<SymptomName, Seen>();
  let number = 0;
  let last: Seen | undefined;
  let time: number | undefined;
  const note = (name: SymptomName, quote: string, path?: string): void => {
    const known = seen.get(name) ?? {
      count: 0,
      quote,
      firstLine: number,
      lastLine: number,
      times: [],
      frames: new Set<string>(),
      path,
    };
    seen.set(name, known);
    known.count += 1;
    known.lastLine = number;
    known.path ??= path;
    if (time !== undefined && known.times.length < MAX_TIMES) known.times.push(time);
    last = known;
  };
  return {
    feed(raw) {
      number += 1;
      const line = stripVTControlCharacters(raw.slice(0, MAX_LINE)).trimEnd();
      time = timeIn(line);
      const text = LOG_TEXTS.find(({ pattern }) => pattern.test(line));
      if (text) note(text.name, text.quote);
      const fetched = BACKGROUND_FETCH.exec(line)?.groups?.['url'];
      if (fetched !== undefined) {
        const path = pathOf(fetched);
        if (signsOut(line, path)) note('signOutPrefetched', `a background request of ${path} failed at CORS`, path);
        else if (startsSignIn(line)) note('signInPrefetched', `a background request of ${path} failed at CORS`, path);
      }
      const frame =
        /(?:at (?:async )?[^(]{0,200}\(|^\s*at )(?<place>(?:\.{0,2}\/)?[\w@()[\]./-]+\.[cm]?[jt]sx?:\d+:\d+)\)?/u.exec(
          line,
        )?.groups?.['place'];
      if (frame !== undefined && last && last.frames.size < MAX_FRAMES && !frame.includes('node_modules'))
        last.frames.add(frame);
    },
    end: () => [...merged(seen)].map(([name, one]) => symptomOf(name, one, source)),
  };
}

/** What one text alone can't tell apart: one failed refresh is an accident, a row of them is a loop; a callback error with its code is told by the code. */
function merged(seen: ReadonlyMap<SymptomName, Seen>): ReadonlyMap<SymptomName, Seen> {
  const result = new Map(seen);
  const failed = result.get('refreshFailed');
  if (failed && (failed.count >= LOOP || result.has('refreshLoop'))) {
    result.delete('refreshFailed');
    const loop = result.get('refreshLoop');
    result.set('refreshLoop', loop ? { ...failed, count: failed.count + loop.count, quote: loop.quote } : failed);
  }
  if (result.has('missingVerifier') || result.has('stateMismatch')) result.delete('callbackFailed');
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
    times: [...times].sort((a, b) => a - b),
    frames: [...frames],
    ...(path !== undefined && { path }),
  };
}

/** The time that a line begins with: ISO 8601, or as `npx convex logs` writes it. */
function timeIn(line: string): number | undefined {
  const text =
    /^\W{0,2}(?<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?|\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d(?: [AP]M)?)/u.exec(
      line,
    )?.groups?.['time'];
  const time = text === undefined ? Number.NaN : Date.parse(text.replace(',', text.includes('/') ? ',' : '.'));
  return Number.isNaN(time) ? undefined : time;
}
