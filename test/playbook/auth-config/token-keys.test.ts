import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKeys } from '../../../playbook/auth-config/token/token-keys.ts';
import { startJwksServer } from './jwks-server.ts';
import type { JwksServer } from './jwks-server.ts';
import { dataUri } from './mint.ts';

const keySet = { keys: [{ kty: 'RSA', kid: 'k', n: 'AQAB', e: 'AQAB' }] };
let server: JwksServer;

beforeAll(async () => {
  server = await startJwksServer(keySet);
});

afterAll(async () => {
  await server.close();
});

describe('a jwks address', () => {
  it.each(['/jwks', '/json', '/moved'])('answers with its keys (%s)', async (path) => {
    expect(await loadKeys(server.origin + path)).toMatchObject({
      status: 'answered',
      answer: { ok: true, keys: [{ kid: 'k', kty: 'RSA' }] },
    });
  });

  it('is asked for JSON, as Convex asks', async () => {
    await loadKeys(`${server.origin}/jwks`);
    expect(server.requests.at(-1)).toBe('GET /jwks application/json');
  });

  it.each([
    ['/nowhere', 'HTTP 404 Not Found', 'The address returns HTTP 404 Not Found.'],
    ['/html', "Invalid Content-Type 'text/html'", 'The address returns text/html, not with JSON.'],
    ['/html-as-json', 'Invalid JWKS response body', 'The response is an HTML page, not a key set.'],
  ])('is refused in Convex’s words where it has no keys (%s)', async (path, error, reason) => {
    const loaded = await loadKeys(server.origin + path);
    expect(loaded).toMatchObject({ status: 'answered', answer: { ok: false, code: 'InvalidAuthHeader', reason } });
    expect(JSON.stringify(loaded)).toContain(error);
  });

  it('names the page that a redirect led to', async () => {
    const loaded = await loadKeys(`${server.origin}/moved-to-sign-in`);
    expect(JSON.stringify(loaded)).toContain(`after a redirect to ${server.origin}/html`);
  });

  it('is given up after the time limit, and that is no verdict', async () => {
    expect(await loadKeys(`${server.origin}/slow`, { timeLimitMs: 100 })).toEqual({
      status: 'unreachable',
      reason: `${server.origin}/slow did not respond within 100 ms.`,
    });
  });

  it('is given up where no one listens, where it redirects forever, and where it never ends', async () => {
    const closed = await startJwksServer(keySet);
    await closed.close();
    expect(await loadKeys(closed.origin)).toEqual({
      status: 'unreachable',
      reason: `${closed.origin} can't be reached from here (ECONNREFUSED).`,
    });
    expect(await loadKeys(`${server.origin}/loop`)).toMatchObject({ status: 'unreachable' });
    expect(await loadKeys(`${server.origin}/huge`)).toMatchObject({ status: 'unreachable' });
  });

  it('never shows a password that is in it', async () => {
    const loaded = await loadKeys(`${server.origin.replace('://', '://ann:hunter2@')}/jwks`);
    expect(JSON.stringify(loaded)).not.toContain('hunter2');
  });
});

describe('a data: URI', () => {
  it.each([
    ['base64', dataUri(keySet)],
    ['text', `data:,${JSON.stringify(keySet)}`],
    ['percent signs', `data:application/json,${encodeURIComponent(JSON.stringify(keySet))}`],
    [
      'another type, which Convex ignores',
      `data:text/plain;charset=latin1;base64,${Buffer.from(JSON.stringify(keySet)).toString('base64')}`,
    ],
    ['base64 without its padding', dataUri(keySet).replace(/=+$/u, '')],
  ])('holds its keys in %s', async (_, jwks) => {
    expect(await loadKeys(jwks)).toMatchObject({ status: 'answered', answer: { ok: true, keys: [{ kid: 'k' }] } });
  });

  it.each([
    ['a key set without keys', dataUri({}), 'The response is JSON, but has no list `keys`.'],
    ['no JSON', 'data:,hello', 'The response is not JSON.'],
    ['bad base64', 'data:;base64,a', 'The data: URI is not valid base64.'],
    [
      'a key without its modulus',
      dataUri({ keys: [{ kty: 'RSA', e: 'AQAB' }] }),
      'The key at index 0 is a key of kind RSA without a proper `n`',
    ],
    ['a key of no kind', dataUri({ keys: [{ kid: 'k' }] }), 'The key at index 0 has no known `kty`'],
    [
      'a curve that Convex does not know',
      dataUri({ keys: [{ kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' }] }),
      'The key at index 0 has an unknown curve',
    ],
  ])('is refused where it is %s', async (_, jwks, reason) => {
    const loaded = await loadKeys(jwks);
    expect(loaded).toMatchObject({ status: 'answered', answer: { ok: false } });
    expect(JSON.stringify(loaded)).toContain(JSON.stringify(reason).slice(1, -1));
  });
});
