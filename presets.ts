/** The presets. Their `plugins` entry is the plugin itself: another object would be "Cannot redefine plugin" to `defineConfig`. */
import type { ESLint, Linter } from 'eslint';
import type { AuthKitRule } from './rules/create-rule.ts';
import { isTextRule } from './rules/on-text.ts';

export type PresetName = 'files' | 'recommended' | 'standalone' | 'strict';

const SCRIPTS = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];
const FILES = ['**/convex.json', '**/.env', '**/.env.*'];

// Tests and stories are not run against users.
const NOT_RUN_AGAINST_USERS = [
  '**/*.{test,spec,stories,story,cy,e2e}.*',
  '**/{__tests__,__mocks__,__fixtures__,test,tests,e2e,cypress,playwright,.storybook}/**',
];

/** Rules that read a file's text or its name, whatever is in its tree. A rule that no plugin of the config has may be off. */
const NEED_NO_TREE = [
  ...['eol-last', 'linebreak-style', 'max-len', 'no-multiple-empty-lines', 'no-tabs', 'no-trailing-spaces'].flatMap(
    (name) => [name, `@stylistic/${name}`],
  ),
  'max-lines',
  'no-irregular-whitespace',
  'prettier/prettier',
  'unicode-bom',
  'unicorn/filename-case',
  'unicorn/prevent-abbreviations',
];

export interface Parsers {
  readonly files: Linter.Parser;
  readonly scripts: Linter.Parser;
}

type Rules = Readonly<Record<string, AuthKitRule>>;

/**
 * Makes the presets of a plugin. `recommended` and `strict` are for scripts alone: a config object for other files makes ESLint run the
 * rules of every object without `files` on them. Whoever wants that says `files`.
 */
export function createPresets(
  plugin: ESLint.Plugin,
  rules: Rules,
  parsers: Parsers,
): Record<PresetName, Linter.Config[]> {
  const forScripts = (name: 'recommended' | 'strict'): Linter.Config => ({
    name: `authkit/${name}`,
    files: SCRIPTS,
    ignores: NOT_RUN_AGAINST_USERS,
    plugins: { authkit: plugin },
    rules: rulesOf(rules, name),
  });
  const recommended = forScripts('recommended');
  const textRules = Object.fromEntries(Object.entries(rules).filter(([, rule]) => isTextRule(rule)));
  return {
    recommended: [recommended],
    strict: [forScripts('strict')],
    standalone: [
      { name: 'authkit/standalone', files: SCRIPTS, languageOptions: { parser: parsers.scripts } },
      recommended,
    ],
    files: [
      {
        name: 'authkit/files',
        files: FILES,
        ignores: SCRIPTS,
        plugins: { authkit: plugin },
        languageOptions: { parser: parsers.files },
        rules: {
          ...Object.fromEntries(NEED_NO_TREE.map((name) => [name, 'off' as const])),
          ...rulesOf(textRules, 'recommended'),
        },
      },
    ],
  };
}

/** The rules that a preset turns on, as the definitions say. `strict` is `recommended` and more. */
function rulesOf(rules: Rules, preset: 'recommended' | 'strict'): Linter.RulesRecord {
  const on: Linter.RulesRecord = {};
  for (const [name, { definition }] of Object.entries(rules)) {
    const { recommended, strict } = definition.presets;
    const entry = preset === 'strict' ? (strict ?? recommended) : recommended;
    if (entry !== undefined) on[`authkit/${name}`] = typeof entry === 'string' ? entry : [...entry];
  }
  return on;
}
