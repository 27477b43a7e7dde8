/** The plugin in an editor: diagnostics, quick fixes and suggestions of the server that editors run, and what it knows after files have changed. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../../helpers/commands.ts';
import { installedProject, signOutApp, signOutAppFixed } from '../../helpers/installed.ts';
import { type Diagnostic, LanguageServer } from './language-server.ts';

const NAV = 'components/nav.jsx';
const BRIDGE = 'components/bridge.tsx';
const AUTH = 'convex/auth.config.ts';
const ENV = '.env.local';

const authConfig = `import type { AuthConfig } from 'convex/server';

export default {
  providers: [
    {
      type: 'customJwt',
      issuer: 'https://api.workos.com/user_management/client_01A',
      algorithm: 'RS256',
      jwks: 'https://api.workos.com/sso/jwks/client_01A',
    },
  ],
} satisfies AuthConfig;
`;

const env = (clientId: string): string =>
  `WORKOS_CLIENT_ID=${clientId}\nWORKOS_API_KEY=sk_test_1\nWORKOS_COOKIE_PASSWORD=0123456789abcdef0123456789abcdef\nNEXT_PUBLIC_WORKOS_REDIRECT_URI=http://localhost:3000/callback\n`;

const fixture = (name: string): string =>
  readFileSync(join(ROOT, 'test/codemods/no-forced-token-refresh/get-or-refresh', name), 'utf8');

const files = {
  ...signOutApp,
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\n\nexport const GET = handleAuth();\n",
  'package.json': JSON.stringify({ type: 'module', dependencies: { next: '16.0.0', convex: '1.48.0' } }),
  'eslint.config.js':
    "import authkit from 'eslint-plugin-authkit';\nimport { defineConfig } from 'eslint/config';\n\nexport default defineConfig([authkit.configs.standalone, authkit.configs.files]);\n",
  [BRIDGE]: fixture('input.tsx'),
  [AUTH]: authConfig,
  [ENV]: env('client_01A'),
};

/** What is on disk is looked at again after a second. */
const untilLookedAtAgain = () => wait(1100);

const rulesOf = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

