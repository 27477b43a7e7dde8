import { describe, expect, it } from 'vitest';
import { assess } from './acceptance-case.ts';

const issuer = 'https://api.workos.com/user_management/client_01A';
const provider = {
  type: 'customJwt',
  issuer,
  algorithm: 'RS256',
  jwks: 'https://api.workos.com/sso/jwks/client_01A',
  applicationID: 'client_01A',
};
const claims = { iss: issuer, sub: 'user', aud: 'client_01A', exp: 300 };
const header = { alg: 'RS256', kid: 'k' };

const ODD: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  NaN,
  1e300,
  '',
  ' ',
  '\n',
  '"',
  '/',
  'https://',
  'https:///',
  'https://[',
  'http://%',
  'data:',
  'data:,',
  'data:;base64,%',
  '__proto__',
  'ünïcode.example',
  '💥',
  [],
  [null],
  {},
  { toString: 5 },
  'x'.repeat(10_000),
];

describe('the model', () => {
  it.each(['type', 'issuer', 'domain', 'algorithm', 'jwks', 'applicationID', 'applicationId'])(
    'has an answer for any %s',
    (property) => {
      for (const value of ODD) {
        for (const base of [provider, { domain: issuer, applicationID: 'client_01A' }]) {
          const config = { providers: [{ ...base, [property]: value }] };
          expect(assess({ config, token: { header, claims }, evidence: { now: 0 } })).toHaveProperty('row');
        }
      }
    },
  );

  it.each(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'])('has an answer for any claim %s', (claim) => {
    for (const value of ODD) {
      expect(
        assess({
          config: { providers: [provider] },
          token: { header, claims: { ...claims, [claim]: value } },
          evidence: { now: 0 },
        }),
      ).toHaveProperty('row');
    }
  });

  it.each(['alg', 'kid'])('has an answer for any %s in the header', (name) => {
    for (const value of ODD) {
      expect(
        assess({
          config: { providers: [provider] },
          token: { header: { ...header, [name]: value }, claims },
          evidence: { now: 0 },
        }),
      ).toHaveProperty('row');
    }
  });

  it('answers at once to an issuer of slashes', () => {
    const token = { header, claims: { ...claims, iss: `${'/'.repeat(1_000_000)}x` } };
    expect(assess({ config: { providers: [provider] }, token, evidence: { now: 0 } })).toHaveProperty('row');
  });
});
