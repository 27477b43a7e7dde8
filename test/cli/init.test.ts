/** `init`: the line in the config, whatever its form, and nothing that breaks it. */
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newConfig, withPreset } from '../../cli/init/eslint-config.ts';
import { runCommand, runNode } from '../helpers/commands.ts';
import { installedProject } from '../helpers/installed.ts';
import { type ProjectFixture, projectFixture } from '../helpers/project-fixture.ts';
import { hasTerminal, KEYS, onTerminal } from '../helpers/terminal.ts';
import { cli, cliWithoutRights, gitProject, MAIN } from './cli.ts';

const APP = {
  'package.json':
    '{\n  "scripts": {\n    "dev": "next dev"\n  },\n  "devDependencies": { "eslint": "9", "eslint-plugin-authkit": "1" }\n}\n',
};
const CONFIG = "import tseslint from 'typescript-eslint';\n\nexport default [...tseslint.configs.recommended];\n";
const read = (project: ProjectFixture, name: string) => readFileSync(project.path(name), 'utf8');

describe('the preset in an ESLint config', () => {
  const edited = (text: string, name = 'eslint.config.mjs') => {
    const result = withPreset(name, text, 'recommended');
    return result.kind === 'edit' ? result.text : result;
  };

  it.each([
    [
      'a list',
      "import a from 'a';\n\nexport default [\n  ...a,\n];\n",
      "import a from 'a';\nimport authkit from 'eslint-plugin-authkit';\n\nexport default [\n  ...a,\n  ...authkit.configs.recommended,\n];\n",
    ],
    [
      'a constant, by FlatCompat',
      "import { FlatCompat } from '@eslint/eslintrc';\n\nconst compat = new FlatCompat({});\nconst config = [...compat.extends('next/core-web-vitals')];\n\nexport default config;\n",
      "import { FlatCompat } from '@eslint/eslintrc';\nimport authkit from 'eslint-plugin-authkit';\n\nconst compat = new FlatCompat({});\nconst config = [\n  ...compat.extends('next/core-web-vitals'),\n  ...authkit.configs.recommended,\n];\n\nexport default config;\n",
    ],
    [
      'defineConfig with a list',
      "import { defineConfig } from 'eslint/config';\n\nexport default defineConfig([\n  a,\n  b, // last\n]);\n",
      "import { defineConfig } from 'eslint/config';\nimport authkit from 'eslint-plugin-authkit';\n\nexport default defineConfig([\n  a,\n  b, // last\n  authkit.configs.recommended,\n]);\n",
    ],
    [
      'tseslint.config with arguments, double quotes and no semicolons',
      'import tseslint from "typescript-eslint"\n\nexport default tseslint.config(tseslint.configs.recommended)\n',
      'import tseslint from "typescript-eslint"\nimport authkit from "eslint-plugin-authkit"\n\nexport default tseslint.config(\n  tseslint.configs.recommended,\n  authkit.configs.recommended,\n)\n',
    ],
    [
      'CommonJS',
      "const { defineConfig } = require('eslint/config');\n\nmodule.exports = defineConfig([]);\n",
      "const { defineConfig } = require('eslint/config');\nconst authkit = require('eslint-plugin-authkit');\n\nmodule.exports = defineConfig([authkit.configs.recommended]);\n",
    ],
    [
      'types around the list',
      "import type { Linter } from 'eslint';\n\nexport default [a] satisfies Linter.Config[];\n",
      "import type { Linter } from 'eslint';\nimport authkit from 'eslint-plugin-authkit';\n\nexport default [a, ...authkit.configs.recommended] satisfies Linter.Config[];\n",
    ],
    [
      'a config that calls something else authkit',
      "import authkit from './authkit.mjs';\n\nexport default [authkit];\n",
      "import authkit from './authkit.mjs';\nimport authkitPlugin from 'eslint-plugin-authkit';\n\nexport default [authkit, ...authkitPlugin.configs.recommended];\n",
    ],
    [
      'a strict script without imports',
      "'use strict';\n\nmodule.exports = [a];\n",
      "'use strict';\n\nconst authkit = require('eslint-plugin-authkit');\n\nmodule.exports = [a, ...authkit.configs.recommended];\n",
    ],
    [
      'a list whose type a comment says',
      "/** @type {import('eslint').Linter.Config[]} */\nexport default [a];\n",
      "import authkit from 'eslint-plugin-authkit';\n\n/** @type {import('eslint').Linter.Config[]} */\nexport default [a, ...authkit.configs.recommended];\n",
    ],
  ])('is added to %s', (_, before, after) => {
    expect(edited(before, before.includes('satisfies') ? 'eslint.config.ts' : 'eslint.config.mjs')).toBe(after);
  });

  it.each([
    ['it is there', "import authkit from 'eslint-plugin-authkit';\nexport default [];", 'present'],
    [
      'another package makes the config',
      "import antfu from '@antfu/eslint-config';\nexport default antfu({});\n",
      'unknown',
    ],
    [
      'a comment says how to install the plugin, and the list is made elsewhere',
      "// eslint-plugin-authkit\nexport { default } from './base.js';\n",
      'unknown',
    ],
    ['it is handed on', "export { default } from './base.js';\n", 'unknown'],
    ['it has a syntax error', 'export default [\n', 'unknown'],
  ])('is not added where %s', (_, before, kind) => {
    expect(edited(before)).toMatchObject({ kind });
  });

  it('is a config of its own, whose edit would be none, where there is no other', () => {
    expect(withPreset('eslint.config.mjs', newConfig(), 'recommended')).toEqual({ kind: 'present' });
  });
});

