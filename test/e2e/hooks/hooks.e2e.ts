/** The recipes of docs/guides/hooks.md, with the real tools, which are installed for it. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT, type Outcome, runCommand } from '../../helpers/commands.ts';
import { recipe } from '../../helpers/guides.ts';
import { installedProject, linkCommand, signOutApp, signOutAppFixed } from '../../helpers/installed.ts';
import { type ProjectFixture, projectFixture } from '../../helpers/project-fixture.ts';
import { installedTools } from './tools.ts';

const VERSIONS = ['husky@9.1.7', 'lint-staged@16.4.0', 'lefthook@2.2.2', 'simple-git-hooks@2.14.0'];
/** Where the machine has no `pre-commit` of its own (Debian: `apt-get install pre-commit`). */
const PRE_COMMIT = 'pre-commit==4.6.2';
const PRE_COMMIT_MISSING = 'pre-commit is not installed, and pip could not install it within a minute';

const PRE_COMMIT_HEADING = 'pre-commit 3 and 4';

const NAV = 'components/nav.jsx';
/** A finding that no codemod fixes. */
const WARM = `'use client';
import { useRouter } from 'next/navigation';

export function Warm() {
  const router = useRouter();
  const warmed = router.prefetch('/sign-out');
  return String(warmed);
}
`;

let tools = '';
/** How pre-commit is started; empty where it cannot be had. */
let preCommit: readonly string[] = [];
beforeAll(() => {
  tools = installedTools(VERSIONS);
  preCommit = preCommitIn(join(tools, 'python'));
  const version = preCommit.length > 0 ? shell(tools, ...preCommit, '--version').stdout.trim() : PRE_COMMIT_MISSING;
  console.log(`run with ${[...VERSIONS, version].join(', ')}`);
});

function preCommitIn(folder: string): readonly string[] {
  if (shell(tools, 'pre-commit', '--version').status === 0) return ['pre-commit'];
  const pip = shell(tools, 'timeout', '60', 'pip3', 'install', '-q', '--target', folder, PRE_COMMIT);
  return pip.status === 0 ? ['python3', '-m', 'pre_commit'] : [];
}

/** A program that may be missing. */
function shell(cwd: string, ...words: readonly string[]): Outcome {
  return runCommand('bash', ['-c', '"$@"', 'bash', ...words], cwd, env());
}

const env = () => ({
  PATH: [join(tools, 'node_modules/.bin'), process.env['PATH']].join(':'),
  PYTHONPATH: join(tools, 'python'),
  HOME: tools,
  NO_COLOR: '1',
  CI: '',
});
const run = ({ root }: ProjectFixture, command: string, ...args: string[]): Outcome =>
  runCommand(command, args, root, env());
const git = (project: ProjectFixture, ...args: string[]): Outcome =>
  run(project, 'git', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args);

/** A repository with one commit, and this package and the tools installed. */
function repository(files: Readonly<Record<string, string>> = {}): ProjectFixture {
  const project = installedProject('eslint', { ...signOutApp, '.gitignore': 'node_modules\n', [NAV]: '', ...files });
  linkCommand(project);
  for (const name of readdirSync(join(tools, 'node_modules'))) {
    const path = project.path(join('node_modules', name));
    if (!name.startsWith('.') && !existsSync(path)) symlinkSync(join(tools, 'node_modules', name), path);
  }
  run(project, 'git', 'init', '-q');
  git(project, 'add', '-A');
  git(project, 'commit', '-qm', 'first');
  return project;
}

function script(project: ProjectFixture, name: string, text: string): void {
  mkdirSync(dirname(project.path(name)), { recursive: true });
  project.write(name, text);
  chmodSync(project.path(name), 0o755);
}

const TOOLS: Readonly<Record<string, (project: ProjectFixture, text: string) => Outcome | undefined>> = {
  'Git alone': (project, text) => {
    script(project, '.git/hooks/pre-commit', text);
    return undefined;
  },
  'husky 9': (project, text) => {
    script(project, '.husky/pre-commit', text);
    return run(project, 'husky');
  },
  'lint-staged 16': (project, text) => {
    project.write('package.json', text);
    script(project, '.git/hooks/pre-commit', '#!/bin/sh\nlint-staged\n');
    return undefined;
  },
  'lefthook 2': (project, text) => {
    project.write('lefthook.yml', text);
    return run(project, 'lefthook', 'install');
  },
  'simple-git-hooks 2': (project, text) => {
    project.write('package.json', text);
    return run(project, 'simple-git-hooks');
  },
  [PRE_COMMIT_HEADING]: (project, text) => {
    project.write('.pre-commit-config.yaml', text);
    git(project, 'add', '.pre-commit-config.yaml');
    return shell(project.root, ...preCommit, 'install');
  },
};

describe.each(Object.keys(TOOLS))('%s', (name) => {
  const set = (): ProjectFixture | undefined => {
    if (name === PRE_COMMIT_HEADING && preCommit.length === 0) return undefined;
    const project = repository();
    const outcome = TOOLS[name]?.(project, recipe('hooks', name));
    if (outcome) expect(outcome.status, outcome.all).toBe(0);
    return project;
  };

  it('puts a safe edit into the commit', (context) => {
    const project = set() ?? context.skip(PRE_COMMIT_MISSING);
    project.write(NAV, signOutApp[NAV]);
    git(project, 'add', NAV);
    const { all, status } = git(project, 'commit', '-m', 'second');
    expect(status, all).toBe(0);
    expect(git(project, 'show', `HEAD:${NAV}`).stdout).toBe(signOutAppFixed);
  });

  it('stops a commit with an error that needs a manual change', (context) => {
    const project = set() ?? context.skip(PRE_COMMIT_MISSING);
    project.write('components/warm.jsx', WARM);
    git(project, 'add', '-A');
    const { all, status } = git(project, 'commit', '-m', 'second');
    expect(status).not.toBe(0);
    expect(all).toContain('components/warm.jsx');
    expect(all).toContain('no-sign-out-prefetch');
    expect(git(project, 'log', '--oneline').stdout.trim().split('\n')).toHaveLength(1);
  });
});

describe.each(['authkit-fix', 'authkit-check'])('%s of .pre-commit-hooks.yaml', (hook) => {
  it('is what pre-commit runs where this repository is named', (context) => {
    if (preCommit.length === 0) context.skip(PRE_COMMIT_MISSING);
    const hooks = projectFixture();
    copyFileSync(join(ROOT, '.pre-commit-hooks.yaml'), hooks.path('.pre-commit-hooks.yaml'));
    run(hooks, 'git', 'init', '-q');
    git(hooks, 'add', '-A');
    git(hooks, 'commit', '-qm', 'first');

    const project = repository();
    project.write(NAV, signOutApp[NAV]);
    git(project, 'add', NAV);
    const { all, status } = shell(project.root, ...preCommit, 'try-repo', hooks.root, hook);
    // What is fixed is staged as well, so that pre-commit has nothing against it.
    expect(status, all).toBe(hook === 'authkit-fix' ? 0 : 1);
    expect(git(project, 'show', `:${NAV}`).stdout).toBe(hook === 'authkit-fix' ? signOutAppFixed : signOutApp[NAV]);
    if (hook === 'authkit-check') expect(all).toContain('no-sign-out-prefetch');
  });
});
