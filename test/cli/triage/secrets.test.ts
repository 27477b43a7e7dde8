/** Secrets and personal data in every place of the evidence where they can be: none is in any output. */
import { describe, expect, it } from 'vitest';
import { har, triage } from './triage.ts';

let planted = 0;
/** Each is another one, so that a failure says which. */
const secret = (): string => `pLanted${String((planted += 1)).padStart(2, '0')}zq`;

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const headers = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

/** A token whose claims and signature are secrets. */
function token(): string {
  const claims = {
    iss: 'https://api.workos.com/user_management/client_B',
    sub: secret(),
    sid: secret(),
    jti: secret(),
    email: `${secret()}@example.com`,
    act: { sub: secret() },
    iat: 1_700_000_000,
    exp: 1_700_000_300,
  };
  const signature = base64(secret().repeat(30)).replaceAll(/[+/=]/gu, 'x').slice(0, 342);
  return `${part({ alg: 'RS256', kid: 'k', x5t: secret() })}.${part(claims)}.${signature}`;
}

const HAR = har([
  {
    startedDateTime: '2026-11-27T09:30:00.000Z',
    comment: secret(),
    request: {
      method: 'GET',
      url: `https://me:${secret()}@a.example/u/${secret()}0123456789/ann%40example.com/sign-out?_rsc=x&token=${secret()}#${secret()}`,
      headers: headers({
        rsc: '1',
        'next-router-prefetch': '1',
        'next-url': `/home?code=${secret()}`,
        referer: `https://a.example/?invite=${secret()}`,
        cookie: `wos-session=${secret()}`,
        authorization: `Bearer ${secret()}`,
        'x-api-key': secret(),
      }),
      cookies: [{ name: 'wos-session', value: secret() }],
      queryString: [{ name: 'token', value: secret() }],
      postData: { text: secret() },
    },
    response: {
      status: 307,
      headers: headers({
        'set-cookie': `wos-session=; Max-Age=0; Domain=${secret()}`,
        location: `https://api.workos.com/user_management/sessions/logout?session_id=${secret()}`,
      }),
      redirectURL: `https://x.example/?state=${secret()}`,
      content: { text: secret() },
    },
    _webSocketMessages: [
      { data: JSON.stringify({ type: 'Authenticate', value: token() }) },
      { data: JSON.stringify({ type: 'AuthError', error: secret() }) },
      { data: secret() },
    ],
  },
  {
    startedDateTime: '2026-11-27T09:30:01.000Z',
    request: {
      method: secret(),
      url: `https://api.workos.com/user_management/authorize?state=${secret()}&redirect_uri=${encodeURIComponent(`https://me:${secret()}@b.example/callback?code=${secret()}`)}`,
      headers: headers({ 'sec-fetch-mode': 'navigate' }),
    },
    response: {
      status: 400,
      headers: [],
      content: { encoding: 'base64', text: base64(`redirect-uri-invalid ${secret()}`) },
    },
  },
  ...[0, 1, 2, 3, 4, 5].map((second) => ({
    startedDateTime: `2026-11-27T09:31:0${String(second)}.000Z`,
    request: { method: 'POST', url: `https://a.example/?t=${secret()}`, headers: headers({ 'next-action': 'ab' }) },
    response: {
      status: 500,
      content: {
        text: `{"accessToken":"${secret()}","error":"Failed to refresh access token"} Empty password ${secret()}`,
      },
    },
  })),
]);

const LOG = [
  `2026-11-27T09:30:00Z Error: Empty password sk_live_${secret()} ${token()} bob.${secret()}@example.com`,
  `    at run (/home/${secret()}/app/src/proxy.ts:1:1)`,
  `{"level":"error","message":"Failed to refresh session: invalid_grant \\"${secret()}\\" cookie=Fe26.2*1*${secret()}"}`,
  `\u001B[31mCookies can only be \u001B[0mmodified in a Server Action or Route Handler eyJ\u001B[1m${secret()}\u001B[0m.${secret()}`,
  `Access to fetch at 'https://api.workos.com/user_management/sessions/logout?session_id=${secret()}' (redirected from 'https://a.example/${secret()}0123456789/sign-out?_rsc=${secret()}') from origin`,
  `[AuthKit callback error] Error: ${secret()}`,
].join('\n');

