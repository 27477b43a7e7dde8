/**
 * The bridges that are observed. Each is a file of gallery/ that exports `useBridge`, written as people write it; the
 * rules are given the same text. `verdict` and `canThrow` are what is expected to be observed.
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
  readonly reactCompiler?: boolean;
}

type Details = Partial<Pick<GalleryBridge, 'canThrow' | 'tempered' | 'reactCompiler'>>;

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
  bridge('fine', 'user-in-deps-not-forced', '… with `user` in the deps'),
  bridge('stuck loading', 'access-token-in-deps-not-forced', '… with `accessToken` in the deps'),
  bridge('fine', 'error-logged-only', '… with the error logged, but not heeded'),
  bridge('fine', 'get-access-token-uncaught', '… without `catch`', { canThrow: true }),
  bridge('fine', 'get-or-refresh', '`getAccessToken() ?? refresh()`'),
  bridge('fine', 'get-then-refresh-in-catch', '`getAccessToken()`, and one `refresh()` where that fails'),
  bridge('fine', 'not-memoised-signed-out', '`getAccessToken()`, not memoised, never authenticated'),
  bridge('auth loop', 'get-access-token-not-memoised', '`getAccessToken()` only, but not memoised'),

  bridge('forced refresh', 'official-template', "`refresh()` on force, stable deps: the official docs' form"),
  bridge('forced refresh', 'official-template-uncaught', '… without `catch`', { canThrow: true }),
  bridge('forced refresh', 'always-refresh', '`refresh()` on each request'),
  bridge('forced refresh', 'guarded-token-loading', '`refresh()` on force, `loading && !hasToken` in `isLoading`'),
  bridge('forced refresh', 'refresh-then-ref', '`refresh()` on force, then a ref of the token'),
  bridge('forced refresh', 'refresh-session-action', '`refreshSession()` in a server action on force'),
  bridge(
    'forced refresh',
    'refresh-auth-guarded-loading',
    '`refreshAuth()` on force, `loading && !user` in `isLoading`',
  ),
  bridge('forced refresh', 'cool-down', '`refresh()` on force, with a cool-down', { tempered: 'cool-down' }),
  bridge('forced refresh', 'cool-down-token-loading', '… and token `loading` in `isLoading`', {
    tempered: 'cool-down',
  }),
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

  bridge('signed out for good', 'token-ref', "a ref of `accessToken`: the docs' form before September 2025"),
  bridge('signed out for good', 'token-state', 'a state that holds the token'),
  bridge('signed out for good', 'token-in-reducer', "a reducer's state that holds the token"),
  bridge('signed out for good', 'token-closure', "the closure's `accessToken`"),
  bridge('signed out for good', 'token-closure-first', "the closure's `accessToken`, else `getAccessToken()`"),
  bridge('stuck loading', 'token-closure-or-get', "the closure's `accessToken`, on force `getAccessToken()`"),

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
