/** The rows of the acceptance table that a token decides. */
import {
  A,
  B,
  accepted,
  clientIssuer,
  custom,
  late,
  NO_PROVIDER,
  noMatch,
  NOW,
  refused,
  SHARED,
  UNDECODABLE,
} from './acceptance-case.ts';
import type { AcceptanceRow } from './acceptance-case.ts';
import { dataUri } from './mint.ts';

export const tokenRows: readonly AcceptanceRow[] = [
  {
    row: 1,
    provider: 'user_management issuer, no applicationID',
    token: 'iss the same, no aud',
    result: 'accepted',
    cases: [
      { name: 'the same issuer', providers: (world) => [custom(world)], expected: accepted },
      {
        name: 'keys fetched from a server',
        providers: (world) => [custom(world, { jwks: `${world.server}/jwks` })],
        expected: accepted,
      },
      {
        name: 'keys behind a redirect',
        providers: (world) => [custom(world, { jwks: `${world.server}/moved` })],
        expected: accepted,
      },
    ],
  },
  {
    row: 2,
    provider: 'the same issuer with or without trailing slashes, or without `https://`',
    token: 'iss the same',
    result: 'accepted',
    cases: [
      {
        name: 'slashes at the end of the provider',
        providers: (world) => [custom(world, { issuer: `${clientIssuer(A)}//` })],
        expected: accepted,
      },
      {
        name: 'a slash at the end of the token',
        providers: (world) => [custom(world)],
        claims: { iss: `${clientIssuer(A)}/` },
        expected: accepted,
      },
      {
        name: 'no scheme in the provider',
        providers: (world) => [custom(world, { issuer: clientIssuer(A).slice('https://'.length) })],
        expected: { provider: 0, row: 1 },
      },
      {
        name: 'no scheme in the token',
        providers: (world) => [custom(world)],
        claims: { iss: clientIssuer(A).slice('https://'.length) },
        expected: accepted,
      },
    ],
  },
  {
    row: 2,
    provider: 'the same issuer in other letter case, with white space, or with `http://`',
    token: 'iss the same',
    result: 'rejected',
    error: NO_PROVIDER,
    cases: [
      {
        name: 'capitals in the host',
        providers: (world) => [custom(world, { issuer: clientIssuer(A).replace('api', 'API') })],
        expected: noMatch('issuer'),
      },
      {
        name: 'a newline from the variable',
        providers: (world) => [custom(world, { issuer: `${clientIssuer(A)}\n` })],
        expected: noMatch('issuer'),
      },
      {
        name: 'http',
        providers: (world) => [custom(world, { issuer: clientIssuer(A).replace('https', 'http') })],
        expected: noMatch('issuer'),
      },
    ],
  },
  {
    row: 3,
    provider: 'user_management, no applicationID',
    token: 'any aud',
    result: 'accepted',
    cases: [
      {
        name: 'an aud of someone else',
        providers: (world) => [custom(world)],
        claims: { aud: 'anybody' },
        expected: accepted,
      },
      {
        name: 'a list of them',
        providers: (world) => [custom(world)],
        claims: { aud: ['x', 'y'] },
        expected: accepted,
      },
    ],
  },
  {
    row: 4,
    provider: 'user_management with applicationID',
    token: 'no aud',
    result: 'rejected',
    error: NO_PROVIDER,
    cases: [
      {
        name: 'no aud',
        providers: (world) => [custom(world, { applicationID: A })],
        expected: noMatch('applicationID'),
      },
      {
        name: 'an aud of null',
        providers: (world) => [custom(world, { applicationID: A })],
        claims: { aud: null },
        expected: noMatch('applicationID'),
      },
    ],
  },
  {
    row: 5,
    provider: 'user_management with applicationID',
    token: 'aud contains it',
    result: 'accepted',
    cases: [
      {
        name: 'aud a string',
        providers: (world) => [custom(world, { applicationID: A })],
        claims: { aud: A },
        expected: accepted,
      },
      {
        name: 'aud a list',
        providers: (world) => [custom(world, { applicationID: A })],
        claims: { aud: ['convex', A] },
        expected: accepted,
      },
    ],
  },
  {
    row: 6,
    provider: 'user_management with applicationID `convex` or another literal',
    token: 'aud = client id',
    result: 'rejected',
    error: NO_PROVIDER,
    cases: [
      {
        name: 'convex',
        providers: (world) => [custom(world, { applicationID: 'convex' })],
        claims: { aud: A },
        expected: noMatch('applicationID'),
      },
    ],
  },
  {
    row: 7,
    provider: 'client id A in the issuer',
    token: 'iss of client B',
    result: 'rejected',
    error: NO_PROVIDER,
    cases: [
      {
        name: 'another client',
        providers: (world) => [custom(world)],
        claims: { iss: clientIssuer(B) },
        signer: 'b',
        expected: noMatch('issuer'),
      },
    ],
  },
  {
    row: 8,
    provider: 'issuer of A, jwks of B',
    token: 'iss of A',
    result: 'rejected',
    error: UNDECODABLE,
    cases: [
      {
        name: 'the kid is not in the set',
        providers: (world) => [custom(world, { jwks: dataUri(world.b.keySet) })],
        expected: refused('signature', UNDECODABLE, 'jwks'),
      },
      {
        name: 'another key of the same kid',
        providers: (world) => [
          custom(world, { jwks: dataUri({ keys: world.b.keySet.keys.map((key) => ({ ...key, kid: world.a.kid })) }) }),
        ],
        expected: refused('signature', UNDECODABLE, 'jwks'),
      },
    ],
  },
  {
    row: 9,
    provider: 'a jwks URL that serves no keys (404 or HTML)',
    token: 'matching iss',
    result: 'rejected',
    error: 'Could not fetch JWKS from URL / Invalid Content-Type / Invalid JWKS response body',
    cases: [
      {
        name: '404',
        providers: (world) => [custom(world, { jwks: `${world.server}/oauth2/jwks` })],
        expected: refused(
          'jwks',
          "/oauth2/jwks': HTTP 404 Not Found. Check that the URL is correct and accessible.",
          'jwks',
        ),
      },
      {
        name: 'an HTML page',
        providers: (world) => [custom(world, { jwks: `${world.server}/html` })],
        expected: refused('jwks', "Invalid Content-Type 'text/html' when fetching JWKS from '", 'jwks'),
      },
      {
        name: 'a redirect to an HTML page',
        providers: (world) => [custom(world, { jwks: `${world.server}/moved-to-sign-in` })],
        expected: refused('jwks', "Invalid Content-Type 'text/html'", 'jwks'),
      },
      {
        name: 'JSON of a charset other than utf-8',
        providers: (world) => [custom(world, { jwks: `${world.server}/latin1` })],
        expected: refused('jwks', "Invalid Content-Type 'application/json; charset=iso-8859-1'", 'jwks'),
      },
      {
        name: 'no content type',
        providers: (world) => [custom(world, { jwks: `${world.server}/untyped` })],
        expected: refused('jwks', "Invalid Content-Type 'unknown'", 'jwks'),
      },
      {
        name: 'HTML under the name of JSON',
        providers: (world) => [custom(world, { jwks: `${world.server}/html-as-json` })],
        expected: refused('jwks', "Invalid JWKS response body from '", 'jwks'),
      },
      {
        name: 'a data: URI of something else',
        providers: (world) => [custom(world, { jwks: dataUri({ issuer: 'x' }) })],
        expected: refused('jwks', "Invalid JWKS response body from 'data:", 'jwks'),
      },
      {
        name: 'a data: URI of bad base64',
        providers: (world) => [custom(world, { jwks: 'data:application/json;base64,e30*' })],
        expected: refused('jwks', 'Invalid JWKS data URL.', 'jwks'),
      },
      {
        name: 'one key of an unknown algorithm next to the right one',
        providers: (world) => [
          custom(world, {
            jwks: dataUri({ keys: [...world.a.keySet.keys, { kty: 'OKP', crv: 'Ed25519', x: 'AAAA', alg: 'EdDSA' }] }),
          }),
        ],
        expected: refused('jwks', "Invalid JWKS response body from 'data:", 'jwks'),
      },
      {
        name: 'no URL at all',
        providers: (world) => [custom(world, { jwks: 'api.workos.com/sso/jwks/client_01A' })],
        expected: refused('jwks', "Your request couldn't be completed. Try again later.", 'jwks'),
      },
    ],
  },
  {
    row: 11,
    provider: 'shared issuer + applicationID',
    token: 'iss shared, aud contains it',
    result: 'accepted',
    cases: [
      {
        name: 'with aud',
        providers: (world) => [custom(world, { issuer: SHARED, applicationID: A })],
        claims: { iss: SHARED, aud: A },
        expected: accepted,
      },
    ],
  },
  {
    row: 11,
    provider: 'shared issuer + applicationID',
    token: 'iss shared, no aud',
    result: 'rejected',
    error: NO_PROVIDER,
    cases: [
      {
        name: 'without aud',
        providers: (world) => [custom(world, { issuer: SHARED, applicationID: A })],
        claims: { iss: SHARED },
        expected: noMatch('applicationID'),
      },
    ],
  },
  {
    row: 12,
    provider: 'only the shared issuer',
    token: 'iss user_management',
    result: 'rejected',
    error: NO_PROVIDER,
    cases: [
      {
        name: 'the session token',
        providers: (world) => [custom(world, { issuer: SHARED, applicationID: A })],
        expected: noMatch('issuer'),
      },
      {
        name: 'the session token with aud',
        providers: (world) => [custom(world, { issuer: SHARED, applicationID: A })],
        claims: { aud: A },
        expected: noMatch('issuer'),
      },
    ],
  },
  {
    row: 13,
    provider: 'custom auth domain in the issuer',
    token: 'iss on api.workos.com, and vice versa',
    result: 'rejected',
    error: NO_PROVIDER,
    cases: [
      {
        name: 'the domain in the provider',
        providers: (world) => [custom(world, { issuer: `https://auth.example.com/user_management/${A}` })],
        expected: noMatch('issuer'),
      },
      {
        name: 'the domain in the token',
        providers: (world) => [custom(world)],
        claims: { iss: `https://auth.example.com/user_management/${A}` },
        expected: noMatch('issuer'),
      },
      {
        name: 'the bare domain in the provider',
        providers: (world) => [
          custom(world, { issuer: 'https://auth.example.com', jwks: `https://api.workos.com/sso/jwks/${A}` }),
        ],
        expected: noMatch('issuer'),
      },
    ],
  },
  {
    row: 14,
    provider: '`domain:` (OIDC) for a WorkOS issuer',
    token: 'session token without aud',
    result: 'rejected',
    error: NO_PROVIDER,
    cases: [
      {
        name: 'the issuer as domain',
        providers: () => [{ domain: clientIssuer(A), applicationID: A }],
        expected: noMatch('domain'),
      },
      {
        name: 'the API host as domain',
        providers: () => [{ domain: SHARED, applicationID: 'convex' }],
        expected: noMatch('domain'),
      },
    ],
  },
  {
    row: 16,
    provider: 'algorithm ES256',
    token: 'RS256',
    result: 'rejected',
    error: UNDECODABLE,
    cases: [
      {
        name: 'ES256 for RS256',
        providers: (world) => [custom(world, { algorithm: 'ES256' })],
        expected: refused('signature', UNDECODABLE, 'algorithm'),
      },
      {
        name: 'RS256 for ES256',
        providers: (world) => [custom(world, { jwks: dataUri(world.ec.keySet) })],
        signer: 'ec',
        expected: refused('signature', UNDECODABLE, 'algorithm'),
      },
      {
        name: 'a key of another algorithm than the token',
        providers: (world) => [
          custom(world, { jwks: dataUri({ keys: world.a.keySet.keys.map((key) => ({ ...key, alg: 'RS512' })) }) }),
        ],
        expected: refused('signature', UNDECODABLE, 'jwks'),
      },
    ],
  },
  {
    row: 17,
    provider: '`providers: []`',
    token: 'any',
    result: 'rejected',
    error: `${NO_PROVIDER} (no providers configured). Check convex/auth.config.ts.`,
    cases: [
      {
        name: 'an empty list',
        providers: () => [],
        expected: { stage: 'match', error: `${NO_PROVIDER} (no providers configured). Check convex/auth.config.ts.` },
      },
    ],
  },
  {
    row: 18,
    provider: 'two providers match, the first verifies',
    token: 'any',
    result: 'accepted',
    cases: [
      {
        name: 'the first one takes it',
        providers: (world) => [custom(world), custom(world, { jwks: dataUri(world.b.keySet) })],
        expected: { provider: 0, shadowed: [1] },
      },
    ],
  },
  {
    row: 18,
    provider: 'two providers match, only the second would verify',
    token: 'any',
    result: 'rejected',
    error: UNDECODABLE,
    cases: [
      {
        name: 'the second one is never tried',
        providers: (world) => [custom(world, { jwks: dataUri(world.b.keySet) }), custom(world)],
        expected: refused('signature', UNDECODABLE, 'jwks'),
      },
    ],
  },
  {
    row: 20,
    provider: '`X=""`, inside a longer string or as applicationID or jwks',
    token: 'any',
    result: 'rejected',
    error: NO_PROVIDER,
    cases: [
      {
        name: 'at the end of the issuer',
        providers: (world) => [custom(world, { issuer: clientIssuer('') })],
        environment: { reads: ['WORKOS_CLIENT_ID'], variables: { WORKOS_CLIENT_ID: '' } },
        expected: noMatch('issuer'),
      },
      {
        name: 'as applicationID',
        providers: (world) => [custom(world, { applicationID: '' })],
        claims: { aud: A },
        expected: noMatch('applicationID'),
      },
      {
        name: 'as jwks',
        providers: (world) => [custom(world, { jwks: '' })],
        expected: refused('jwks', "Your request couldn't be completed. Try again later.", 'jwks'),
      },
    ],
  },
  {
    row: 1,
    provider: 'right in every way',
    token: 'exp, nbf or iat off by no more than 5 s',
    result: 'accepted',
    cases: [
      {
        name: 'expired five seconds ago',
        providers: (world) => [custom(world)],
        claims: { exp: NOW - 5 },
        expected: accepted,
      },
      {
        name: 'valid in five seconds',
        providers: (world) => [custom(world)],
        claims: { nbf: NOW + 5, iat: NOW + 5 },
        expected: accepted,
      },
      { name: 'issued years ago', providers: (world) => [custom(world)], claims: { iat: 1 }, expected: accepted },
    ],
  },
  {
    row: 21,
    provider: 'right in every way',
    token: 'expired, or nbf or iat in the future, by more than 5 s',
    result: 'rejected',
    error: 'Could not validate token: Token expired … seconds ago / Token will be valid in … seconds',
    cases: [
      {
        name: 'expired',
        providers: (world) => [custom(world)],
        claims: { exp: NOW - 6 },
        expected: late('Could not validate token: Token expired 6 seconds ago', 'exp'),
      },
      {
        name: 'not yet valid',
        providers: (world) => [custom(world)],
        claims: { nbf: NOW + 6 },
        expected: late('Could not validate token: Token will be valid in 6 seconds', 'nbf'),
      },
      {
        name: 'issued in the future',
        providers: (world) => [custom(world)],
        claims: { iat: NOW + 6 },
        expected: late('Could not validate token: Token will be valid in 6 seconds', 'iat'),
      },
    ],
  },
  {
    row: 21,
    provider: 'right in every way',
    token: 'no kid, sub or exp',
    result: 'rejected',
    error: "Could not decode token. JWT may be missing a 'kid' / Could not verify token claim.",
    cases: [
      {
        name: 'no kid',
        providers: (world) => [custom(world)],
        kid: null,
        expected: {
          stage: 'signature',
          error: "Could not decode token. JWT may be missing a 'kid' (key ID) header.",
          provider: 0,
          claim: 'kid',
        },
      },
      {
        name: 'no sub',
        providers: (world) => [custom(world)],
        claims: { sub: undefined },
        expected: late('Could not verify token claim.', 'sub'),
      },
      {
        name: 'no exp',
        providers: (world) => [custom(world)],
        claims: { exp: undefined },
        expected: late('Could not verify token claim.', 'exp'),
      },
      {
        name: 'no iss',
        providers: (world) => [custom(world)],
        claims: { iss: undefined },
        expected: { stage: 'token', error: "Missing issuer claim ('iss') in JWT payload.", claim: 'iss' },
      },
    ],
  },
];
