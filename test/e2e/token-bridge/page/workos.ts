/**
 * WorkOS as a browser sees it: one session, its access tokens, and a refresh endpoint that may fail.
 * It counts, since the counts are what the proof is about.
 */
import type { Refresh } from '../page-record.ts';
import type { Outage } from '../scenarios.ts';

/** How long a WorkOS access token lives unless the environment says otherwise. */
const TOKEN_LIFETIME_SECONDS = 300;

/** A server action's way to WorkOS and back, and the way of one that only reads the session cookie. */
const REFRESH_MS = 20;
const READ_SESSION_MS = 5;

/**
 * How long `@workos-inc/node` waits before it repeats a request that was answered with 429 or 5xx: `getSleepTimeInMilliseconds` of
 * its HTTP client, without chance.
 */
const BACK_OFF_MS = [1125, 1687, 2531];

export interface SessionUser {
  readonly object: 'user';
  readonly id: string;
  readonly email: string;
}

export interface Session {
  readonly user: SessionUser;
  readonly sessionId: string;
  readonly organizationId: string;
  readonly accessToken: string;
}

export interface SessionOptions {
  readonly isSignedOut: boolean;
  /** How long the access token lives on that the session starts with. */
  readonly secondsLeft: number;
  /** It was minted earlier, or, for an SDK that mints one when the page opens and goes by its lifetime, it is a short-lived one. */
  readonly minted: 'earlier' | 'now';
  readonly outage: Outage | undefined;
  /** When the outage's seconds begin. */
  readonly startedAt: number;
  /** Whether the SDK repeats a failed request. */
  readonly backsOff: boolean;
  /** Nothing can be reached. */
  readonly isOffline: boolean;
}

let options: SessionOptions;
let accessToken = '';
let organizationId = 'org_01';
let minted = 0;

/** Every refresh of the session since the page was opened. */
export const refreshes: Refresh[] = [];

export function startSession(given: SessionOptions): void {
  options = given;
  const age = given.minted === 'earlier' ? TOKEN_LIFETIME_SECONDS - given.secondsLeft : 0;
  accessToken = mintAccessToken(age, age + given.secondsLeft);
}

/** What the layout renders into the page. */
export function currentSession(): Session | null {
  // A new user object each time: a server action's answer is deserialised again.
  const user = { object: 'user', id: 'user_01', email: 'user@example.com' } as const;
  return options.isSignedOut ? null : { user, sessionId: 'session_01', organizationId, accessToken };
}

/** The session cookie's content. Throws where nothing can be reached. */
export async function readSession(): Promise<Session | null> {
  await pass(READ_SESSION_MS);
  if (options.isOffline) throw new TypeError('Failed to fetch');
  return currentSession();
}

/** Spends the refresh token for a new access token, of another organization if one is given. Throws while WorkOS fails. */
export async function refreshSession(
  { organizationId: next }: { readonly organizationId?: string | undefined } = {},
): Promise<Session | null> {
  if (options.isSignedOut || options.isOffline) return readSession();
  const refresh: Refresh = { startedAt: Date.now(), requests: 0 };
  refreshes.push(refresh);
  const status = await request(refresh);
  refresh.endedAt = Date.now();
  refresh.failed = status !== undefined;
  if (status !== undefined) throw new RefreshFailure(status);
  organizationId = next ?? organizationId;
  accessToken = mintAccessToken(0, TOKEN_LIFETIME_SECONDS);
  return currentSession();
}

export class RefreshFailure extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`Failed to refresh session: ${String(status)}`);
    this.status = status;
  }
}

/** Returns the status of the last request if it failed. */
async function request(refresh: Refresh): Promise<number | undefined> {
  for (const wait of options.backsOff ? [...BACK_OFF_MS, 0] : [0]) {
    refresh.requests += 1;
    await pass(REFRESH_MS);
    const status = failureNow();
    if (status === undefined || status === 400 || wait === 0) return status;
    await pass(wait);
  }
  return undefined;
}

function failureNow(): number | undefined {
  const { outage, startedAt } = options;
  if (outage === undefined) return undefined;
  const second = (Date.now() - startedAt) / 1000;
  return second >= outage.fromSecond && second < outage.toSecond ? outage.status : undefined;
}

/** A session token as WorkOS makes it, but for the signature, which no one here verifies. */
function mintAccessToken(ageSeconds: number, lifetimeSeconds: number): string {
  minted += 1;
  const issuedAt = Math.floor(Date.now() / 1000) - ageSeconds;
  const header = { alg: 'RS256', typ: 'JWT', kid: 'sso_oidc_key_pair_01' };
  const claims = {
    iss: 'https://api.workos.com/user_management/client_01',
    sub: 'user_01',
    sid: 'session_01',
    org_id: organizationId,
    jti: String(minted),
    iat: issuedAt,
    exp: issuedAt + lifetimeSeconds,
  };
  return `${encode(header)}.${encode(claims)}.c2lnbmF0dXJl`;
}

/** The claims of a token that concern the page: `exp` in milliseconds. */
export function claimsOf(token: string): { readonly expiry: number; readonly organizationId: string | undefined } {
  const claims = token.split('.')[1] ?? '';
  const { exp, org_id } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as {
    exp: number;
    org_id?: string;
  };
  return { expiry: exp * 1000, organizationId: org_id };
}

function encode(part: object): string {
  return btoa(JSON.stringify(part)).replace(/=+$/u, '').replaceAll('+', '-').replaceAll('/', '_');
}

function pass(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
