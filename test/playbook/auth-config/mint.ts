/** Tokens and key sets as AuthKit makes them, by keys that live as long as the test. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';

export interface Signer {
  readonly kid: string;
  readonly alg: 'ES256' | 'RS256';
  readonly privateKey: CryptoKey;
  /** The key set with this key alone. */
  readonly keySet: { readonly keys: readonly JWK[] };
}

export async function makeSigner(kid: string, alg: 'ES256' | 'RS256' = 'RS256'): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { kid, alg, privateKey, keySet: { keys: [{ ...jwk, kid, alg, use: 'sig' }] } };
}

/** Signs the claims as they are: nothing is added. A `kid` of null leaves the header without one. */
export async function mint(
  claims: Readonly<Record<string, unknown>>,
  signer: Signer,
  kid: string | null = signer.kid,
): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: signer.alg, ...(kid !== null && { kid }) })
    .sign(signer.privateKey);
}

export function dataUri(keySet: unknown): string {
  return `data:application/json;base64,${Buffer.from(JSON.stringify(keySet)).toString('base64')}`;
}
