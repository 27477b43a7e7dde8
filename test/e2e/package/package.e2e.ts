/** The tarball that is published, in projects as people have them: each of the tools it is for does its job there. */
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../helpers/commands.ts';
import { APP, LIGHT, places } from './app.ts';
import { broughtBy, install, type Installed, removeAll } from './install.ts';

afterAll(removeAll);

describe('ESLint 9, an ES module as config', () => {
  const project = install(
    {
      ...LIGHT,
      'eslint.config.mjs':
        "import authkit from 'eslint-plugin-authkit';\nimport { defineConfig } from 'eslint/config';\nexport default defineConfig([authkit.configs.standalone, authkit.configs.files]);\n",
    },
    ['eslint@9.39.5'],
  );

  it('npm has nothing to say of the package', () => {
    expect(project.printed).not.toMatch(/authkit|EBADENGINE|install-scripts/u);
  });

  it('reports, and fixes', () => {
    expect(places(project.bin('eslint/bin/eslint.js', '.').stdout)).toBe(2);
    expect(project.bin('eslint/bin/eslint.js', '--fix', '.').status).toBe(0);
    expect(readFileSync(project.path('components/nav.tsx'), 'utf8')).toContain('prefetch={false}');
  });

  it('brings at most 28 packages, and 15 MB', () => {
    const folders = broughtBy(project);
    const bytes = folders.reduce((sum, folder) => sum + sizeOf(folder), 0);
    expect(folders.length, folders.join('\n')).toBeLessThanOrEqual(28);
    expect(bytes).toBeLessThanOrEqual(15 * 1024 * 1024);
    // That something was counted.
    expect(folders.length).toBeGreaterThan(10);
  });
});

describe('ESLint 10, a CommonJS config', () => {
  const project = install(
    {
      ...LIGHT,
      'eslint.config.cjs':
        "const authkit = require('eslint-plugin-authkit');\nmodule.exports = [...authkit.configs.standalone, { settings: { authkit: { cacheKey: authkit.factsCacheKey(__dirname) } } }];\n",
    },
    ['eslint@10.15.0'],
  );

  it('reports', () => {
    const { all, stdout } = project.bin('eslint/bin/eslint.js', '.');
    expect(places(stdout), all).toBe(2);
  });

  it('check and the functions report the same', () => {
    expect(places(project.authkit('check').stdout)).toBe(2);
    project.write(
      'api.mjs',
      "import { check } from 'eslint-plugin-authkit/api';\nconsole.log((await check()).findings.map(({ rule }) => rule).join());\n",
    );
    expect(runCommand(process.execPath, ['api.mjs'], project.root).stdout).toBe(
      'no-sign-out-prefetch,no-sign-out-prefetch\n',
    );
  });
});

describe("the README's config for Next.js", () => {
  const config =
    /^```js\n\/\/ eslint\.config\.mjs\n(?=[^`]*next\/core-web-vitals|[^`]*eslint-config-next)(?<code>[^`]*)^```$/mu;
  const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
  const project = install({ ...APP, 'eslint.config.mjs': config.exec(readme)?.groups?.['code'] ?? '' }, [
    'next@16.4.6',
    'eslint@9.39.5',
    'eslint-config-next@16.4.6',
    'react@19.3.1',
    'react-dom@19.3.1',
    'typescript@6.0.3',
  ]);

  it('reports next to the rules of Next.js', () => {
    const { all, stdout } = project.bin('eslint/bin/eslint.js', '.');
    expect(places(stdout), all).toBe(2);
  });
});

describe('Oxlint', () => {
  const rules = { 'authkit/no-sign-out-prefetch': 'error' };
  const project = install(
    {
      ...LIGHT,
      '.oxlintrc.json': JSON.stringify({
        jsPlugins: ['eslint-plugin-authkit'],
        categories: { correctness: 'off' },
        rules,
      }),
      'oxlint.config.mjs': `import authkit from 'eslint-plugin-authkit';\nexport default { jsPlugins: [authkit.meta.name], categories: { correctness: 'off' }, rules: ${JSON.stringify(rules)} };\n`,
    },
    ['oxlint@1.89.0'],
  );
  const reported = (config: string): string[] =>
    project
      .bin('oxlint/bin/oxlint', '--config', config, '--format', 'unix', 'components')
      .stdout.split('\n')
      .filter((line) => line.includes('no-sign-out-prefetch'))
      .sort();

  it.each(['.oxlintrc.json', 'oxlint.config.mjs'])('finds the same each time with %s', (config) => {
    const first = reported(config);
    expect(first).toHaveLength(2);
    for (let run = 0; run < 4; run += 1) expect(reported(config)).toEqual(first);
  });
});

describe('no linter', () => {
  const project: Installed = install(LIGHT, [], ['--legacy-peer-deps']);

  it('the codemods and triage do their job, and check says what is missing', () => {
    const codemod = project.authkit('codemod', 'all', '--diff');
    expect(codemod.stdout).toContain('+  <Link href="/sign-out" prefetch={false}>');
    project.write('server.log', 'Error: redirect-uri-invalid\n');
    expect(project.authkit('triage', 'server.log').stdout).toContain('redirect URI');
    const check = project.authkit('check');
    expect(check.stderr).toContain('check needs ESLint, and it is not installed: npm install --save-dev eslint');
    expect(check.status).toBe(2);
  });
});

/** As it is on a disk, in blocks of 4 KB. */
function sizeOf(path: string): number {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return Math.ceil(stats.size / 4096) * 4096;
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .reduce((sum, name) => sum + sizeOf(join(path, name)), 4096);
}