const ENV = [
  `WORKOS_API_KEY=sk_test_${secret()}`,
  `WORKOS_COOKIE_PASSWORD="${secret()}${secret()}"`,
  // What got into the wrong variable.
  `WORKOS_CLIENT_ID=${secret()}-${secret()}`,
  `OTHER_ISSUER=https://me:${secret()}@issuer.example/?key=${secret()}`,
  `AUDIENCE=${secret()}`,
].join('\n');

const DEBUG = JSON.stringify({
  user: `ann.${secret()}@example.com`,
  loading: false,
  tokenError: null,
  convex: { isLoading: false, isAuthenticated: false, error: secret() },
  claims: {
    iss: 'https://api.workos.com/user_management/client_B',
    sub: secret(),
    email: `${secret()}@example.com`,
    org: secret(),
  },
});

const PROJECT = {
  'convex/_generated/server.js': '',
  'convex/auth.config.ts': `export default {
  providers: [
    { type: 'customJwt', issuer: \`https://api.workos.com/user_management/\${process.env.WORKOS_CLIENT_ID}\`, algorithm: 'RS256', jwks: \`https://api.workos.com/sso/jwks/\${process.env.WORKOS_CLIENT_ID}\` },
    { type: 'customJwt', issuer: process.env.OTHER_ISSUER!, algorithm: 'RS256', jwks: \`\${process.env.OTHER_ISSUER}/jwks\`, applicationID: process.env.AUDIENCE },
  ],
};
`,
  '.env.local': `WORKOS_COOKIE_PASSWORD=${secret()}\nNEXT_PUBLIC_WORKOS_API_KEY=sk_live_${secret()}\n`,
};

const FILES = {
  ...PROJECT,
  'net.har': HAR,
  'server.log': LOG,
  'env.txt': ENV,
  'debug.json': DEBUG,
  'token.txt': `Bearer ${token()}`,
};
const COUNT = planted;

/** What a secret looks like, as it is and in the encodings in which it was planted. */
const SECRETS = /pLanted\d*|cExhbnRlZ|BMYW50ZW|wTGFudGVk|example\.com|sk_(?:live|test)_\w|Fe26|eyJ/gu;

/** The client id of the token and those of files are no secrets. */
const expectNone = (text: string): void => {
  expect(text.match(SECRETS) ?? []).toEqual([]);
};

describe(`none of ${String(COUNT)} secrets is printed`, () => {
  it.each([
    ['a HAR', ['net.har']],
    ['a HAR that is cut off', ['cut.har']],
    ['a log', ['server.log']],
    ['a list of variables', ['env.txt']],
    ['an auth-debug page', ['debug.json']],
    ['a token', ['token.txt']],
    ['all of it', ['net.har', 'server.log', 'env.txt', 'debug.json', 'token.txt']],
    ['the project alone', []],
  ])('of %s', (_what, evidence) => {
    const files = { ...FILES, 'cut.har': HAR.slice(0, -300) };
    const text = triage([...evidence, '--html', 'page.html'], files);
    expect([1, 2]).toContain(text.status);
    expectNone(text.all);
    expectNone(text.read('page.html'));
    expectNone(triage([...evidence, '--json'], files).all);
  });

  it.each([
    ['a key in place of a file', [`sk_live_${secret()}`]],
    ['a token in place of a file', [token()]],
    ['a URL in place of a file', [`https://me:${secret()}@a.example/?token=${secret()}`]],
    ['an error text with a key in it', [`Error: Empty password sk_live_${secret()} ann.${secret()}@example.com`]],
    ['a token where a folder is expected', ['net.har', '--project', token()]],
    ['a key where the page is expected', ['net.har', '--html', `none/sk_live_${secret()}`]],
    ['JSON that is nothing that it takes', ['odd.json']],
    ['a binary file', ['odd.bin']],
  ])('of %s', (_what, args) => {
    const files = { ...FILES, 'odd.json': `{"x":"${secret()}"}`, 'odd.bin': `\0${secret()}` };
    expectNone(triage(args, files).all);
  });

  it.each([[[]], [['--json']]])('of a token judged in full, with %j', (format) => {
    for (const files of [FILES, { ...FILES, 'convex/auth.config.ts': 'export default {' }])
      expectNone(triage(['--token', '-', '--convex-env', 'env.txt', ...format], files, FILES['token.txt']).all);
  });
});

it('at least forty are planted', () => {
  expect(COUNT).toBeGreaterThanOrEqual(40);
});
