import { afterAll, describe, expect, it } from 'vitest';
import { findInvalidEnv } from '../../../playbook/session/env.ts';
import { type AuthKitSettings, openProject } from '../../../project/project.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const fixtures: { remove: () => void }[] = [];
afterAll(() => {
  for (const fixture of fixtures) fixture.remove();
});

const APP = {
  'package.json': '{ "dependencies": { "next": "16.0.0", "@workos-inc/authkit-nextjs": "4.3.2" } }',
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
};

function look(name: string, text: string, files: Record<string, string> = {}, settings: AuthKitSettings = {}) {
  const fixture = projectFixture({ ...APP, ...files, [name]: text });
  fixtures.push(fixture);
  const project = openProject({ cwd: fixture.root, settings: { authkit: settings } });
  const findings = findInvalidEnv(fixture.path(name), text, project);
  const read = text.replace(/^\uFEFF/u, '');
  return findings.map(({ messageId, range }) => `${messageId}: ${read.slice(...range)}`);
}

describe('the redirect URI', () => {
  it('is a deployment in a file that previews read', () => {
    const line = 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=https://app.vercel.app/callback';
    expect(look('.env', line)).toEqual(['deploymentHost: https://app.vercel.app/callback']);
    expect(look('.env.preview', line)).toHaveLength(1);
    expect(look('.env.production', line)).toEqual([]);
    expect(look('.env', line, {}, { hosting: 'fixed' })).toEqual([]);
  });

  it('may be a deployment where the proxy sends the host of the preview', () => {
    const proxy =
      "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : undefined });\n";
    expect(
      look('.env', 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=https://app.vercel.app/callback', { 'proxy.ts': proxy }),
    ).toEqual([]);
  });

  it('is no URL', () => {
    expect(look('.env', 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=localhost:3000/callback')).toEqual([
      'noUrl: localhost:3000/callback',
    ]);
  });

  it('is no wildcard', () => {
    expect(look('.env.local', 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=https://*.example.com/callback')).toEqual([
      'wildcardHost: https://*.example.com/callback',
    ]);
  });

  it('may be written in capitals, and built of variables of the same file', () => {
    expect(look('.env.local', 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=HTTP://localhost:3000/callback')).toEqual([]);
    expect(look('.env.local', 'BASE=http://localhost:3000\nNEXT_PUBLIC_WORKOS_REDIRECT_URI=${BASE}/callback')).toEqual(
      [],
    );
    expect(look('.env.local', 'A=$B\nB=$A\nNEXT_PUBLIC_WORKOS_REDIRECT_URI=$A/nowhere')).toEqual([]);
  });

  it('is left alone where Next.js expands it, and where it is empty', () => {
    expect(look('.env', 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=https://$VERCEL_URL/nowhere')).toEqual([]);
    expect(look('.env', 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=')).toEqual([]);
  });
});

describe('WORKOS_REDIRECT_URI', () => {
  const line = 'WORKOS_REDIRECT_URI=http://localhost:3000/callback';

  it('is ignored by authkit-nextjs', () => {
    expect(look('.env.local', line)).toEqual(['ignoredVariable: WORKOS_REDIRECT_URI']);
  });

  it.each([
    ['the app reads it', { 'proxy.ts': 'authkitProxy({ redirectUri: process.env.WORKOS_REDIRECT_URI })' }],
    [
      'another SDK reads it',
      {
        'package.json':
          '{ "dependencies": { "next": "16.0.0", "@workos-inc/authkit-nextjs": "4.3.2", "@workos/authkit-session": "1.0.0" } }',
      },
    ],
    [
      'authkit-nextjs is older than 0.11',
      { 'package.json': '{ "dependencies": { "next": "14.0.0", "@workos-inc/authkit-nextjs": "^0.10.1" } }' },
    ],
    ['the app does not use authkit-nextjs', { 'package.json': '{ "dependencies": { "next": "16.0.0" } }' }],
  ])('is right where %s', (_, files: Record<string, string>) => {
    expect(look('.env.local', line, files)).toEqual([]);
  });

  it.each(['0.11.0', '^0.16.1', '>=0.5.0', '10.0.0', 'latest'])('is ignored by authkit-nextjs %s', (version) => {
    const files = {
      'package.json': `{ "dependencies": { "next": "16.0.0", "@workos-inc/authkit-nextjs": "${version}" } }`,
    };
    expect(look('.env.local', line, files)).toEqual(['ignoredVariable: WORKOS_REDIRECT_URI']);
  });

  it('does no harm next to the name that is read, in another file as well', () => {
    expect(look('.env.local', `${line}\nNEXT_PUBLIC_${line}`)).toEqual([]);
    expect(look('.env.local', line, { '.env': `NEXT_PUBLIC_${line}` })).toEqual([]);
    expect(look('.env.local', line, { '.env.example': `NEXT_PUBLIC_${line}` })).toHaveLength(1);
  });

  it('is no business of ours where it is empty, or in the folder of another program', () => {
    expect(look('.env.local', 'WORKOS_REDIRECT_URI=')).toEqual([]);
    expect(look('tools/.env', line)).toEqual([]);
  });
});

describe('secrets', () => {
  it.each([31, 32])('a password of %i characters', (length) => {
    expect(look('.env.local', `WORKOS_COOKIE_PASSWORD="${'x'.repeat(length)}"`)).toHaveLength(length < 32 ? 1 : 0);
  });

  it('are what the file has that counts', () => {
    const long = `WORKOS_COOKIE_PASSWORD=${'x'.repeat(32)}`;
    expect(look('.env', 'WORKOS_COOKIE_PASSWORD=short', { '.env.local': long })).toEqual([]);
    expect(look('.env.local', 'WORKOS_COOKIE_PASSWORD=short', { '.env': long })).toHaveLength(1);
    expect(look('.env', 'WORKOS_COOKIE_PASSWORD=short', { '.env.local': 'WORKOS_COOKIE_PASSWORD=' })).toHaveLength(1);
    expect(look('.env', 'WORKOS_COOKIE_PASSWORD=short', { '.env.development.local': long })).toHaveLength(1);
    expect(look('.env', 'WORKOS_COOKIE_PASSWORD=short', { '.env.example': long })).toHaveLength(1);
  });

  it('are as long as Next.js makes them', () => {
    expect(look('.env.local', `SECRET=${'x'.repeat(40)}\nWORKOS_COOKIE_PASSWORD=\${SECRET}`)).toEqual([]);
    expect(look('.env.local', 'SECRET=short\nWORKOS_COOKIE_PASSWORD=${SECRET}')).toEqual(['shortPassword: ${SECRET}']);
    expect(look('.env.local', 'WORKOS_COOKIE_PASSWORD=$ELSEWHERE')).toEqual([]);
    expect(look('.env.local', 'WORKOS_COOKIE_PASSWORD=${ELSEWHERE:-short}')).toEqual([]);
    expect(look('.env.local', 'WORKOS_COOKIE_PASSWORD=op://dev/app/cookie')).toEqual([]);
    expect(look('.env.local', 'WORKOS_COOKIE_PASSWORD=http://localhost:3000')).toHaveLength(1);
    // No shell runs it.
    expect(look('.env.local', 'WORKOS_COOKIE_PASSWORD=$(openssl rand -base64 32)')).toHaveLength(1);
  });

  it('are never told', () => {
    const fixture = projectFixture(APP);
    fixtures.push(fixture);
    const text = 'WORKOS_COOKIE_PASSWORD=hunter2\nNEXT_PUBLIC_KEY=sk_test_hunter2';
    const findings = findInvalidEnv(fixture.path('.env'), text, openProject({ cwd: fixture.root }));
    expect(findings).toHaveLength(2);
    expect(JSON.stringify(findings.map(({ data }) => data))).not.toContain('hunter2');
  });

  it('do not go to the browser', () => {
    expect(look('.env', 'NEXT_PUBLIC_WORKOS_API_KEY=x')).toEqual(['publicSecret: NEXT_PUBLIC_WORKOS_API_KEY']);
    expect(look('.env', 'NEXT_PUBLIC_KEY=sk_live_1')).toEqual(['publicSecretValue: NEXT_PUBLIC_KEY']);
    expect(look('.env', 'WORKOS_API_KEY=sk_live_1\nNEXT_PUBLIC_KEY=$WORKOS_API_KEY')).toEqual([
      'publicSecretValue: NEXT_PUBLIC_KEY',
    ]);
    expect(look('.env', 'NEXT_PUBLIC_PASSWORD=${WORKOS_COOKIE_PASSWORD}')).toEqual([
      'publicSecretValue: NEXT_PUBLIC_PASSWORD',
    ]);
    expect(look('.env', 'NEXT_PUBLIC_WORKOS_WEBHOOK_SECRET=x')).toEqual([
      'publicSecret: NEXT_PUBLIC_WORKOS_WEBHOOK_SECRET',
    ]);
    expect(
      look('.env', 'WORKOS_API_KEY=sk_live_1\nNEXT_PUBLIC_WORKOS_CLIENT_ID=client_1\nNEXT_PUBLIC_ID=$WORKOS_CLIENT_ID'),
    ).toEqual([]);
  });
});

it('holds an example file to its names alone', () => {
  const text =
    'WORKOS_COOKIE_PASSWORD=short\nNEXT_PUBLIC_WORKOS_REDIRECT_URI=https://app.vercel.app/nowhere\nNEXT_PUBLIC_WORKOS_API_KEY=';
  for (const name of ['.env.example', '.env.local.sample'])
    expect(look(name, text)).toEqual(['publicSecret: NEXT_PUBLIC_WORKOS_API_KEY']);
});

it.each([
  ['a byte order mark', '\uFEFFWORKOS_COOKIE_PASSWORD=short', 1],
  ['old Mac line ends', 'A=b\rWORKOS_COOKIE_PASSWORD=short\r', 1],
  ['control characters', 'WORKOS_COOKIE_PASSWORD=\u0001\u0002', 1],
  ['a line without end', `WORKOS_COOKIE_PASSWORD=short\nX=${'"'.repeat(100_000)}`, 1],
  ['nothing', '', 0],
  ['a megabyte', `${'A=b\n'.repeat(250_000)}WORKOS_COOKIE_PASSWORD=short`, 1],
])('reads %s', (_, text, count) => {
  expect(look('.env', text)).toHaveLength(count);
});

const FULL = `WORKOS_CLIENT_ID=client_01A\nWORKOS_API_KEY=sk_test_a\nWORKOS_COOKIE_PASSWORD=${'x'.repeat(32)}\nNEXT_PUBLIC_WORKOS_REDIRECT_URI=http://localhost:3000/callback\n`;
const without = (...names: string[]): string =>
  FULL.split('\n')
    .filter((line) => !names.some((name) => line.startsWith(`${name}=`)))
    .join('\n');

describe('a cookie password as Next.js expands it', () => {
  it.each([
    ['a dollar sign in it', `WORKOS_COOKIE_PASSWORD=abc$${'defgh'.repeat(8)}`],
    ['a hash after a space', `WORKOS_COOKIE_PASSWORD=abc # ${'x'.repeat(40)}`],
    ['a hash', `WORKOS_COOKIE_PASSWORD=abc#${'x'.repeat(40)}`],
  ])('is short with %s', (_, line) => {
    expect(look('.env', line)).toEqual([expect.stringContaining('shortPassword')]);
  });

  it.each<[string, string, Record<string, string>?]>([
    ['an escaped dollar sign', `WORKOS_COOKIE_PASSWORD=abc\\$${'defgh'.repeat(8)}`],
    ['a hash in quotes', `WORKOS_COOKIE_PASSWORD="abc # ${'x'.repeat(40)}"`],
    ['a variable of the shell', 'WORKOS_COOKIE_PASSWORD=prefix-$VAULT_PASSWORD'],
    ['a reference alone', 'WORKOS_COOKIE_PASSWORD=$cookie_password'],
    ['a variable of another file', 'WORKOS_COOKIE_PASSWORD=$LONG', { '.env.local': `LONG=${'x'.repeat(40)}` }],
  ])('is long enough with %s', (_, line, files: Record<string, string> = {}) => {
    expect(look('.env', line, files)).toEqual([]);
  });
});

describe('variables that are missing', () => {
  it.each(['WORKOS_CLIENT_ID', 'WORKOS_API_KEY', 'WORKOS_COOKIE_PASSWORD', 'NEXT_PUBLIC_WORKOS_REDIRECT_URI'])(
    '%s is reported',
    (name) => {
      const at = name === 'WORKOS_CLIENT_ID' ? 'WORKOS_API_KEY' : 'WORKOS_CLIENT_ID';
      expect(look('.env.local', without(name))).toEqual([`missingVariables: ${at}`]);
    },
  );

  it('are one finding for an app, in the strongest of its files', () => {
    const committed = { '.env': 'WORKOS_CLIENT_ID=client_01A\n' } as const;
    const local = 'WORKOS_API_KEY=sk_test_a\n';
    expect(look('.env.local', local, committed)).toEqual(['missingVariables: WORKOS_API_KEY']);
    expect(look('.env', committed['.env'], { '.env.local': local })).toEqual([]);
  });

  it.each<[string, string, string, Record<string, string>, AuthKitSettings?]>([
    ['none is', '.env.local', FULL, {}],
    ['another file has them', '.env.local', without('WORKOS_API_KEY'), { '.env': 'WORKOS_API_KEY=sk_test_a\n' }],
    [
      'a committed file leaves the secrets to the hosting',
      '.env',
      without('WORKOS_API_KEY', 'WORKOS_COOKIE_PASSWORD'),
      {},
    ],
    ['a committed file leaves the API key to another one', '.env.development', without('WORKOS_API_KEY'), {}],
    ['the file is an example', '.env.example', without('WORKOS_API_KEY'), {}],
    ['the file is for tests', '.env.test', without('WORKOS_API_KEY'), {}],
    ['the file has nothing of AuthKit', '.env.local', 'WORKOS_MODE=1\nOTHER=1\n', {}],
    ['the file has one of them alone', '.env.local', 'WORKOS_API_KEY=sk_test_a\n', {}],
    [
      'the settings name the file that has them',
      '.env.local',
      without('WORKOS_API_KEY'),
      { 'secrets/dev': FULL },
      { envFiles: ['secrets/dev'] },
    ],
    [
      'code gives the redirect URI',
      '.env.local',
      without('NEXT_PUBLIC_WORKOS_REDIRECT_URI'),
      { 'proxy.ts': 'authkitProxy({ redirectUri: base() });' },
    ],
    [
      'next.config makes it',
      '.env.local',
      without('WORKOS_CLIENT_ID'),
      { 'next.config.js': "module.exports = { env: { WORKOS_CLIENT_ID: 'client_01A' } };" },
    ],
    [
      'a program of its own loads them',
      '.env.local',
      without('WORKOS_API_KEY'),
      { 'package.json': APP['package.json'].replace('{', '{ "scripts": { "dev": "doppler run -- next dev" },') },
    ],
    [
      'the app has no AuthKit',
      '.env.local',
      without('WORKOS_API_KEY'),
      { 'package.json': '{ "dependencies": { "next": "16.0.0" } }' },
    ],
  ])('are none where %s', (_, name, text, files, settings = {}) => {
    expect(look(name, text, files, settings).filter((one) => /missing|misnamed|unread/u.test(one))).toEqual([]);
  });
});

describe('a name that AuthKit does not read', () => {
  it.each([
    ['WORKOS_COOKIE_SECRET', 'WORKOS_COOKIE_PASSWORD'],
    ['WORKOS_CLIENTID', 'WORKOS_CLIENT_ID'],
  ])('%s is reported in the place of %s', (name, meant) => {
    expect(look('.env.local', FULL.replace(`${meant}=`, `${name}=`))).toEqual([`misnamedVariable: ${name}`]);
  });

  it('is right next to the one that it reads, and where the app reads it', () => {
    expect(look('.env.local', `${FULL}WORKOS_COOKIE_SECRET=${'x'.repeat(32)}\n`)).toEqual([]);
    const reads = { 'lib/key.ts': 'process.env.WORKOS_COOKIE_PASSWORD ??= process.env.WORKOS_COOKIE_SECRET;' };
    expect(look('.env.local', FULL.replace('WORKOS_COOKIE_PASSWORD=', 'WORKOS_COOKIE_SECRET='), reads)).toEqual([
      'missingVariables: WORKOS_CLIENT_ID',
    ]);
  });
});

describe('the env file of a workspace', () => {
  const ROOT = {
    'package.json': '{ "private": true, "workspaces": ["apps/*"] }',
    'apps/web/package.json': APP['package.json'],
    'apps/web/app/callback/route.ts': APP['app/callback/route.ts'],
  };

  it('is not read by an app below', () => {
    expect(look('.env.local', FULL, ROOT)).toEqual(['unreadFile: WORKOS_COOKIE_PASSWORD']);
  });

  it.each<[string, string, Record<string, string>]>([
    ['the app has the variables itself', '.env.local', { 'apps/web/.env.local': FULL }],
    [
      'dotenv-cli gives them to the app',
      '.env.local',
      { 'package.json': ROOT['package.json'].replace('{', '{ "scripts": { "dev": "dotenv -- turbo dev" },') },
    ],
    ['next.config loads it', '.env.local', { 'apps/web/next.config.ts': "import { loadEnvConfig } from '@next/env';" }],
    ['it is an example', '.env.example', {}],
    ['no app uses AuthKit', '.env.local', { 'apps/web/package.json': '{ "dependencies": { "next": "16.0.0" } }' }],
  ])('is left alone where %s', (_, name, files) => {
    const fixtureFiles = { ...ROOT, ...files };
    expect(look(name, FULL, fixtureFiles).filter((one) => one.startsWith('unread'))).toEqual([]);
  });
});
