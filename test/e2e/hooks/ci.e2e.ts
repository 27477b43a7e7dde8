/**
 * The recipes of docs/guides/ci.md: they have the form that GitHub and GitLab ask for, and their commands do what the page says. GitHub's jobs
 * need its machines, so their steps with `run` are run one by one; GitLab's job is run as a whole by gitlab-ci-local.
 */
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Outcome, ROOT, runCommand, runNode } from '../../helpers/commands.ts';
import { recipe } from '../../helpers/guides.ts';
import { packedPackage, signOutApp } from '../../helpers/installed.ts';
import { type ProjectFixture, projectFixture } from '../../helpers/project-fixture.ts';
import { installedTools } from './tools.ts';

// gitlab-ci-local 4.62 and later need Node.js 22.
const VERSIONS = ['@action-validator/cli@0.6.0', '@action-validator/core@0.6.0', 'gitlab-ci-local@4.61.1'];

let tools = '';
/** A repository with the app in it and this package among its devDependencies, so that `npm ci` installs it. */
let project: ProjectFixture;
beforeAll(() => {
  tools = installedTools(VERSIONS);
  console.log(`run with ${VERSIONS.join(', ')}`);
  project = projectFixture({ ...signOutApp, '.gitignore': 'node_modules\n' });
  copyFileSync(packedPackage(), project.path('plugin.tgz'));
  project.write(
    'package.json',
    JSON.stringify({
      private: true,
      devDependencies: { 'eslint-plugin-authkit': 'file:plugin.tgz', eslint: '10.15.0' },
    }),
  );
  const { all, status } = run('npm', 'install', '--package-lock-only', '--no-audit', '--no-fund');
  if (status !== 0) throw new Error(all);
  run('git', 'init', '-q');
  run('git', 'add', '-A');
  run('git', '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'first');
});

const run = (command: string, ...args: string[]): Outcome =>
  runCommand(command, args, project.root, { HOME: tools, NO_COLOR: '1', CI: 'true' });

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

describe.each(['GitHub', 'GitHub: code scanning'])('%s', (name) => {
  it('is a workflow that GitHub takes', () => {
    project.write('.github/workflows/authkit.yml', recipe('ci', name));
    expect(validated(project.path('.github/workflows/authkit.yml'))).toBe('');
  });

  it('has steps that work', () => {
    const { jobs } = parse(recipe('ci', name)) as Workflow;
    const steps = Object.values(jobs).flatMap((job) => job.steps.flatMap((step) => step.run ?? []));
    // As GitHub runs them.
    const outcomes = steps.map((step) => run('bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', step));
    expect(outcomes.map(({ status }) => status)).toEqual(name === 'GitHub' ? [0, 1] : [0, 0]);
    if (name === 'GitHub') expect(outcomes[1]?.stdout).toContain('::error file=components/nav.jsx,line=3');
    else expect(readFileSync(project.path('authkit.sarif'), 'utf8')).toContain('authkit/no-sign-out-prefetch');
  });
});

describe('GitLab', () => {
  it('is a job that fails with a report', (context) => {
    if (run('bash', '-c', 'command -v rsync').status !== 0)
      context.skip('gitlab-ci-local needs rsync, which is not installed');
    project.write('.gitlab-ci.yml', recipe('ci', 'GitLab'));
    const { all, status } = run(
      join(tools, 'node_modules/.bin/gitlab-ci-local'),
      ...['--force-shell-executor', '--home', tools, 'authkit'],
    );
    expect(status, all).toBe(1);
    const report = readFileSync(project.path('gl-code-quality-report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject([
      { check_name: 'authkit/no-sign-out-prefetch', location: { path: 'components/nav.jsx', lines: { begin: 3 } } },
    ]);
  });
});

describe.each(['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'])(
  'init --ci next to a %s',
  (lockfile) => {
    it('writes a workflow that GitHub takes', () => {
      const app = projectFixture({ ...signOutApp, 'eslint.config.mjs': 'export default [];\n', [lockfile]: '' });
      runCommand('git', ['init', '-q'], app.root);
      const { all } = runNode(join(ROOT, 'dist/cli/main.cjs'), ['init', '--yes', '--ci'], app.root);
      const path = app.path('.github/workflows/authkit.yml');
      expect(existsSync(path), all).toBe(true);
      expect(validated(path)).toBe('');
      if (lockfile === 'package-lock.json') expect(readFileSync(path, 'utf8')).toBe(recipe('ci', 'GitHub'));
    });
  },
);

describe('the workflows of this repository', () => {
  const workflows = readdirSync(join(ROOT, '.github/workflows')).map((name) => `.github/workflows/${name}`);
  it.each([...workflows, 'action.yml'])('GitHub takes %s', (path) => {
    expect(validated(join(ROOT, path))).toBe('');
  });

  it('a mistake would be seen', () => {
    project.write('.github/workflows/wrong.yml', recipe('ci', 'GitHub').replace('runs-on', 'run-on'));
    expect(validated(project.path('.github/workflows/wrong.yml'))).toContain('run-on');
  });
});

/** What the schema of GitHub's workflows and actions has against a file. */
function validated(path: string): string {
  if (!existsSync(path)) throw new Error(`no ${basename(path)}`);
  const { all } = runCommand(join(tools, 'node_modules/.bin/action-validator'), [path], tools);
  return all.trim();
}
