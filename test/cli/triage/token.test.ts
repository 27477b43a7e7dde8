import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../helpers/commands.ts';
import { type ProjectFixture, projectFixture } from '../../helpers/project-fixture.ts';
import { startJwksServer } from '../../playbook/auth-config/jwks-server.ts';
import { type Signer, dataUri, makeSigner, mint } from '../../playbook/auth-config/mint.ts';
import { MAIN, cli } from '../cli.ts';

const ISSUER = 'https://api.workos.com/user_management/client_01A';
const NOW = Math.floor(Date.now() / 1000);
const SESSION = {
  iss: ISSUER,
  sub: 'user_secret',
  sid: 'session_secret',
  email: 'ann@example.com',
  iat: NOW - 10,
  exp: NOW + 600,
};

const READ = 'const clientId = process.env.WORKOS_CLIENT_ID;\n\n';
const CLIENT = `    {
      type: 'customJwt',
      issuer: \`https://api.workos.com/user_management/\${clientId}\`,
      algorithm: 'RS256',
      jwks: \`https://api.workos.com/sso/jwks/\${clientId}\`,
    },
`;
const config = (...providers: string[]): string =>
  `${READ}export default {\n  providers: [\n${providers.join('')}  ],\n};\n`;
const withAudience = CLIENT.replace('    },\n', '      applicationID: clientId,\n    },\n');

let signer: Signer;
let token: string;

beforeAll(async () => {
  signer = await makeSigner('key_a');
  token = await mint(SESSION, signer);
});

function project(files: Readonly<Record<string, string>>): ProjectFixture {
  return projectFixture({ 'convex/schema.ts': '', '.env.local': 'WORKOS_CLIENT_ID=client_01A\n', ...files });
}

const triage = (root: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Outcome =>
  cli(root, ['triage', ...args], { WORKOS_CLIENT_ID: '', ...env });

/** With a text on standard input, and without ending this process's own event loop, on which a server may answer. */
async function piped(root: string, args: readonly string[], input: Buffer | string): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, 'triage', ...args], {
    cwd: root,
    env: { ...process.env, WORKOS_CLIENT_ID: '', AUTHKIT_RETHROW: '' },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, ...texts, all: `${texts.stdout}\n${texts.stderr}` };
}

/** What must never be printed, whatever goes wrong. */
function expectNoSecret({ all }: Outcome): void {
  for (const part of token.split('.')) expect(all).not.toContain(part);
  expect(all).not.toMatch(/user_secret|session_secret|ann@example/u);
  expect(all).not.toMatch(/^\s+at .*:\d+/mu);
}

