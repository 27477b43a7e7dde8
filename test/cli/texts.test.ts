/** `convex.json` and env files: what the commands read other than scripts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { type ProjectFixture, projectFixture } from '../helpers/project-fixture.ts';
import { APP, cli, gitProject } from './cli.ts';

const registers = (host: string) =>
  `{\n  // previews\n  "authKit": { "preview": { "configure": { "redirectUris": ["${host}/callback"] } } }\n}\n`;

const AUTHKIT_APP = {
  'package.json': '{ "dependencies": { "next": "16.4.0", "@workos-inc/authkit-nextjs": "4.3.0" } }',
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
  'proxy.ts':
    "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : undefined });\n",
};

const SHORT = 'WORKOS_API_KEY=sk_live_hush\nWORKOS_COOKIE_PASSWORD="hunter2"\n';

function found({ root }: ProjectFixture, args: readonly string[] = []): string[] {
  const { all, stdout } = cli(root, ['check', '--json', ...args]);
  if (stdout === '') throw new Error(all);
  return (JSON.parse(stdout) as ESLint.LintResult[]).flatMap(({ filePath, messages }) =>
    messages.map(
      ({ column, line, ruleId }) =>
        `${relative(root, filePath).replaceAll('\\', '/')}:${String(line)}:${String(column)} ${String(ruleId)}`,
    ),
  );
}

describe('check', () => {
  it('reports in convex.json with exact positions', () => {
    const project = projectFixture({ ...AUTHKIT_APP, 'convex.json': registers('https://${VERCEL_URL}') });
    expect(found(project)).toEqual(['convex.json:3:70 authkit/valid-redirect-uri']);
  });

  it('compares convex.json with the proxy', () => {
    const project = projectFixture({
      ...AUTHKIT_APP,
      'convex.json': registers('https://${buildEnv.VERCEL_BRANCH_URL}'),
    });
    // One cause, one report: at the place to change.
    expect(found(project)).toEqual(['proxy.ts:2:94 authkit/consistent-preview-host']);
  });

  it.each([
    ['in a git work tree', gitProject],
    ['without git', projectFixture],
  ])('looks at the env files next to an app although git ignores them, %s', (_, makeProject) => {
    const project = makeProject({
      '.gitignore': '.env*\n',
      'package.json': '{}',
      'src/a.ts': '',
      '.env.local': SHORT,
      'apps/web/package.json': '{}',
      'apps/web/.env': SHORT,
      'scripts/.env': SHORT,
      'node_modules/a/package.json': '{}',
      'node_modules/a/.env': SHORT,
    });
    expect(found(project)).toEqual(['.env.local:2:24 authkit/valid-env', 'apps/web/.env:2:24 authkit/valid-env']);
  });

  it('looks at each env file once, whether git knows it or not', () => {
    const project = gitProject({ 'package.json': '{}', '.env': SHORT });
    expect(found(project)).toHaveLength(1);
  });

  it('takes an env file that is named, wherever it lies', () => {
    const project = gitProject({ '.gitignore': '.env*', 'scripts/.env.prod': SHORT });
    expect(found(project, ['scripts/.env.prod'])).toEqual(['scripts/.env.prod:2:24 authkit/valid-env']);
  });

  it('leaves env files out that --ignore names', () => {
    const project = projectFixture({ 'package.json': '{}', 'a.ts': '', '.env': SHORT });
    expect(found(project, ['--ignore', '.env*'])).toEqual([]);
  });

  it('does not hold example files and files for tests to values', () => {
    const project = projectFixture({
      'package.json': '{}',
      '.env.example': SHORT,
      '.env.test': SHORT,
      '.env.test.local': SHORT,
    });
    expect(found(project)).toEqual([]);
  });

  it.each(['stylish', 'json', 'html', 'json-with-metadata'])('prints no secret (%s)', (format) => {
    const { status, stdout } = cli(projectFixture({ 'package.json': '{}', '.env.local': SHORT }).root, [
      'check',
      '-f',
      format,
    ]);
    expect(status).toBe(1);
    expect(stdout).toContain('WORKOS_COOKIE_PASSWORD has 7 characters');
    expect(stdout).not.toMatch(/hush|hunter2/u);
  });

  it('says that no codemod writes secrets', () => {
    const { stdout } = cli(projectFixture({ 'package.json': '{}', '.env.local': SHORT }).root, ['check']);
    expect(stdout).toContain('\n1 problem needs a manual change.\n');
  });

  it('says of an env file that it is not UTF-8, which dotenv could not read either', () => {
    const { path, root } = projectFixture({ 'package.json': '{}', '.env': '' });
    writeFileSync(path('.env'), Buffer.from(`\uFEFF${SHORT}`, 'utf16le'));
    const { status, stdout } = cli(root, ['check']);
    expect(stdout).toMatch(/\.env\n.*This file is not UTF-8 text/u);
    expect(status).toBe(2);
  });

  it('obeys a comment of eslint-disable in an env file', () => {
    const project = projectFixture({
      'package.json': '{}',
      '.env': 'WORKOS_COOKIE_PASSWORD=x # eslint-disable-line authkit/valid-env\n',
    });
    expect(found(project)).toEqual([]);
  });

  it('reads a convex.json with a byte order mark, and one that is no JSON at all', () => {
    expect(
      found(projectFixture({ ...AUTHKIT_APP, 'convex.json': `\uFEFF${registers('https://${VERCEL_URL}')}` })),
    ).toHaveLength(1);
    expect(found(projectFixture({ ...AUTHKIT_APP, 'convex.json': '"authKit' }))).toEqual([]);
  });
});

describe('codemod', () => {
  it('edits convex.json, and nothing but the place', () => {
    const text = registers('https://${VERCEL_URL}');
    const project = projectFixture({ ...AUTHKIT_APP, 'convex.json': text });
    const { all, status, stdout } = cli(project.root, ['codemod', 'valid-redirect-uri']);
    expect(readFileSync(project.path('convex.json'), 'utf8')).toBe(
      text.replace('${VERCEL_URL}', '${buildEnv.VERCEL_URL}'),
    );
    expect(stdout).toContain('convex.json\n  changed  1 place (line 3)\n');
    expect(status, all).toBe(0);
  });

  it.each([['--dry-run'], ['--force']])(
    'looks at the scripts again that have to agree with a new convex.json (%s)',
    (flag) => {
      const proxy = "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy();\n";
      const text = registers('https://${buildEnv.VERCEL_URL}').replace('redirectUris', 'redirectURIs');
      const project = gitProject({ ...AUTHKIT_APP, 'vercel.json': '{}', 'proxy.ts': proxy, 'convex.json': text });
      const { stdout } = cli(project.root, ['codemod', 'all', flag]);
      expect(stdout).toMatch(/\b2 places in 2 files (?:changed|would change)/u);
      if (flag === '--dry-run') return;
      expect(readFileSync(project.path('convex.json'), 'utf8')).toContain('"redirectUris"');
      expect(readFileSync(project.path('proxy.ts'), 'utf8')).toContain(
        '? `https://${process.env.VERCEL_URL}/callback`',
      );
      expect(cli(project.root, ['codemod', 'all', flag]).stdout).toContain('nothing to change');
    },
  );

  it('brings origins of convex.json to the host of its redirect URIs', () => {
    const text =
      '{ "authKit": { "preview": { "configure": { "redirectUris": ["https://${buildEnv.VERCEL_URL}/callback"], "corsOrigins": ["https://${buildEnv.VERCEL_BRANCH_URL}"] } } } }\n';
    const project = projectFixture({ ...AUTHKIT_APP, 'convex.json': text });
    const { all, status } = cli(project.root, ['codemod', 'consistent-preview-host', 'convex.json']);
    expect(readFileSync(project.path('convex.json'), 'utf8')).toBe(text.replace('VERCEL_BRANCH_URL', 'VERCEL_URL'));
    expect(status, all).toBe(0);
  });

  it('looks at no file that it could not do', () => {
    const project = projectFixture({
      ...APP,
      'package.json': '{}',
      'convex.json': '{ "authKit": "/sign-out" }',
      '.env': 'X=/sign-out',
    });
    expect(cli(project.root, ['codemod', 'no-sign-out-prefetch']).stdout).toContain('1 place in 1 file changed.');
    const { status, stderr } = cli(project.root, ['codemod', 'no-sign-out-prefetch', 'convex.json']);
    expect(stderr).toContain('convex.json was skipped');
    expect(status).toBe(0);
  });

  it('runs the others over scripts alone when all run', () => {
    const project = projectFixture({ ...AUTHKIT_APP, ...APP, 'convex.json': registers('https://${VERCEL_URL}') });
    const { all, status } = cli(project.root, ['codemod', 'all']);
    expect(status, all).toBe(0);
  });
});
