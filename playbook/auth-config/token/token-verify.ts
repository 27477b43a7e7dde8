/** A real token against real providers: decoded and verified with jose, judged by the model. */
import { assessToken, chosenProvider } from '../acceptance/acceptance.ts';
import { deploy } from '../acceptance/deploy.ts';
import { localKeySet, readKeySet } from '../acceptance/key-set.ts';
import type { Acceptance, DeployEnvironment, Evidence, KeySetAnswer, Provider, Token } from '../acceptance/types.ts';
import { decodeToken, type DecodedToken } from './token-decode.ts';
import { loadKeys } from './token-keys.ts';

export interface VerifyOptions {
  readonly environment?: DeployEnvironment;
  /** The text of a key set (`--jwks <file>`), taken for the answer of the chosen provider's `jwks`. */
  readonly keySet?: { readonly text: string; readonly name: string };
  /** Whether the chosen provider's `jwks` may be fetched. */
  readonly fetch?: boolean;
  readonly timeLimitMs?: number;
  /** Seconds since 1970; the clock where it is left out. */
  readonly now?: number;
}

export type Verification =
  | Extract<DecodedToken, { ok: false }>
  | {
      readonly ok: true;
      readonly token: Token;
      readonly acceptance: Acceptance;
      /** Why the keys could not be had, although they were asked for; then the acceptance names them as unproven. */
      readonly unreachable?: string;
    };

/**
 * Judges the text of a token. Never throws. Without `fetch` and `keySet` only a `data:` JWKS is verified; what was not
 * looked at is in `acceptance.unproven`.
 */
export async function verifyToken(config: unknown, text: string, options: VerifyOptions = {}): Promise<Verification> {
  const decoded = await decodeToken(text);
  if (!decoded.ok) return decoded;
  const { token, compact } = decoded;
  const deployed = deploy(config, options.environment);
  if (!deployed.ok) return { ok: true, token, acceptance: deployed.rejection };

  const { keys, unreachable } = await findKeys(chosenProvider(deployed.providers, token), options);
  const signature = keys?.ok === true ? await verifySignature(compact, token, keys) : undefined;
  const evidence: Evidence = {
    now: options.now ?? Date.now() / 1000,
    ...(keys !== undefined && { keys }),
    ...(signature !== undefined && { signature }),
  };
  return {
    ok: true,
    token,
    acceptance: assessToken(deployed.providers, token, evidence),
    ...(unreachable !== undefined && { unreachable }),
  };
}

/**
 * Whether the key with the token's `kid` verifies its signature. Nothing where there is no such key, of which the
 * model has its own words. A key that jose can't use (an RSA key under 2048 bits) doesn't verify for Convex either.
 */
async function verifySignature(
  compact: string,
  token: Token,
  keys: KeySetAnswer & { readonly ok: true },
): Promise<'invalid' | 'valid' | undefined> {
  const key = keys.keys.find(({ kid }) => kid !== undefined && kid === token.header['kid']);
  const { alg } = token.header;
  if (key === undefined || (alg !== 'RS256' && alg !== 'ES256')) return undefined;
  const { compactVerify, importJWK } = await import('jose');
  try {
    // `key_ops` binds jose, but not Convex.
    const { key_ops: _operations, ...jwk } = key.jwk;
    await compactVerify(compact, await importJWK({ ...jwk, kty: key.kty }, alg), { algorithms: [alg] });
    return 'valid';
  } catch {
    return 'invalid';
  }
}

async function findKeys(
  provider: Provider | undefined,
  { keySet, fetch = false, timeLimitMs }: VerifyOptions,
): Promise<{ readonly keys?: KeySetAnswer; readonly unreachable?: string }> {
  if (provider?.type !== 'customJwt') return {};
  if (keySet !== undefined) return { keys: readKeySet(keySet.text, keySet.name) };
  if (!fetch) {
    const keys = localKeySet(provider.jwks);
    return keys === undefined ? {} : { keys };
  }
  const loaded = await loadKeys(provider.jwks, timeLimitMs === undefined ? {} : { timeLimitMs });
  return loaded.status === 'answered' ? { keys: loaded.answer } : { unreachable: loaded.reason };
}
