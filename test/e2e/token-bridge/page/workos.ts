/**
 * WorkOS as a browser sees it: one session, its access tokens, and a refresh endpoint that may be rate-limited.
 * It counts, since the counts are what the proof is about.
 */
import type { Refresh } from '../page-record.ts';

/** How long a WorkOS access token lives unless the environment says otherwise. */
const TOKEN_LIFETIME_SECONDS = 300;

/** A server action's way to WorkOS and back, and the way of one that only reads the session cookie. */
const REFRESH_MS = 20;
const READ_SESSION_MS = 5;

export interface SessionUser {
  readonly object: 'user';
  readonly id: string;
  readonly email: string;
}

const session = { accessToken: '', minted: 0, rateLimited: false };

/** Every refresh of the session since the page was opened. */
export const refreshes: Refresh[] = [];

/**
 * Signs the user in with an access token that lives `secondsLeft` more: one minted earlier, or, for an SDK that
 * mints one when the page opens and goes by its lifetime, a short-lived one.
 */
export function startSession(secondsLeft: number, minted: 'earlier' | 'now', rateLimited: boolean): void {
  const age = minted === 'earlier' ? TOKEN_LIFETIME_SECONDS - secondsLeft : 0;
  session.accessToken = mintAccessToken(age, age + secondsLeft);
  session.rateLimited = rateLimited;
}

/** The session cookie's content. A new user object each time: a server action's answer is deserialised anew. */
export async function readSession(): Promise<{ user: SessionUser; sessionId: string; accessToken: string }> {
  await pass(READ_SESSION_MS);
  return currentSession();
}

/** Spends the refresh token for a new access token. Throws while WorkOS answers 429. */
export async function refreshSession(): Promise<{ user: SessionUser; sessionId: string; accessToken: string }> {
  const refresh: Refresh = { startedAt: Date.now() };
  refreshes.push(refresh);
  await pass(REFRESH_MS);
  refresh.endedAt = Date.now();
  refresh.failed = session.rateLimited;
  if (session.rateLimited) throw new Error('429 Too Many Requests');
  session.accessToken = mintAccessToken(0, TOKEN_LIFETIME_SECONDS);
  return currentSession();
}

function currentSession(): { user: SessionUser; sessionId: string; accessToken: string } {
  return {
    user: { object: 'user', id: 'user_01', email: 'user@example.com' },
    sessionId: 'session_01',
    accessToken: session.accessToken,
  };
}

/** A session token as WorkOS makes it, but for the signature, which nobody here verifies. */
function mintAccessToken(ageSeconds: number, lifetimeSeconds: number): string {
  session.minted += 1;
  const issuedAt = Math.floor(Date.now() / 1000) - ageSeconds;
  const header = { alg: 'RS256', typ: 'JWT', kid: 'sso_oidc_key_pair_01' };
  const claims = {
    iss: 'https://api.workos.com/user_management/client_01',
    sub: 'user_01',
    sid: 'session_01',
    jti: String(session.minted),
    iat: issuedAt,
    exp: issuedAt + lifetimeSeconds,
  };
  return `${encode(header)}.${encode(claims)}.c2lnbmF0dXJl`;
}

/** The `exp` claim, in milliseconds. */
export function expiryOf(accessToken: string): number {
  const claims = accessToken.split('.')[1] ?? '';
  const { exp } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { exp: number };
  return exp * 1000;
}

function encode(part: object): string {
  return btoa(JSON.stringify(part)).replace(/=+$/u, '').replaceAll('+', '-').replaceAll('/', '_');
}

function pass(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
