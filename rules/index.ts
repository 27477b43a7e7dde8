/** All rules, by name: what the plugin exports, and what the presets, the codemods and the command go by. */
import consistentPreviewHost from './consistent-preview-host.ts';
import type { AuthKitRule } from './create-rule.ts';
import handleTokenError from './handle-token-error.ts';
import noCaughtRedirect from './no-caught-redirect.ts';
import noCookieWriteInRender from './no-cookie-write-in-render.ts';
import noDroppedSessionHeaders from './no-dropped-session-headers.ts';
import noForcedTokenRefresh from './no-forced-token-refresh.ts';
import noGetSignOut from './no-get-sign-out.ts';
import noHardcodedRedirectHost from './no-hardcoded-redirect-host.ts';
import noRawAuthorizationUrl from './no-raw-authorization-url.ts';
import noSignInPrefetch from './no-sign-in-prefetch.ts';
import noSignOutPrefetch from './no-sign-out-prefetch.ts';
import noStaleAccessToken from './no-stale-access-token.ts';
import noTokenRefreshLoop from './no-token-refresh-loop.ts';
import validAuthConfig from './valid-auth-config.ts';
import validCallbackRoute from './valid-callback-route.ts';
import validEnv from './valid-env.ts';
import validProxy from './valid-proxy.ts';
import validRedirectUri from './valid-redirect-uri.ts';

export const rules: Readonly<Record<string, AuthKitRule>> = Object.fromEntries(
  [
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
  ].map((rule) => [rule.definition.name, rule]),
);
