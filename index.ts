/** The plugin: its meta, its rules, its presets. Importing it loads nothing but this package's own few files. */
import type { ESLint, Linter } from 'eslint';
import pkg from './package.json' with { type: 'json' };
import { parseFile } from './parsers/files.ts';
import { type ParserOptions, parseScript } from './parsers/scripts.ts';
import { createPresets, type PresetName } from './presets.ts';
import consistentPreviewHost from './rules/consistent-preview-host.ts';
import type { AuthKitRule } from './rules/create-rule.ts';
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
import validAuthConfig from './rules/valid-auth-config.ts';
import validCallbackRoute from './rules/valid-callback-route.ts';
import validEnv from './rules/valid-env.ts';
import validProxy from './rules/valid-proxy.ts';
import validRedirectUri from './rules/valid-redirect-uri.ts';

type ParseForESLint = (text: string, options?: ParserOptions) => Linter.ESLintParseResult;

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
  validAuthConfig,
  validCallbackRoute,
  validEnv,
  validProxy,
  validRedirectUri,
]);

const meta = { name: pkg.name, version: pkg.version, namespace: 'authkit' } as const;

/** ESLint prints and caches a parser by its name and version. */
const parser = (name: string, parseForESLint: ParseForESLint): Linter.Parser => ({
  meta: { name: `${meta.name}/${name}`, version: meta.version },
  parseForESLint,
});

const base = { meta, rules };

const plugin: AuthKitPlugin = Object.assign(base, {
  configs: createPresets(base, rules, {
    files: parser('files', parseFile),
    scripts: parser('scripts', parseScript),
  }),
});

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
