/** What `init` sets up on request, next to the config: a hook, a workflow, the skill for agents. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runGit } from '../files/git/git.ts';
import { packageFile } from '../files/package-file.ts';
import type { Detected, Hooks } from './detect.ts';
import type { FileEdit, Step } from './step.ts';

export interface Extras {
  readonly ci: boolean;
  readonly hook: boolean;
  readonly skill: boolean;
}

export function extraSteps(detected: Detected, { ci, hook, skill }: Extras): Step[] {
  return [
    ...(hook ? [hookStep(detected)] : []),
    ...(ci ? [workflowStep(detected)] : []),
    ...(skill ? [skillStep(detected)] : []),
  ];
}

const FIX_STAGED = 'npx eslint-plugin-authkit codemod all --staged --safe';
const CHECK_STAGED = 'npx eslint-plugin-authkit check --staged';

/** What each tool wants to read. Its own files are not rewritten: they are written by hand, in languages with comments. */
const HOOK_LINES: Readonly<Record<Exclude<Hooks, 'husky'>, readonly string[]>> = {
  'lint-staged': [
    '"*.{js,jsx,ts,tsx}": ["eslint-plugin-authkit codemod all --safe --force", "eslint-plugin-authkit check"]',
  ],
  lefthook: ['pre-commit:', '  commands:', '    authkit:', `      run: ${FIX_STAGED} && ${CHECK_STAGED}`],
  'pre-commit': [
    '- repo: local',
    '  hooks:',
    '    - id: authkit-check',
    '      name: authkit check',
    `      entry: ${CHECK_STAGED}`,
    '      language: system',
    '      pass_filenames: false',
  ],
  'simple-git-hooks': [`"simple-git-hooks": { "pre-commit": "${FIX_STAGED} && ${CHECK_STAGED}" }`],
};

function hookStep({ hooks, isHooked, repository }: Detected): Step {
  if (hooks === undefined) return plainHook(repository);
  if (isHooked) return {};
  if (hooks !== 'husky') return { manual: [{ what: `For ${hooks}, add`, lines: HOOK_LINES[hooks] }] };
  const path = join(repository, '.husky', 'pre-commit');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before?.includes('eslint-plugin-authkit') === true) return {};
  const start = before === undefined || before.endsWith('\n') ? (before ?? '') : `${before}\n`;
  return { edits: [{ path, before, after: `${start}${FIX_STAGED}\n${CHECK_STAGED}\n`, isExecutable: true }] };
}

/** git's own hook, for projects without a tool for hooks. One that is there is kept: what it ends with decides what may follow. */
function plainHook(repository: string): Step {
  const lines = [FIX_STAGED, CHECK_STAGED];
  const byHand = (what: string): Step => ({ manual: [{ what, lines }] });
  const asked = runGit(repository, ['rev-parse', '--git-common-dir']);
  if (!asked.ok) return byHand('There is no git repository here. A pre-commit hook has to run');
  const line = (output: Buffer) => output.toString('utf8').trim();
  // The last value is the one that keeps git from running hooks of ours.
  const paths = runGit(repository, ['config', '--get-all', 'core.hooksPath']);
  const [folder] = paths.ok ? line(paths.stdout).split('\n').slice(0, -1) : [];
  if (folder !== undefined)
    return byHand(`git takes its hooks from ${folder} (core.hooksPath). Add to pre-commit there`);
  const path = join(resolve(repository, line(asked.stdout)), 'hooks', 'pre-commit');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before?.includes('eslint-plugin-authkit') === true) return {};
  if (before !== undefined) return byHand('.git/hooks/pre-commit exists, and was not edited. Add to it');
  return { edits: [{ path, before, after: `#!/bin/sh\nset -e\n${lines.join('\n')}\n`, isExecutable: true }] };
}

function workflowStep({ ci: found, packageManager, repository }: Detected): Step {
  if (found === 'gitlab')
    return {
      manual: [
        {
          what: 'For .gitlab-ci.yml, add the job of docs/guides/ci.md',
          lines: ['npx eslint-plugin-authkit check --format gitlab'],
        },
      ],
    };
  const path = join(repository, '.github', 'workflows', 'authkit.yml');
  if (existsSync(path)) return {};
  return { edits: [{ path, before: undefined, after: workflow(packageManager) }] };
}

const SETUP: Readonly<Record<Detected['packageManager'], readonly string[]>> = {
  npm: ['- uses: actions/setup-node@v4', '  with: { node-version: 22, cache: npm }', '- run: npm ci'],
  pnpm: [
    '- uses: pnpm/action-setup@v4',
    '- uses: actions/setup-node@v4',
    '  with: { node-version: 22, cache: pnpm }',
    '- run: pnpm install --frozen-lockfile',
  ],
  yarn: [
    '- uses: actions/setup-node@v4',
    '  with: { node-version: 22, cache: yarn }',
    '- run: yarn install --immutable',
  ],
  bun: [
    '- uses: actions/setup-node@v4',
    '  with: { node-version: 22 }',
    '- uses: oven-sh/setup-bun@v2',
    '- run: bun install --frozen-lockfile',
  ],
};

function workflow(packageManager: Detected['packageManager']): string {
  const steps = [
    '- uses: actions/checkout@v4',
    ...SETUP[packageManager],
    '- run: npx eslint-plugin-authkit check --format github',
  ];
  return `name: AuthKit
on: [pull_request]
permissions: { contents: read }
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
${steps.map((line) => `      ${line}\n`).join('')}`;
}

const SKILL = 'workos-convex-authkit';

/** The skill with the files that it points to. */
function skillStep({ repository }: Detected): Step {
  const folder = existsSync(join(repository, '.claude')) ? '.claude/skills' : '.agents/skills';
  const source = packageFile('skills', SKILL);
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const edits = names.sort().map((name): FileEdit => {
    const path = join(repository, folder, SKILL, name);
    const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    return { path, before, after: readFileSync(join(source, name), 'utf8') };
  });
  return { edits };
}
