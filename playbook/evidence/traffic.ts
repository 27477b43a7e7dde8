/** Reads the requests of a HAR, one after the other: what went out in the background, what was refreshed, which redirect URI was sent. */
import { recordOf } from '../../project/settings.ts';
import { LOOP, createLogReader } from './log.ts';
import { type Evidence, type Symptom, type SymptomName, pathOf } from './symptoms.ts';

/** A response's text is looked at so far for the texts of an error. */
const MAX_BODY = 200_000;
const MAX_TOKENS = 20;
/** A burst: so many refreshes within this time. */
const BURST_MS = 10_000;

interface Request {
  readonly method: string;
  readonly url: string;
  readonly time: number | undefined;
  readonly headers: ReadonlyMap<string, string>;
  readonly status: number;
  readonly setCookies: readonly string[];
  readonly location: string;
  readonly body: string;
}

export interface TrafficReader {
  /** Takes an entry of `log.entries`, whatever it is. Never throws. */
  readonly feed: (entry: unknown) => void;
  readonly end: () => Evidence;
  /** How many entries were read. */
  readonly entries: () => number;
}

interface Found {
  count: number;
  readonly seen: string;
  readonly times: number[];
  readonly page: string | undefined;
  readonly path: string | undefined;
  readonly redirectUri: string | undefined;
}

export function createTrafficReader(source: string): TrafficReader {
  const found = new Map<string, Found & { readonly name: SymptomName }>();
  const refreshes: { time: number | undefined; failed: boolean; action: string; page: string }[] = [];
  const tokens = new Set<string>();
  const texts = createLogReader(source);
  let number = 0;
  const note = (
    name: SymptomName,
    request: Request,
    seen: string,
    more: { page?: string; path?: string; redirectUri?: string } = {},
  ): void => {
    const key = [name, more.page, more.path, more.redirectUri].join(' ');
    const known = found.get(key) ?? {
      name,
      count: 0,
      seen,
      times: [],
      page: more.page,
      path: more.path,
      redirectUri: more.redirectUri,
    };
    found.set(key, known);
    known.count += 1;
    if (request.time !== undefined) known.times.push(request.time);
  };
  return {
    entries: () => number,
    feed(entry) {
      number += 1;
      const request = requestOf(entry);
      if (!request) return;
      background(request, note);
      redirectUri(request, note);
      const refresh = refreshOf(request);
      if (refresh) refreshes.push(refresh);
      if (request.status === 431)
        note('tooManyCookies', request, `HTTP 431 for ${pathOf(request.url)}`, { path: pathOf(request.url) });
      if (request.status >= 500) for (const line of request.body.slice(0, MAX_BODY).split('\n')) texts.feed(line);
      for (const message of socketMessages(entry)) socketMessage(message, request, note, tokens);
    },
    end() {
      const symptoms: Symptom[] = [...found.values()].map(
        ({ count, name, page, path, redirectUri: uri, seen, times }) => ({
          name,
          seen: [`${seen}${count === 1 ? '' : `, ${String(count)} times`} (${source})`],
          count,
          times: times.sort((a, b) => a - b),
          frames: [],
          ...(page !== undefined && { page }),
          ...(path !== undefined && { path }),
          ...(uri !== undefined && { redirectUri: uri }),
        }),
      );
      return { symptoms: [...symptoms, ...refreshSymptoms(refreshes, source), ...texts.end()], tokens: [...tokens] };
    },
  };
}

type Note = (
  name: SymptomName,
  request: Request,
  seen: string,
  more?: { page?: string; path?: string; redirectUri?: string },
) => void;

/** A request that nobody clicked for: of Next.js's router, without a navigation. */
function background(request: Request, note: Note): void {
  const { headers, location, method, setCookies, url } = request;
  if (method !== 'GET' || headers.get('sec-fetch-mode') === 'navigate') return;
  const isPrefetch =
    headers.has('next-router-prefetch') ||
    headers.has('next-router-segment-prefetch') ||
    /prefetch/iu.test(`${headers.get('purpose') ?? ''}${headers.get('sec-purpose') ?? ''}`);
  if (!isPrefetch && headers.get('rsc') !== '1' && !/[?&]_rsc=/u.test(url)) return;
  const path = pathOf(url);
  const page = headers.get('next-url') ?? (headers.has('referer') ? pathOf(headers.get('referer') ?? '') : undefined);
  const how = isPrefetch ? 'prefetched' : 'requested in the background (a prefetch, or a click on a <Link>)';
  const from = page === undefined ? '' : ` from ${pathOf(page)}`;
  const answer = `GET ${path} was ${how}${from} and answered ${String(request.status)}`;
  const more = { path, ...(page !== undefined && { page: pathOf(page) }) };
  if (setCookies.some(endsSession) || signsOut(location, path))
    note('signOutPrefetched', request, `${answer}, which ended the session`, more);
  else if (setCookies.some(isVerifier) || startsSignIn(location))
    note('signInPrefetched', request, `${answer}, which started a sign-in`, more);
}

const endsSession = (cookie: string): boolean =>
  /^[^=;]*sess[^=;]*=(?:;|$|[^;]*;.*(?:max-age=(?:0|-)|expires=[^;]*(?:1970|1969)))/iu.test(cookie);
const isVerifier = (cookie: string): boolean =>
  /^wos-auth-verifier[^=]*=[^;\s]/u.test(cookie) && !/max-age=0|expires=[^;]*1970/iu.test(cookie);

/** Whether a URL (or a line that has one in it) is WorkOS's logout. */
export const signsOut = (text: string, path = ''): boolean =>
  text.includes('/user_management/sessions/logout') ||
  (/(?:sign|log)[-_]?(?:out|off)$/iu.test(path) && text.includes('logout'));

