/** The keys of the provider that Convex chose, and whether one of them can verify the token. */
import type { RegisteredClaims } from './claims.ts';
import { undecodableError, unfetchableError, type ConvexError } from './convex-errors.ts';
import { workosIssuer, workosKeys } from './issuer.ts';
import { jwksName, localKeySet, SIGNATURE_ALGORITHMS } from './key-set.ts';
import type { Accepted, CustomJwtProvider, Evidence, Key, Rejected, Token } from './types.ts';

/** The provider that Convex chose, and what it is held against. */
export interface Match {
  readonly provider: CustomJwtProvider;
  readonly token: Token;
  readonly claims: RegisteredClaims;
  readonly evidence: Evidence;
}

export type KeyCheck =
  | {
      readonly ok: false;
      readonly stage: 'jwks' | 'signature';
      readonly error: ConvexError;
      readonly fault: Pick<Rejected, 'cause' | 'claim' | 'fix' | 'property' | 'reason' | 'row'>;
    }
  | { readonly ok: true; readonly unproven: Accepted['unproven'] };

interface Header {
  readonly alg?: string | undefined;
  readonly kid?: string | undefined;
}

const JWKS_FIX = 'Write jwks: `https://api.workos.com/sso/jwks/${process.env.WORKOS_CLIENT_ID}`.';

/**
 * Looks at the keys in Convex's order: the set itself, then `kid`, then the algorithms, then the signature. Without
 * evidence of what the address answers it shows only what the address itself gives away: a path on WorkOS's API host
 * that serves no keys, or the keys of another client.
 */
export function checkKeys(match: Match): KeyCheck {
  const { evidence, provider, token } = match;
  const answer = evidence.keys ?? localKeySet(provider.jwks);
  if (answer?.ok === false) {
    return {
      ok: false,
      stage: 'jwks',
      error: { code: answer.code, error: answer.error },
      fault: {
        ...(provider.jwks === '' && { cause: 'empty' }),
        property: 'jwks',
        reason: answer.reason,
        fix: JWKS_FIX,
        row: provider.jwks === '' ? 20 : 9,
      },
    };
  }
  const betrayed = answer === undefined ? checkAddress(match) : undefined;
  if (betrayed?.stage === 'jwks') return betrayed;

  const { alg, kid } = readHeader(token);
  const refuse = (fault: SignatureFault): KeyCheck => ({
    ok: false,
    stage: 'signature',
    error: undecodableError(kid),
    fault,
  });
  const key = answer?.keys.find((candidate) => candidate.kid === kid);
  const unknownKey = evidence.anyKey === true ? undefined : keyFault({ alg, kid }, answer?.keys, key);
  if (unknownKey) return refuse(unknownKey);
  if (betrayed !== undefined) return betrayed;
  const fault = algorithmFault(provider, alg, key) ?? (evidence.signature === 'invalid' ? WRONG_SIGNATURE : undefined);
  if (fault) return refuse(fault);
  if (answer === undefined) return { ok: true, unproven: ['jwks', 'signature'] };
  return { ok: true, unproven: evidence.signature === 'valid' ? [] : ['signature'] };
}

type SignatureFault = Pick<Rejected, 'claim' | 'fix' | 'property' | 'reason' | 'row'>;

const WRONG_SIGNATURE: SignatureFault = {
  property: 'jwks',
  reason:
    'The key with the kid of the token does not verify its signature: the token was changed or cut, or the key is another one of that name.',
  fix: 'Copy the whole token again; if it is whole, correct the jwks.',
  row: 8,
};

/** The token names no key, or one that is not in the set. `keys`: undefined where no one has asked for them. */
function keyFault(
  { alg, kid }: Header,
  keys: readonly Key[] | undefined,
  key: Key | undefined,
): SignatureFault | undefined {
  if (kid === undefined) {
    return {
      claim: 'kid',
      reason:
        alg === undefined
          ? "The token's header names no algorithm that Convex knows."
          : "The token's header has no kid, so that Convex can't tell which key to use.",
      fix: "Send AuthKit's access token as it is: it has a kid.",
      row: 21,
    };
  }
  if (keys === undefined || key !== undefined) return undefined;
  return {
    property: 'jwks',
    reason: `None of the ${String(keys.length)} keys at the provider's jwks has the kid of the token.`,
    fix: `Use the keys of the client that the token belongs to. ${JWKS_FIX}`,
    row: 8,
  };
}

/** The token is signed in another way than the provider, or its key, asks for. */
function algorithmFault(
  { algorithm }: CustomJwtProvider,
  alg: string | undefined,
  key: Key | undefined,
): SignatureFault | undefined {
  if (alg !== algorithm) {
    return {
      property: 'algorithm',
      reason: `The provider's algorithm is ${algorithm}, and the token is signed with ${alg ?? 'an algorithm that Convex does not know'}.`,
      fix: "Write `algorithm: 'RS256'`.",
      row: 16,
    };
  }
  if (key?.alg === undefined || key.alg === alg) return undefined;
  return {
    property: 'jwks',
    reason: `The key that the token names is for ${key.alg}, and the token is signed with ${alg}.`,
    fix: JWKS_FIX,
    row: 16,
  };
}

function checkAddress({ claims, provider, token }: Match): (KeyCheck & { readonly ok: false }) | undefined {
  const keys = workosKeys(provider.jwks);
  if (keys === undefined) return undefined;
  if (keys === 'wrongPath') {
    const empty = /\/sso\/jwks\/*$/u.test(provider.jwks);
    return {
      ok: false,
      stage: 'jwks',
      error: unfetchableError(jwksName(provider.jwks), 'HTTP 404 Not Found'),
      fault: {
        cause: empty ? 'empty' : 'keysNotFound',
        property: 'jwks',
        reason: empty
          ? 'The jwks ends where the client id should be, as it does when its variable is set to nothing.'
          : `WorkOS serves no keys at ${jwksName(provider.jwks)}.`,
        fix: JWKS_FIX,
        row: empty ? 20 : 9,
      },
    };
  }
  const issuer = workosIssuer(claims.iss ?? '');
  const clientId = issuer?.kind === 'client' ? issuer.clientId : provider.applicationID;
  if (clientId === undefined || clientId === keys.clientId) return undefined;
  return {
    ok: false,
    stage: 'signature',
    error: undecodableError(readHeader(token).kid),
    fault: {
      cause: 'foreignKeys',
      property: 'jwks',
      reason: `The keys are those of ${keys.clientId}, but the token is of ${clientId}.`,
      fix: JWKS_FIX,
      row: 8,
    },
  };
}

/** The header as Convex parses it: with an algorithm that it doesn't know it sees no `kid` either. */
function readHeader({ header }: Token): Header {
  const { alg, kid } = header;
  if (typeof alg !== 'string' || !SIGNATURE_ALGORITHMS.has(alg)) return {};
  return typeof kid === 'string' ? { alg, kid } : { alg };
}