describe('init --yes', () => {
  it('edits the config and the scripts, and says what is next', () => {
    const project = projectFixture({ ...APP, 'eslint.config.mjs': CONFIG });
    const { all, status, stdout } = cli(project.root, ['init', '--yes']);
    expect(read(project, 'eslint.config.mjs')).toContain(
      '[\n  ...tseslint.configs.recommended,\n  ...authkit.configs.recommended,\n]',
    );
    expect(read(project, 'package.json')).toContain(
      '    "dev": "next dev",\n    "check:auth": "eslint-plugin-authkit check"\n',
    );
    expect(stdout).toMatch(/Written: eslint\.config\.mjs, package\.json\.\nNext: npx eslint-plugin-authkit check\n$/u);
    expect(status, all).toBe(0);
  });

  it('does nothing a second time', () => {
    const project = projectFixture({ ...APP, 'eslint.config.mjs': CONFIG });
    cli(project.root, ['init', '--yes']);
    const { status, stdout } = cli(project.root, ['init', '--yes']);
    expect(stdout).toContain('Everything is set up already.');
    expect(status).toBe(0);
  });

  it('runs no config', () => {
    const project = projectFixture({ ...APP, 'eslint.config.mjs': `${CONFIG}throw new Error('run');\n` });
    expect(cli(project.root, ['init', '--yes']).status).toBe(0);
  });

  it.each([
    ['a parser of its own where the config has none', 'export default [];\n', 'standalone'],
    [
      'a parser of its own where the plugins in the config set none',
      "import js from '@eslint/js';\nimport hooks from 'eslint-plugin-react-hooks';\nexport default [js.configs.recommended, hooks.configs.flat.recommended];\n",
      'standalone',
    ],
    ['the preset alone where the config has one', CONFIG, 'recommended'],
    [
      'the preset alone where a package that is not known may have one',
      "import acme from '@acme/lint';\nexport default [...acme];\n",
      'recommended',
    ],
    [
      'the preset where only a comment names the plugin',
      `// eslint-plugin-authkit comes later\n${CONFIG}`,
      'recommended',
    ],
  ])('adds %s', (_, config, preset) => {
    const project = projectFixture({ ...APP, 'eslint.config.mjs': config });
    cli(project.root, ['init', '--yes']);
    expect(read(project, 'eslint.config.mjs')).toContain(`...authkit.configs.${preset}`);
  });

  it.each([
    ['no parser of its own where the config of the repository has one', CONFIG, 'recommended'],
    ['a parser of its own where that has none either', 'export default [];\n', 'standalone'],
  ])('brings %s', (_, shared, preset) => {
    const project = projectFixture({
      'eslint.config.mjs': shared,
      'apps/web/package.json': APP['package.json'],
      'apps/web/eslint.config.mjs': "import shared from '../../eslint.config.mjs';\n\nexport default [...shared];\n",
    });
    cli(project.root, ['init', '--yes', 'apps/web']);
    expect(read(project, 'apps/web/eslint.config.mjs')).toContain(`...authkit.configs.${preset}`);
  });

  it('adds nothing to a config whose shared one has the plugin', () => {
    const shared = "import authkit from 'eslint-plugin-authkit';\nexport default [...authkit.configs.recommended];\n";
    const own = "import shared from '../../eslint.config.mjs';\n\nexport default [...shared];\n";
    const project = projectFixture({
      'eslint.config.mjs': shared,
      'apps/web/package.json': APP['package.json'],
      'apps/web/eslint.config.mjs': own,
    });
    cli(project.root, ['init', '--yes', 'apps/web']);
    expect(read(project, 'apps/web/eslint.config.mjs')).toBe(own);
  });

  it('leaves a config of Oxlint alone that can not be read', () => {
    const project = projectFixture({ 'package.json': '{}', '.oxlintrc.json': '{ "rules": {' });
    expect(cli(project.root, ['init', '--yes']).stdout).toContain(
      "By hand: .oxlintrc.json was not edited: it can't be read",
    );
    expect(read(project, '.oxlintrc.json')).toBe('{ "rules": {');
  });

  it('makes no new config where package.json has one of the old kind', () => {
    const project = projectFixture({
      'package.json': '{ "eslintConfig": { "extends": "next" }, "devDependencies": { "eslint": "8" } }',
    });
    const { stdout } = cli(project.root, ['init', '--yes']);
    expect(stdout).toContain('By hand: "eslintConfig" in package.json is a config of the old kind');
    expect(existsSync(project.path('eslint.config.mjs'))).toBe(false);
  });

  it('leaves a config of Oxlint alone whose extends is no list, and says so', () => {
    const text = '{ "extends": "./base.json" }\n';
    const project = projectFixture({ 'package.json': '{}', '.oxlintrc.json': text });
    const { status, stdout } = cli(project.root, ['init', '--yes']);
    expect(stdout).toContain('By hand: .oxlintrc.json was not edited: its "extends" is no list.');
    expect(read(project, '.oxlintrc.json')).toBe(text);
    expect(status).toBe(1);
  });

  it('says what to add to a config that it does not know, and exits with 1', () => {
    const project = projectFixture({ ...APP, 'eslint.config.mjs': "import a from 'a';\nexport default a();\n" });
    const { status, stdout } = cli(project.root, ['init', '--yes']);
    expect(stdout).toContain(
      'By hand: eslint.config.mjs was not edited: it exports the result of a function that is not known here. Add to it:\n',
    );
    expect(status).toBe(1);
  });

  it.each([
    ['pnpm-lock.yaml', 'pnpm add --save-dev eslint-plugin-authkit'],
    ['yarn.lock', 'yarn add --dev eslint-plugin-authkit'],
    ['bun.lock', 'bun add --dev eslint-plugin-authkit'],
    ['package-lock.json', 'npm install --save-dev eslint-plugin-authkit'],
  ])('knows the package manager by %s', (lockfile, command) => {
    const project = projectFixture({ 'package.json': '{}', [lockfile]: '' });
    expect(cli(project.root, ['init', '--yes']).stdout).toContain(
      `Next:\n  ${command}\n  npx eslint-plugin-authkit check\n`,
    );
  });

  it('makes a config for ESLint where there is none, and none for who has no ESLint', () => {
    const withESLint = projectFixture(APP);
    cli(withESLint.root, ['init', '--yes']);
    expect(read(withESLint, 'eslint.config.mjs')).toBe(newConfig());
    const without = projectFixture({ 'package.json': '{}' });
    cli(without.root, ['init', '--yes']);
    expect(existsSync(without.path('eslint.config.mjs'))).toBe(false);
  });

  it('extends the preset in a config of Oxlint, comments and all', () => {
    const project = projectFixture({
      'package.json': '{}',
      '.oxlintrc.json': '{\n  // ours\n  "extends": ["./base.json"]\n}\n',
    });
    cli(project.root, ['init', '--yes']);
    expect(read(project, '.oxlintrc.json')).toMatch(
      /\/\/ ours\n {2}"extends": \[\s*"\.\/base\.json",\s*"\.\/node_modules\/eslint-plugin-authkit\/oxlint-recommended\.json"\s*\]/u,
    );
  });

  it('adds hook, workflow and skill where they are asked for', () => {
    const project = projectFixture({ ...APP, '.husky/pre-commit': 'npm test\n', 'eslint.config.mjs': CONFIG });
    cli(project.root, ['init', '--yes', '--hook', '--ci', '--skill']);
    expect(read(project, '.husky/pre-commit')).toBe(
      'npm test\nnpx eslint-plugin-authkit codemod all --staged --safe\nnpx eslint-plugin-authkit check --staged\n',
    );
    expect(read(project, '.github/workflows/authkit.yml')).toContain('npx eslint-plugin-authkit check --format github');
    const skill = read(project, '.agents/skills/workos-convex-authkit/SKILL.md');
    expect(skill).toContain('name: workos-convex-authkit');
    const linked = [...skill.matchAll(/\]\((?<path>references\/[^)]+)\)/gu)].map(
      ({ groups }) => groups?.['path'] ?? '',
    );
    expect(linked.length).toBeGreaterThan(0);
    for (const path of linked)
      expect(existsSync(project.path(`.agents/skills/workos-convex-authkit/${path}`))).toBe(true);
  });

  it('writes the hook of git where no tool for hooks is there, and git runs it', () => {
    const project = gitProject({ ...APP, 'eslint.config.mjs': CONFIG });
    cli(project.root, ['init', '--yes', '--hook']);
    expect(read(project, '.git/hooks/pre-commit')).toBe(
      '#!/bin/sh\nset -e\nnpx eslint-plugin-authkit codemod all --staged --safe\nnpx eslint-plugin-authkit check --staged\n',
    );
    expect(statSync(project.path('.git/hooks/pre-commit')).mode & 0o111).not.toBe(0);
    expect(cli(project.root, ['init', '--yes', '--hook']).stdout).toContain('Everything is set up already.');
  });

  it.each([
    ['lint-staged', { 'lint-staged.config.mjs': "export default { '*.ts': 'eslint-plugin-authkit check' };\n" }],
    [
      'lefthook',
      { 'lefthook.yml': 'pre-commit:\n  commands:\n    a:\n      run: npx eslint-plugin-authkit check --staged\n' },
    ],
  ])('says nothing of %s where it runs the command already', (name, files) => {
    const set = { ...APP, 'eslint.config.mjs': CONFIG };
    const told = (project: ProjectFixture) => cli(project.root, ['init', '--yes', '--hook']).stdout;
    expect(told(projectFixture({ ...set, ...files }))).not.toContain(`For ${name}, add:`);
    const empty = Object.fromEntries(Object.keys(files).map((file) => [file, '\n']));
    expect(told(projectFixture({ ...set, ...empty }))).toContain(`For ${name}, add:`);
  });

  it.each([
    ['there is one', ['config', 'user.name', 'me'], '.git/hooks/pre-commit exists, and was not edited.'],
    [
      'git takes them from elsewhere',
      ['config', 'core.hooksPath', 'tools/hooks'],
      'git takes its hooks from tools/hooks',
    ],
  ])('writes no hook of git where %s', (_, setUp, told) => {
    const project = gitProject({ ...APP, 'eslint.config.mjs': CONFIG });
    writeFileSync(project.path('.git/hooks/pre-commit'), '#!/bin/sh\nexit 0\n');
    runCommand('git', setUp, project.root);
    const { status, stdout } = cli(project.root, ['init', '--yes', '--hook']);
    expect(stdout).toContain(told);
    expect(read(project, '.git/hooks/pre-commit')).toBe('#!/bin/sh\nexit 0\n');
    expect(status).toBe(1);
  });
});

