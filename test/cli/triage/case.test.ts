import { describe, expect, it } from 'vitest';
import { jsonCase } from '../../../cli/triage/evidence/small-json.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { cli } from '../cli.ts';
import { APP, har, PREFETCH, triage } from './triage.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = `${part({ alg: 'RS256', kid: 'k' })}.${part({ iss: 'https://api.workos.com/user_management/client_B', sub: 'user_A', iat: 1_700_000_000, exp: 1_700_000_300 })}.c2ln`;

describe('triage of evidence', () => {
  it('leads from a HAR to the link, and says how to see that it is gone', () => {
    const { status, stdout } = triage(['net.har'], { 'net.har': har([PREFETCH]) });
    expect(stdout).toContain('✖ A background request signed the user out. (failure 1 of the playbook)');
    expect(stdout).toContain(
      'GET /sign-out was prefetched from /home and returned 307, which ended the session (net.har)',
    );
    expect(stdout).toMatch(/where +components\/nav\.tsx:3:\d+ /u);
    expect(stdout).toMatch(/^ {2}run +npx eslint-plugin-authkit codemod no-sign-out-prefetch$/mu);
    expect(status).toBe(1);
  });

  it('leads to the link where Next.js adds a slash to each path', () => {
    const request = { ...PREFETCH.request, url: PREFETCH.request.url.replace('?', '/?') };
    const { stdout } = triage(['net.har'], { 'net.har': har([{ ...PREFETCH, request }]) });
    expect(stdout).toContain('components/nav.tsx');
  });

  it('leads to no link of another path than the one that was requested', () => {
    const request = { ...PREFETCH.request, url: 'https://a.example/bye?_rsc=x' };
    const { stdout } = triage(['net.har'], { 'net.har': har([{ ...PREFETCH, request }]) });
    expect(stdout).toContain('GET /bye was prefetched');
    expect(stdout).toContain('no rule finds a line for it. Search the page and its layouts');
    expect(stdout).not.toContain('components/nav.tsx');
  });

  it('says that no rule finds a line, and what to look at, where evidence and code disagree', () => {
    const line = 'Failed to refresh access token: Failed to refresh session: Error: invalid_grant\n';
    const { stdout } = triage(['server.log'], { 'server.log': line.repeat(6) });
    expect(stdout).toContain('no rule finds a line for it. Look at the hook passed to ConvexProviderWithAuth');
  });

  it('takes several pieces as one case, and an error text in quotes', () => {
    const { stdout, status } = triage(['Error: Empty password', 'net.har'], { 'net.har': har([PREFETCH]) });
    expect(stdout.match(/^✖/gmu)).toHaveLength(2);
    expect(status).toBe(1);
  });

  it.each([
    ['TokenRefreshError', 'A refresh of the session failed'],
    ['NEXT_REDIRECT', 'A redirect was caught'],
    ['invalid_grant', 'Nothing here shows what is wrong'],
    ['error=invalid_redirect_uri', 'WorkOS refuses the redirect URI'],
    ['E900', 'Nothing here shows what is wrong'],
  ])('takes a file with the one word %s for no list of variables', (word, words) => {
    const { stdout } = triage(['error.txt'], { 'error.txt': `${word}\n` });
    expect(stdout).toContain(words);
    expect(stdout).not.toContain('WORKOS_CLIENT_ID is not');
  });

  it('takes a word that names an error for it, and any other one for a file that is missing', () => {
    expect(triage(['redirect-uri-invalid'], {}).stdout).toContain('WorkOS refuses the redirect URI');
    const missing = triage(['network.har'], {});
    expect(missing.stderr).toContain("There is no file 'network.har'");
    expect(missing.status).toBe(2);
  });

  it.each([
    ['shows nothing', 'nothing of it', true],
    ['is enough', 'Error: Empty password', false],
  ])('names the next step where a text %s', (_what, text, isNamed) => {
    expect(triage([text], {}).stdout.includes('next: npx eslint-plugin-authkit triage')).toBe(isNamed);
  });

  it('takes the access token of JSON that has an id token as well', () => {
    const text = `{"idToken":"eyJh.eyJp.","accessToken":"${TOKEN}"}`;
    expect(jsonCase(text, 'tokens.json')).toMatchObject({ tokens: [TOKEN] });
  });

  it.each([
    [
      'the names of a deployment without the client id',
      'WORKOS_API_KEY\nOTHER\n',
      1,
      'WORKOS_CLIENT_ID is not set in the Convex deployment',
    ],
    [
      'a deployment without variables',
      'No environment variables set (on dev deployment x)\n',
      1,
      'WORKOS_CLIENT_ID is not set',
    ],
    ['a deployment with it', 'WORKOS_CLIENT_ID=client_01A\nWORKOS_API_KEY=sk_x\n', 0, 'No mistake found'],
    ['JSON with a token', `{"accessToken":"${TOKEN}","expiresIn":300}`, 2, 'JSON with an access token'],
    ['a command that failed', '✖ No CONVEX_DEPLOYMENT set\n', 2, 'nothing is known of the deployment'],
    ['nothing', '', 2, 'is empty'],
    ['a page that shows no user', '{"user":null,"convex":{"isAuthenticated":false}}', 1, 'There is no WorkOS session'],
    ['a page on which all is well', '{"user":"x","convex":{"isAuthenticated":true}}', 0, 'No mistake found'],
    ['a log that says nothing of it', 'GET / 200 in 3ms\n', 2, 'Nothing here shows what is wrong'],
  ])('answers %s', (_what, text, status, words) => {
    const outcome = triage(['-'], {}, text);
    expect(outcome.stdout).toContain(words);
    expect(outcome.status).toBe(status);
  });

  it('reads what is there of a HAR that is cut off', () => {
    const cut = har([PREFETCH, PREFETCH]).slice(0, -200);
    const { stdout, status } = triage(['net.har'], { 'net.har': cut });
    expect(stdout).toContain('✖ A background request signed the user out.');
    expect(stdout).toContain('cut off');
    expect(status).toBe(1);
  });

  it.each([
    ['JSON of something else', '{"a":1}', /JSON, but none that says something of a sign-in/u],
    ['a binary file', 'PK\u0003\u0004\u0000\u0000', /is binary/u],
  ])('refuses %s with what it takes', (_what, text, words) => {
    const { stderr, status } = triage(['odd'], { odd: text });
    expect(stderr).toMatch(words);
    expect(stderr).toContain('triage takes a HAR, a log, an access token');
    expect(status).toBe(2);
  });

  it('judges a token that has expired at the time of its issue, and never prints it', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: 'https://api.workos.com/user_management/client_B',
      sub: 'user_SECRET',
      iat: 1_700_000_000,
      exp: 1_700_000_300,
    };
    const signature = 'c2ln'.repeat(86);
    const token = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.${signature.slice(0, 342)}`;
    const config =
      "export default { providers: [{ type: 'customJwt', issuer: 'https://api.workos.com/user_management/client_A', algorithm: 'RS256', jwks: 'https://api.workos.com/sso/jwks/client_A' }] };\n";
    const { stdout, status, all } = triage(['token.txt'], {
      'token.txt': `Authorization: Bearer ${token}\n`,
      'convex/auth.config.ts': config,
      'convex/_generated/server.js': '',
    });
    expect(stdout).toContain("✖ Convex rejects AuthKit's token.");
    expect(stdout).toContain('which is normal for a copied token');
    expect(all).not.toMatch(/c2ln|user_SECRET/u);
    expect(status).toBe(1);
  });
});

it('judges auth.config by the variables of the deployment', () => {
  const config =
    "export default { providers: [{ type: 'customJwt', issuer: `https://api.workos.com/user_management/${process.env.WORKOS_CLIENT_ID}`, algorithm: 'RS256', jwks: 'https://api.workos.com/sso/jwks/client_OTHER' }] };\n";
  const files = { 'convex/auth.config.ts': config, 'convex/_generated/server.js': '' };
  const { status, stdout } = triage(['-'], files, 'WORKOS_CLIENT_ID=client_01A\nWORKOS_API_KEY=sk_x\n');
  expect(stdout).toMatch(/where +convex\/auth\.config\.ts:1:\d+ /u);
  expect(stdout).not.toContain('sk_x');
  expect(status).toBe(1);
});

