import { beforeAll, describe, expect, it } from 'vitest';
import { decodeToken } from '../../../playbook/auth-config/token/token-decode.ts';
import { makeSigner, mint } from './mint.ts';
import type { Signer } from './mint.ts';

const SUBJECT = 'user_01SECRET';
const claims = { iss: 'https://api.workos.com/user_management/client_01A', sub: SUBJECT, exp: 2_000_000_000 };

let signer: Signer;
let token: string;

beforeAll(async () => {
  signer = await makeSigner('key_a');
  token = await mint(claims, signer);
});

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('a token', () => {
  it('is decoded into its header and its claims', async () => {
    expect(await decodeToken(token)).toEqual({
      ok: true,
      compact: token,
      token: { header: { alg: 'RS256', kid: 'key_a' }, claims },
    });
  });

  it.each([
    ['white space', (text: string) => `\n  ${text} \r\n`],
    ['quotes', (text: string) => `"${text}"`],
    ['Bearer', (text: string) => `Bearer ${text}`],
    ['a whole header line', (text: string) => `Authorization: bearer ${text}\n`],
    ['the lines of a terminal', (text: string) => text.replaceAll(/.{60}/gu, '$&\n')],
    ['JSON', (text: string) => JSON.stringify({ accessToken: text, user: { id: 'user_1' } })],
    ['a message that holds it twice', (text: string) => JSON.stringify({ value: text, previous: text })],
    ['a line of an env file', (text: string) => `TOKEN=${text}`],
    ['a command', (text: string) => `curl -H 'Authorization: Bearer ${text}' https://example.com`],
  ])('is found within %s', async (_, wrap) => {
    expect(await decodeToken(wrap(token))).toMatchObject({ ok: true, compact: token });
  });
});

describe('what is no token to judge', () => {
  it.each<[string, string, () => Promise<string> | string]>([
    ['nothing', 'empty', () => ' \n'],
    ['a word', 'notJwt', () => SUBJECT],
    ['two parts', 'notJwt', () => token.split('.').slice(0, 2).join('.')],
    ['five parts', 'encrypted', () => `${token}.AAAA.BBBB`],
    ['an API key', 'apiKey', () => `sk_test_${SUBJECT}`],
    ['the session cookie', 'sealedSession', () => `Fe26.2*1*${SUBJECT}*a.b.c`],
    ['the session cookie with its name', 'sealedSession', () => `wos-session=Fe26.2*1*${SUBJECT}*a.b.c`],
    [
      'two tokens',
      'several',
      async () => JSON.stringify({ idToken: await mint({ ...claims, aud: 'x' }, signer), accessToken: token }),
    ],
    ['a megabyte', 'tooLong', () => SUBJECT.repeat(80_000)],
    ['an ellipsis where the middle was', 'malformed', () => token.replace(/.{9}$/u, '…')],
    ['padding', 'malformed', () => token.replace('.', '=.')],
    [
      'a payload cut within a character',
      'truncated',
      () => `${encoded({ alg: 'RS256' })}.${encoded(claims).slice(0, 41)}.${token.split('.')[2] ?? ''}`,
    ],
    [
      'a payload cut within its JSON',
      'malformed',
      () => `${encoded({ alg: 'RS256' })}.${encoded(claims).slice(0, 40)}.${token.split('.')[2] ?? ''}`,
    ],
    ['a signature cut off', 'truncated', () => token.slice(0, -40)],
    ['no signature', 'truncated', () => `${token.split('.').slice(0, 2).join('.')}.`],
    ['alg none', 'unsigned', () => `${encoded({ alg: 'none' })}.${encoded(claims)}.`],
    ['a payload that is a list', 'malformed', () => `${encoded({ alg: 'RS256' })}.${encoded([claims])}.AAAA`],
    ['a header that is a number', 'malformed', () => `${encoded(5)}.${encoded(claims)}.AAAA`],
    ['an exp in words', 'claimType', () => mint({ ...claims, exp: '2026-11-23' }, signer)],
    ['a negative exp', 'claimType', () => mint({ ...claims, exp: -1 }, signer)],
    ['an iss that is a number', 'claimType', () => mint({ ...claims, iss: 5 }, signer)],
    ['an aud that holds a number', 'claimType', () => mint({ ...claims, aud: ['x', 5] }, signer)],
  ])('is told apart: %s is %s', async (_, problem, make) => {
    const text = await make();
    const decoded = await decodeToken(text);
    expect(decoded).toMatchObject({ ok: false, problem });
    const { message } = decoded as { message: string };
    expect(message).toMatch(/^(?:This|The|There) .*[.)]$/u);
    expect(message).not.toContain(SUBJECT);
    expect(message).not.toContain('eyJ');
  });

  it('accepts an exp with a fraction, as Convex does', async () => {
    expect(await decodeToken(await mint({ ...claims, exp: 2_000_000_000.5 }, signer))).toMatchObject({ ok: true });
  });
});
