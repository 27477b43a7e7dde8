import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