/** Whether a URL (or a line that has one in it) is WorkOS's sign-in. */
export const startsSignIn = (text: string): boolean => /\/(?:user_management|sso)\/authorize\b/u.test(text);

function redirectUri(request: Request, note: Note): void {
  if (!startsSignIn(request.url)) return;
  const uri = /[?&]redirect_uri=(?<uri>[^&#]*)/u.exec(request.url)?.groups?.['uri'];
  const isRefused =
    request.status >= 400 ||
    /redirect[-_ ]uri[-_ ]invalid|not a valid redirect/iu.test(request.body.slice(0, MAX_BODY) + request.location);
  if (uri === undefined || !isRefused) return;
  const sent = shownUri(uri);
  note('redirectUriInvalid', request, `redirect_uri=${sent} was sent, and WorkOS answered ${String(request.status)}`, {
    redirectUri: sent,
    path: pathOf(sent),
  });
}

/** A redirect URI without anything that could be a secret: origin and path. */
function shownUri(encoded: string): string {
  try {
    const url = new URL(decodeURIComponent(encoded));
    return `${url.origin}${url.pathname}`;
  } catch {
    return '(no URL)';
  }
}

/** A server action that asks for a token, or a request to WorkOS's own address for one. */
function refreshOf({
  body,
  headers,
  method,
  status,
  time,
  url,
}: Request): { time: number | undefined; failed: boolean; action: string; page: string } | undefined {
  if (method !== 'POST') return undefined;
  const action =
    headers.get('next-action') ?? (pathOf(url).endsWith('/user_management/authenticate') ? 'authenticate' : undefined);
  if (action === undefined) return undefined;
  const failed = status >= 400 || /Failed to refresh (?:access token|session)/u.test(body.slice(0, MAX_BODY));
  return { time, failed, action, page: pathOf(url) };
}

function refreshSymptoms(
  refreshes: readonly { time: number | undefined; failed: boolean; action: string; page: string }[],
  source: string,
): Symptom[] {
  const byAction = new Map<string, (typeof refreshes)[number][]>();
  for (const refresh of refreshes) byAction.set(refresh.action, [...(byAction.get(refresh.action) ?? []), refresh]);
  const symptoms: Symptom[] = [];
  for (const calls of byAction.values()) {
    const failed = calls.filter((call) => call.failed).length;
    const times = calls.flatMap(({ time }) => time ?? []).sort((a, b) => a - b);
    const most = mostWithin(times, BURST_MS);
    const page = calls[0]?.page;
    const about = { count: calls.length, times, frames: [], ...(page !== undefined && { page }) };
    if (most >= LOOP && (failed > 0 || most >= 2 * LOOP)) {
      const span = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
      const seen = `${String(calls.length)} POSTs of one server action in ${span.toFixed(1)} s, ${String(failed)} of them answered that the refresh failed (${source})`;
      symptoms.push({ name: 'refreshLoop', seen: [seen], ...about });
    } else if (failed > 0)
      symptoms.push({
        name: 'refreshFailed',
        seen: [`${String(failed)} of ${String(calls.length)} refreshes failed (${source})`],
        ...about,
        count: failed,
      });
  }
  return symptoms;
}

/** The most events within a time, sliding over sorted ones. */
function mostWithin(times: readonly number[], milliseconds: number): number {
  let most = 0;
  let start = 0;
  for (const [end, time] of times.entries()) {
    while (time - (times[start] ?? time) > milliseconds) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}

function socketMessage(text: string, request: Request, note: Note, tokens: Set<string>): void {
  const message = recordOf(parsed(text));
  if (message['type'] === 'Authenticate' && typeof message['value'] === 'string') {
    if (tokens.size < MAX_TOKENS) tokens.add(message['value']);
  } else if (message['type'] === 'AuthError') note('convexRejects', request, "Convex's socket answered AuthError");
}

function socketMessages(entry: unknown): readonly string[] {
  const messages = recordOf(entry)['_webSocketMessages'];
  return Array.isArray(messages) ? messages.flatMap((message) => textOf(recordOf(message)['data']) ?? []) : [];
}

function requestOf(entry: unknown): Request | undefined {
  const { request, response, startedDateTime } = recordOf(entry);
  const { headers, method, url } = recordOf(request);
  if (typeof url !== 'string' || typeof method !== 'string') return undefined;
  const answer = recordOf(response);
  const answered = headersOf(answer['headers']);
  const time = Date.parse(String(startedDateTime));
  return {
    method: method.toUpperCase(),
    url,
    time: Number.isNaN(time) ? undefined : time,
    headers: new Map(headersOf(headers)),
    status: typeof answer['status'] === 'number' ? answer['status'] : 0,
    // Several cookies in one header stand on lines of their own.
    setCookies: answered.filter(([name]) => name === 'set-cookie').flatMap(([, value]) => value.split('\n')),
    location: answered.find(([name]) => name === 'location')?.[1] ?? textOf(answer['redirectURL']) ?? '',
    body: bodyOf(recordOf(answer['content'])),
  };
}

function bodyOf({ encoding, text }: Readonly<Record<string, unknown>>): string {
  if (typeof text !== 'string') return '';
  return encoding === 'base64' ? Buffer.from(text.slice(0, 2 * MAX_BODY), 'base64').toString('utf8') : text;
}

const headersOf = (headers: unknown): [string, string][] =>
  Array.isArray(headers)
    ? headers.map((header) => {
        const { name, value } = recordOf(header);
        return [String(name).toLowerCase(), String(value)];
      })
    : [];

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