describe.each([
  { version: '9', eslint: 'eslint9' },
  { version: '10', eslint: 'eslint' },
] as const)('with ESLint $version', ({ eslint }) => {
  const project = installedProject(eslint, files);
  let server: LanguageServer;

  beforeAll(async () => {
    server = await LanguageServer.start(project.root);
    server.open(NAV, files[NAV], 'javascriptreact');
    server.open(BRIDGE, files[BRIDGE], 'typescriptreact');
    server.open(AUTH, authConfig, 'typescript');
  });
  afterAll(() => {
    server.stop();
  });

  const theOnly = async (file: string): Promise<Diagnostic> => {
    const [diagnostic, ...others] = await server.diagnostics(file);
    if (!diagnostic || others.length > 0) throw new Error(`not one diagnostic: ${server.log.join('\n')}`);
    return diagnostic;
  };

  /** Lets the editor do what has this title, and the text be as it was afterwards. */
  const afterAction = async (file: string, title: RegExp): Promise<string> => {
    const before = server.text(file);
    const actions = await server.actions(file, await theOnly(file));
    const chosen = actions.filter((action) => title.test(action.title));
    expect(chosen, actions.map((action) => action.title).join('\n')).toHaveLength(1);
    for (const action of chosen) await server.choose(action);
    const after = server.text(file);
    server.change(file, after);
    expect(rulesOf(await server.diagnostics(file))).toEqual([]);
    server.change(file, before);
    return after;
  };

  it('a diagnostic has the rule, its place, and a link to its page', async () => {
    expect(await theOnly(NAV)).toMatchObject({
      code: 'authkit/no-sign-out-prefetch',
      codeDescription: { href: expect.stringMatching(/^https:.*\/docs\/rules\/no-sign-out-prefetch\.md$/u) as string },
      message: expect.stringContaining("prefetches '/sign-out'") as string,
      range: { start: { line: 2, character: 31 } },
    });
  });

  it('a safe edit is a quick fix, and what it writes is what --fix and the codemod write', async () => {
    expect(await afterAction(NAV, /^Fix this authkit\/no-sign-out-prefetch problem$/u)).toBe(signOutAppFixed);
    // The other way, which is not what the codemod does, is there to be chosen.
    expect(await afterAction(NAV, /^Use <a href>.*\(authkit\/no-sign-out-prefetch\)$/u)).toContain(
      '<a href="/sign-out">Sign out</a>',
    );
  });

  it('an edit to be reviewed is a suggestion, and what it writes is what the codemod writes', async () => {
    expect(await afterAction(BRIDGE, /\(authkit\/no-forced-token-refresh\)$/u)).toBe(fixture('output.tsx'));
    const ran = runNode(
      project.path('node_modules/eslint-plugin-authkit/dist/cli/main.cjs'),
      ['codemod', 'no-forced-token-refresh', '--diff', BRIDGE],
      project.root,
    );
    expect(ran.stdout, ran.all).toContain('-      return (await getAccessToken()) ?? (await refresh()) ?? null;');
    expect(ran.stdout).toContain('+      return (await getAccessToken()) ?? null;');
  });

  it('a text that is being typed is reported as it is in the editor, not as it is on disk', async () => {
    server.change(NAV, signOutAppFixed);
    expect(await server.diagnostics(NAV)).toEqual([]);
    server.change(NAV, files[NAV]);
    expect(await server.diagnostics(NAV)).toHaveLength(1);
  });

  it('a file that is no script has diagnostics as well', async () => {
    const short = env('client_01A').replace('0123456789abcdef\n', '\n');
    server.open(ENV, short, 'dotenv');
    expect(await server.diagnostics(ENV)).toMatchObject([
      { code: 'authkit/valid-env', range: { start: { line: 2, character: 23 } } },
    ]);
  });

  it('a route that comes to answer POST alone, and back, is known at the next lint', async () => {
    const route = 'app/sign-out/route.ts';
    project.write(route, files[route].replace('GET', 'POST'));
    await untilLookedAtAgain();
    expect(await server.diagnostics(NAV)).toEqual([]);
    project.write(route, files[route]);
    await untilLookedAtAgain();
    expect(await server.diagnostics(NAV)).toHaveLength(1);
  });

  it('an env file that comes to have another client, and back, is known at the next lint', async () => {
    expect(await server.diagnostics(AUTH)).toEqual([]);
    project.write(ENV, env('client_01B'));
    await untilLookedAtAgain();
    const reported = await server.diagnostics(AUTH);
    expect(new Set(rulesOf(reported))).toEqual(new Set(['authkit/valid-auth-config']));
    expect(reported[0]?.message).toContain('client_01B');
    project.write(ENV, env('client_01A'));
    await untilLookedAtAgain();
    expect(await server.diagnostics(AUTH)).toEqual([]);
  });

  it('an authkit.json that turns the rule off, is broken, and goes again, is known at the next lint', async () => {
    project.write('authkit.json', '{ "rules": { "no-sign-out-prefetch": "off" } }');
    await untilLookedAtAgain();
    expect(await server.diagnostics(NAV)).toEqual([]);
    project.write('authkit.json', '{ "rules": { "no-sign-out-prefetc": "off" } }');
    await untilLookedAtAgain();
    const [reported] = await server.diagnostics(NAV);
    expect(reported?.message).toContain('no-sign-out-prefetc');
    rmSync(project.path('authkit.json'));
    await untilLookedAtAgain();
    expect(rulesOf(await server.diagnostics(NAV))).toEqual(['authkit/no-sign-out-prefetch']);
  });

  it('a server that has linted 200 times more, with files that change meanwhile, uses no more memory', async () => {
    const lint = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        const file = [NAV, BRIDGE, AUTH][time % 3] ?? NAV;
        project.write(`app/page-${String(time % 10)}/page.tsx`, `export const a = ${String(time)};\n`);
        server.change(file, `${server.text(file)}\n// ${String(time)}`);
        await server.diagnostics(file);
        server.change(file, files[file as typeof NAV]);
      }
    };
    await lint(60);
    const before = await server.heap();
    await lint(200);
    const grown = (await server.heap()) - before;
    expect(grown).toBeLessThan(4 * 1024 * 1024);
  });
});
