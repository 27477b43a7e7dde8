/** The rows of the acceptance table in which no token is asked for: Convex refuses the deploy. */
import { A, clientIssuer, custom, INSECURE, NO_VARIANT, noDeploy, SCHEMA, SHARED, without } from './acceptance-case.ts';
import type { AcceptanceRow } from './acceptance-case.ts';

export const deployRows: readonly AcceptanceRow[] = [
  {
    row: 10,
    provider: 'shared issuer (`https://api.workos.com`, with or without one slash) without applicationID',
    token: '–',
    result: 'deploy error',
    error: INSECURE,
    cases: [
      {
        name: 'with a slash',
        providers: (world) => [custom(world, { issuer: SHARED })],
        expected: noDeploy(INSECURE, 'applicationID'),
      },
      {
        name: 'without a slash',
        providers: (world) => [custom(world, { issuer: SHARED.slice(0, -1) })],
        expected: noDeploy(INSECURE, 'applicationID'),
      },
    ],
  },
  {
    row: 15,
    provider:
      'customJwt with `domain`; OIDC with `issuer`; `applicationId`; unknown `type`; algorithm not RS256/ES256, or missing; not a URL',
    token: '–',
    result: 'deploy error',
    error: `${SCHEMA}: … / Invalid provider domain URL`,
    cases: [
      {
        name: 'customJwt with domain',
        providers: (world) => [custom(world, { domain: SHARED })],
        expected: noDeploy(
          `${SCHEMA}: Provider at index 0 is a customJwt so cannot have a 'domain' specified`,
          'domain',
        ),
      },
      {
        name: 'issuer without a type',
        providers: (world) => [without(custom(world), 'type')],
        expected: noDeploy(`${SCHEMA}: Provider at index 0 is oidc so cannot have an 'issuer' specified.`, 'issuer'),
      },
      {
        name: 'applicationId',
        providers: (world) => [custom(world), custom(world, { applicationId: A })],
        expected: noDeploy(
          `${SCHEMA}: Provider at index 1 must have applicationID property spelled lowercase 'application', capital I, capital D.`,
          'applicationID',
          1,
        ),
      },
      {
        name: 'an unknown type',
        providers: (world) => [custom(world, { type: 'jwt' })],
        expected: noDeploy(`${SCHEMA}: Provider at index 0 has unexpected 'type' value 'jwt'`, 'type'),
      },
      {
        name: 'algorithm HS256',
        providers: (world) => [custom(world, { algorithm: 'HS256' })],
        expected: noDeploy(NO_VARIANT, 'algorithm'),
      },
      {
        name: 'no algorithm',
        providers: (world) => [without(custom(world), 'algorithm')],
        expected: noDeploy(NO_VARIANT, 'algorithm'),
      },
      {
        name: 'no jwks',
        providers: (world) => [without(custom(world), 'jwks')],
        expected: noDeploy(NO_VARIANT, 'jwks'),
      },
      {
        name: 'OIDC without applicationID',
        providers: () => [{ domain: 'https://id.example.com' }],
        expected: noDeploy(NO_VARIANT, 'applicationID'),
      },
      {
        name: 'an id where a URL should be',
        providers: (world) => [custom(world, { issuer: A })],
        expected: noDeploy(`Invalid provider domain URL "${A}": Does not look like a URL`, 'issuer'),
      },
      {
        name: 'a value with its quotes',
        providers: (world) => [custom(world, { issuer: `"${clientIssuer(A)}"` })],
        expected: noDeploy(
          `Invalid provider domain URL ""${clientIssuer(A)}"": starts with a double quote (")`,
          'issuer',
        ),
      },
      {
        name: 'another scheme',
        providers: (world) => [custom(world, { issuer: 'workos://api' })],
        expected: noDeploy('Invalid provider domain URL "workos://api": scheme should be http or https', 'issuer'),
      },
      {
        name: 'no list',
        providers: () => undefined,
        expected: { stage: 'deploy', error: `${SCHEMA}: missing field \`providers\`` },
      },
      {
        name: 'an object in place of the list',
        providers: () => ({}),
        expected: { stage: 'deploy', error: `${SCHEMA}: invalid type: map, expected a sequence` },
      },
    ],
  },
  {
    row: 19,
    provider: 'any `process.env.X` read in the module graph that is unset',
    token: '–',
    result: 'deploy error',
    error: 'Environment variable X is used in auth config file but its value was not set',
    cases: [
      {
        name: 'a fallback does not help',
        providers: (world) => [custom(world)],
        environment: { reads: ['CONVEX_SITE_URL', 'WORKOS_CLIENT_ID', 'EXTRA'], variables: { WORKOS_CLIENT_ID: A } },
        expected: {
          stage: 'deploy',
          error: 'Environment variable EXTRA is used in auth config file but its value was not set',
          variable: 'EXTRA',
        },
      },
    ],
  },
  {
    row: 20,
    provider: '`X=""` as the whole issuer or domain',
    token: '–',
    result: 'deploy error',
    error: 'Invalid provider domain URL "": empty host',
    cases: [
      {
        name: 'an empty issuer',
        providers: (world) => [custom(world, { issuer: '' })],
        expected: noDeploy('Invalid provider domain URL "": empty host', 'issuer'),
      },
    ],
  },
];
