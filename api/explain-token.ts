/** The model of Convex's verifier as a function: would a deployment accept this token, and if not, why? */
import type { Rejected } from '../playbook/auth-config/acceptance/types.ts';
import { verifyToken } from '../playbook/auth-config/token/token-verify.ts';

export interface ExplainTokenOptions {
  /** The key set (JSON) that the provider's `jwks` address returns. Without it the signature is not checked, unless `jwks` is a `data:` URL. */
  readonly jwks?: string;
  /** When the token arrives, in seconds since 1970; default: now. */
  readonly now?: number;
}

export type TokenExplanation =
  | {
      /** Not a token that Convex could judge. */
      readonly verdict: 'unreadable';
      readonly reason: string;
    }
  | {
      readonly verdict: 'accepted';
      /** The index of the provider that accepts the token. */
      readonly provider: number;
      /** What was not looked at. Empty: Convex accepts this token. */
      readonly unproven: readonly ('discovery' | 'jwks' | 'signature')[];
    }
  | {
      readonly verdict: 'rejected';
      /** How far Convex gets: `deploy` fails before any token, `match` finds no provider for it. */
      readonly stage: Rejected['stage'];
      /** Convex's own code and words. */
      readonly code: string;
      readonly error: string;
      /** Why, with the values seen. Never the token, its subject, session or e-mail address. */
      readonly reason: string;
      readonly fix: string;
      /** The index of the provider at fault, or of the one that came closest. */
      readonly provider?: number;
      /** The property of that provider, and the claim, that are at fault. */
      readonly property?: string;
      readonly claim?: string;
    };

/**
 * Judges a token by the providers of an `auth.config`, as Convex does: the deploy first, then the first provider that matches, its keys,
 * the signature and the claims. Never rejects, whatever is given, and sends nothing anywhere.
 *
 * @param jwt - The access token: what `getAccessToken()` returns.
 * @param config - What `auth.config.ts` exports by default, with the values of the deployment.
 *
 * Source: get-convex/convex-backend `crates/authentication/src/lib.rs`, `crates/common/src/auth.rs`.
 */
export async function explainToken(
  jwt: string,
  config: { readonly providers: readonly object[] },
  { jwks, now }: ExplainTokenOptions = {},
): Promise<TokenExplanation> {
  const result = await verifyToken(config, jwt, {
    fetch: false,
    ...(jwks !== undefined && { keySet: { text: jwks, name: 'jwks' } }),
    ...(now !== undefined && { now }),
  });
  if (!result.ok) return { verdict: 'unreadable', reason: result.message };
  const { acceptance } = result;
  if (acceptance.accepted) return { verdict: 'accepted', provider: acceptance.provider, unproven: acceptance.unproven };
  const { claim, closest, code, fix, error, property, provider = closest, reason, stage } = acceptance;
  return {
    verdict: 'rejected',
    stage,
    code,
    error,
    reason,
    fix,
    ...(provider !== undefined && { provider }),
    ...(property !== undefined && { property }),
    ...(claim !== undefined && { claim }),
  };
}
