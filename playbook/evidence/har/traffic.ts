/** Reads the requests of a HAR, one after the other: what went out in the background, what was refreshed, which redirect URI was sent. */
import { recordOf } from '../../../project/settings.ts';
import { createLogReader } from '../log/reader.ts';
import type { Evidence, Symptom, SymptomName } from '../symptoms.ts';
import { hostOf, pathOf, shownUri, signsOut, startsSignIn } from '../urls.ts';
import { pageOf, type Request, requestOf } from './entry.ts';
import { createEventRecorder, type EventRecorder, type TrafficEvent } from './events.ts';
import { createRefreshReader, mostWithin, refreshOf } from './refreshes.ts';
import { parsed } from '../../../project/json.ts';

const MAX_TOKENS = 20;
const MAX_TIMES = 5_000;
/** So many sign-ins within this time are started by no person. */
const SIGN_IN_LOOP = 5;
const SIGN_IN_LOOP_MS = 15_000;
/** So many times does Convex's client authenticate in one recording only where the hook's function changes all the time. */
const SOCKET_LOOP = 50;

export interface Traffic extends Evidence {
  readonly events: readonly TrafficEvent[];
  readonly omitted: number;
}

export interface TrafficReader {
  /** Takes an entry of `log.entries`, whatever it is. Never throws. */
  readonly feed: (entry: unknown) => void;
  readonly end: () => Traffic;
  /** How many entries were read. */
  readonly entries: () => number;
}

interface More {
  readonly page?: string;
  readonly path?: string;
  readonly redirectUri?: string;
}

interface Found extends More {
  readonly name: SymptomName;
  readonly seen: string;
  count: number;
  readonly times: number[];
}

interface Reading {
  readonly note: (name: SymptomName, request: Request, seen: string, more?: More) => void;
  readonly recorder: EventRecorder;
  readonly tokens: Set<string>;
  /** When sign-ins were started by a navigation. */
  readonly signIns: number[];
  authenticated: number;
}

export function createTrafficReader(source: string): TrafficReader {
  const found = new Map<string, Found>();
  const refreshes = createRefreshReader();
  const texts = createLogReader(source);
  let number = 0;
  const reading: Reading = {
    recorder: createEventRecorder(),
    tokens: new Set(),
    signIns: [],
    authenticated: 0,
    note(name, { time }, seen, more = {}) {
      const key = [name, more.page, more.path, more.redirectUri].join(' ');
      const known = found.get(key) ?? { name, count: 0, seen, times: [], ...more };
      found.set(key, known);
      known.count += 1;
      if (time !== undefined && known.times.length < MAX_TIMES) known.times.push(time);
    },
  };
  return {
    entries: () => number,
    feed(entry) {
      number += 1;
      const request = requestOf(entry);
      if (!request) return;
      sentElsewhere(request, reading);
      const isNoted =
        background(request, reading) ||
        redirectUri(request, reading) ||
        tooLarge(request, reading) ||
        endless(request, reading);
      const refresh = refreshOf(request);
      if (refresh) {
        refreshes.feed(refresh);
        reading.recorder.add(request, 'server action', refresh.failed ? 'the refresh failed' : '');
      } else if (!isNoted) plain(request, reading);
      if (request.status >= 500) texts.feed(request.body);
      socket(request, reading);
    },
    end() {
      const symptoms = [...found.values()].map((one) => symptomOf(one, source));
      return {
        symptoms: [...symptoms, ...refreshes.end(source), ...loops(reading, source), ...texts.end()],
        tokens: [...reading.tokens],
        events: reading.recorder.events(),
        omitted: reading.recorder.omitted(),
      };
    },
  };
}

function symptomOf({ count, seen, times, ...rest }: Found, source: string): Symptom {
  return {
    ...rest,
    seen: [`${seen}${count === 1 ? '' : `, ${String(count)} times`} (${source})`],
    count,
    times: times.toSorted((a, b) => a - b),
    frames: [],
  };
}

