/**
 * The bridges that are observed. Each is a file of gallery/ that exports `useBridge`, or a `ConvexClientProvider` that needs none,
 * written as people write it; the rules are given the same text. `verdict` and `canThrow` are what is expected to be observed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { galleryDirectory } from './bundle.ts';
import type { BridgeSource } from './bundle.ts';
import type { Classification } from './classify.ts';

export interface GalleryBridge extends Classification {
  /** The name of its file, without extension. */
  readonly name: string;
  /** How it is written, as the tables say it. */
  readonly title: string;
  /** What keeps its forced refreshes within bounds, if anything: the rules are silent about those. */
  readonly tempered?: 'cool-down' | 'mutex' | 'back-off';
  /** It refreshes only where `getAccessToken()` fails, which costs nothing while it doesn't; the rules count it as forced. */
  readonly forcesWhereAskingFails?: true;
  /** What rejects unheard is not the fetcher, so it is no matter of `handle-token-error`. */
  readonly throwsOutside?: true;
  readonly reactCompiler?: boolean;
}

type Details = Partial<Omit<GalleryBridge, 'name' | 'title' | 'verdict'>>;

function bridge(verdict: Classification['verdict'], name: string, title: string, details: Details = {}): GalleryBridge {
  return { name, title, verdict, canThrow: false, ...details };
}

