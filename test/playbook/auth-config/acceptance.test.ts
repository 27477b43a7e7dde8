import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessToken, chosenProvider } from '../../../playbook/auth-config/acceptance/acceptance.ts';
import { verifyToken } from '../../../playbook/auth-config/token/token-verify.ts';
import { A, assess, clientIssuer, NOW } from './acceptance-case.ts';
import type { AcceptanceCase, World } from './acceptance-case.ts';
import { acceptanceRows } from './acceptance-rows.ts';
import { startJwksServer } from './jwks-server.ts';
import type { JwksServer } from './jwks-server.ts';
import { makeSigner, mint } from './mint.ts';

let world: World;
let server: JwksServer;

beforeAll(async () => {
  const [a, b, ec] = await Promise.all([makeSigner('key_a'), makeSigner('key_b'), makeSigner('key_ec', 'ES256')]);
  server = await startJwksServer(a.keySet);
  world = { a, b, ec, server: server.origin };
});

afterAll(async () => {
  await server.close();
});

const SESSION = { iss: clientIssuer(A), sub: 'user_01', sid: 'session_01', iat: NOW - 10, exp: NOW + 300 };

async function judge(example: AcceptanceCase): ReturnType<typeof verifyToken> {
  const text = await mint({ ...SESSION, ...example.claims }, world[example.signer ?? 'a'], example.kid);
  return verifyToken({ providers: example.providers(world) }, text, {
    now: NOW,
    fetch: true,
    ...(example.environment !== undefined && { environment: example.environment }),
  });
}

describe.each(acceptanceRows)('row $row: $provider × $token', ({ row, result, cases }) => {
  it.each(cases)(`is ${result}: $name`, async (example) => {
    const verification = await judge(example);
    if (!verification.ok) throw new Error(verification.message);
    const { acceptance } = verification;
    if ('stage' in example.expected) {
      const { error, ...place } = example.expected;
      expect(acceptance).toMatchObject({ accepted: false, row, ...place });
      if (acceptance.accepted) throw new Error('accepted');
      expect(acceptance.error).toContain(error);
      expect(acceptance.stage === 'deploy').toBe(result === 'deploy error');
      expect(acceptance.reason).toMatch(/\.$/u);
      expect(acceptance.fix).toMatch(/\.$/u);
    } else {
      expect(acceptance).toMatchObject({ accepted: true, row, unproven: [], ...example.expected });
      expect(result).toBe('accepted');
    }
  });
});

