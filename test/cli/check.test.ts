import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { runNode } from '../helpers/commands.ts';
import { installedProject, signOutApp, signOutAppFixed } from '../helpers/installed.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { APP, CALL, cli, NAV, NAV_FIXED, ROUTE } from './cli.ts';

const json = (text: string) => JSON.parse(text) as ESLint.LintResult[];
const ruleIds = (text: string) => json(text).flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));

describe('what it finds', () => {
  it('finds a prefetched sign-out link in TypeScript and JSX without any config', () => {
    const { status, stdout } = cli(projectFixture(APP).root, ['check']);
    expect(stdout).toContain('components/nav.tsx');
    expect(stdout).toMatch(/3:\d+\s+error\s+This link prefetches '\/sign-out'.*authkit\/no-sign-out-prefetch/u);
    expect(status).toBe(1);
  });

  it('exits with 0 and says how much it looked at when there is nothing to report', () => {
    const { all, status, stdout } = cli(projectFixture({ ...APP, 'components/nav.tsx': NAV_FIXED }).root, ['check']);
    expect(stdout).toMatch(/^✔ 2 files checked, no findings\.\n/u);
    expect(status, all).toBe(0);
  });

  it('does not warn of an .eslintignore, which counts for nothing', () => {
    expect(cli(projectFixture({ ...APP, '.eslintignore': 'components' }).root, ['check']).stderr).toBe('');
  });

  it('ignores the ESLint config of the project', () => {
    const { root } = projectFixture({ ...APP, 'eslint.config.js': "throw new Error('read');" });
    expect(cli(root, ['check']).status).toBe(1);
  });

  it.each(['.js', '.jsx', '.mjs', '.tsx'])('reads JSX in %s files', (extension) => {
    const code = NAV.replace(': { name: string }', extension === '.tsx' ? '$&' : '');
    const { all, stdout } = cli(projectFixture({ 'app/sign-out/route.ts': ROUTE, [`nav${extension}`]: code }).root, [
      'check',
      '--json',
    ]);
    expect(ruleIds(stdout), all).toEqual(['authkit/no-sign-out-prefetch']);
  });

  it('obeys eslint-disable comments', () => {
    const { root } = projectFixture({
      ...APP,
      'components/nav.tsx': `/* eslint-disable authkit/no-sign-out-prefetch */\n${NAV}`,
    });
    expect(cli(root, ['check']).status).toBe(0);
  });

  it('obeys an inline comment that turns one of its rules off', () => {
    const { root } = projectFixture({
      ...APP,
      'components/nav.tsx': `/* eslint authkit/no-sign-out-prefetch: off */\n${NAV}`,
    });
    expect(cli(root, ['check']).status).toBe(0);
  });

  it('reports a comment that turns off a rule that is not there, also where nothing else is found', () => {
    const comment = '/* eslint-disable-next-line no-alert,\n   @next/next/no-img-element, authkit/no-sign-out-link */';
    const { root } = projectFixture({ ...APP, 'components/nav.tsx': `${comment}\n${NAV_FIXED}` });
    const { all, status, stdout } = cli(root, ['check', '--json']);
    expect(ruleIds(stdout), all).toEqual(['authkit/no-sign-out-link']);
    expect(status).toBe(1);
  });

  it("reports nothing of other plugins' rules that a file's comments name or turn on", () => {
    const comments =
      '/* eslint react/jsx-key: error, semi: [error, never] */\n/* global x */\n// eslint-disable-next-line import/order\n';
    const { all, stdout } = cli(projectFixture({ ...APP, 'components/nav.tsx': comments + NAV }).root, [
      'check',
      '--json',
    ]);
    expect(ruleIds(stdout), all).toEqual(['authkit/no-sign-out-prefetch']);
  });

  it.each(['/* eslint-env node */', '/* eslint semi: [ */', '/* global x: maybe */'])(
    'reports nothing of a comment that ESLint refuses: %s',
    (comment) => {
      const { root } = projectFixture({ ...APP, 'components/nav.tsx': `${comment}\n${NAV}` });
      const { all, status, stdout } = cli(root, ['check', '--json']);
      expect(ruleIds(stdout), all).toEqual(['authkit/no-sign-out-prefetch']);
      expect(status).toBe(1);
    },
  );

  it('checks an app that does not lie in the folder it runs in', () => {
    const app = projectFixture(APP);
    const { status, stdout } = cli(projectFixture({ 'a/b.ts': '' }).path('a'), ['check', app.root, '--json']);
    expect(ruleIds(stdout)).toEqual(['authkit/no-sign-out-prefetch']);
    expect(status).toBe(1);
  });
});