export const gallery: readonly GalleryBridge[] = [
  bridge('fine', 'get-access-token', "`getAccessToken()` only, memoised: the playbook's form"),
  bridge(
    'fine',
    'memoised-fetcher-and-object',
    '… with the returned object memoised, and token `loading` in `isLoading`',
  ),
  bridge('fine', 'memo-around-arrow', '… with an arrow inside `useMemo`'),
  bridge('fine', 'react-compiler', '… not memoised by hand, but by the React Compiler', { reactCompiler: true }),
  bridge('fine', 'token-loading-not-forced', '… with token `loading` in `isLoading`'),
  bridge('fine', 'token-loading-without-token', '… with `tokenLoading && !accessToken` in `isLoading`'),
  bridge('fine', 'token-loading-and-token', '… and `!!accessToken` in `isAuthenticated` as well'),
  bridge(
    'fine',
    'authenticated-with-token-and-loading',
    '… with token `loading` in `isLoading`, and `!!accessToken` in `isAuthenticated`',
  ),
  bridge(
    'fine',
    'authenticated-unless-loading',
    '… with token `loading` in `isLoading`, and `!tokenLoading` in `isAuthenticated`',
  ),
  bridge('fine', 'user-in-deps-not-forced', '… with `user` in the deps'),
  bridge('fine', 'organization-in-deps', '… with `organizationId` in the deps'),
  bridge('fine', 'organization-claim', '… and `refresh()` where the token is of another organization than `useAuth()`'),
  bridge('fine', 'error-logged-only', '… with the error logged, but not heeded'),
  bridge('fine', 'latched-error', '… with the error in `isAuthenticated`, kept for the user it was met with'),
  bridge('fine', 'latched-error-per-token', '… with the error in `isAuthenticated`, kept until another token comes'),
  bridge('fine', 'last-token-in-catch', '… with the last token where asking fails'),
  bridge('fine', 'refresh-once-on-mount', '… with one `refresh()` in an effect when the user is known'),
  bridge('fine', 'get-access-token-uncaught', '`getAccessToken()` only, memoised, without `catch`', { canThrow: true }),
  bridge('fine', 'get-or-refresh', '`getAccessToken() ?? refresh()`', { forcesWhereAskingFails: true }),
  bridge('fine', 'get-then-refresh-in-catch', '`getAccessToken()`, and one `refresh()` where that fails', {
    forcesWhereAskingFails: true,
  }),
  bridge('fine', 'not-memoised-signed-out', '`getAccessToken()`, not memoised, never authenticated'),
  bridge('fine', 'set-auth', '`client.setAuth()` in an effect of the user, with `getAccessToken()`'),

  bridge('refresh loop', 'error-in-is-authenticated', '`getAccessToken()`, with the live `error` in `isAuthenticated`'),
  bridge('refresh loop', 'error-in-is-authenticated-forced', '… and `refresh()` on force'),
  bridge('refresh loop', 'error-in-is-loading', '`getAccessToken()`, with the live `error` in `isLoading`'),
  bridge('refresh loop', 'error-in-deps', '`getAccessToken()`, with the live `error` in the deps'),
  bridge('fine', 'error-in-deps-guarded', '… which returns null where there is an error, without asking'),
  bridge('refresh loop', 'get-access-token-not-memoised', '`getAccessToken()` only, but not memoised'),
  bridge('refresh loop', 'attempt-in-deps', '`getAccessToken()`, with a count of failures in the deps'),
  bridge('refresh loop', 'attempt-in-deps-forced', '… and `refresh()` on force'),
  bridge(
    'refresh loop',
    'refresh-on-error',
    '`getAccessToken()`, beside an effect that calls `refresh()` on an error',
    {
      canThrow: true,
      throwsOutside: true,
    },
  ),
  bridge('refresh loop', 'refresh-on-error-caught', '… which catches'),
  bridge(
    'refresh loop',
    'refresh-on-new-token',
    '`getAccessToken()`, beside an effect that calls `refresh()` on a new token',
  ),
  bridge('stuck loading', 'access-token-in-deps-unused', '`getAccessToken()`, with `accessToken` in the deps'),
  bridge(
    'stuck loading',
    'access-token-in-deps-not-forced',
    '… which returns null without a token, and `!!accessToken` in `isAuthenticated`',
  ),
  bridge('stuck loading', 'token-closure-or-get', "the closure's `accessToken`, on force `getAccessToken()`"),
  bridge('stuck loading', 'threshold-below-life', '`refresh()` below 60 s to live, with `accessToken` in the deps'),
  bridge('refresh loop', 'threshold-above-life', '`refresh()` below 300 s to live, with `accessToken` in the deps'),
  bridge('forced refresh', 'threshold-above-life-stable-deps', '… with stable deps'),
  bridge(
    'stuck loading',
    'provider-keyed-by-token-not-forced',
    '`<ConvexProviderWithAuth key={accessToken}>`, `getAccessToken()`',
  ),
  bridge(
    'refresh loop',
    'provider-keyed-by-token',
    '`<ConvexProviderWithAuth key={accessToken}>`, `refresh()` on force',
  ),
  bridge('stuck loading', 'use-in-render', '`use(getAccessToken())`: a promise of each render', {
    canThrow: true,
    throwsOutside: true,
  }),
  bridge(
    'stuck loading',
    'use-in-render-flag',
    '… with `getAccessToken()` in the fetcher, and the token in `isAuthenticated`',
    {
      canThrow: true,
      throwsOutside: true,
    },
  ),
  bridge('stuck loading', 'loading-until-token', '`getAccessToken()`, with `!accessToken` in `isLoading`'),
  bridge(
    'stuck loading',
    'loading-until-token-of-user',
    '`getAccessToken()`, with `user && !accessToken` in `isLoading`',
  ),
  bridge(
    'refresh loop',
    'loading-until-token-of-user-forced',
    '`refresh()` on force, token `loading` and `user && !accessToken` in `isLoading`',
  ),
  bridge(
    'sign-in loop',
    'authenticated-with-token',
    '`getAccessToken()`, with `!!accessToken` in `isAuthenticated` alone',
  ),
  bridge(
    'sign-in loop',
    'authenticated-unless-token-loading',
    '`getAccessToken()`, with `!tokenLoading` in `isAuthenticated` alone',
  ),

  bridge('forced refresh', 'official-template', "`refresh()` on force, stable deps: the official docs' form"),
  bridge('forced refresh', 'official-template-uncaught', '… without `catch`', { canThrow: true }),
  bridge('forced refresh', 'last-token-in-catch-forced', '… with the last token where it fails'),
  bridge('forced refresh', 'always-refresh', '`refresh()` on each request'),
  bridge('forced refresh', 'guarded-token-loading', '`refresh()` on force, `loading && !hasToken` in `isLoading`'),
  bridge(
    'sign-in loop',
    'refresh-then-ref',
    '`refresh()` on force, then a ref of the token, `!!accessToken` in `isAuthenticated`',
  ),
  bridge('forced refresh', 'refresh-session-action', '`refreshSession()` in a server action on force'),
  bridge('forced refresh', 'own-route-refreshes', "a route of the app's own that calls `refreshSession()`, on force"),
  bridge('forced refresh', 'own-route-refreshes-always', '… on each request, without `catch`', { canThrow: true }),
  bridge(
    'forced refresh',
    'refresh-auth-guarded-loading',
    '`refreshAuth()` on force, `loading && !user` in `isLoading`',
  ),
  bridge('forced refresh', 'cool-down', '`refresh()` on force, with a cool-down', { tempered: 'cool-down' }),
  bridge('refresh loop', 'cool-down-token-loading', '… and token `loading` in `isLoading`'),
  bridge('forced refresh', 'mutex', '`refresh()` on force, with a mutex', { tempered: 'mutex' }),
  bridge('forced refresh', 'bounded-back-off', '`refresh()` on force, with bounded back-off', { tempered: 'back-off' }),
  bridge('forced refresh', 'retry-in-catch-delayed', '`refresh()`, retried three times with a delay', {
    tempered: 'back-off',
  }),

  bridge('refresh loop', 'token-loading-in-is-loading', '`refresh()` on force, token `loading` in `isLoading`'),
  bridge('refresh loop', 'mutex-token-loading', '… with a mutex'),
  bridge('refresh loop', 'refs-to-functions', '… through refs to the functions'),
  bridge('refresh loop', 'hook-wraps-hook', "… through a hook of the project's own"),
  bridge(
    'refresh loop',
    'memo-renewed-by-loading',
    '`refresh()` on force, an arrow inside `useMemo` with token `loading` in its deps',
  ),
  bridge('refresh loop', 'access-token-in-deps', '`refresh()` on force, `accessToken` in the deps'),
  bridge('refresh loop', 'forced-not-memoised', '`refresh()` on force, not memoised'),
  bridge(
    'refresh loop',
    'refresh-session-not-memoised',
    '`refreshSession()` in a server action on force, not memoised',
  ),
  bridge('refresh loop', 'refresh-auth-user-in-deps', '`refreshAuth()` on force, `user` in the deps'),
  bridge(
    'refresh loop',
    'refresh-auth-stable-deps',
    '`refreshAuth()` on force, stable deps, `isLoading` from `useAuth()`',
  ),
  bridge('refresh loop', 'own-state-in-is-loading', '`refresh()` on force, state set by the fetcher in `isLoading`'),
  bridge(
    'refresh loop',
    'own-state-in-is-authenticated',
    '`refresh()` on force, state set by the fetcher in `isAuthenticated`',
  ),
  bridge(
    'refresh loop',
    'reducer-in-is-loading',
    "`refresh()` on force, a reducer's state that the fetcher dispatches to in `isLoading`",
  ),
  bridge('refresh loop', 'ref-in-is-loading', '`refresh()` on force, a ref that the fetcher sets in `isLoading`'),
  bridge(
    'refresh loop',
    'transition-in-is-loading',
    '`refresh()` on force in a transition, `isPending` in `isLoading`',
  ),
  bridge(
    'refresh loop',
    'deferred-token-loading',
    '`refresh()` on force, a deferred copy of token `loading` in `isLoading`',
  ),
  bridge('refresh loop', 'retry-in-catch', '`refresh()`, retried three times without a delay'),
  bridge('refresh loop', 'retry-helper', '`refresh()`, retried by a helper without a delay'),
  bridge('refresh loop', 'retry-without-end', '`refresh()`, retried with a delay, but without an end'),
  bridge('refresh loop', 'recursion-retry', '`refresh()`, retried by recursion'),
  bridge('refresh loop', 'interval-retry', '`refresh()`, retried by an interval'),
  bridge('refresh loop', 'set-auth-refreshes', '`client.setAuth()` in an effect of `accessToken`, with `refresh()`'),

  bridge('signed out for good', 'token-ref', "a ref of `accessToken`: the docs' form before September 2025"),
  bridge('signed out for good', 'token-state', 'a state that holds the token'),
  bridge('signed out for good', 'token-in-reducer', "a reducer's state that holds the token"),
  bridge('signed out for good', 'token-closure', "the closure's `accessToken`"),
  bridge('signed out for good', 'token-closure-first', "the closure's `accessToken`, else `getAccessToken()`"),

  bridge(
    'signed out for good',
    'set-auth-snapshot',
    "`client.setAuth()` in an effect, with the closure's `accessToken`",
  ),

  bridge('fine', 'authkit-react', 'authkit-react: `getAccessToken()`, memoised'),
  bridge('forced refresh', 'authkit-react-force-refresh', 'authkit-react: `getAccessToken({ forceRefresh })`'),
  bridge('forced refresh', 'authkit-react-always-force', '… on each request, without `catch`', { canThrow: true }),
  bridge('forced refresh', 'authkit-react-single-flight', '… with a mutex, without `catch`', {
    tempered: 'mutex',
    canThrow: true,
  }),
  bridge('refresh loop', 'authkit-react-force-not-memoised', '… not memoised'),
];

/** The source of a bridge, as `observe` takes it. */
export async function sourceOf({ name, reactCompiler = false }: GalleryBridge): Promise<BridgeSource> {
  return { text: await readFile(join(galleryDirectory, `${name}.tsx`), 'utf8'), reactCompiler };
}