describe('triage without evidence', () => {
  it('goes through the project in the order of a sign-in', () => {
    const { stdout, status } = triage([]);
    expect(stdout).toContain('✖ Something signs users out by itself. (failure 1 of the playbook)');
    expect(stdout).toContain('versions: next 16.0.0 (range), @workos-inc/authkit-nextjs 4.3.2 (range)');
    expect(status).toBe(1);
  });

  it('calls a stored token no refresh loop', () => {
    const hook = `'use client';
import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';
export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken } = useAccessToken();
  const fetchAccessToken = useCallback(async () => accessToken ?? null, [accessToken]);
  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
`;
    const { stdout } = triage([], { ...APP, 'components/bridge.tsx': hook });
    expect(stdout).toContain('authkit/no-stale-access-token');
    expect(stdout).toContain('Convex asks this hook for a token on every connection.');
    expect(stdout).not.toContain('A refresh changes something');
  });

  it('runs no rule by a configuration that can not be followed', () => {
    const { status, stderr, stdout } = triage([], { ...APP, 'authkit.json': '{"settings":{"hostin":"fixed"}}' });
    expect(stderr).toContain("authkit.json:1:14 Unknown key 'hostin' in settings. Did you mean 'hosting'?");
    expect([status, stdout]).toEqual([2, '']);
  });

  it('leaves out what the configuration leaves out', () => {
    const ignoring = { ...APP, 'authkit.json': '{"ignore":["components"]}' };
    expect(triage([]).stdout).toContain('components/nav.tsx');
    expect(triage([], ignoring).stdout).not.toContain('components/nav.tsx');
  });

  it.each([
    ['4.3.0', true],
    ['4.3.1', false],
  ])('says what @workos-inc/authkit-nextjs %s does by itself: %s', (version, says) => {
    const dependencies = { next: '16.0.0', '@workos-inc/authkit-nextjs': version };
    const { stdout } = triage([], { 'package.json': JSON.stringify({ dependencies }) });
    expect(stdout.includes('before 4.3.1 ends the session when WorkOS returns 429 or 5xx')).toBe(says);
  });

  it('names the versions of the packages of a workspace', () => {
    const { stdout } = triage([], {
      'package.json': JSON.stringify({ workspaces: ['apps/*'] }),
      'apps/web/package.json': JSON.stringify({ dependencies: { next: '16.4.0' } }),
    });
    expect(stdout).toContain('versions: next 16.4.0 (range)');
  });

  it('says so in a folder without an app', () => {
    const { stdout, status } = triage([], {
      'package.json': '{}',
      'app/sign-out/route.ts': '',
      'components/nav.tsx': '',
    });
    expect(stdout).toContain('is this the folder of the app?');
    expect(status).toBe(2);
  });
});

