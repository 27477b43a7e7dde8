/**
 * What the members of the WorkOS SDKs' hooks do, as far as a token bridge is concerned. Read in the source of
 * `@workos-inc/authkit-nextjs` 4.3 (`src/components/{useAccessToken,tokenStore,authkit-provider}`), `authkit-react` 0.16
 * (`src/provider.tsx`) and `authkit-js` (`src/create-client.ts`); see PLAYBOOK section 2.
 */

/** - `next`: authkit-nextjs, and the TanStack SDK with the same hooks. `react`: authkit-react and authkit-js, whose one hook has all. */
export type SdkKind = 'next' | 'react';

const SDKS: Readonly<Record<string, SdkKind>> = {
  '@workos-inc/authkit-nextjs': 'next',
  '@workos-inc/authkit-nextjs/components': 'next',
  '@workos/authkit-tanstack-react-start': 'next',
  '@workos/authkit-tanstack-react-start/client': 'next',
  '@workos-inc/authkit-react': 'react',
  '@workos-inc/authkit-js': 'react',
};

/** How a WorkOS token is renewed by force; what it changes in what the hooks return. */
export type ForcedKind =
  /** `useAccessToken().refresh()`: sets `loading` while it runs, replaces `accessToken`. */
  | 'refresh'
  /** `useAuth().refreshAuth()`: sets `useAuth().loading`, replaces the user object. */
  | 'refreshAuth'
  /** `refreshSession()` on the server: the hooks don't hear of it. */
  | 'refreshSession'
  /** `getAccessToken({ forceRefresh: true })` of authkit-react: the user object stays when nothing in it changed. */
  | 'forceRefresh';

/** What a member of a WorkOS SDK is to a bridge. */
export type Role =
  /** `getAccessToken`: answers from the cache, renews what is about to expire. */
  | { readonly kind: 'ask'; readonly sdk: SdkKind }
  | { readonly kind: 'forced'; readonly by: ForcedKind }
  /** A value that the hook returns; `user` stands for all that `refreshAuth()` replaces. */
  | { readonly kind: 'value'; readonly name: WorkOSValue }
  /** Switches to another organization, whose token `getAccessToken()` does not return before the old one expires. */
  | { readonly kind: 'switch' }
  /** Everything else, functions and strings that stay the same. */
  | { readonly kind: 'other' };

export type WorkOSValue = 'auth.loading' | 'token.error' | 'token.loading' | 'token.value' | 'token' | 'user';

const REPLACED_WITH_USER = new Set(['user', 'permissions', 'roles', 'entitlements', 'featureFlags', 'impersonator']);

export const sdkOf = (module: string): SdkKind | undefined => SDKS[module];

/** What a member of what a hook returned is: `roleOf('next', 'useAccessToken', ['refresh'])`. */
export function roleOf(sdk: SdkKind, hook: string, path: readonly string[]): Role {
  const [first, ...rest] = path;
  const isToken = sdk === 'next' && hook === 'useAccessToken';
  // The whole of useAccessToken() is a new object in each render; the whole of useAuth() is the provider's, renewed with the user.
  if (first === undefined) return { kind: 'value', name: isToken ? 'token' : 'user' };
  if (path.at(-1) === 'accessToken') return { kind: 'value', name: 'token.value' };
  if (rest.length > 0) return { kind: 'other' };
  switch (first) {
    case 'getAccessToken':
      return { kind: 'ask', sdk };
    case 'refresh':
      return isToken ? { kind: 'forced', by: 'refresh' } : { kind: 'other' };
    case 'refreshAuth':
      return { kind: 'forced', by: 'refreshAuth' };
    case 'switchToOrganization':
      return { kind: 'switch' };
    case 'loading':
    case 'isLoading':
      return { kind: 'value', name: isToken ? 'token.loading' : 'auth.loading' };
    case 'error':
      return isToken ? { kind: 'value', name: 'token.error' } : { kind: 'other' };
    default:
      return REPLACED_WITH_USER.has(first) ? { kind: 'value', name: 'user' } : { kind: 'other' };
  }
}

const SERVER_SESSIONS = new Set(['authkit', 'getAuth', 'refreshSession', 'withAuth']);

/** Whether a member of what a function of the server returned is the token: `(await withAuth()).accessToken`. */
export const isServerToken = (name: string, path: readonly string[]): boolean =>
  SERVER_SESSIONS.has(name) && path.at(-1) === 'accessToken';

/** What an export of an SDK is when it is called without being a hook: `refreshSession()`, `createClient()`. */
export function roleOfExport(name: string): Role {
  if (name === 'refreshSession') return { kind: 'forced', by: 'refreshSession' };
  if (name === 'switchToOrganization') return { kind: 'switch' };
  return { kind: 'other' };
}
