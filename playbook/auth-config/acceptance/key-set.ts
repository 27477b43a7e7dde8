/**
 * Key sets as Convex reads them: a single key of a kind that it doesn't know spoils the whole set.
 *
 * Source: get-convex/biscuit `src/jwk.rs`, `src/jwa.rs`; get-convex/convex-backend
 * `crates/authentication/src/lib.rs` (`fetch_jwks`).
 */
import { internalError, invalidDataUrlError, invalidKeySetError } from './convex-errors.ts';
import { isHttpUrl } from './issuer.ts';
import type { Key, KeySetAnswer } from './types.ts';
import { isRecord } from '../../../project/settings.ts';

const ALGORITHMS: ReadonlySet<string> = new Set(
  (
    'none HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512 RSA1_5 RSA-OAEP RSA-OAEP-256 A128KW A192KW ' +
    'A256KW dir ECDH-ES ECDH-ES+A128KW ECDH-ES+A192KW ECDH-ES+A256KW A128GCMKW A192GCMKW A256GCMKW PBES2-HS256+A128KW ' +
    'PBES2-HS384+A192KW PBES2-HS512+A256KW A128CBC-HS256 A192CBC-HS384 A256CBC-HS512 A128GCM A192GCM A256GCM'
  ).split(' '),
);

/** The signature algorithms that a token's header may name; with any other the header can't be parsed. */
export const SIGNATURE_ALGORITHMS: ReadonlySet<string> = new Set(
  'none HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512'.split(' '),
);

const CURVES: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521', 'Ed25519', 'Ed448']);

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  EC: ['x', 'y'],
  RSA: ['n', 'e'],
  oct: ['k'],
  OKP: ['x'],
};

/** Reads the text of a key set. `jwks` is the address to name in the error. Never throws. */
export function readKeySet(text: string, jwks: string): KeySetAnswer {
  let set: unknown;
  try {
    set = JSON.parse(text);
  } catch {
    return bad(
      jwks,
      /^\s*</u.test(text) ? 'The response is an HTML page, not a key set.' : 'The response is not JSON.',
    );
  }
  const list = isRecord(set) ? set['keys'] : undefined;
  if (!Array.isArray(list)) return bad(jwks, 'The response is JSON, but has no list `keys`.');
  const keys: Key[] = [];
  for (const [index, entry] of list.entries()) {
    const key = readKey(entry);
    if (typeof key === 'string')
      return bad(jwks, `The key at index ${String(index)} ${key}, and one such key makes Convex refuse the whole set.`);
    keys.push(key);
  }
  return { ok: true, keys };
}

/**
 * What Convex finds at an address without any network: the keys in a `data:` URI, or the error for an address that
 * can't be asked at all. `undefined` where it would have to be fetched.
 */
export function localKeySet(jwks: string): KeySetAnswer | undefined {
  const data = decodeDataUrl(jwks);
  if (data !== undefined) {
    if (data === 'invalid')
      return { ok: false, ...textOf(invalidDataUrlError()), reason: 'The data: URI is not valid base64.' };
    return readKeySet(data.text, jwksName(jwks));
  }
  if (isHttpUrl(jwks)) return undefined;
  const reason =
    jwks === ''
      ? 'The address is empty, as it is when its variable is set to nothing.'
      : `"${jwksName(jwks)}" is not a URL.`;
  return { ok: false, ...textOf(internalError()), reason };
}

/** The address as a message names it: a `data:` URI is as long as its keys, and a URL may hold a password. */
export function jwksName(jwks: string): string {
  if (/^\s*data:/iu.test(jwks)) return `${jwks.trim().slice(0, 40)}…`;
  return jwks.replace(/^(\s*\w+:\/\/)[^/?#]*@/u, '$1');
}

/** The body of a `data:` URI as the Fetch standard reads it; `invalid` for bad base64, nothing for what is none. */
function decodeDataUrl(url: string): { readonly text: string } | 'invalid' | undefined {
  const parts = /^data:([^,]*),([^#]*)/iu.exec(url.trim().replaceAll(/[\t\n\r]/gu, ''));
  if (parts === null) return undefined;
  const [, type = '', body = ''] = parts;
  const bytes = percentDecoded(body);
  if (!/; *base64 *$/iu.test(type)) return { text: bytes.toString('utf8') };
  const base64 = bytes.toString('latin1').replaceAll(/[\t\n\f\r ]/gu, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/u.test(base64) || base64.replace(/=+$/u, '').length % 4 === 1) return 'invalid';
  return { text: Buffer.from(base64, 'base64').toString('utf8') };
}

function percentDecoded(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return Buffer.from(
    bytes.replaceAll(/%([\dA-Fa-f]{2})/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** The key, or what is wrong with it as the rest of a sentence. */
function readKey(entry: unknown): Key | string {
  if (!isRecord(entry)) return 'is not an object';
  const { kty, kid, alg, crv } = entry;
  const members = typeof kty === 'string' && Object.hasOwn(MEMBERS, kty) ? MEMBERS[kty] : undefined;
  if (typeof kty !== 'string' || members === undefined) return 'has no known `kty`';
  const missing = members.find((name) => typeof entry[name] !== 'string' || !/^[\w-]+$/u.test(entry[name]));
  if (missing !== undefined) return `is a key of kind ${kty} without a proper \`${missing}\``;
  if ((kty === 'EC' || kty === 'OKP') && !(typeof crv === 'string' && CURVES.has(crv)))
    return 'has an unknown curve (`crv`)';
  if (alg !== undefined && alg !== null && !(typeof alg === 'string' && ALGORITHMS.has(alg)))
    return 'has an unknown `alg`';
  if (kid !== undefined && kid !== null && typeof kid !== 'string') return 'has a `kid` that is not a string';
  return { kty, jwk: entry, ...(typeof kid === 'string' && { kid }), ...(typeof alg === 'string' && { alg }) };
}

function bad(jwks: string, reason: string): KeySetAnswer {
  return { ok: false, ...textOf(invalidKeySetError(jwks)), reason };
}

function textOf(error: { readonly code: string; readonly error: string }): {
  readonly code: string;
  readonly error: string;
} {
  return { code: error.code, error: error.error };
}
