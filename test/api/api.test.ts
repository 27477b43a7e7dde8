/** The functions of the API, where they differ from the page's examples. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, explainToken, transform } from '../../api/index.ts';
import { signOutApp } from '../helpers/installed.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { tokenOf } from '../helpers/token.ts';

const app = (files: Readonly<Record<string, string>> = {}) =>
  projectFixture({ ...signOutApp, 'package.json': '{ "dependencies": { "next": "16.0.0" } }', ...files });

describe('check', () => {
  it('returns places, edits and their safety, and writes nothing', async () => {
    const { path, root } = app();
    const { files, findings, problems } = await check({ cwd: root });
    expect({ files, problems }).toEqual({ files: 2, problems: [] });
    expect(findings).toMatchObject([
      {
        path: path('components/nav.jsx'),
        rule: 'no-sign-out-prefetch',
        messageId: 'prefetchedSignOut',
        severity: 'error',
        line: 3,
        column: 32,
        fix: { safety: 'safe' },
      },
    ]);
    expect(readFileSync(path('components/nav.jsx'), 'utf8')).toBe(signOutApp['components/nav.jsx']);
  });

  it('runs the rules of strict where that is asked for, and says why there is no edit', async () => {
    const { root } = app();
    const { findings } = await check({ cwd: root, strict: true });
    expect(findings.map(({ rule }) => rule)).toEqual(['no-get-sign-out', 'no-sign-out-prefetch']);
  });

  it('respects levels, settings, authkit.json and comments', async () => {
    const nav = signOutApp['components/nav.jsx'];
    const { root } = app({
      'components/known.jsx': `/* eslint-disable authkit/no-sign-out-prefetch */\n${nav}`,
      'vendor/nav.jsx': nav,
      'authkit.json': '{ "ignore": ["vendor"] }',
    });
    expect((await check({ cwd: root })).findings).toHaveLength(1);
    expect((await check({ cwd: root, rules: { 'no-sign-out-prefetch': 'off' } })).findings).toEqual([]);
    expect((await check({ cwd: root, settings: { signOutPaths: { replace: [] } } })).findings).toEqual([]);
  });

  it('names files that do not parse', async () => {
    const { path, root } = app({ 'components/broken.jsx': "import Link from 'next/link';\nconst = '/sign-out';\n" });
    const { problems } = await check({ cwd: root });
    expect(problems.map((problem) => problem.path)).toEqual([path('components/broken.jsx')]);
  });

  it('rejects for a path that does not exist, and for a configuration that can not be followed', async () => {
    await expect(check({ cwd: app().root, paths: ['nowhere'] })).rejects.toThrow('nowhere');
    await expect(check({ cwd: app({ 'authkit.json': '{ "rule": {} }' }).root })).rejects.toThrow("'rules'");
  });
});

describe('transform', () => {
  const code = signOutApp['components/nav.jsx'];

  it('runs the codemods that are named, and no other', async () => {
    const { root } = app();
    const options = { cwd: root, filename: 'components/new.jsx', code };
    expect((await transform({ ...options, codemods: ['valid-proxy'] })).code).toBe(code);
    expect((await transform({ ...options, codemods: ['no-sign-out-prefetch'] })).code).toContain('prefetch={false}');
  });

  it('leaves edits that need a review where only safe ones are wanted', async () => {
    const { root } = app({ 'convex/_generated/api.d.ts': '' });
    const bridge =
      "import { useAccessToken } from '@workos-inc/authkit-nextjs/components';\nimport { ConvexProviderWithAuth } from 'convex/react';\nfunction useBridge() {\n  const { refresh } = useAccessToken();\n  return { isLoading: false, isAuthenticated: true, fetchAccessToken: async () => (await refresh()) ?? null };\n}\nexport const P = ({ c }) => <ConvexProviderWithAuth client={c} useAuth={useBridge} />;\n";
    const { changed, left } = await transform({
      cwd: root,
      filename: 'components/bridge.jsx',
      code: bridge,
      safe: true,
    });
    expect(changed).toEqual([]);
    expect(left.map(({ reason }) => reason)).toContain('its edit needs a review: run the codemod without --safe');
  });

  it('rejects for code that does not parse, and for a codemod that does not exist', async () => {
    const { root } = app();
    const broken = "import Link from 'next/link';\nconst = '/sign-out';\n";
    await expect(transform({ cwd: root, filename: 'a.jsx', code: broken })).rejects.toThrow(SyntaxError);
    await expect(transform({ cwd: root, filename: 'a.jsx', code, codemods: ['no-such'] })).rejects.toThrow(RangeError);
  });
});

describe('explainToken', () => {
  const address = (id: string) => `https://api.workos.com/user_management/${id}`;
  const provider = {
    type: 'customJwt',
    issuer: address('client_A'),
    algorithm: 'RS256',
    jwks: 'https://api.workos.com/sso/jwks/client_A',
  };

  it('names what was not proven of a token that is accepted', async () => {
    expect(await explainToken(tokenOf({ iss: address('client_A') }), { providers: [provider] })).toEqual({
      verdict: 'accepted',
      provider: 0,
      unproven: ['jwks', 'signature'],
    });
  });

  it('judges a token at the time that is given', async () => {
    const token = tokenOf({ iss: address('client_A'), exp: 1_700_000_300 });
    expect(await explainToken(token, { providers: [provider] }, { now: 1_700_000_100 })).toMatchObject({
      verdict: 'accepted',
    });
    expect(await explainToken(token, { providers: [provider] }, { now: 1_700_009_999 })).toMatchObject({
      verdict: 'rejected',
      claim: 'exp',
    });
  });

  it('says why, without a word of the token', async () => {
    const token = tokenOf({ iss: address('client_A') });
    const explained = await explainToken(token, { providers: [{ ...provider, applicationID: 'convex' }] });
    expect(explained).toMatchObject({ verdict: 'rejected', stage: 'match', provider: 0, property: 'applicationID' });
    expect(JSON.stringify(explained)).not.toContain('user_1');
  });

  it('returns a verdict for what is no token, and for what is no config', async () => {
    expect(await explainToken('nothing', { providers: [] })).toMatchObject({ verdict: 'unreadable' });
    expect(await explainToken(tokenOf({ iss: 'x' }), { providers: [{ type: 'other' }] })).toMatchObject({
      verdict: 'rejected',
      stage: 'deploy',
    });
  });
});
