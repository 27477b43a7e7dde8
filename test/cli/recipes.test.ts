/** Commands of the guides, as they are there, and the action of this repository. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT, runCommand } from '../helpers/commands.ts';
import { commandsIn } from '../helpers/guides.ts';
import { installedProject, linkCommand, signOutApp } from '../helpers/installed.ts';
import type { ProjectFixture } from '../helpers/project-fixture.ts';

/** A repository of a branch, with the package installed and a remote branch to compare with. */
function repository(): ProjectFixture {
  const project = installedProject('eslint', { ...signOutApp, '.gitignore': 'node_modules\n' });
  linkCommand(project);
  project.write('components/nav.tsx', readFileSync(project.path('components/nav.jsx'), 'utf8'));
  const git = (...args: string[]) =>
    runCommand('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], project.root);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'x');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  return project;
}

const isRunnable = (line: string) => !/init|npx convex|codemod`/u.test(line);

describe.each(['ci', 'hooks', 'adopting', 'editors'])('docs/guides/%s.md', (guide) => {
  it('has commands that work', () => {
    const { root } = repository();
    for (const line of commandsIn(guide).filter(isRunnable)) {
      const { all, status } = runCommand('bash', ['-c', line.replace(/^"pre-commit": "|"$/gu, '')], root);
      expect([0, 1], `${line}\n${all}`).toContain(status);
      expect(all, line).not.toMatch(/Unknown option|exclude each other/u);
    }
  });
});

describe('action.yml', () => {
  const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { runs: { steps: { run: string }[] } };

  it('annotates, and writes SARIF where it is asked for', () => {
    const project = repository();
    const env = { AUTHKIT_ARGS: '--strict', AUTHKIT_SARIF: 'authkit.sarif' };
    const { status, stdout } = runCommand('bash', ['-e', '-c', action.runs.steps[0]?.run ?? ''], project.root, env);
    expect(stdout).toContain('::error file=components/nav.jsx');
    expect(stdout).toContain('authkit/no-get-sign-out');
    expect(JSON.parse(readFileSync(project.path('authkit.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(status).toBe(1);
  });

  it('needs no SARIF', () => {
    const project = repository();
    runCommand('bash', ['-e', '-c', action.runs.steps[0]?.run ?? ''], project.root, {
      AUTHKIT_ARGS: '',
      AUTHKIT_SARIF: '',
    });
    expect(existsSync(project.path('authkit.sarif'))).toBe(false);
  });
});

it('.pre-commit-hooks.yaml names commands that exist', () => {
  const { root } = repository();
  const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as { entry: string }[];
  for (const { entry } of hooks) {
    const { all, status } = runCommand('bash', ['-c', entry], root);
    expect(status, `${entry}\n${all}`).toBe(0);
  }
});