describe('what it prints', () => {
  it('names the command that fixes what it found, with the paths that were given', () => {
    const { root } = projectFixture({ ...APP, 'components/other.tsx': NAV });
    const { stdout } = cli(root, ['check', 'components']);
    expect(stdout).toMatch(
      /✖ 2 problems \(2 errors, 0 warnings\)\nhttps:\S+\nFix: npx eslint-plugin-authkit codemod all components\n$/u,
    );
  });

  it('says how many problems no codemod fixes', () => {
    const { root } = projectFixture({ ...APP, 'components/warm.tsx': CALL });
    expect(cli(root, ['check']).stdout).toMatch(
      /\n1 problem can be fixed by a codemod\. 1 problem needs a manual change\.\nFix: npx eslint-plugin-authkit codemod all\n$/u,
    );
    expect(cli(root, ['check', 'components/warm.tsx']).stdout).toMatch(/\n1 problem needs a manual change\.\n$/u);
  });

  it('names a codemod that all leaves out by its name', () => {
    const { root } = projectFixture({ 'app/sign-out/route.ts': ROUTE });
    expect(cli(root, ['check', '--strict']).stdout).toMatch(
      /\nFix: npx eslint-plugin-authkit codemod no-get-sign-out\n$/u,
    );
  });

  it('says so where nothing uses AuthKit, which is no failure', () => {
    const { root } = projectFixture({ 'a.ts': 'export {};' });
    const { status, stdout } = cli(root, ['check']);
    expect(stdout).toBe(
      '✔ 1 file checked. None of them uses AuthKit (@workos-inc/authkit-nextjs): is the app in another folder?\n',
    );
    expect(status).toBe(0);
  });

  it.each([
    ['a file that was named', { 'a.ts': 'export {};' }, ['a.ts']],
    [
      'a package that depends on it',
      { 'package.json': '{ "dependencies": { "@workos-inc/node": "8" } }', 'a.ts': '' },
      [],
    ],
  ])('says nothing of the kind of %s', (_name, files, paths) => {
    expect(cli(projectFixture(files).root, ['check', ...paths]).stdout).toBe('✔ 1 file checked, no findings.\n');
  });

  it('prints JSON and nothing else with --json', () => {
    const { stderr, stdout } = cli(projectFixture(APP).root, ['check', '--json']);
    expect(json(stdout).map(({ errorCount, filePath }) => [filePath.replace(/^.*[\\/]/u, ''), errorCount])).toEqual([
      ['route.ts', 0],
      ['nav.tsx', 1],
    ]);
    expect(stderr).toBe('');
  });

  it('prints JSON when nothing is found, too', () => {
    expect(json(cli(projectFixture({ 'a.ts': 'export {};' }).root, ['check', '--json']).stdout)).toHaveLength(1);
  });

  it("takes ESLint's formats by name", () => {
    expect(cli(projectFixture(APP).root, ['check', '--format', 'json-with-metadata']).stdout).toMatch(/^\{"results":/u);
  });

  it('takes a formatter that is installed in the project', () => {
    const { root } = projectFixture({
      ...APP,
      'node_modules/eslint-formatter-tiny/index.js': 'module.exports = (results) => `${results.length} files`;',
    });
    expect(cli(root, ['check', '-f', 'tiny']).stdout).toBe('2 files\n');
  });

  it('has no colours in a pipe', () => {
    expect(cli(projectFixture(APP).root, ['check']).stdout).not.toContain('\u001B[');
  });

  it('has no colours in a pipe of a CI', () => {
    expect(cli(projectFixture(APP).root, ['check'], { CI: 'true' }).stdout).not.toContain('\u001B[');
  });

  it('has colours when FORCE_COLOR asks for them', () => {
    expect(cli(projectFixture(APP).root, ['check'], { FORCE_COLOR: '1' }).stdout).toContain('\u001B[31merror');
  });

  it('has no colours when NO_COLOR is set', () => {
    expect(cli(projectFixture(APP).root, ['check'], { NO_COLOR: '1' }).stdout).not.toContain('\u001B[');
  });
});

describe('options', () => {
  it('--fix writes what is safe to fix, and exits with 0 when nothing is left', () => {
    const { path, root } = projectFixture(APP);
    const { all, status } = cli(root, ['check', '--fix']);
    expect(readFileSync(path('components/nav.tsx'), 'utf8')).toBe(NAV_FIXED);
    expect(status, all).toBe(0);
  });

  it('--fix leaves alone what other rules would fix', () => {
    const comment =
      '/* eslint authkit/no-sign-out-prefetch: off, no-extra-boolean-cast: error */\nexport const x = (a: boolean) => { if (!!a) return 1; };\n';
    const { path, root } = projectFixture({ ...APP, 'components/nav.tsx': comment + NAV });
    cli(root, ['check', '--fix']);
    expect(readFileSync(path('components/nav.tsx'), 'utf8')).toBe(comment + NAV);
  });

  it('--ignore leaves files out', () => {
    expect(cli(projectFixture(APP).root, ['check', '--ignore', 'components']).stdout).toMatch(
      /^✔ 1 file checked, no findings\.\n/u,
    );
  });

  it('--max-warnings wants a number', () => {
    const { status, stderr } = cli(projectFixture(APP).root, ['check', '--max-warnings', 'few']);
    expect(stderr).toContain("--max-warnings takes a number, not 'few'.");
    expect(status).toBe(2);
  });

  it('--json and another format exclude each other', () => {
    expect(cli(projectFixture(APP).root, ['check', '--json', '--format', 'html']).stderr).toContain(
      'exclude each other',
    );
  });
});

describe('what it can not do', () => {
  it('names a file with a syntax error with line and message, does the others, and exits with 2', () => {
    const { root } = projectFixture({
      ...APP,
      'components/broken.tsx': "import Link from 'next/link';\nconst a = <Link href='/sign-out';\n",
    });
    const { status, stdout } = cli(root, ['check']);
    expect(stdout).toMatch(/broken\.tsx\n\s+2:\d+\s+error\s+Parsing error: /u);
    expect(stdout).toContain('authkit/no-sign-out-prefetch');
    expect(stdout).toContain('1 file could not be checked.');
    expect(status).toBe(2);
  });

  it('looks at the syntax of a named file even if no rule has anything to look for in it', () => {
    const { root } = projectFixture({ 'broken.ts': 'const = 1;' });
    expect(cli(root, ['check', 'broken.ts']).status).toBe(2);
  });

  it.each([
    ['is not UTF-8 text', Buffer.concat([Buffer.from(NAV), Buffer.from([0xff, 0xfe, 0xe9])])],
    ['is larger than 2 MB; leave it out with --ignore', Buffer.from(`${NAV}//${'x'.repeat(2 * 1024 * 1024)}`)],
  ])('says that a file %s, does the others, and exits with 2', (message, content) => {
    const { path, root } = projectFixture(APP);
    writeFileSync(path('components/odd.tsx'), content);
    const { status, stdout } = cli(root, ['check']);
    expect(stdout).toMatch(new RegExp(`odd\\.tsx\\n.*This file ${message}`, 'u'));
    expect(stdout).toContain('authkit/no-sign-out-prefetch');
    expect(status).toBe(2);
  });

  it('names a format that does not exist', () => {
    const { status, stderr, stdout } = cli(projectFixture(APP).root, ['check', '--format', 'nonsense']);
    expect(stderr).toContain("There is no format 'nonsense'");
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('says that ESLint is missing', () => {
    const { path, root } = installedProject('eslint', signOutApp);
    rmSync(path('node_modules/eslint'));
    const { status, stderr } = runNode(path('node_modules/eslint-plugin-authkit/dist/cli/main.cjs'), ['check'], root);
    expect(stderr).toBe('error: check needs ESLint, and it is not installed: npm install --save-dev eslint\n');
    expect(status).toBe(2);
  });

  it('needs no ESLint where nothing is found', () => {
    const { path, root } = installedProject('eslint', {
      ...signOutApp,
      'components/nav.jsx': signOutAppFixed,
    });
    rmSync(path('node_modules/eslint'));
    const command = path('node_modules/eslint-plugin-authkit/dist/cli/main.cjs');
    const { status, stderr } = runNode(command, ['check', '--json'], root);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('says that ESLint is too old', () => {
    const { path, root, write } = installedProject('eslint', signOutApp);
    rmSync(path('node_modules/eslint'));
    write('node_modules/eslint/index.js', "exports.ESLint = class ESLint { static version = '8.57.1'; };");
    const { status, stderr } = runNode(path('node_modules/eslint-plugin-authkit/dist/cli/main.cjs'), ['check'], root);
    expect(stderr).toContain('check needs ESLint 9.22 or later, and 8.57.1 is installed');
    expect(status).toBe(2);
  });
});

it.each(['eslint', 'eslint9'] as const)(
  'works with %s and nothing but the declared dependencies installed',
  (version) => {
    const { path, root } = installedProject(version, signOutApp);
    const main = path('node_modules/eslint-plugin-authkit/dist/cli/main.cjs');
    const { all, stdout } = runNode(main, ['check', '--json'], root, { NODE_OPTIONS: '' });
    expect(ruleIds(stdout), all).toEqual(['authkit/no-sign-out-prefetch']);
  },
);

it.each(['eslint', 'eslint9'] as const)('has the colours of the terminal, not those of %s', (version) => {
  const { path, root } = installedProject(version, signOutApp);
  const main = path('node_modules/eslint-plugin-authkit/dist/cli/main.cjs');
  expect(runNode(main, ['check'], root, { FORCE_COLOR: '0' }).stdout).not.toContain('\u001B[');
  expect(runNode(main, ['check'], root, { FORCE_COLOR: '1' }).stdout).toContain('\u001B[31merror');
});
