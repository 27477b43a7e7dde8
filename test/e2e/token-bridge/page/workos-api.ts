/**
 * WorkOS's HTTP API and the browser's lock manager, as far as `@workos-inc/authkit-js` (under authkit-react) uses
 * them: it refreshes from the browser, without a server of its own.
 */
import { RefreshFailure, readSession, refreshSession } from './workos.ts';
import type { Session } from './workos.ts';

/** Installs `fetch` and `navigator.locks`, and leaves the refresh token of an earlier visit behind. */
export function installWorkosApi(clientId: string): void {
  window.localStorage.setItem(`workos:refresh-token:${clientId}`, 'refresh_01');
  let restored = false;
  const authenticate = async (_url: string, init?: { readonly body?: string }): Promise<Response> => {
    const body = JSON.parse(init?.body ?? '{}') as { readonly organization_id?: string };
    // The first exchange restores the session when the page opens. It is not a refresh of a token that works.
    const session = await (restored ? refreshSession({ organizationId: body.organization_id }) : readSession()).catch(
      (error: unknown) => {
        if (error instanceof RefreshFailure) return error.status;
        throw new TypeError('Failed to fetch');
      },
    );
    restored = true;
    if (typeof session === 'number') return answer(session, { message: 'no token' });
    return session === null ? answer(400, { error: 'invalid_grant' }) : answer(200, tokensOf(session));
  };
  Object.assign(window, { fetch: authenticate });
  Object.defineProperty(window.navigator, 'locks', { value: { request: requestLock } });
}

function tokensOf({ user, accessToken, organizationId }: Session): object {
  return { user, access_token: accessToken, refresh_token: 'refresh_02', organization_id: organizationId };
}

export function answer(status: number, body: object): Response {
  return { ok: status < 400, status, json: () => Promise.resolve(body) } as unknown as Response;
}

let lockReleased: Promise<unknown> = Promise.resolve();

/** One lock is enough: the SDK takes no other. */
function requestLock(_name: string, _options: object, callback: () => Promise<unknown>): Promise<unknown> {
  const held = lockReleased.then(callback);
  lockReleased = held.catch(() => undefined);
  return held;
}
