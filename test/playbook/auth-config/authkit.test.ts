import { describe, expect, it } from 'vitest';
import { assessAuthKitProvider } from '../../../playbook/auth-config/acceptance/authkit.ts';
import type { CustomJwtProvider } from '../../../playbook/auth-config/acceptance/types.ts';

const clientId = 'client_01A';
const issuer = `https://api.workos.com/user_management/${clientId}`;
const jwks = `https://api.workos.com/sso/jwks/${clientId}`;
const client: CustomJwtProvider = { type: 'customJwt', issuer, algorithm: 'RS256', jwks };
const shared: CustomJwtProvider = { ...client, issuer: 'https://api.workos.com/', applicationID: clientId };

describe('AuthKit’s tokens', () => {
  it('are all taken by the canonical pair', () => {
    const { session, withAudience } = assessAuthKitProvider(client, { clientId });
    expect(session).toMatchObject({ accepted: true, row: 1 });
    expect(withAudience).toMatchObject({ accepted: true, row: 3 });
    expect(assessAuthKitProvider(shared, { clientId }).shared).toMatchObject({ accepted: true, row: 11 });
  });

  it('are taken with an applicationID on user_management only where a JWT template adds aud', () => {
    const { session, withAudience } = assessAuthKitProvider({ ...client, applicationID: clientId }, { clientId });
    expect(session).toMatchObject({ accepted: false, row: 4, closest: 0, property: 'applicationID' });
    expect(withAudience).toMatchObject({ accepted: true, row: 5 });
  });

  it('have the issuer of the custom auth domain', () => {
    const custom = { ...client, issuer: `https://auth.example.com/user_management/${clientId}` };
    expect(assessAuthKitProvider(custom, { clientId, authDomain: 'auth.example.com' }).session).toMatchObject({
      accepted: true,
    });
    expect(assessAuthKitProvider(custom, { clientId }).session).toMatchObject({ accepted: false, row: 13 });
  });

  it('are refused by the keys of another client, which the address betrays', () => {
    const other = { ...client, jwks: 'https://api.workos.com/sso/jwks/client_01B' };
    expect(assessAuthKitProvider(other, { clientId }).session).toMatchObject({
      accepted: false,
      stage: 'signature',
      row: 8,
      property: 'jwks',
    });
  });

  it('are refused by a path of the API host that serves no keys', () => {
    const other = { ...client, jwks: `https://api.workos.com/user_management/${clientId}/jwks` };
    expect(assessAuthKitProvider(other, { clientId }).session).toMatchObject({
      accepted: false,
      stage: 'jwks',
      row: 9,
      property: 'jwks',
    });
  });

  it('are refused where the client id is empty at the end of the jwks', () => {
    const other = { ...client, jwks: 'https://api.workos.com/sso/jwks/' };
    expect(assessAuthKitProvider(other, { clientId }).session).toMatchObject({
      accepted: false,
      stage: 'jwks',
      row: 20,
    });
  });

  it('leave keys on another host unproven, of which nothing is known', () => {
    const other = { ...client, jwks: 'https://auth.example.com/keys' };
    expect(assessAuthKitProvider(other, { clientId }).session).toMatchObject({
      accepted: true,
      unproven: ['jwks', 'signature'],
    });
  });

  it('are refused by the algorithm ES256', () => {
    expect(assessAuthKitProvider({ ...client, algorithm: 'ES256' }, { clientId }).session).toMatchObject({
      row: 16,
      property: 'algorithm',
    });
  });

  it('meet a data: JWKS without their kid being asked for', () => {
    const data = { ...client, jwks: 'data:,{"keys":[{"kty":"RSA","kid":"k","n":"AQAB","e":"AQAB"}]}' };
    expect(assessAuthKitProvider(data, { clientId }).session).toMatchObject({
      accepted: true,
      unproven: ['signature'],
    });
    expect(assessAuthKitProvider({ ...data, jwks: 'data:,{}' }, { clientId }).session).toMatchObject({
      accepted: false,
      stage: 'jwks',
    });
  });
});