describe('a token that Convex takes', () => {
  it('is accepted, with the provider and its line', () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    const outcome = triage(root, ['--token', token]);
    expect(outcome.status).toBe(0);
    expect(outcome.stdout).toContain('Convex accepts this token.');
    expect(outcome.stdout).toContain('provider 0  convex/auth.config.ts:5:5');
    expect(outcome.stdout).toContain('not checked (add --verify)');
    expect(outcome.stdout).toContain('client_01A (.env.local:1)');
    expectNoSecret(outcome);
  });

  it('is read from standard input', async () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    expect((await piped(root, ['--token', '-'], `Bearer ${token}\n`)).status).toBe(0);
  });

  it.each([
    ['colours', '\u001B[1mWORKOS_CLIENT_ID\u001B[0m=client_01A\n'],
    ['JSON', '{ "WORKOS_CLIENT_ID": "client_01A", "COUNT": 5 }'],
    ['a list in JSON', '[{ "name": "WORKOS_CLIENT_ID", "value": "client_01A" }, null]'],
    ['UTF-16', Buffer.from('\uFEFFWORKOS_CLIENT_ID=client_01A\r\n', 'utf16le')],
  ])('is accepted with an environment in %s', async (_, input) => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT), '.env.local': '' });
    expect((await piped(root, ['--token', token, '--convex-env', '-'], input)).stdout).toContain(
      'WORKOS_CLIENT_ID is client_01A (--convex-env)',
    );
  });

  it('is accepted by the providers of the WorkOS component', () => {
    const { root } = project({
      'convex/auth.config.ts':
        "import { authKit } from './auth';\nexport default { providers: authKit.getAuthConfigProviders() };\n",
      'convex/auth.ts':
        "import { AuthKit } from '@convex-dev/workos-authkit';\nexport const authKit = new AuthKit(components.workOSAuthKit);\n",
    });
    expect(triage(root, ['--token', token]).stdout).toContain('provider 1  convex/auth.config.ts:2:29');
  });

  it('is accepted whatever an optional variable holds, for it has to be set', () => {
    const other =
      "    { type: 'customJwt', issuer: other, algorithm: 'RS256', jwks: other ? `${other}/jwks` : undefined, applicationID: 'x' },\n";
    const { root } = project({
      'convex/auth.config.ts': config(CLIENT, other).replace('\n', '\nconst other = process.env.OTHER;\n'),
    });
    expect(triage(root, ['--token', token]).status).toBe(0);
  });

  it('is answered in JSON, without what names a person', () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    const outcome = triage(root, ['--token', token, '--json']);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      verdict: 'accepted',
      provider: 0,
      row: 1,
      location: { line: 5 },
      unchecked: ['jwks', 'signature'],
      claims: { iss: ISSUER, sub: '(hidden)' },
    });
    expectNoSecret(outcome);
  });

  it('shows all claims where they are asked for', () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    expect(triage(root, ['--token', token, '--show-claims']).stdout).toContain('sub: user_secret');
  });

  it('is checked with a data: key set without any network', () => {
    const text = config(CLIENT.replace(/jwks: .*,/u, `jwks: '${dataUri(signer.keySet)}',`));
    const { root } = project({ 'convex/auth.config.ts': text });
    expect(triage(root, ['--token', token]).stdout).toContain('checked with the key that the token names');
  });

  it('is checked with a key set of a file', () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT), 'jwks.json': JSON.stringify(signer.keySet) });
    expect(triage(root, ['--token', token, '--jwks', 'jwks.json']).stdout).toContain(
      'checked with the key that the token names',
    );
  });

  it('is checked with the keys that --verify fetches', async () => {
    const server = await startJwksServer(signer.keySet);
    const { root } = project({
      'convex/auth.config.ts': config(CLIENT.replace(/jwks: .*,/u, `jwks: '${server.origin}/jwks',`)),
    });
    const outcome = await piped(root, ['--token', '-', '--verify'], token);
    await server.close();
    expect(outcome.stdout).toContain('checked with the key that the token names');
    expect(outcome.status).toBe(0);
  });
});

describe('a token that Convex rejects', () => {
  it('names the error, the property, its line and what to write', () => {
    const { root } = project({ 'convex/auth.config.ts': config(withAudience) });
    const outcome = triage(root, ['--token', token]);
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toContain('NoAuthProvider: No auth provider found matching the given token.');
    expect(outcome.stdout).toContain('convex/auth.config.ts:10:7  applicationID');
    expect(outcome.stdout).toContain('Remove applicationID: the issuer already names the client.');
    expectNoSecret(outcome);
  });

  it('belongs to another client than the environment names', () => {
    const { root } = project({
      'convex/auth.config.ts': config(CLIENT),
      'b.env': 'export WORKOS_CLIENT_ID="client_01B"',
    });
    const outcome = triage(root, ['--token', token, '--env', 'b.env']);
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toContain('the token belongs to another client');
    expect(outcome.stdout).toContain('client_01B (--env)');
  });

  it('meets a deploy that fails for a variable that npx convex env list does not have', async () => {
    const { root } = project({
      'convex/auth.config.ts': config(CLIENT).replace('\n', "\nconst other = process.env.OTHER ?? '';\n"),
    });
    const outcome = await piped(
      root,
      ['--token', token, '--convex-env', '-'],
      'WORKOS_CLIENT_ID=client_01A\nWORKOS_API_KEY=sk_test_secret\n',
    );
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toContain(
      'Environment variable OTHER is used in auth config file but its value was not set',
    );
    expect(outcome.all).not.toContain('sk_test_secret');
  });

  it('meets a deployment of which npx convex env list says that it has no variables', async () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    const outcome = await piped(root, ['--token', token, '--convex-env', '-'], 'No environment variables set.\n');
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toContain('Environment variable WORKOS_CLIENT_ID is used');
  });

  it.each(['sk_test_secretsecret', 'a-cookie-password-of-thirty-two-or-more'])(
    'meets another value where the client id should be, and does not repeat it: %s',
    async (secret) => {
      const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
      for (const format of [[], ['--json']]) {
        const outcome = await piped(
          root,
          ['--token', token, '--convex-env', '-', ...format],
          `WORKOS_CLIENT_ID=${secret}\n`,
        );
        expect(outcome.status).toBe(1);
        expect(outcome.all).not.toContain(secret);
      }
    },
  );

  it('meets an empty client id', () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT), 'list.env': 'WORKOS_CLIENT_ID=\n' });
    const outcome = triage(root, ['--token', token, '--convex-env', 'list.env', '--json']);
    expect(outcome.status).toBe(1);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ verdict: 'rejected', row: 20, property: 'issuer' });
  });

  it('meets a Convex project without auth.config', () => {
    const outcome = triage(project({}).root, ['--token', token, '--json']);
    expect(outcome.status).toBe(1);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ verdict: 'rejected', row: 17 });
  });

  it('was changed after it was signed', async () => {
    const [header = '', , signature = ''] = token.split('.');
    const [, payload = ''] = (await mint({ ...SESSION, role: 'admin' }, signer)).split('.');
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT), 'jwks.json': JSON.stringify(signer.keySet) });
    const outcome = triage(root, ['--token', `${header}.${payload}.${signature}`, '--jwks', 'jwks.json', '--json']);
    expect(outcome.status).toBe(1);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ verdict: 'rejected', stage: 'signature' });
  });

  it('is looked for in the workspace, where the root has no auth.config', () => {
    const { root } = project({
      'package.json': JSON.stringify({ name: 'root', workspaces: ['packages/*'] }),
      'packages/a/package.json': '{"name":"a"}',
      'packages/a/convex/auth.config.ts': config(withAudience),
      'packages/a/.env.local': 'WORKOS_CLIENT_ID=client_01A',
    });
    expect(triage(root, ['--token', token]).stdout).toContain('packages/a/convex/auth.config.ts:10:7  applicationID');
  });

  it('has expired', async () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    const outcome = triage(root, ['--token', await mint({ ...SESSION, exp: NOW - 60 }, signer)]);
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toContain('Could not validate token: Token expired');
  });
});