describe('what init refuses', () => {
  it.each(['{', '', '[]', '{ "name": "a", }x'])('a package.json that is broken: %j', (text) => {
    const project = projectFixture({ 'package.json': text, 'eslint.config.mjs': CONFIG });
    const { status, stderr } = cli(project.root, ['init', '--yes', '--hook']);
    expect(stderr).toMatch(/^error: package\.json can't be read: .+\. Nothing was written\.\n$/u);
    expect([read(project, 'package.json'), read(project, 'eslint.config.mjs')]).toEqual([text, CONFIG]);
    expect(status).toBe(2);
  });

  it('files that it may not write: none is changed', () => {
    const project = projectFixture({ ...APP, 'eslint.config.mjs': CONFIG });
    chmodSync(project.root, 0o755);
    chmodSync(project.path('eslint.config.mjs'), 0o666);
    chmodSync(project.path('package.json'), 0o444);
    const outcome = cliWithoutRights(project.root, ['init', '--yes']);
    if (!outcome) return;
    expect(outcome.stderr).toContain('could not be written: permission denied. Nothing was changed.');
    expect(read(project, 'eslint.config.mjs')).toBe(CONFIG);
    expect(outcome.status).toBe(2);
  });

  it.each([
    [[], 'init asks before it writes, and this is no terminal: pass --yes, or --dry-run to see the edits.'],
    [['--dry-run', '--yes'], '--dry-run and --yes exclude each other'],
    [['--yes', 'nowhere'], "There is no folder 'nowhere'."],
    [['--yes', 'a', 'b'], 'init takes one folder.'],
  ])('%j', (args, message) => {
    const project = projectFixture(APP);
    const { status, stderr } = cli(project.root, ['init', ...args]);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
    expect(read(project, 'package.json')).toBe(APP['package.json']);
  });

  it('writes nothing with --dry-run', () => {
    const project = projectFixture({ ...APP, 'eslint.config.mjs': CONFIG });
    const { stdout } = cli(project.root, ['init', '--dry-run']);
    expect(stdout).toContain("+import authkit from 'eslint-plugin-authkit';");
    expect(read(project, 'eslint.config.mjs')).toBe(CONFIG);
  });
});

describe.each(['eslint', 'eslint9'] as const)('--run-eslint, with %s', (version) => {
  const installed = (config: string) =>
    installedProject(version, { ...APP, 'eslint.config.mjs': config, 'a.js': 'export {};\n' });
  const init = (project: ProjectFixture) =>
    runNode(
      project.path('node_modules/eslint-plugin-authkit/dist/cli/main.cjs'),
      ['init', '--yes', '--run-eslint'],
      project.root,
    );

  it('says that ESLint works as before', () => {
    const { all, status } = init(installed('export default [];\n'));
    expect(all).toContain('ESLint works as before.');
    expect(status).toBe(0);
  });

  it('undoes the edit where ESLint fails with it', () => {
    const config =
      "const own = { plugins: { authkit: {} } };\nexport default [own, ...(process.argv.includes('x') ? [] : [])];\n";
    const project = installed(config);
    const { all, status } = init(project);
    expect(all).toContain('With the edit, your ESLint fails:');
    expect(all).toContain('All is as it was.');
    expect(read(project, 'eslint.config.mjs')).toBe(config);
    expect(read(project, 'package.json')).toBe(APP['package.json']);
    expect(status).toBe(2);
  });

  it('writes nothing where ESLint fails already', () => {
    const project = installed("throw new Error('broken');\nexport default [];\n");
    const { all, status } = init(project);
    expect(all).toContain('Your ESLint fails before any edit:');
    expect(read(project, 'package.json')).toBe(APP['package.json']);
    expect(status).toBe(2);
  });
});

describe.skipIf(!hasTerminal)('on a terminal', () => {
  it('shows the edits, and writes after a yes', async () => {
    const project = projectFixture({ ...APP, 'eslint.config.mjs': CONFIG });
    const { status, text } = await onTerminal(project.root, [process.execPath, MAIN, 'init'], {
      typed: [
        ['In addition to the config', KEYS.enter],
        ['Write this to 2 files?', KEYS.enter],
      ],
    });
    expect(text).toContain("+import authkit from 'eslint-plugin-authkit';");
    expect(read(project, 'eslint.config.mjs')).toContain('authkit.configs.recommended');
    expect(status).toBe(0);
  });

  it('writes nothing after Ctrl-C', async () => {
    const project = projectFixture({ ...APP, 'eslint.config.mjs': CONFIG });
    const { text } = await onTerminal(project.root, [process.execPath, MAIN, 'init'], {
      typed: [['In addition to the config', KEYS.interrupt]],
    });
    expect(text).toContain('Nothing was written.');
    expect(read(project, 'eslint.config.mjs')).toBe(CONFIG);
  });
});
