/**
 * The server actions of authkit-nextjs (its `src/actions.ts`), as the browser reaches them. The bundle puts this
 * module where the package's own stands; everything else of the package is real.
 */
import { readSession, refreshSession } from './workos.ts';
import type { SessionUser } from './workos.ts';

interface AuthInfo {
  readonly user: SessionUser;
  readonly sessionId: string;
}

export function checkSessionAction(): Promise<boolean> {
  return Promise.resolve(true);
}

export function handleSignOutAction(): Promise<void> {
  return Promise.resolve();
}

export function getOrganizationAction(): Promise<null> {
  return Promise.resolve(null);
}

export async function getAuthAction(): Promise<AuthInfo> {
  return withoutToken(await readSession());
}

export async function refreshAuthAction(): Promise<AuthInfo> {
  return withoutToken(await refreshSession());
}

export async function switchToOrganizationAction(): Promise<AuthInfo> {
  return withoutToken(await refreshSession());
}

export async function getAccessTokenAction(): Promise<string> {
  return (await readSession()).accessToken;
}

/** Failures are answered as data: the real action does so to keep Next.js from turning them into 500s. */
export async function refreshAccessTokenAction(): Promise<{ accessToken: string | undefined; error?: string }> {
  try {
    return { accessToken: (await refreshSession()).accessToken };
  } catch {
    return { accessToken: undefined, error: 'Failed to refresh access token' };
  }
}

function withoutToken({ user, sessionId }: AuthInfo): AuthInfo {
  return { user, sessionId };
}
