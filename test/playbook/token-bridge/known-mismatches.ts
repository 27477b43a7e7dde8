/**
 * Where a rule or its codemod differs from what was observed. A test fails when an entry is no mismatch any more: it is to be
 * removed then. Those that stay on purpose say so in their reason.
 */
import type { BridgeRule } from './expected-reports.ts';

export interface Mismatch {
  readonly bridge: string;
  readonly what: BridgeRule | 'rewrite' | `${'no-forced-token-refresh' | 'rewrite'} in an app of many organizations`;
  readonly reason: string;
}

function mismatches(what: Mismatch['what'], reason: string, bridges: readonly string[]): Mismatch[] {
  return bridges.map((bridge) => ({ bridge, what, reason }));
}

export const KNOWN_MISMATCHES: readonly Mismatch[] = [
  ...mismatches(
    'no-token-refresh-loop',
    'the live error of useAccessToken() in a flag or in the deps is not seen as a feedback',
    ['error-in-is-authenticated', 'error-in-is-authenticated-forced', 'error-in-is-loading', 'error-in-deps'],
  ),
  ...mismatches('no-token-refresh-loop', 'a state that the catch sets, in the deps, is not seen as a feedback', [
    'attempt-in-deps',
    'attempt-in-deps-forced',
  ]),
  ...mismatches('no-token-refresh-loop', 'refreshes in effects are not seen', [
    'refresh-on-error',
    'refresh-on-error-caught',
    'refresh-on-new-token',
  ]),
  ...mismatches('no-token-refresh-loop', 'accessToken in the deps is not reported without a forced refresh', [
    'access-token-in-deps-unused',
    'access-token-in-deps-not-forced',
    'token-closure-or-get',
    'threshold-below-life',
    'threshold-above-life',
  ]),
  ...mismatches('no-token-refresh-loop', 'the key of the provider is not looked at', [
    'provider-keyed-by-token-not-forced',
    'provider-keyed-by-token',
  ]),
  ...mismatches(
    'no-token-refresh-loop',
    'a cool-down is taken for the end of a feedback through token loading; when the token ends it is none',
    ['cool-down-token-loading'],
  ),
  ...mismatches('no-token-refresh-loop', 'client.setAuth() is not taken for a bridge', ['set-auth-refreshes']),
  ...mismatches('no-stale-access-token', 'client.setAuth() is not taken for a bridge', ['set-auth-snapshot']),
  ...mismatches('no-forced-token-refresh', 'a threshold above the life of the token is not judged', [
    'threshold-above-life-stable-deps',
  ]),
  ...mismatches('no-forced-token-refresh', 'a route of the app is not followed to its refreshSession()', [
    'own-route-refreshes',
    'own-route-refreshes-always',
  ]),
  ...mismatches('handle-token-error', 'isLoading that waits for a token is not reported', [
    'loading-until-token',
    'loading-until-token-of-user',
  ]),
  ...mismatches('handle-token-error', '"not loading, not signed in" before the first token is not reported', [
    'authenticated-with-token',
    'authenticated-unless-token-loading',
    'refresh-then-ref',
  ]),
  ...mismatches('rewrite', 'the codemods write the live error of useAccessToken() into isAuthenticated', [
    'get-access-token-uncaught',
    'get-or-refresh',
    'get-then-refresh-in-catch',
    'error-in-is-authenticated-forced',
    'get-access-token-not-memoised',
    'attempt-in-deps-forced',
    'provider-keyed-by-token',
    'loading-until-token-of-user-forced',
    'official-template',
    'official-template-uncaught',
    'last-token-in-catch-forced',
    'always-refresh',
    'guarded-token-loading',
    'refresh-then-ref',
    'refresh-session-action',
    'refresh-auth-guarded-loading',
    'token-loading-in-is-loading',
    'mutex-token-loading',
    'refs-to-functions',
    'memo-renewed-by-loading',
    'access-token-in-deps',
    'forced-not-memoised',
    'refresh-session-not-memoised',
    'refresh-auth-user-in-deps',
    'refresh-auth-stable-deps',
    'own-state-in-is-loading',
    'own-state-in-is-authenticated',
    'reducer-in-is-loading',
    'ref-in-is-loading',
    'transition-in-is-loading',
    'deferred-token-loading',
    'retry-in-catch',
    'retry-helper',
    'retry-without-end',
    'recursion-retry',
    'interval-retry',
    'token-ref',
    'token-state',
    'token-in-reducer',
    'token-closure',
    'token-closure-first',
  ]),
  ...mismatches(
    'rewrite in an app of many organizations',
    'the codemods write the live error of useAccessToken() into isAuthenticated, and take away the refresh that brings the new organization',
    [
      'get-access-token-uncaught',
      'get-or-refresh',
      'get-then-refresh-in-catch',
      'error-in-is-authenticated-forced',
      'get-access-token-not-memoised',
      'attempt-in-deps-forced',
      'provider-keyed-by-token',
      'loading-until-token-of-user-forced',
      'official-template',
      'official-template-uncaught',
      'last-token-in-catch-forced',
      'always-refresh',
      'guarded-token-loading',
      'refresh-then-ref',
      'refresh-session-action',
      'refresh-auth-guarded-loading',
      'token-loading-in-is-loading',
      'mutex-token-loading',
      'refs-to-functions',
      'memo-renewed-by-loading',
      'access-token-in-deps',
      'own-state-in-is-loading',
      'own-state-in-is-authenticated',
      'ref-in-is-loading',
      'transition-in-is-loading',
      'deferred-token-loading',
      'retry-in-catch',
      'retry-helper',
      'retry-without-end',
      'recursion-retry',
      'interval-retry',
      'token-ref',
      'token-state',
      'token-in-reducer',
      'token-closure',
      'token-closure-first',
    ],
  ),
  ...mismatches(
    'no-forced-token-refresh in an app of many organizations',
    'the rule does not ask whether the app switches organizations',
    [
      'error-in-is-authenticated-forced',
      'attempt-in-deps-forced',
      'provider-keyed-by-token',
      'official-template',
      'official-template-uncaught',
      'last-token-in-catch-forced',
      'always-refresh',
      'guarded-token-loading',
      'refresh-then-ref',
      'refresh-session-action',
    ],
  ),
];
