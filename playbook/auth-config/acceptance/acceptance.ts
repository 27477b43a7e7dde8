/**
 * A model of Convex's verifier: would these providers take this token, and if not, which error does Convex give, and
 * why? Pure, and without jose: what needs the network or cryptography comes in as evidence.
 *
 * Source: get-convex/convex-backend `crates/authentication/src/lib.rs` (`validate_id_token`),
 * `crates/common/src/auth.rs` (`matches_token`); get-convex/biscuit `src/jws/compact.rs` (`decode_with_jwks`).
 */
import { findClaimFault, readClaims, type RegisteredClaims } from './claims.ts';
import { closestProvider } from './closest.ts';
import {
  invalidOidcClaimsError,
  missingIssuerError,
  noProviderError,
  unreadableTokenError,
  type ConvexError,
} from './convex-errors.ts';
import { comparableIssuer, workosIssuer } from './issuer.ts';
import { type Match, checkKeys } from './keys.ts';
import type { Acceptance, CustomJwtProvider, Evidence, OidcProvider, Provider, Rejected, Row, Token } from './types.ts';

/**
 * The verdict on one token, by providers that are deployed: the first one that matches, then its keys, the signature and the claims, in
 * Convex's order, so that the error is the one that Convex would give. Never throws.
 */
export function assessToken(providers: readonly Provider[], token: Token, evidence: Evidence): Acceptance {
  const claims = readClaims(token.claims);
  if ('claim' in claims) {
    return reject('token', unreadableTokenError(), {
      ...claims,
      fix: "Send AuthKit's access token as it is.",
      row: 21,
    });
  }
  if (claims.iss === undefined) {
    return reject('token', missingIssuerError(), {
      claim: 'iss',
      reason: "The token has no claim 'iss'.",
      fix: "Send AuthKit's access token, not the session cookie or an API key.",
      row: 21,
    });
  }
  const matches = matchingProviders(providers, claims.iss, claims.audiences);
  const [index] = matches;
  const provider = index === undefined ? undefined : providers[index];
  if (index === undefined || provider === undefined)
    return noProvider(providers, claims.iss, claims.audiences, evidence.isAlone === true);

  const choice = { index, token, claims, evidence, shadowed: matches.slice(1) };
  if (provider.type === 'oidc') return assessOidc(provider, choice);
  const verdict = assessCustomJwt({ ...choice, provider });
  return verdict.accepted
    ? verdict
    : explainShadow(verdict, choice.shadowed, (later) => {
        const other = providers[later];
        if (other?.type !== 'customJwt') return false;
        // What the chosen provider's address answered says nothing of another address.
        const { keys: _keys, signature: _signature, ...unasked } = evidence;
        const known = other.jwks === provider.jwks ? evidence : unasked;
        return assessCustomJwt({ ...choice, provider: other, index: later, evidence: known, shadowed: [] }).accepted;
      });
}

/** A provider that matches, and the later ones that do as well. */
interface Choice extends Match {
  readonly index: number;
  readonly shadowed: readonly number[];
}

/** The indices of all providers that match, of which Convex tries the first alone. */
function matchingProviders(
  providers: readonly Provider[],
  issuer: string,
  audiences: readonly string[],
): readonly number[] {
  return [...providers.entries()]
    .filter(([, provider]) => {
      const { applicationID } = provider;
      if (applicationID !== undefined && !audiences.includes(applicationID)) return false;
      return (
        comparableIssuer(provider.type === 'oidc' ? provider.domain : provider.issuer) === comparableIssuer(issuer)
      );
    })
    .map(([index]) => index);
}

/** The provider that Convex would choose, for the one who has to ask for its keys. */
export function chosenProvider(providers: readonly Provider[], token: Token): Provider | undefined {
  const claims = readClaims(token.claims);
  if ('claim' in claims || claims.iss === undefined) return undefined;
  const [index] = matchingProviders(providers, claims.iss, claims.audiences);
  return index === undefined ? undefined : providers[index];
}

