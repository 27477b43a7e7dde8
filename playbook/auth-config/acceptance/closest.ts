/** Which provider a token that matched none was most likely meant for, and which property keeps them apart. */
import { comparableIssuer, workosIssuer, workosKeys, type WorkosIssuer } from './issuer.ts';
import type { Property, Provider, RejectionCause, Row } from './types.ts';

export interface Mismatch {
  readonly closest: number;
  readonly property: Property;
  readonly cause?: RejectionCause;
  readonly reason: string;
  readonly fix: string;
  readonly row: Row;
}

interface Difference extends Omit<Mismatch, 'closest'> {
  /** How much speaks for this provider: the higher, the closer. */
  readonly closeness: number;
}

const CLIENT_ISSUER = 'https://api.workos.com/user_management/<client id>';
const OWN_PROVIDER =
  "Write `{ type: 'customJwt', issuer: `https://api.workos.com/user_management/${process.env.WORKOS_CLIENT_ID}`, " +
  "algorithm: 'RS256', jwks: `https://api.workos.com/sso/jwks/${process.env.WORKOS_CLIENT_ID}` }`.";

/** The closest provider, the first one among equals, named as it is to be. Nothing where all providers are someone else's. */
export function closestProvider(
  providers: readonly Provider[],
  issuer: string,
  audiences: readonly string[],
  nameOf: (index: number) => string,
): Mismatch | undefined {
  let best: (Difference & { readonly closest: number }) | undefined;
  for (const [closest, provider] of providers.entries()) {
    const difference = compare(provider, nameOf(closest), issuer, audiences);
    if (difference !== undefined && difference.closeness > (best?.closeness ?? 0)) best = { ...difference, closest };
  }
  if (best === undefined) return undefined;
  const { closeness: _, ...mismatch } = best;
  return mismatch;
}

function compare(provider: Provider, at: string, issuer: string, audiences: readonly string[]): Difference | undefined {
  const own = provider.type === 'oidc' ? provider.domain : provider.issuer;
  if (comparableIssuer(own) === comparableIssuer(issuer)) return compareAudience(provider, at, audiences);

  const property = provider.type === 'oidc' ? 'domain' : 'issuer';
  const ours = workosIssuer(own);
  const theirs = workosIssuer(issuer);
  const differs = `The ${property} of ${at} is ${own}, and the token's iss is ${issuer}`;
  if (loosely(own) === loosely(issuer)) {
    return {
      closeness: 95,
      property,
      row: 2,
      reason: `${differs}. They differ in letter case, white space or http, and Convex compares them letter by letter.`,
      fix: `Write \`${property}: '${issuer}'\`.`,
    };
  }
  if (provider.type === 'oidc' && ours !== undefined) {
    return {
      closeness: 30,
      property,
      row: 14,
      reason: `${differs}. A provider with a domain accepts only OpenID Connect ID tokens, and AuthKit's session token is not one.`,
      fix: OWN_PROVIDER,
    };
  }
  if (ours === undefined) {
    if (provider.type === 'oidc' || workosKeys(provider.jwks) === undefined) return undefined;
    return {
      closeness: 50,
      property,
      row: 13,
      reason: `${differs}. Its keys are WorkOS's, but its issuer is not the one that WorkOS writes into the token.`,
      fix: `Write \`issuer: '${issuer}'\`.`,
    };
  }
  if (theirs === undefined) {
    return {
      closeness: 20,
      property,
      row: 13,
      reason: `${differs}, which is not an issuer of WorkOS's API: another service, or a custom auth domain.`,
      fix: `If the token is AuthKit's, write \`issuer: '${issuer}'\`.`,
    };
  }
  return compareWorkos(ours, theirs, { property, differs, issuer });
}

function compareAudience(provider: Provider, at: string, audiences: readonly string[]): Difference {
  const expected = provider.applicationID ?? '';
  const seen = audiences.length === 0 ? 'the token has no aud' : `the token's aud is ${audiences.join(', ')}`;
  const differs = `The issuer fits ${at}, but its applicationID is "${expected}", and ${seen}`;
  if (expected === '') {
    return {
      closeness: 100,
      property: 'applicationID',
      cause: 'empty',
      row: 20,
      reason: `${differs}. An empty applicationID is what a variable set to nothing leaves behind.`,
      fix: 'Give the variable its value with `npx convex env set`.',
    };
  }
  if (provider.type === 'oidc') {
    return {
      closeness: 100,
      property: 'domain',
      row: 14,
      reason: `${differs}. A provider with a domain accepts only OpenID Connect ID tokens, and AuthKit's session token is not one.`,
      fix: OWN_PROVIDER,
    };
  }
  if (workosIssuer(provider.issuer)?.kind === 'shared') {
    return {
      closeness: 100,
      property: 'applicationID',
      row: 11,
      reason: `${differs}. The shared issuer is safe only with the client id in aud.`,
      fix: `Set applicationID to the client id, and add a provider for ${CLIENT_ISSUER} next to it.`,
    };
  }
  return {
    closeness: 100,
    property: 'applicationID',
    row: audiences.length === 0 ? 4 : 6,
    reason: `${differs}. AuthKit's session token carries aud only where a JWT template adds it.`,
    fix: 'Remove applicationID: the issuer already names the client.',
  };
}

function compareWorkos(
  ours: WorkosIssuer,
  theirs: WorkosIssuer,
  { property, differs, issuer }: { readonly property: Property; readonly differs: string; readonly issuer: string },
): Difference {
  if (ours.kind === 'shared' || theirs.kind === 'shared') {
    return {
      closeness: 60,
      property,
      row: 12,
      reason: `${differs}. WorkOS writes two issuers, and each needs a provider of its own.`,
      fix:
        ours.kind === 'shared'
          ? `Add a provider next to it. ${OWN_PROVIDER}`
          : 'Add a provider for `https://api.workos.com/` with the client id as applicationID.',
    };
  }
  if (ours.clientId === '') {
    return {
      closeness: 85,
      property,
      cause: 'empty',
      row: 20,
      reason: `${differs}. The client id is missing at its end, as it is when its variable is set to nothing.`,
      fix: 'Write it there, or give its variable a value: `npx convex env set WORKOS_CLIENT_ID <client id>`.',
    };
  }
  if (ours.clientId === theirs.clientId) {
    return {
      closeness: 90,
      property,
      row: 13,
      reason: `${differs}: the same client on another host. A custom auth domain changes the issuer of the token.`,
      fix: `Write \`${property}: '${issuer}'\`. The jwks may stay on api.workos.com.`,
    };
  }
  return {
    closeness: ours.host === theirs.host ? 80 : 40,
    property,
    row: 7,
    reason: `${differs}: the token belongs to another client.`,
    fix: 'Give Convex and the app the same WORKOS_CLIENT_ID (`npx convex env list` shows what Convex has).',
  };
}

function loosely(issuer: string): string {
  return comparableIssuer(issuer.trim())
    .toLowerCase()
    .replace(/^http:/u, 'https:')
    .trim();
}
