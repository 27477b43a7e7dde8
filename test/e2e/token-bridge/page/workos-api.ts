/**
 * WorkOS's HTTP API and the browser's lock manager, as far as `@workos-inc/authkit-js` (under authkit-react) uses
 * them: it refreshes from the browser, without a server of its own.
 */
import { readSession, refreshSession } from './workos.ts';

/** Installs `fetch` and `navigator.locks`, and leaves the refresh token of an earlier visit behind. */
export function installWorkosApi(clientId: string): void {
  window.localStorage.setItem(`workos:refresh-token:${clientId}`, 'refresh_01');
  let restored = false;
  const authenticate = async (): Promise<Response> => {
    try {
      // The first exchange restores the session when the page opens. It is not a refresh of a token that works.
      const { user, accessToken } = restored ? await refreshSession() : await readSession();
      restored = true;
      return answer(200, { user, access_token: accessToken, refresh_token: 'refresh_02' });
    } catch {
      return answer(429, { message: 'Too Many Requests' });
    }
  };
  Object.assign(window, { fetch: authenticate });
  Object.defineProperty(window.navigator, 'locks', { value: { request: requestLock } });
}

function answer(status: number, body: object): Response {
  return { ok: status < 400, status, json: () => Promise.resolve(body) } as unknown as Response;
}

let lockReleased: Promise<unknown> = Promise.resolve();

/** One lock is enough: the SDK takes no other. */
function requestLock(_name: string, _options: object, callback: () => Promise<unknown>): Promise<unknown> {
  const held = lockReleased.then(callback);
  lockReleased = held.catch(() => undefined);
  return held;
}