describe('the table', () => {
  it('proves each of its 21 rows', () => {
    const proven = new Set(acceptanceRows.filter(({ cases }) => cases.length > 0).map(({ row }) => row));
    expect([...proven].sort((one, other) => one - other)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });
});

describe('what Convex does not check', () => {
  const token = { header: { alg: 'RS256', kid: 'k' }, claims: { ...SESSION, iss: 'https://api.workos.com/' } };
  const provider = { type: 'customJwt', algorithm: 'RS256', jwks: `https://api.workos.com/sso/jwks/${A}` };

  it('lets the shared issuer deploy without its scheme, and then takes the token of anybody', () => {
    const config = { providers: [{ ...provider, issuer: 'api.workos.com' }] };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({ accepted: true, provider: 0 });
  });

  it('lets the shared issuer deploy with an applicationID of null', () => {
    const config = { providers: [{ ...provider, issuer: 'https://api.workos.com', applicationID: null }] };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({ accepted: true, provider: 0 });
  });

  it('refuses the shared issuer where applicationID is undefined, which JSON leaves out', () => {
    const config = { providers: [{ ...provider, issuer: 'https://api.workos.com', applicationID: undefined }] };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({
      accepted: false,
      stage: 'deploy',
      row: 10,
    });
  });
});

describe('a default export that is no configuration', () => {
  const token = { header: {}, claims: {} };
  it.each([
    ['missing', undefined, 'auth config file is missing default export.'],
    ['null', null, 'auth config file is missing default export.'],
    ['a function', () => ({}), 'auth config file can only contain strings'],
    ['a bigint', { providers: [1n] }, 'auth config file can only contain strings'],
    ['a number', 5, 'invalid type: integer `5`, expected struct SerializedAuthConfig'],
  ])('is refused when it is %s', (_, config, error) => {
    const acceptance = assess({ config, token, evidence: { now: NOW } });
    expect(acceptance).toMatchObject({ accepted: false, stage: 'deploy', code: 'InvalidAuthConfig', row: 15 });
    expect(acceptance.accepted ? '' : acceptance.error).toContain(`The pushed auth config is invalid: `);
    expect(acceptance.accepted ? '' : acceptance.error).toContain(error);
  });
});

describe('Convex’s error', () => {
  const token = { header: { alg: 'RS256', kid: 'k' }, claims: SESSION };

  it('lists the providers in development, and stops short of them in production', () => {
    const config = { providers: [{ domain: 'id.example.com', applicationID: 'x' }] };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({
      code: 'NoAuthProvider',
      error:
        "No auth provider found matching the given token. Check that your JWT's issuer and audience match one of your configured providers: [OIDC(domain=https://id.example.com, app_id=x)]",
      redactedError: 'No auth provider found matching the given token',
    });
  });

  it('says nothing of a closest provider where all are someone else’s', () => {
    const config = { providers: [{ domain: 'id.example.com', applicationID: 'x' }] };
    expect(assess({ config, token, evidence: { now: NOW } })).not.toHaveProperty('closest');
  });
});

describe('an OpenID Connect provider that matches', () => {
  const config = { providers: [{ domain: clientIssuer(A), applicationID: A }] };
  const header = { alg: 'RS256', kid: 'k' };

  it('leaves its keys unproven, for they are found by discovery', () => {
    const token = { header, claims: { ...SESSION, aud: A } };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({
      accepted: true,
      unproven: ['discovery', 'jwks', 'signature'],
    });
  });

  it('refuses a token of two audiences', () => {
    const token = { header, claims: { ...SESSION, aud: [A, 'other'] } };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({
      accepted: false,
      stage: 'claims',
      claim: 'aud',
    });
  });

  it('allows for no leeway', () => {
    const token = { header, claims: { ...SESSION, aud: A, exp: NOW } };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({
      accepted: false,
      stage: 'claims',
      claim: 'exp',
    });
  });
});

describe('the closest provider', () => {
  const jwks = `https://api.workos.com/sso/jwks/${A}`;
  const shared = { type: 'customJwt', issuer: 'https://api.workos.com/', algorithm: 'RS256', jwks, applicationID: A };
  const client = { ...shared, issuer: clientIssuer(A) };

  it('is the one whose issuer fits, wherever it is in the list', () => {
    const token = { header: { alg: 'RS256', kid: 'k' }, claims: SESSION };
    const config = { providers: [{ domain: 'clerk.example.com', applicationID: 'convex' }, shared, client] };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({
      row: 4,
      closest: 2,
      property: 'applicationID',
    });
  });

  it('is not the last of those that are less close', () => {
    const token = { header: { alg: 'RS256', kid: 'k' }, claims: SESSION };
    const config = { providers: [client, shared] };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({ row: 4, closest: 0 });
  });
});

describe('a path that serves no keys', () => {
  it('is what Convex meets first, before it looks at the header of the token', () => {
    const token = { header: { alg: 'RS256' }, claims: SESSION };
    const config = {
      providers: [
        { type: 'customJwt', issuer: clientIssuer(A), algorithm: 'RS256', jwks: 'https://api.workos.com/jwks' },
      ],
    };
    expect(assess({ config, token, evidence: { now: NOW } })).toMatchObject({ accepted: false, stage: 'jwks', row: 9 });
  });
});

describe('the algorithm of a token, at an OpenID Connect provider', () => {
  const config = { providers: [{ domain: clientIssuer(A), applicationID: A }] };
  const verdictOn = (alg: string) =>
    assess({ config, token: { header: { alg, kid: 'k' }, claims: { ...SESSION, aud: A } }, evidence: { now: NOW } });

  it.each(['RS256', 'EdDSA'])('may be %s', (alg) => {
    expect(verdictOn(alg)).toMatchObject({ accepted: true });
  });

  it.each(['ES256', 'HS256'])('may not be %s', (alg) => {
    expect(verdictOn(alg)).toMatchObject({ accepted: false, stage: 'signature', row: 16, property: 'domain' });
  });
});

describe('a token that Convex cannot read', () => {
  const header = { alg: 'RS256', kid: 'k' };
  const providers = [
    { type: 'customJwt', issuer: clientIssuer(A), jwks: `https://api.workos.com/sso/jwks/${A}`, algorithm: 'RS256' },
  ] as const;

  it.each([
    ['has an issuer that is no text', { ...SESSION, iss: 5 }, 'iss'],
    ['has no issuer', { ...SESSION, iss: undefined }, 'iss'],
    ['expires at a text', { ...SESSION, exp: 'soon' }, 'exp'],
  ])('is refused, by the claim, where it %s', (_, claims, claim) => {
    const token = { header, claims };
    expect(assessToken(providers, token, { now: NOW })).toMatchObject({
      accepted: false,
      stage: 'token',
      claim,
      row: 21,
    });
    expect(chosenProvider(providers, token)).toBeUndefined();
  });
});

describe('the provider that Convex chooses', () => {
  const provider = { type: 'customJwt', jwks: `https://api.workos.com/sso/jwks/${A}`, algorithm: 'RS256' } as const;
  const own = { ...provider, issuer: clientIssuer(A) };
  const other = { ...provider, issuer: 'https://id.example.com' };
  const token = { header: { alg: 'RS256', kid: 'k' }, claims: SESSION };

  it('is the first that matches, and none where none does', () => {
    expect(chosenProvider([other, own, { ...own }], token)).toBe(own);
    expect(chosenProvider([other], token)).toBeUndefined();
  });

  it('is named by its place, and as this one where it is asked about by itself', () => {
    const withAudience = [{ ...own, applicationID: A }];
    const reasonOf = (isAlone?: true) => {
      const verdict = assessToken(withAudience, token, { now: NOW, ...(isAlone && { isAlone }) });
      return verdict.accepted ? '' : `${verdict.reason} ${verdict.fix}`;
    };
    expect(reasonOf()).toContain('the provider at index 0');
    expect(reasonOf(true)).toContain('this provider');
  });
});

describe('a provider that shadows a later one', () => {
  const first = {
    type: 'customJwt',
    issuer: clientIssuer(A),
    jwks: 'https://keys.example.com/first',
    algorithm: 'RS256',
  } as const;
  const key = { kid: 'k', kty: 'RSA', alg: 'RS256', jwk: {} } as const;
  const token = { header: { alg: 'RS256', kid: 'k' }, claims: { ...SESSION, aud: A } };
  const reasonWith = (later: Parameters<typeof assessToken>[0][number], evidence: object) => {
    const verdict = assessToken([first, later], token, { now: NOW, ...evidence });
    return verdict.accepted ? 'accepted' : verdict.reason;
  };
  const WOULD = 'The provider at index 1 would take the token';
  const otherKeys = { keys: { ok: true, keys: [{ ...key, kid: 'other' }] } };

  it('is told of where the later one has its keys elsewhere', () => {
    expect(reasonWith({ ...first, jwks: 'https://keys.example.com/later' }, otherKeys)).toContain(WOULD);
  });

  it('is not where the later one has the same keys, or a signature that is wrong in both', () => {
    expect(reasonWith({ ...first }, otherKeys)).not.toContain(WOULD);
    const signed = { keys: { ok: true, keys: [key] }, signature: 'invalid' };
    expect(reasonWith({ ...first }, signed)).not.toContain(WOULD);
  });

  it('is not where the later one finds its keys by discovery, of which nothing is known', () => {
    expect(reasonWith({ type: 'oidc', domain: clientIssuer(A), applicationID: A }, otherKeys)).not.toContain(WOULD);
  });

  it('is not where both refuse what the token claims', () => {
    const expired = { ...token, claims: { ...token.claims, exp: NOW - 100 } };
    const keys = { ok: true, keys: [key] } as const;
    const verdict = assessToken([first, { ...first, jwks: 'https://keys.example.com/later' }], expired, {
      now: NOW,
      keys,
      signature: 'valid',
    });
    expect(verdict).toMatchObject({ accepted: false, stage: 'claims', claim: 'exp', row: 21 });
  });
});