/** Notes a request that no one clicked for: of Next.js's router, without a navigation. Returns whether it did something. */
function background(request: Request, { note, recorder }: Reading): boolean {
  const { headers, location, method, setCookies, status, url } = request;
  if (method !== 'GET' || headers.get('sec-fetch-mode') === 'navigate') return false;
  const isPrefetch =
    headers.has('next-router-prefetch') ||
    headers.has('next-router-segment-prefetch') ||
    /prefetch/iu.test(`${headers.get('purpose') ?? ''}${headers.get('sec-purpose') ?? ''}`);
  if (!isPrefetch && headers.get('rsc') !== '1' && !/[?&]_rsc=/u.test(url)) return false;
  const path = pathOf(url);
  const page = pageOf(request);
  const how = isPrefetch ? 'prefetched' : 'requested in the background (a prefetch, or a click on a <Link>)';
  const from = page === undefined ? '' : ` from ${page}`;
  const response = `GET ${path} was ${how}${from} and returned ${String(status)}`;
  const more = { path, ...(page !== undefined && { page }) };
  const kind = isPrefetch ? 'prefetch' : 'router';
  if (setCookies.some(endsSession) || signsOut(location, path)) {
    note('signOutPrefetched', request, `${response}, which ended the session`, more);
    recorder.add(request, kind, 'ended the session', 'signOutPrefetched');
    return true;
  }
  if (setCookies.some(isVerifier) || startsSignIn(location)) {
    note('signInPrefetched', request, `${response}, which started a sign-in`, more);
    recorder.add(request, kind, 'started a sign-in', 'signInPrefetched');
    return true;
  }
  return false;
}

const endsSession = (cookie: string): boolean =>
  /^[^=;]*sess[^=;]*=(?:;|$|[^;]*;.*(?:max-age=(?:0|-)|expires=[^;]*(?:1970|1969)))/iu.test(cookie);
const isVerifier = (cookie: string): boolean =>
  /^wos-auth-verifier[^=]*=[^;\s]/u.test(cookie) && !/max-age=0|expires=[^;]*1970/iu.test(cookie);

/** Notes a sign-in at WorkOS, and the redirect URI that it refuses. */
function redirectUri(request: Request, { note, recorder, signIns }: Reading): boolean {
  if (!startsSignIn(request.url)) return false;
  if (request.headers.get('sec-fetch-mode') === 'navigate' && request.time !== undefined && signIns.length < MAX_TIMES)
    signIns.push(request.time);
  const uri = redirectUriIn(request.url);
  const isRefused =
    request.status >= 400 ||
    /redirect[-_ ]uri[-_ ]invalid|not a valid redirect/iu.test(request.body + request.location);
  if (uri === undefined || !isRefused) {
    recorder.add(request, 'sign-in');
    return true;
  }
  const sent = shownUri(uri);
  note('redirectUriInvalid', request, `redirect_uri=${sent} was sent, and WorkOS returned ${String(request.status)}`, {
    redirectUri: sent,
    path: pathOf(sent),
  });
  recorder.add(request, 'sign-in', `redirect_uri=${sent} was refused`, 'redirectUriInvalid');
  return true;
}

