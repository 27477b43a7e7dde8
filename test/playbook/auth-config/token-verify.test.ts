import { beforeAll, describe, expect, it } from 'vitest';
import { verifyToken } from '../../../playbook/auth-config/token/token-verify.ts';
import { dataUri, makeSigner, mint } from './mint.ts';
import type { Signer } from './mint.ts';

const NOW = 1_800_000_000;
const issuer = 'https://api.workos.com/user_management/client_01A';
const claims = { iss: issuer, sub: 'user_01', exp: NOW + 300 };
const client = { type: 'customJwt', issuer, algorithm: 'RS256', jwks: 'https://api.workos.com/sso/jwks/client_01A' };
const config = { providers: [client] };

let signer: Signer;
let token: string;

beforeAll(async () => {
  signer = await makeSigner('key_a');
  token = await mint(claims, signer);
});

describe('a token', () => {
  it('is judged without the network, and what was not looked at is named', async () => {
    expect(await verifyToken(config, token, { now: NOW })).toMatchObject({
      ok: true,
      acceptance: { accepted: true, unproven: ['jwks', 'signature'] },
    });
  });

  it('is verified against a key set from a file', async () => {
    const keySet = { text: JSON.stringify(signer.keySet), name: 'jwks.json' };
    expect(await verifyToken(config, token, { now: NOW, keySet })).toMatchObject({
      acceptance: { accepted: true, unproven: [] },
    });
  });

  it('is refused where the file is not a key set, by its name', async () => {
    const keySet = { text: '<html>', name: 'jwks.json' };
    const verification = await verifyToken(config, token, { now: NOW, keySet });
    expect(verification).toMatchObject({ acceptance: { accepted: false, stage: 'jwks', row: 9 } });
    expect(JSON.stringify(verification)).toContain("Invalid JWKS response body from 'jwks.json'");
  });

  it('is refused where its claims were changed after it was signed', async () => {
    const [header, , signature] = token.split('.');
    const forged = [
      header,
      Buffer.from(JSON.stringify({ ...claims, exp: NOW + 9000 })).toString('base64url'),
      signature,
    ].join('.');
    const verification = await verifyToken({ providers: [{ ...client, jwks: dataUri(signer.keySet) }] }, forged, {
      now: NOW,
    });
    expect(verification).toMatchObject({ acceptance: { accepted: false, stage: 'signature', row: 8 } });
  });

  it('is verified by a key that is marked for encryption, which Convex does not look at', async () => {
    const jwks = dataUri({ keys: signer.keySet.keys.map((key) => ({ ...key, use: 'enc', key_ops: ['encrypt'] })) });
    expect(await verifyToken({ providers: [{ ...client, jwks }] }, token, { now: NOW })).toMatchObject({
      acceptance: { accepted: true, unproven: [] },
    });
  });

  it('stays unproven where the keys can not be reached', async () => {
    const verification = await verifyToken({ providers: [{ ...client, jwks: 'http://127.0.0.1:1/' }] }, token, {
      now: NOW,
      fetch: true,
    });
    expect(verification).toMatchObject({
      acceptance: { accepted: true, unproven: ['jwks', 'signature'] },
      unreachable: expect.stringContaining('127.0.0.1') as string,
    });
  });

  it('does not matter where the deploy fails', async () => {
    expect(await verifyToken({ providers: [{ ...client, algorithm: 'none' }] }, token)).toMatchObject({
      acceptance: { accepted: false, stage: 'deploy' },
    });
  });

  it('has its text, subject and session in no part of the verdict', async () => {
    const secret = await mint(
      { ...claims, sub: 'user_SECRET', sid: 'session_SECRET', email: 'secret@example.com', iss: `${issuer}B` },
      signer,
    );
    const verification = await verifyToken(config, secret, { now: NOW });
    if (!verification.ok) throw new Error(verification.message);
    expect(JSON.stringify(verification.acceptance)).not.toMatch(/SECRET|secret@|eyJ/u);
  });

  it('is not judged where it is none', async () => {
    expect(await verifyToken(config, 'hello')).toMatchObject({ ok: false, problem: 'notJwt' });
  });
});
