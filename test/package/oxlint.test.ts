import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import plugin from '../../index.ts';
import { ROOT, runNode } from '../helpers/commands.ts';
import { installedProject, signOutApp, signOutAppFixed } from '../helpers/installed.ts';

const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint');

const project = installedProject('eslint', {
  ...signOutApp,
  '.oxlintrc.json': JSON.stringify({
    jsPlugins: ['eslint-plugin-authkit'],
    categories: { correctness: 'off' },
    rules: { 'authkit/no-sign-out-prefetch': 'error' },
  }),
});

it('Oxlint loads the plugin, reports, and applies the fix', () => {
  const report = runNode(OXLINT, ['components'], project.root);
  expect(report.all).toContain('authkit(no-sign-out-prefetch)');
  expect(report.status).toBe(1);

  const fixed = runNode(OXLINT, ['--fix', 'components'], project.root);
  expect(fixed.status, fixed.all).toBe(0);
  expect(readFileSync(project.path('components/nav.jsx'), 'utf8')).toBe(signOutAppFixed);
});

it('Oxlint reports the same in every run with a config in JavaScript, which hands one source code object to all files', () => {
  const names = Array.from({ length: 12 }, (_, index) => `components/nav-${String(index)}.jsx`);
  for (const [index, name] of names.entries())
    project.write(name, index % 2 === 0 ? signOutApp['components/nav.jsx'] : `${signOutAppFixed}// ${String(index)}\n`);
  project.write(
    'oxlint.config.mjs',
    "import authkit from 'eslint-plugin-authkit';\n\nexport default {\n  jsPlugins: [authkit.meta.name],\n  categories: { correctness: 'off' },\n  rules: authkit.configs.recommended[0].rules,\n};\n",
  );
  const runs = [1, 2].map(() =>
    runNode(OXLINT, ['--config', 'oxlint.config.mjs', '--format', 'unix', 'components'], project.root),
  );
  for (const { all, stdout } of runs) {
    const reported = names.filter((name) => stdout.includes(`${name}:`));
    expect(reported, all).toEqual(names.filter((_, index) => index % 2 === 0));
  }
});

describe('oxlint-recommended.json', () => {
  const preset = JSON.parse(readFileSync(join(ROOT, 'oxlint-recommended.json'), 'utf8')) as { rules: object };

  it('has the rules and levels of recommended', () => {
    expect(preset.rules).toEqual(plugin.configs.recommended[0]?.rules);
  });

  it('is what a config of Oxlint extends', () => {
    const { root } = installedProject('eslint', {
      ...signOutApp,
      '.oxlintrc.json': '{ "extends": ["./node_modules/eslint-plugin-authkit/oxlint-recommended.json"] }',
    });
    const { all, status } = runNode(OXLINT, ['components'], root);
    expect(all).toContain('authkit(no-sign-out-prefetch)');
    expect(status).toBe(1);
  });
});
