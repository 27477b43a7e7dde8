/**
 * The claims that Convex reads, and the time it holds them against.
 *
 * Source: get-convex/biscuit `src/lib.rs` (`RegisteredClaims`) and `src/serde_custom/numeric_type.rs`;
 * get-convex/convex-backend `crates/keybroker/src/broker.rs` (`from_custom_jwt`).
 */
import { invalidClaimsError, invalidTimeError, type ConvexError } from './convex-errors.ts';
import type { Token } from './types.ts';

/** Seconds by which `exp`, `nbf` and `iat` may be off. */
const LEEWAY = 5;

export interface RegisteredClaims {
  readonly iss?: string;
  readonly sub?: string;
  readonly audiences: readonly string[];
  readonly exp?: number;
  readonly nbf?: number;
  readonly iat?: number;
}

export interface ClaimFault {
  readonly claim: string;
  readonly reason: string;
}

/** The registered claims, or the first one of a type for which Convex can't parse the payload. `null` counts as absent. */
export function readClaims(claims: Token['claims']): RegisteredClaims | ClaimFault {
  for (const claim of ['iss', 'sub', 'jti']) {
    const value = claims[claim];
    if (!isAbsent(value) && typeof value !== 'string')
      return { claim, reason: `The claim '${claim}' is not a string.` };
  }
  for (const claim of ['exp', 'nbf', 'iat']) {
    const value = claims[claim];
    if (!isAbsent(value) && !(typeof value === 'number' && Number.isFinite(value) && value >= 0)) {
      return { claim, reason: `The claim '${claim}' is not a number of seconds.` };
    }
  }
  const { iss, sub, exp, nbf, iat } = claims;
  const audiences = readAudiences(claims['aud']);
  if (audiences === undefined)
    return { claim: 'aud', reason: "The claim 'aud' is neither a string nor a list of strings." };
  return {
    audiences,
    ...(typeof iss === 'string' && { iss }),
    ...(typeof sub === 'string' && { sub }),
    ...(typeof exp === 'number' && { exp: Math.round(exp) }),
    ...(typeof nbf === 'number' && { nbf: Math.round(nbf) }),
    ...(typeof iat === 'number' && { iat: Math.round(iat) }),
  };
}

/** What is wrong with the claims of a token whose signature is right: times first, then what an identity needs. */
export function findClaimFault(
  claims: RegisteredClaims,
  now: number,
): { readonly error: ConvexError; readonly claim: string; readonly reason: string; readonly fix: string } | undefined {
  const clock = 'Ask AuthKit for a new token, and compare the clocks of the machine that made it and of this one.';
  const seconds = Math.floor(now);
  if (claims.exp !== undefined && seconds - claims.exp > LEEWAY) {
    const ago = seconds - claims.exp;
    return {
      error: invalidTimeError(`Token expired ${String(ago)} seconds ago`),
      claim: 'exp',
      reason: `The token expired ${String(ago)} s ago; Convex allows for ${String(LEEWAY)} s.`,
      fix: 'Send a token that is still valid: `getAccessToken()` of useAccessToken() refreshes it in time.',
    };
  }
  for (const claim of ['nbf', 'iat'] as const) {
    const value = claims[claim];
    if (value !== undefined && value - seconds > LEEWAY) {
      const wait = value - seconds;
      return {
        error: invalidTimeError(`Token will be valid in ${String(wait)} seconds`),
        claim,
        reason: `The claim '${claim}' lies ${String(wait)} s in the future; Convex allows for ${String(LEEWAY)} s.`,
        fix: clock,
      };
    }
  }
  for (const claim of ['sub', 'exp'] as const) {
    if (claims[claim] === undefined) {
      return {
        error: invalidClaimsError(),
        claim,
        reason: `The token has no claim '${claim}', without which Convex makes no identity.`,
        fix: "Send AuthKit's access token, which has it.",
      };
    }
  }
  return undefined;
}

function readAudiences(aud: unknown): readonly string[] | undefined {
  if (isAbsent(aud)) return [];
  if (typeof aud === 'string') return [aud];
  return Array.isArray(aud) && aud.every((entry) => typeof entry === 'string') ? aud : undefined;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
