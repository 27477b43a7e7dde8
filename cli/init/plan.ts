/** What `init` would write, and what it leaves to a person. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { applyEdits as applyJsonEdits, modify } from 'jsonc-parser';
import { formattingOf as formattingIn } from '../../project/formatting.ts';
import { parseJson } from '../../project/json.ts';
import { recordOf } from '../../project/settings.ts';
import { createFacts } from '../../project/stamps.ts';
import { packageFile } from '../files/package-file.ts';
import { type Detected, type Hooks, installCommand } from './detect.ts';
import { bringsParser, newConfig, withPreset } from './eslint-config.ts';

export interface FileEdit {
  /** Absolute. */
  readonly path: string;
  /** Undefined: the file is new. */
  readonly before: string | undefined;
  readonly after: string;
  readonly isExecutable?: boolean;
}

export interface Extras {
  readonly ci: boolean;
  readonly hook: boolean;
  readonly skill: boolean;
}

export interface Plan {
  readonly edits: readonly FileEdit[];
  /** What has to be done by hand: a sentence, and lines to copy. */
  readonly manual: readonly { readonly what: string; readonly lines: readonly string[] }[];
  readonly isConfigEdited: boolean;
}

type Step = Partial<Omit<Plan, 'isConfigEdited'>>;

const SCRIPT = 'check:auth';

/** Makes the plan. Nothing is written. */
export function planOf(detected: Detected, extras: Extras): Plan {
  const config =
    detected.oxlintConfig !== undefined && detected.eslintConfig === undefined ? oxlint(detected) : eslint(detected);
  const steps = [
    install(detected),
    config,
    script(detected),
    ...(extras.hook ? [hook(detected)] : []),
    ...(extras.ci ? [ci(detected)] : []),
    ...(extras.skill ? [skill(detected)] : []),
  ];
  return {
    edits: steps.flatMap(({ edits = [] }) => edits).filter(({ after, before }) => after !== before),
    manual: steps.flatMap(({ manual = [] }) => manual),
    isConfigEdited: (config.edits ?? []).length > 0,
  };
}

function install(detected: Detected): Step {
  if (detected.dependencies.has('eslint-plugin-authkit')) return {};
  return { manual: [{ what: 'Install the package first', lines: [installCommand(detected)] }] };
}

function eslint({ dependencies, eslintConfig, legacyConfig, root, typescript }: Detected): Step {
  if (eslintConfig === undefined) {
    if (legacyConfig !== undefined)
      return {
        manual: [
          {
            what: `${basename(legacyConfig)} is a config of the old kind, and the presets need eslint.config.js. Until you migrate, the command works without`,
            lines: ['npx @eslint/migrate-config ' + basename(legacyConfig)],
          },
        ],
      };
    // Without ESLint there is nothing to configure: check brings what it needs.
    return dependencies.has('eslint')
      ? { edits: [{ path: join(root, 'eslint.config.mjs'), before: undefined, after: newConfig() }] }
      : {};
  }
  const before = readFileSync(eslintConfig, 'utf8');
  const isTooNew = Number(typescript?.split('.')[0] ?? 0) >= 7 && !before.includes('typescript-eslint');
  const preset = bringsParser(eslintConfig, before) && !isTooNew ? 'recommended' : 'standalone';
  const result = withPreset(eslintConfig, before, preset, formattingOfConfig(eslintConfig));
  if (result.kind === 'present') return {};
  if (result.kind === 'edit') return { edits: [{ path: eslintConfig, before, after: result.text }] };
  const lines = [
    "import authkit from 'eslint-plugin-authkit';",
    `authkit.configs.${preset}  // one more item of the config`,
  ];
  return { manual: [{ what: `${basename(eslintConfig)} was not edited: ${result.reason}. Add to it`, lines }] };
}

const formattingOfConfig = (path: string) => formattingIn(createFacts(), path, dirname(path));

function oxlint({ oxlintConfig = '' }: Detected): Step {
  const before = readFileSync(oxlintConfig, 'utf8');
  if (before.includes('eslint-plugin-authkit')) return {};
  const preset = './node_modules/eslint-plugin-authkit/oxlint-recommended.json';
  const present = recordOf(parseJson(oxlintConfig, before).value)['extends'];
  if (present !== undefined && !Array.isArray(present))
    return {
      manual: [
        {
          what: `${basename(oxlintConfig)} was not edited: its "extends" is no list. Add to it`,
          lines: [`"extends": ["${preset}"]`],
        },
      ],
    };
  const path = present ? ['extends', -1] : ['extends'];
  const edits = modify(before, path, present ? preset : [preset], {
    formattingOptions: formattingOf(before),
    isArrayInsertion: true,
  });
  return { edits: [{ path: oxlintConfig, before, after: applyJsonEdits(before, edits) }] };
}

function script({ manifest, root }: Detected): Step {
  if (manifest.includes(`"${SCRIPT}"`)) return {};
  const edits = modify(manifest, ['scripts', SCRIPT], 'eslint-plugin-authkit check', {
    formattingOptions: formattingOf(manifest),
  });
  return { edits: [{ path: join(root, 'package.json'), before: manifest, after: applyJsonEdits(manifest, edits) }] };
}

function formattingOf(text: string) {
  const indent = /^(?<indent>[\t ]+)\S/mu.exec(text)?.groups?.['indent'] ?? '  ';
  const isTab = indent.startsWith('\t');
  return { insertSpaces: !isTab, tabSize: isTab ? 1 : indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

const FIX_STAGED = 'npx eslint-plugin-authkit codemod all --staged --safe';
const CHECK_STAGED = 'npx eslint-plugin-authkit check --staged';

/** What each tool wants to read. Its own files are not rewritten: they are somebody's, in languages with comments. */
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

function hook({ hooks, repository }: Detected): Step {
  if (hooks === undefined)
    return {
      manual: [
        {
          what: 'No tool for hooks was found. A plain hook is .git/hooks/pre-commit, with',
          lines: [FIX_STAGED, CHECK_STAGED],
        },
      ],
    };
  if (hooks !== 'husky') return { manual: [{ what: `For ${hooks}, add`, lines: HOOK_LINES[hooks] }] };
  const path = join(repository, '.husky', 'pre-commit');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before?.includes('eslint-plugin-authkit') === true) return {};
  const start = before === undefined || before.endsWith('\n') ? (before ?? '') : `${before}\n`;
  return { edits: [{ path, before, after: `${start}${FIX_STAGED}\n${CHECK_STAGED}\n`, isExecutable: true }] };
}

function ci({ ci: found, packageManager, repository }: Detected): Step {
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

function skill({ repository }: Detected): Step {
  const folder = existsSync(join(repository, '.claude')) ? '.claude/skills' : '.agents/skills';
  const path = join(repository, folder, SKILL, 'SKILL.md');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  return { edits: [{ path, before, after: readFileSync(packageFile('skills', SKILL, 'SKILL.md'), 'utf8') }] };
}
