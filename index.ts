/** The plugin: its meta, its rules, its presets. Importing it loads nothing but this package's own few files. */
import { createRequire } from 'node:module';
import type { ESLint, Linter } from 'eslint';
import pkg from './package.json' with { type: 'json' };
import consistentPreviewHost from './rules/consistent-preview-host.ts';
import type { AuthKitRule } from './rules/create-rule.ts';
import { envLanguage } from './rules/env-language.ts';
import handleTokenError from './rules/handle-token-error.ts';
import noCaughtRedirect from './rules/no-caught-redirect.ts';
import noCookieWriteInRender from './rules/no-cookie-write-in-render.ts';
import noDroppedSessionHeaders from './rules/no-dropped-session-headers.ts';
import noForcedTokenRefresh from './rules/no-forced-token-refresh.ts';
import noGetSignOut from './rules/no-get-sign-out.ts';
import noHardcodedRedirectHost from './rules/no-hardcoded-redirect-host.ts';
import noRawAuthorizationUrl from './rules/no-raw-authorization-url.ts';
import noSignInPrefetch from './rules/no-sign-in-prefetch.ts';
import noSignOutPrefetch from './rules/no-sign-out-prefetch.ts';
import noStaleAccessToken from './rules/no-stale-access-token.ts';
import noTokenRefreshLoop from './rules/no-token-refresh-loop.ts';
import validEnv from './rules/valid-env.ts';
import validCallbackRoute from './rules/valid-callback-route.ts';
import validProxy from './rules/valid-proxy.ts';
import validRedirectUri from './rules/valid-redirect-uri.ts';
import validAuthConfig from './rules/valid-auth-config.ts';

type PresetName = 'recommended' | 'strict';

export interface AuthKitPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: 'authkit' };
  readonly rules: Record<string, AuthKitRule>;
  readonly configs: Record<PresetName, Linter.Config[]>;
}

const rules = byName([
  consistentPreviewHost,
  handleTokenError,
  noCaughtRedirect,
  noCookieWriteInRender,
  noDroppedSessionHeaders,
  noForcedTokenRefresh,
  noGetSignOut,
  noHardcodedRedirectHost,
  noRawAuthorizationUrl,
  noSignInPrefetch,
  noSignOutPrefetch,
  noStaleAccessToken,
  noTokenRefreshLoop,
  validEnv,
  validCallbackRoute,
  validProxy,
  validRedirectUri,
  validAuthConfig,
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
  languages: {
    // Loads @eslint/plugin-kit when a config uses the language.
    get env() {
      return envLanguage();
    },
  },
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
    {
      name: `authkit/${name}/convex-json`,
      files: ['**/convex.json'],
      // A name of its own: another copy of @eslint/json may stand under `json`.
      plugins: { authkit: plugin, 'authkit-json': jsonPlugin() },
      language: 'authkit-json/jsonc',
      languageOptions: { allowTrailingCommas: true },
      rules: only(rulesOf(name), [
        'authkit/consistent-preview-host',
        'authkit/no-hardcoded-redirect-host',
        'authkit/valid-callback-route',
        'authkit/valid-redirect-uri',
      ]),
    },
    {
      name: `authkit/${name}/env`,
      files: ['**/.env', '**/.env.*'],
      plugins: { authkit: plugin },
      language: 'authkit/env',
      rules: only(rulesOf(name), ['authkit/valid-callback-route', 'authkit/valid-env']),
    },
  ];
}

// @eslint/json costs 17 ms: it is loaded when a preset is read, never with the plugin.
function jsonPlugin(): ESLint.Plugin {
  const module = createRequire(import.meta.url)('@eslint/json') as { default: ESLint.Plugin };
  return module.default;
}

const only = (all: Linter.RulesRecord, names: readonly string[]): Linter.RulesRecord =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));

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

export { factsCacheKey } from './project/cache-key.ts';
export type { AuthKitSettings } from './project/settings.ts';
export { plugin as default };
/**
 * What `require` gives in a CommonJS config: the plugin itself, and the same one.
 *
 * @internal Left out of the declarations, for TypeScript before 5.6 cannot read it.
 */
export { plugin as 'module.exports' };
