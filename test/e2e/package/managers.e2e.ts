/** The tarball that is published, installed by other package managers, and run by other releases of Node.js. */
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand, runNode } from '../../helpers/commands.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { LIGHT, places } from './app.ts';
import { install, removeAll } from './install.ts';

afterAll(removeAll);

describe('pnpm, which gives a package what it declares and no more', () => {
  const pnpm = install({ 'package.json': '{ "private": true }' }, ['pnpm@12.21.0'], ['--legacy-peer-deps']);
  const { path, root } = projectFixture({
    ...LIGHT,
    'package.json': JSON.stringify({
      private: true,
      type: 'module',
      devDependencies: { eslint: '10.15.0', 'eslint-plugin-authkit': `file:${pnpm.tarball}` },
    }),
    'eslint.config.js': "import authkit from 'eslint-plugin-authkit';\n\nexport default authkit.configs.standalone;\n",
  });
  const run = (...args: string[]) => runNode(pnpm.path('node_modules/pnpm/bin/pnpm.mjs'), args, root);

  it('rules, check and codemods find what they look for', () => {
    const installed = run('install', '--ignore-scripts', '--prefer-offline', '--store-dir', path('.store'));
    expect(installed.status, installed.all).toBe(0);
    expect(places(run('exec', 'eslint', 'components').stdout)).toBe(2);
    expect(places(run('exec', 'eslint-plugin-authkit', 'check').stdout)).toBe(2);
    expect(run('exec', 'eslint-plugin-authkit', 'codemod', 'all', '--diff').stdout).toContain('prefetch={false}');
  });
});

describe("Yarn's Plug'n'Play, where packages stay in their archives", () => {
  const yarn = install({ 'package.json': '{ "private": true }' }, ['@yarnpkg/cli-dist@4.18.1'], ['--legacy-peer-deps']);
  const { path, root, write } = projectFixture({
    ...LIGHT,
    'package.json': JSON.stringify({
      private: true,
      packageManager: 'yarn@4.18.1',
      dependencies: { eslint: '10.15.0', 'eslint-plugin-authkit': `file:${yarn.tarball}` },
    }),
    'yarn.lock': '',
    '.yarnrc.yml':
      'nodeLinker: pnp\nenableGlobalCache: false\nenableTelemetry: false\nenableImmutableInstalls: false\n',
  });
  const env = { YARN_NPM_REGISTRY_SERVER: runCommand('npm', ['config', 'get', 'registry'], root).stdout.trim() };
  const run = (...args: string[]) => runNode(yarn.path('node_modules/@yarnpkg/cli-dist/bin/yarn.js'), args, root, env);

  it('a config of either kind loads the plugin, and rules, check and codemods find what they look for', () => {
    const installed = run('install');
    expect(installed.status, installed.all).toBe(0);
    write('eslint.config.cjs', "module.exports = require('eslint-plugin-authkit').configs.standalone;\n");
    expect(places(run('eslint', 'components').stdout)).toBe(2);
    rmSync(path('eslint.config.cjs'));
    write(
      'eslint.config.mjs',
      "import authkit from 'eslint-plugin-authkit';\n\nexport default authkit.configs.standalone;\n",
    );
    expect(places(run('eslint', 'components').stdout)).toBe(2);
    expect(places(run('eslint-plugin-authkit', 'check').stdout)).toBe(2);
    expect(run('eslint-plugin-authkit', 'codemod', 'all', '--diff').stdout).toContain('prefetch={false}');
  });
});

describe.each([{ major: 22 }, { major: 24 }])('Node.js $major', ({ major }) => {
  const project = install(LIGHT, [`node@${String(major)}`, 'eslint@10.15.0']);
  const node = (...args: string[]) => runCommand(project.path('node_modules/node/bin/node'), args, project.root);

  it('imports and requires the plugin, and runs the command, without a warning', () => {
    project.write('a.mjs', "import a from 'eslint-plugin-authkit';\nconsole.log(process.version, a.meta.name);\n");
    project.write('a.cjs', "const a = require('eslint-plugin-authkit');\nconsole.log(a.configs.strict.length);\n");
    const imported = node('a.mjs');
    expect(imported.stdout).toContain(`v${String(major)}.`);
    expect(imported.stderr).toBe('');
    expect(node('a.cjs')).toMatchObject({ stdout: '1\n', stderr: '' });
    const checked = node('node_modules/eslint-plugin-authkit/dist/cli/main.cjs', 'check');
    expect(places(checked.stdout), checked.all).toBe(2);
    expect(checked.stderr).toBe('');
  });
});
