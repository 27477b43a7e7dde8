/**
 * The question that lint asks: would AuthKit's own tokens for this client be taken? PLAYBOOK §3: a session token
 * today has the user_management issuer, a `kid`, RS256, and no `aud` unless a JWT template adds it.
 */
import { assessToken } from './acceptance.ts';
import { WORKOS_API } from './issuer.ts';
import type { Acceptance, Provider, Token } from './types.ts';

export interface AuthKitClient {
  readonly clientId: string;
  /** The host of a custom auth domain (`auth.example.com`), from which the issuer is then made. */
  readonly authDomain?: string;
}

export interface AuthKitAcceptance {
  /** The standard session token: user_management issuer, no `aud`. This one decides. */
  readonly session: Acceptance;
  /** The same where a JWT template adds the client id as `aud`. */
  readonly withAudience: Acceptance;
  /** A token of the shared issuer, with the client id as `aud`. */
  readonly shared: Acceptance;
}

/** No token is at hand, so that Convex's error is quoted with this in the place of its `kid`. */
const UNKNOWN_KID = '<kid>';

type Variant = keyof AuthKitAcceptance;

/** A lifetime that is neither over nor about to be; the model asks for no more. */
const LIFETIME = 300;

/** AuthKit's token of one kind, without what identifies a person. */
function authKitToken({ clientId, authDomain }: AuthKitClient, variant: Variant, now: number): Token {
  const base = authDomain === undefined ? WORKOS_API : `https://${authDomain}`;
  return {
    header: { alg: 'RS256', kid: UNKNOWN_KID },
    claims: {
      iss: variant === 'shared' ? `${base}/` : `${base}/user_management/${clientId}`,
      sub: 'user',
      iat: now,
      exp: now + LIFETIME,
      ...(variant !== 'session' && { aud: clientId }),
    },
  };
}

/**
 * Asks for each kind of token, of one provider of several that are deployed. Nothing is fetched: keys are judged by their address, or read from a
 * `data:` URI.
 */
export function assessAuthKitProvider(provider: Provider, client: AuthKitClient): AuthKitAcceptance {
  // No clock is read: the token is always as old as the moment at which it is judged.
  const now = 0;
  const ask = (variant: Variant): Acceptance =>
    assessToken([provider], authKitToken(client, variant, now), { now, anyKey: true, isAlone: true });
  return { session: ask('session'), withAudience: ask('withAudience'), shared: ask('shared') };
}