describe('what is unknown', () => {
  it('is so without a client id, and the token says which one would do', () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT), '.env.local': '' });
    const outcome = triage(root, ['--token', token]);
    expect(outcome.status).toBe(2);
    expect(outcome.stdout).toContain('Convex can take it only if its WORKOS_CLIENT_ID is the same');
    expect(outcome.stdout).toContain('npx convex env list');
  });

  it('is not for other people’s providers that no one knows', () => {
    const clerk = "    { domain: process.env.CLERK_DOMAIN, applicationID: 'convex' },\n";
    const { root } = project({ 'convex/auth.config.ts': config(clerk, withAudience) });
    expect(triage(root, ['--token', token]).status).toBe(1);
  });

  it.each([
    ['a syntax error', 'export default {', 'does not parse'],
    ['no default export', 'export const a = 1;', 'has no default export'],
    [
      'a circular import',
      "import config from './auth.config';\nexport default config;",
      'can not be read from its text',
    ],
    [
      'providers of a package',
      "import { providers } from 'a-package';\nexport default { providers };",
      'can not be read from the text',
    ],
  ])('is so with %s', (_, text, words) => {
    const { root } = project({ 'convex/auth.config.ts': text });
    const outcome = triage(root, ['--token', token]);
    expect(outcome.status).toBe(2);
    expect(outcome.stdout).toContain(words);
    expectNoSecret(outcome);
  });

  it.each([
    ['names alone', 'WORKOS_API_KEY\nWORKOS_CLIENT_ID\n', '--include-values'],
    ['nothing', '', 'most likely failed'],
  ])('is so where npx convex env list prints %s', async (_, text, words) => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    const outcome = await piped(root, ['--token', token, '--convex-env', '-'], text);
    expect(outcome.status).toBe(2);
    expect(outcome.stderr).toContain(words);
  });

  it.each([
    ['several lines in quotes', 'KEY="a\nWORKOS_CLIENT_ID=client_01B\nb"\nWORKOS_CLIENT_ID=client_01A'],
    ['unicode, export, and no line end', "NAME=Zoë 🚀\r\nexport WORKOS_CLIENT_ID='client_01A'"],
  ])('is not so with values of %s', async (_, text) => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    expect((await piped(root, ['--token', token, '--convex-env', '-'], text)).status).toBe(0);
  });

  it('is so with a key set that is HTML', () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT), 'jwks.html': '<!doctype html><p>Sign in</p>' });
    const outcome = triage(root, ['--token', token, '--jwks', 'jwks.html']);
    expect(outcome.status).toBe(2);
    expect(outcome.stdout).toContain('not a key set. The response is an HTML page');
  });

  it('is so where the keys can not be had', async () => {
    const { root } = project({
      'convex/auth.config.ts': config(CLIENT.replace(/jwks: .*,/u, "jwks: 'http://127.0.0.1:9/jwks',")),
    });
    const outcome = await piped(root, ['--token', '-', '--verify'], token);
    expect(outcome.status).toBe(2);
    expect(outcome.stdout).toContain("can't be reached from here");
  });
});

