/** Refreshes of the access token in the traffic of a browser, and whether they are a storm. */
import { pathOf } from '../urls.ts';
import { LOOP, type Symptom } from '../symptoms.ts';
import type { Request } from './entry.ts';

/** A burst: so many events within this time. */
const BURST_MS = 10_000;
/** Far more than any verdict needs. */
const MAX_CALLS = 20_000;
/** AuthKit's server actions that renew the token. Next.js names them by a hash, so that only their results tell them from others. */
const FAILED = /Failed to refresh (?:access token|session)/u;
/** A token, or the session that it belongs to. */
const RENEWED = /\beyJ[\w-]+\.|"(?:access_?[Tt]oken|sessionId)"/u;

export interface Refresh {
  readonly time: number | undefined;
  readonly failed: boolean;
  /** Which server action it was, or `authenticate` of WorkOS's own address. */
  readonly action: string;
  readonly page: string;
}

/** Whether the result of an action is there to be read: not left out, not taken out of the file, in no encoding that is not known. */
const isReadable = (body: string): boolean => /^\s*(?:[\da-f]*:|[[{"])/u.test(body) && !/redacted/iu.test(body);

/** A server action that renewed the token, or may have where its result can't be read; or a request to WorkOS's own address for one. */
export function refreshOf({ body, headers, method, status, time, url }: Request): Refresh | undefined {
  if (method !== 'POST') return undefined;
  const path = pathOf(url);
  const action =
    headers.get('next-action') ?? (path.endsWith('/user_management/authenticate') ? 'authenticate' : undefined);
  const failed = status >= 400 || FAILED.test(body);
  if (action === undefined || (!failed && isReadable(body) && !RENEWED.test(body))) return undefined;
  return { time, failed, action, page: path };
}

export interface RefreshReader {
  readonly feed: (refresh: Refresh) => void;
  readonly end: (source: string) => readonly Symptom[];
}

interface Calls {
  count: number;
  failed: number;
  readonly times: number[];
  readonly page: string;
}

export function createRefreshReader(): RefreshReader {
  const byAction = new Map<string, Calls>();
  return {
    feed({ action, failed, page, time }) {
      const calls = byAction.get(action) ?? { count: 0, failed: 0, times: [], page };
      byAction.set(action, calls);
      calls.count += 1;
      if (failed) calls.failed += 1;
      if (time !== undefined && calls.times.length < MAX_CALLS) calls.times.push(time);
    },
    end: (source) => [...byAction.values()].flatMap((calls) => symptomOf(calls, source) ?? []),
  };
}

function symptomOf({ count, failed, page, times: unsorted }: Calls, source: string): Symptom | undefined {
  const times = unsorted.toSorted((a, b) => a - b);
  const most = mostWithin(times, BURST_MS);
  const about = { times, frames: [], page };
  if (most >= LOOP && (failed > 0 || most >= 2 * LOOP)) {
    const span = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
    const seen = `${String(count)} POSTs of one server action in ${span.toFixed(1)} s; ${String(failed)} of them returned that the refresh failed (${source})`;
    return { name: 'refreshLoop', seen: [seen], count, ...about };
  }
  if (failed === 0) return undefined;
  const seen = `${String(failed)} of ${String(count)} refreshes failed (${source})`;
  return { name: 'refreshFailed', seen: [seen], ...about, count: failed };
}

/** The most events within a time, sliding over sorted ones. */
export function mostWithin(times: readonly number[], milliseconds: number): number {
  let most = 0;
  let start = 0;
  for (const [end, time] of times.entries()) {
    while (time - (times[start] ?? time) > milliseconds) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}
