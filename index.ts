/** The plugin: its meta, its rules, its presets. Importing it loads nothing but this package's own few files. */
import type { ESLint, Linter } from 'eslint';
import pkg from './package.json' with { type: 'json' };
import type { AuthKitRule } from './rules/create-rule.ts';
import handleTokenError from './rules/handle-token-error.ts';
import noForcedTokenRefresh from './rules/no-forced-token-refresh.ts';
import noHardcodedRedirectHost from './rules/no-hardcoded-redirect-host.ts';
import noSignOutPrefetch from './rules/no-sign-out-prefetch.ts';
import noStaleAccessToken from './rules/no-stale-access-token.ts';
import noTokenRefreshLoop from './rules/no-token-refresh-loop.ts';

type PresetName = 'recommended' | 'strict';

export interface AuthKitPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: 'authkit' };
  readonly rules: Record<string, AuthKitRule>;
  readonly configs: Record<PresetName, Linter.Config[]>;
}

const rules = byName([
  handleTokenError,
  noForcedTokenRefresh,
  noHardcodedRedirectHost,
  noSignOutPrefetch,
  noStaleAccessToken,
  noTokenRefreshLoop,
]);

const SCRIPTS = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];

// Tests and stories are not run against users.
const NOT_RUN_AGAINST_USERS = [
  '**/*.{test,spec,stories,story,cy,e2e}.*',
  '**/{__tests__,__mocks__,__fixtures__,test,tests,e2e,cypress,playwright,.storybook}/**',
];

const plugin: AuthKitPlugin = {
  meta: { name: pkg.name, version: pkg.version, namespace: 'authkit' },
  rules,
  // Getters, for a preset's `plugins` entry is this very object: another one would be "Cannot redefine plugin".
  configs: {
    get recommended() {
      return (presets.recommended ??= preset('recommended'));
    },
    get strict() {
      return (presets.strict ??= preset('strict'));
    },
  },
};

const presets: Partial<Record<PresetName, Linter.Config[]>> = {};

function preset(name: PresetName): Linter.Config[] {
  return [
    {
      name: `authkit/${name}`,
      files: SCRIPTS,
      ignores: NOT_RUN_AGAINST_USERS,
      plugins: { authkit: plugin },
      rules: rulesOf(name),
    },
  ];
}

/** The rules that a preset turns on, as the definitions say. `strict` is `recommended` and more. */
function rulesOf(name: PresetName): Linter.RulesRecord {
  const on: Linter.RulesRecord = {};
  for (const [ruleName, { definition }] of Object.entries(rules)) {
    const { recommended, strict } = definition.presets;
    const entry = name === 'strict' ? (strict ?? recommended) : recommended;
    if (entry !== undefined) on[`authkit/${ruleName}`] = typeof entry === 'string' ? entry : [...entry];
  }
  return on;
}

function byName(all: readonly AuthKitRule[]): Record<string, AuthKitRule> {
  return Object.fromEntries(all.map((rule) => [rule.definition.name, rule]));
}

export default plugin;