const redirectUriIn = (url: string): string | undefined =>
  /[?&]redirect_uri=(?<uri>[^&#]*)/u.exec(url)?.groups?.['uri'];

/** Notes a sign-in that a preview starts, and that ends on a host which is none: WorkOS knows production's redirect URI, and takes it. */
function sentElsewhere(request: Request, { note }: Reading): void {
  const host = hostOf(request.url);
  const uri = isPreviewHost(host) && startsSignIn(request.location) ? redirectUriIn(request.location) : undefined;
  if (uri === undefined) return;
  const sent = shownUri(uri);
  const target = hostOf(sent);
  if (target === '' || target === host || mayBePreviewHost(target) || OF_ITS_OWN.test(target)) return;
  note('otherRedirectHost', request, `the preview ${host} sent redirect_uri=${sent}`, {
    redirectUri: sent,
    path: pathOf(request.url),
  });
}

/** Hosts at which a preview's sign-in may well end: a callback on Convex, a domain of the app's for previews. */
const OF_ITS_OWN = /\.convex\.site$|(?:^|[.-])(?:dev|preview|stag(?:e|ing))s?[.-]/iu;

/**
 * A host that the platform gives to one deployment or branch: `shop-git-fix-acme.vercel.app`, `shop-1a2b3c4d5-acme.vercel.app`, `fix--shop.netlify.app`.
 * The branch of production has such a host too.
 */
const isPreviewHost = (host: string): boolean => isHostOf(host, DRAWN);
const mayBePreviewHost = (host: string): boolean => isHostOf(host, MAY_BE_DRAWN);

/** The nine characters of a deployment are drawn. A word with a number at one end may be a project's own: `shop-console20-acme.vercel.app`. */
const DRAWN = /-(?=[a-z\d]*(?:[a-z]\d+[a-z]|\d[a-z]+\d))[a-z\d]{9}-[a-z\d-]+\.vercel\.app$/iu;
const MAY_BE_DRAWN = /-(?=[a-z]*\d)[a-z\d]{9}-[a-z\d-]+\.vercel\.app$/iu;
const OF_BRANCH = /-git-[\w-]+-[a-z\d-]+\.vercel\.app$|--[\w-]+\.netlify\.app$/iu;

const isHostOf = (host: string, deployment: RegExp): boolean =>
  !/(?:-git-|^)(?:main|master|production)-/iu.test(host) && (OF_BRANCH.test(host) || deployment.test(host));

function tooLarge(request: Request, { note, recorder }: Reading): boolean {
  if (request.status !== 431) return false;
  // The cookies are those of the site, whatever page was asked for.
  note('tooManyCookies', request, `HTTP 431 for ${pathOf(request.url)}`);
  recorder.add(request, 'page', 'the headers are too large', 'tooManyCookies');
  return true;
}

/** Notes a page that redirects without end. An image of another host that does so is not the app's. */
function endless(request: Request, { note, recorder }: Reading): boolean {
  if (!request.isDocument || !request.error.includes('ERR_TOO_MANY_REDIRECTS')) return false;
  const path = pathOf(request.url);
  note('redirectsToItself', request, `${path} redirected too many times`, { path });
  recorder.add(request, 'page', 'redirected too many times', 'redirectsToItself');
  return true;
}

/** What else shows how things came about: the pages that were opened, and what failed. */
function plain(request: Request, { recorder }: Reading): void {
  const { headers, method, setCookies, status } = request;
  const isPage = headers.get('sec-fetch-mode') === 'navigate';
  if (!isPage && status < 500) return;
  const effect = setCookies.some(endsSession)
    ? 'ended the session'
    : setCookies.some((cookie) => /^wos-session=[^;]/u.test(cookie))
      ? 'set the session'
      : status >= 500
        ? 'failed'
        : '';
  recorder.add(request, isPage && method === 'GET' ? 'page' : 'other', effect);
}

function socket(request: Request, reading: Reading): void {
  const { frames } = request;
  for (const frame of frames) {
    const message = recordOf(parsed(frame));
    if (message['type'] === 'Authenticate' && typeof message['value'] === 'string') {
      reading.authenticated += 1;
      if (reading.tokens.size < MAX_TOKENS) reading.tokens.add(message['value']);
    } else if (message['type'] === 'AuthError') {
      reading.note('convexRejects', request, "Convex's socket returned AuthError");
      reading.recorder.add(request, 'socket', 'Convex rejected the token', 'convexRejects');
    }
  }
}

/** What shows by its number alone. */
function loops({ authenticated, signIns }: Reading, source: string): Symptom[] {
  const times = signIns.toSorted((a, b) => a - b);
  const most = mostWithin(times, SIGN_IN_LOOP_MS);
  const symptoms: Symptom[] = [];
  if (most >= SIGN_IN_LOOP) {
    const seen = `${String(times.length)} sign-ins were started by the browser itself, ${String(most)} of them within ${String(SIGN_IN_LOOP_MS / 1000)} s (${source})`;
    symptoms.push({ name: 'signInLoop', seen: [seen], count: times.length, times, frames: [] });
  }
  if (authenticated >= SOCKET_LOOP) {
    const seen = `Convex's client authenticated ${String(authenticated)} times or more (${source})`;
    symptoms.push({ name: 'authenticateLoop', seen: [seen], count: authenticated, times: [], frames: [] });
  }
  return symptoms;
}
