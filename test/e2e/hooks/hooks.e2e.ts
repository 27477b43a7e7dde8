/** The recipes of docs/guides/hooks.md, with the real tools, which are installed for it. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Outcome, runCommand } from '../../helpers/commands.ts';
import { recipe } from '../../helpers/guides.ts';
import { installedProject, linkCommand, signOutApp, signOutAppFixed } from '../../helpers/installed.ts';
import type { ProjectFixture } from '../../helpers/project-fixture.ts';

const VERSIONS = ['husky@9.1.7', 'lint-staged@16.4.0', 'lefthook@2.2.2', 'simple-git-hooks@2.14.0'];
const PRE_COMMIT = 'pre-commit==4.6.2';

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
let hasPreCommit = false;
beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'authkit-hooks-'));
  const npm = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', tools, ...VERSIONS];
  const { all, status } = runCommand('npm', npm, tools);
  if (status !== 0) throw new Error(all);
  hasPreCommit =
    runCommand('pip3', ['install', '-q', '--target', join(tools, 'python'), PRE_COMMIT], tools).status === 0;
});

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
  'pre-commit 4': (project, text) => {
    project.write('.pre-commit-config.yaml', text);
    git(project, 'add', '.pre-commit-config.yaml');
    return run(project, 'python3', '-m', 'pre_commit', 'install');
  },
};

describe.each(Object.keys(TOOLS))('%s', (name) => {
  const set = (): ProjectFixture | undefined => {
    if (name === 'pre-commit 4' && !hasPreCommit) return undefined;
    const project = repository();
    const outcome = TOOLS[name]?.(project, recipe('hooks', name));
    if (outcome) expect(outcome.status, outcome.all).toBe(0);
    return project;
  };

  it('puts a safe edit into the commit', (context) => {
    const project = set() ?? context.skip();
    project.write(NAV, signOutApp[NAV]);
    git(project, 'add', NAV);
    const { all, status } = git(project, 'commit', '-m', 'second');
    expect(status, all).toBe(0);
    expect(git(project, 'show', `HEAD:${NAV}`).stdout).toBe(signOutAppFixed);
  });

  it('stops a commit with an error that needs a manual change', (context) => {
    const project = set() ?? context.skip();
    project.write('components/warm.jsx', WARM);
    git(project, 'add', '-A');
    const { all, status } = git(project, 'commit', '-m', 'second');
    expect(status).not.toBe(0);
    expect(all).toContain('components/warm.jsx');
    expect(all).toContain('no-sign-out-prefetch');
    expect(git(project, 'log', '--oneline').stdout.trim().split('\n')).toHaveLength(1);
  });
});
