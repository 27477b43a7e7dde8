/**
 * The server actions of authkit-nextjs (its `src/actions.ts`), as the browser reaches them. The bundle puts this
 * module where the package's own stands; everything else of the package is real.
 */
import { RefreshFailure, readSession, refreshSession } from './workos.ts';
import type { Session } from './workos.ts';

type AuthInfo = Omit<Session, 'accessToken'> | { readonly user: null };

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

export async function refreshAuthAction(options: { organizationId?: string }): Promise<AuthInfo> {
  return withoutToken(await refreshSession(options));
}

export async function switchToOrganizationAction(organizationId: string): Promise<AuthInfo> {
  return withoutToken(await refreshSession({ organizationId }));
}

export async function getAccessTokenAction(): Promise<string | undefined> {
  return (await readSession())?.accessToken;
}

/** Failures are answered as data: the real action does so to keep Next.js from turning them into 500s. */
export async function refreshAccessTokenAction(): Promise<{ accessToken: string | undefined; error?: string }> {
  try {
    return { accessToken: (await refreshSession())?.accessToken };
  } catch (error) {
    if (!(error instanceof RefreshFailure)) throw error;
    return { accessToken: undefined, error: 'Failed to refresh access token' };
  }
}

function withoutToken(session: Session | null): AuthInfo {
  if (session === null) return { user: null };
  const { user, sessionId, organizationId } = session;
  return { user, sessionId, organizationId };
}