it('takes an error text that is longer than a path may be', () => {
  const { status, stdout } = triage([`Error: Empty password ${'at something '.repeat(500)}`]);
  expect(stdout).toContain('WORKOS_COOKIE_PASSWORD is missing.');
  expect(status).toBe(1);
});

it('judges the claims of an auth-debug page by issuer and audience', () => {
  const claims = { iss: 'https://api.workos.com/user_management/client_B' };
  const page = { user: 'x', tokenError: null, convex: { isLoading: false, isAuthenticated: false }, claims };
  const config =
    "export default { providers: [{ type: 'customJwt', issuer: 'https://api.workos.com/user_management/client_A', algorithm: 'RS256', jwks: 'https://api.workos.com/sso/jwks/client_A' }] };\n";
  const files = { 'convex/auth.config.ts': config, 'convex/_generated/server.js': '' };
  const { stdout } = triage(['-'], files, JSON.stringify(page));
  expect(stdout).toContain('Convex rejects the token: NoAuthProvider');
  expect(stdout).toContain('convex/auth.config.ts:1');
});

it('answers without an app, and says how to name one', () => {
  const project = projectFixture({ 'server.log': 'Error: Empty password\n' });
  const { status, stdout } = cli(project.root, ['triage', 'server.log']);
  expect(stdout).toContain('WORKOS_COOKIE_PASSWORD is missing.');
  expect(stdout).toContain('--project names the app');
  expect(status).toBe(1);
});
