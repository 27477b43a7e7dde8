import { describe, expect, it } from 'vitest';
import { assessAuthKit } from '../../../playbook/auth-config/acceptance/authkit.ts';

const clientId = 'client_01A';
const issuer = `https://api.workos.com/user_management/${clientId}`;
const jwks = `https://api.workos.com/sso/jwks/${clientId}`;
const client = { type: 'customJwt', issuer, algorithm: 'RS256', jwks };
const shared = { ...client, issuer: 'https://api.workos.com/', applicationID: clientId };

describe('AuthKit’s tokens', () => {
  it('are all taken by the canonical pair', () => {
    const { session, withAudience, shared: ofShared } = assessAuthKit({ providers: [shared, client] }, { clientId });
    expect(session).toMatchObject({ accepted: true, provider: 1, row: 1 });
    expect(withAudience).toMatchObject({ accepted: true, provider: 1, row: 3 });
    expect(ofShared).toMatchObject({ accepted: true, provider: 0, row: 11 });
  });

  it('are taken with an applicationID on user_management only where a JWT template adds aud', () => {
    const { session, withAudience } = assessAuthKit(
      { providers: [{ ...client, applicationID: clientId }] },
      { clientId },
    );
    expect(session).toMatchObject({ accepted: false, row: 4, closest: 0, property: 'applicationID' });
    expect(withAudience).toMatchObject({ accepted: true, row: 5 });
  });

  it('have the issuer of the custom auth domain', () => {
    const custom = { ...client, issuer: `https://auth.example.com/user_management/${clientId}` };
    expect(assessAuthKit({ providers: [custom] }, { clientId, authDomain: 'auth.example.com' }).session).toMatchObject({
      accepted: true,
    });
    expect(assessAuthKit({ providers: [custom] }, { clientId }).session).toMatchObject({ accepted: false, row: 13 });
  });

  it('are refused by the keys of another client, which the address betrays', () => {
    const other = { ...client, jwks: 'https://api.workos.com/sso/jwks/client_01B' };
    expect(assessAuthKit({ providers: [other] }, { clientId }).session).toMatchObject({
      accepted: false,
      stage: 'signature',
      row: 8,
      property: 'jwks',
    });
  });

  it('are refused by a path of the API host that serves no keys', () => {
    const other = { ...client, jwks: `https://api.workos.com/user_management/${clientId}/jwks` };
    expect(assessAuthKit({ providers: [other] }, { clientId }).session).toMatchObject({
      accepted: false,
      stage: 'jwks',
      row: 9,
      property: 'jwks',
    });
  });

  it('are refused where the client id is empty at the end of the jwks', () => {
    const other = { ...client, jwks: 'https://api.workos.com/sso/jwks/' };
    expect(assessAuthKit({ providers: [other] }, { clientId }).session).toMatchObject({
      accepted: false,
      stage: 'jwks',
      row: 20,
    });
  });

  it('leave keys on another host unproven, of which nothing is known', () => {
    const other = { ...client, jwks: 'https://auth.example.com/keys' };
    expect(assessAuthKit({ providers: [other] }, { clientId }).session).toMatchObject({
      accepted: true,
      unproven: ['jwks', 'signature'],
    });
  });

  it('are refused by the algorithm ES256', () => {
    expect(assessAuthKit({ providers: [{ ...client, algorithm: 'ES256' }] }, { clientId }).session).toMatchObject({
      row: 16,
      property: 'algorithm',
    });
  });

  it('meet a data: JWKS without their kid being asked for', () => {
    const data = { ...client, jwks: 'data:,{"keys":[{"kty":"RSA","kid":"k","n":"AQAB","e":"AQAB"}]}' };
    expect(assessAuthKit({ providers: [data] }, { clientId }).session).toMatchObject({
      accepted: true,
      unproven: ['signature'],
    });
    expect(assessAuthKit({ providers: [{ ...data, jwks: 'data:,{}' }] }, { clientId }).session).toMatchObject({
      accepted: false,
      stage: 'jwks',
    });
  });

  it('never arrive where a variable that the file reads is unset', () => {
    const environment = { reads: ['WORKOS_CLIENT_ID'], variables: {} };
    expect(assessAuthKit({ providers: [client] }, { clientId }, environment).session).toMatchObject({
      stage: 'deploy',
      row: 19,
      variable: 'WORKOS_CLIENT_ID',
    });
  });
});