it('is known without a client id, where no client id would help', () => {
  const { root } = project({ 'convex/auth.config.ts': config(withAudience), '.env.local': '' });
  const outcome = triage(root, ['--token', token]);
  expect(outcome.status).toBe(1);
  expect(outcome.stdout).toContain('convex/auth.config.ts:10:7  applicationID');
});

describe('input that is no token', () => {
  it.each([
    ['a word', 'hello', 'not a JWT'],
    ['five parts', 'a.b.c.d.e', 'encrypted token'],
    ['an API key', 'sk_test_abcdefgh', 'API key'],
    ['nothing', '', 'no token'],
    ['white space', '  \n', 'no token'],
    [
      'alg none',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"iss":"x"}').toString('base64url')}.`,
      'not signed',
    ],
    ['a megabyte', 'x'.repeat(1_100_000), 'KiB long'],
  ])('%s is told so', async (_, text, words) => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    const outcome = await piped(root, ['--token', '-'], text);
    expect(outcome.status).toBe(2);
    expect(outcome.stdout).toContain(words);
    expect(outcome.all).not.toContain('abcdefgh');
    expectNoSecret(outcome);
  });

  it('is a file, which standard input takes', () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT), 'token.txt': token });
    const outcome = triage(root, ['--token', 'token.txt']);
    expect(outcome.status).toBe(2);
    expect(outcome.stdout).toContain("'token.txt' is a file: give what is in it with `--token - < token.txt`.");
  });

  it('cut off in the middle is told so', async () => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    const outcome = await piped(root, ['--token', '-'], token.slice(0, -20));
    expect(outcome.status).toBe(2);
    expect(outcome.stdout).toContain('cut off');
  });
});

describe('a command line that can not be followed', () => {
  it.each([
    ['an option of a token without one', ['--verify'], '--verify is for --token'],
    ['an unknown option', ['--tokn', 'x'], "Did you mean '--token'?"],
    // Of --env-file Node.js 20 itself says so: it looks for that option among the arguments of a script, too.
    [
      'an absent file',
      ['--token', 'x', '--convex-env', 'none.env'],
      "--convex-env 'none.env' can't be read: it does not exist",
    ],
    ['an absent folder', ['--token', 'x', 'nowhere'], "no folder or file 'nowhere'"],
    ['another file', ['--token', 'x', 'package.json'], 'is not an auth.config file'],
    ['two inputs from standard input', ['--token', '-', '--convex-env', '-'], 'can be read once'],
  ])('%s is told so', (_, args, words) => {
    const { root } = project({ 'convex/auth.config.ts': config(CLIENT) });
    const outcome = triage(root, args);
    expect(outcome.status).toBe(2);
    expect(outcome.stderr).toContain(words);
  });

  it('a token in the wrong place is not repeated', () => {
    const outcome = triage(project({}).root, [token]);
    expect(outcome.status).toBe(2);
    expect(outcome.stderr).toContain('--token');
    expectNoSecret(outcome);
  });

  it('several auth.config files are listed, to name one', () => {
    const { root } = projectFixture({
      'package.json': JSON.stringify({ name: 'root', workspaces: ['packages/*'] }),
      'packages/a/package.json': '{"name":"a"}',
      'packages/a/convex/auth.config.ts': config(CLIENT),
      'packages/a/.env': 'WORKOS_CLIENT_ID=client_01A',
      'packages/b/package.json': '{"name":"b"}',
      'packages/b/convex/auth.config.ts': config(withAudience),
    });
    const outcome = triage(root, ['--token', token]);
    expect(outcome.status).toBe(2);
    expect(outcome.stderr).toContain('packages/a/convex/auth.config.ts, packages/b/convex/auth.config.ts');
    expect(triage(root, ['--token', token, 'packages/a']).status).toBe(0);
  });
});
