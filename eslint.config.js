import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import tseslint from 'typescript-eslint';
// As users get it: `npm run build` first.
import authkit from './dist/index.js';

/** From the bottom up: a folder may import what is before it, and its own files. */
const LAYERS = ['analysis', 'project', 'playbook', 'parsers', 'rules', 'codemods', 'cli', 'api'];

const DOWNWARD = `Imports run downward only: ${LAYERS.join(' <- ')}.`;

/** Packages: each takes milliseconds to load, some tens of them. Rules and what they use may have their types. */
const HEAVY = {
  regex: '^(?!node:)[^./]',
  allowTypeImports: true,
  message:
    'Import its types only, and load it when it is asked for (analysis/lazy.ts): the plugin has to be imported in a few milliseconds.',
};

const layers = LAYERS.map((layer, index) => ({
  name: `layers/${layer}`,
  files: [`${layer}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(?:\\.\\./)+(?:${[...LAYERS.slice(index + 1), 'test', 'scripts', 'bench'].join('|')})/`,
            message: DOWNWARD,
          },
          ...(['api', 'cli'].includes(layer) ? [] : [{ regex: '^(?:\\.\\./)+index\\.ts$', message: DOWNWARD }, HEAVY]),
        ],
      },
    ],
  },
}));

/**
 * The folders of playbook/ that build on another one, and on which. Nothing may lead back. What two others share belongs into a file of playbook/, or into the project. All of them build on `libraries`, which
 * builds on none.
 */
const BUILD_ON = {
  callback: ['redirect-uri'],
  'route-handlers': ['links'],
  'server-calls': ['proxy'],
  session: ['redirect-uri'],
  'sign-in': ['links', 'route-handlers', 'sign-out'],
  'sign-out': ['links', 'route-handlers'],
};

const failureModes = readdirSync(new URL('playbook', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'libraries')
  .map(({ name }) => name);

const playbook = [...failureModes, 'libraries'].map((name) => ({
  name: `playbook/${name}`,
  files: [`playbook/${name}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(?:\\.\\./)+(?:${failureModes.filter((other) => other !== name && !BUILD_ON[name]?.includes(other)).join('|')})/`,
            message: 'What two failure modes share belongs into a file of playbook/, or into the project.',
          },
        ],
      },
    ],
  },
}));

export default defineConfig(
  globalIgnores([
    '**/dist',
    'docs/.vitepress/cache',
    'coverage',
    'examples',
    '**/fixtures/**',
    'test/codemods/*/**',
    'test/e2e/**/gallery',
    'test/e2e/**/.apps',
    '**/.next',
    'test/e2e/presets/next-peer',
    // Checked as users get them: test/package.
    'types/*.cts',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    name: 'typescript',
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A call signature next to docstrings reads better as an interface.
      '@typescript-eslint/prefer-function-type': 'off',
      // A module that is loaded late has its types by import().
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Node types are compared with strings: the enum of typescript-estree would be a package loaded at lint time.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'require-unicode-regexp': 'error',
      eqeqeq: 'error',
    },
  },
  {
    name: 'scripts',
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', URL: 'readonly', performance: 'readonly' },
    },
    rules: { 'require-unicode-regexp': 'error', eqeqeq: 'error' },
  },
  {
    name: 'packages that load late',
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } },
  },
  layers,
  playbook,
  {
    name: 'plain words',
    // The pages and messages have a test of their own: test/docs/words.test.ts.
    rules: {
      'no-warning-comments': [
        'error',
        {
          terms: [
            'todo',
            'fixme',
            'anew',
            'beside',
            'everybody',
            'for ever',
            'hangs on',
            'heeds',
            'hinges on',
            'mends',
            'mended',
            'nobody',
            'shall',
            'somebody',
            'stands in',
          ],
          location: 'anywhere',
        },
      ],
    },
  },
  {
    name: 'one thing in a function',
    // A `switch` over kinds of nodes is a table: it counts once.
    rules: { complexity: ['error', { max: 20, variant: 'modified' }] },
  },
  {
    name: 'memos whose keys have all that they are made of',
    files: ['{api,cli,codemods,playbook,rules}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'CallExpression[callee.property.name="memo"]', message: 'Use perProject().' },
      ],
    },
  },
  {
    name: 'rules do not know each other',
    files: ['rules/*.ts'],
    ignores: ['rules/create-rule.ts', 'rules/definition.ts', 'rules/index.ts', 'rules/on-text.ts', 'rules/report.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\./(?!create-rule\\.ts$)',
              message: 'What two rules share belongs into the playbook.',
            },
          ],
        },
      ],
    },
  },
  { name: 'rules', files: ['rules/*.ts', 'test/rules/*.ts'], extends: [eslintPlugin.configs.recommended] },
  authkit.configs.strict,
);
