/** Issuers: how Convex compares them, and which of them are WorkOS's. */
import { decoded } from '../../../project/routes/route-match.ts';

export const WORKOS_API = 'https://api.workos.com';

/** The issuer completed with `https://` and without slashes at its end, as Convex compares both sides: by letter. */
export function comparableIssuer(issuer: string): string {
  const completed = /^https?:\/\//u.test(issuer) ? issuer : `https://${issuer}`;
  // No regular expression: on an `iss` of slashes alone `/\/+$/` takes the square of their number.
  let end = completed.length;
  while (completed[end - 1] === '/') end -= 1;
  return completed.slice(0, end);
}

/**
 * - `shared`: the API host itself, which all of WorkOS's customers share; the client id is in `aud`.
 * - `client`: `/user_management/<client id>`, on the API host or on a custom auth domain. An empty id is what an empty
 *   variable leaves behind.
 */
export type WorkosIssuer =
  | { readonly kind: 'client'; readonly host: string; readonly clientId: string }
  | { readonly kind: 'shared'; readonly host: string };

const CLIENT_PATH = /^\/user_management(?:\/([^/?#]*))?\/*$/u;

/** What a WorkOS issuer says, or nothing for an issuer that is someone else's. Slashes and scheme don't matter. */
export function workosIssuer(issuer: string): WorkosIssuer | undefined {
  const url = parseUrl(comparableIssuer(issuer.trim()));
  if (url === undefined) return undefined;
  const client = CLIENT_PATH.exec(url.pathname);
  if (client !== null) return { kind: 'client', host: url.host, clientId: decoded(client[1] ?? '') };
  return url.host === 'api.workos.com' && url.pathname === '/' ? { kind: 'shared', host: url.host } : undefined;
}

/**
 * What a `jwks` address on WorkOS's API host would answer: the keys of a client, or nothing of use (`wrongPath`).
 * `undefined` for any other host, of whose paths nothing is known here, and for `data:`.
 */
export function workosKeys(jwks: string): { readonly clientId: string } | 'wrongPath' | undefined {
  const url = parseUrl(jwks);
  if (url?.host !== 'api.workos.com') return undefined;
  const clientId = /^\/sso\/jwks\/([^/]+)\/?$/u.exec(url.pathname)?.[1];
  return clientId === undefined ? 'wrongPath' : { clientId: decoded(clientId) };
}

export function isHttpUrl(text: string): boolean {
  const protocol = parseUrl(text)?.protocol;
  return protocol === 'http:' || protocol === 'https:';
}

export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