function noProvider(
  providers: readonly Provider[],
  issuer: string,
  audiences: readonly string[],
  isAlone: boolean,
): Rejected {
  const error = noProviderError(providers);
  if (providers.length === 0) {
    return reject('match', error, {
      reason: 'The list of providers is empty, or there is not an auth.config file.',
      fix: 'Write the two providers for WorkOS into convex/auth.config.ts.',
      row: 17,
    });
  }
  const mismatch = closestProvider(providers, issuer, audiences, isAlone ? () => 'this provider' : nameByIndex);
  return reject(
    'match',
    error,
    mismatch ?? {
      reason: `No provider is for ${issuer}, the issuer of the token.`,
      fix: `Add a provider with \`issuer: '${issuer}'\`.`,
      row: 12,
    },
  );
}

const nameByIndex = (index: number): string => `the provider at index ${String(index)}`;

function assessCustomJwt(choice: Choice): Acceptance {
  const { claims, evidence, index, provider, shadowed } = choice;
  const keys = checkKeys(choice);
  if (!keys.ok) return reject(keys.stage, keys.error, { ...keys.fault, provider: index });
  const fault = findClaimFault(claims, evidence.now);
  if (fault !== undefined) {
    const { error, ...rest } = fault;
    return reject('claims', error, { ...rest, provider: index, row: 21 });
  }
  return {
    accepted: true,
    provider: index,
    row: acceptedRow(provider, claims, shadowed),
    unproven: keys.unproven,
    shadowed,
  };
}

/**
 * An OpenID Connect provider has its keys found by discovery, which no one does here: what the token alone decides is
 * checked, the rest is unproven. Source for a single audience: a comment in `validate_id_token`.
 */
function assessOidc(
  provider: OidcProvider,
  { claims, evidence, index, shadowed, token }: Omit<Choice, 'provider'>,
): Acceptance {
  const fault = { provider: index, property: 'domain', row: 14 } as const;
  if (claims.audiences.length > 1) {
    return reject('claims', invalidOidcClaimsError(), {
      ...fault,
      claim: 'aud',
      reason: `The token has more than one audience, and a provider with a domain (${provider.domain}) takes only one.`,
      fix: "Write `type: 'customJwt'` with `issuer` and `jwks`.",
    });
  }
  const { alg } = token.header;
  if (alg !== 'RS256' && alg !== 'EdDSA') {
    return reject('signature', invalidOidcClaimsError(), {
      ...fault,
      reason: 'The token is signed neither with RS256 nor with EdDSA.',
      fix: 'Sign tokens with RS256.',
      row: 16,
    });
  }
  if (claims.exp !== undefined && evidence.now >= claims.exp) {
    return reject('claims', invalidOidcClaimsError(), {
      provider: index,
      claim: 'exp',
      reason: 'The token has expired; a provider with a domain allows for no leeway.',
      fix: 'Send a token that is still valid.',
      row: 21,
    });
  }
  return { accepted: true, provider: index, row: 14, unproven: ['discovery', 'jwks', 'signature'], shadowed };
}

function acceptedRow(provider: CustomJwtProvider, claims: RegisteredClaims, shadowed: readonly number[]): Row {
  if (shadowed.length > 0) return 18;
  if (provider.applicationID !== undefined) return workosIssuer(provider.issuer)?.kind === 'shared' ? 11 : 5;
  if (claims.audiences.length > 0) return 3;
  return provider.issuer === claims.iss ? 1 : 2;
}

/** Says so where a later provider would have taken the token that the first one refused. */
function explainShadow(verdict: Rejected, shadowed: readonly number[], takes: (index: number) => boolean): Rejected {
  if (verdict.stage !== 'jwks' && verdict.stage !== 'signature') return verdict;
  const better = shadowed.find(takes);
  if (better === undefined) return verdict;
  const reason = `${verdict.reason} The provider at index ${String(better)} would take the token, but Convex tries only the first that matches.`;
  return { ...verdict, reason, row: 18 };
}

function reject(
  stage: Rejected['stage'],
  error: ConvexError,
  fault: Omit<Rejected, 'accepted' | 'code' | 'error' | 'redactedError' | 'stage'>,
): Rejected {
  return { accepted: false, stage, ...error, ...fault };
}
