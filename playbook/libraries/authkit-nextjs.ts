/**
 * `@workos-inc/authkit-nextjs`. Read in its source: 4.3.2 `src/{auth,session,middleware,middleware-helpers,authkit-callback-route}.ts`,
 * `src/components/{authkit-provider,useAccessToken}.tsx`; since 3.0.0 starting a sign-in sets a PKCE cookie (PLAYBOOK §6 and §7).
 */
import { type Entry, type Library, ASK, KNOWN, WITH_USER, forced, value, whenOption } from './entry.ts';

export const AUTHKIT = '@workos-inc/authkit-nextjs';

/** The first version in which starting a sign-in sets a cookie. */
export const PKCE_VERSION = '3.0.0';

const ENSURE_SIGNED_IN = whenOption('ensureSignedIn');

const proxy: Entry = {
  proxy: 'factory',
  redirectSink: { kind: 'proxy', argument: 0, member: 'redirectUri' },
};

const signInUrl: Entry = {
  startsSignIn: 'always',
  writesCookie: { when: 'always', since: PKCE_VERSION },
  redirectSink: { kind: 'sign-in', argument: 0, member: 'redirectUri' },
};

const returnTo = { kind: 'sign-out', argument: 0, member: 'returnTo' } as const;

/** What runs on the server. */
export const authkitNextjs: Library = {
  name: AUTHKIT,
  modules: [AUTHKIT],
  sdk: 'next',
  exports: {
    authkitProxy: proxy,
    authkitMiddleware: proxy,
    authkit: {
      proxy: 'function',
      returnsSession: true,
      returnsSessionHeaders: true,
      redirectSink: { kind: 'proxy', argument: 1, member: 'redirectUri' },
    },
    handleAuthkitHeaders: { sendsSessionHeaders: true },
    handleAuthkitProxy: { sendsSessionHeaders: true },
    partitionAuthkitHeaders: { sendsSessionHeaders: true, resultForPage: 'requestHeaders' },
    applyResponseHeaders: { sendsSessionHeaders: true, finishesResponse: true },
    getSignInUrl: signInUrl,
    getSignUpUrl: signInUrl,
    // Exported until 2.x.
    getAuthorizationUrl: {
      startsSignIn: 'always',
      redirectSink: { kind: 'sign-in', argument: 0, member: 'redirectUri' },
    },
    handleAuth: {
      finishesSignIn: 'handler-factory',
      redirectSink: { kind: 'callback', argument: 0, member: 'baseURL' },
    },
    withAuth: {
      returnsSession: true,
      needsProxy: true,
      startsSignIn: ENSURE_SIGNED_IN,
      leavesByException: ENSURE_SIGNED_IN,
      writesCookie: { when: ENSURE_SIGNED_IN, since: PKCE_VERSION, signedOutOnly: true },
    },
    // Reads the cookie, not the headers.
    refreshSession: {
      ...forced('refreshSession'),
      returnsSession: true,
      startsSignIn: ENSURE_SIGNED_IN,
      leavesByException: ENSURE_SIGNED_IN,
      writesCookie: { when: 'always' },
    },
    saveSession: { writesCookie: { when: 'always' } },
    switchToOrganization: {
      switchesOrganization: 'always',
      writesCookie: { when: 'always' },
      leavesByException: { argument: 1, option: 'revalidationStrategy', unless: 'none' },
    },
    signOut: {
      endsSession: true,
      writesCookie: { when: 'always' },
      leavesByException: 'always',
      redirectSink: returnTo,
    },
    checkRecentAuth: { needsProxy: true },
    getTokenClaims: KNOWN,
    getWorkOS: { makesWorkOSClient: true },
  },
};

/** `useAccessToken()`, the same in the SDK for TanStack Start: a new object in each render. */
export const accessTokenHook: Entry = {
  ...value('token'),
  returns: {
    accessToken: value('token.value'),
    error: value('token.error'),
    getAccessToken: ASK,
    loading: value('token.loading'),
    refresh: forced('refresh'),
  },
};

/** What runs in the browser. `useAuth().signOut()` calls the server's (`src/components/authkit-provider.tsx`). */
export const authkitNextjsComponents: Library = {
  name: '@workos-inc/authkit-nextjs/components',
  modules: ['@workos-inc/authkit-nextjs/components'],
  sdk: 'next',
  exports: {
    AuthKitProvider: KNOWN,
    Impersonation: KNOWN,
    useAccessToken: accessTokenHook,
    useAuth: {
      ...value('user'),
      returns: {
        ...WITH_USER,
        loading: value('auth.loading'),
        signOut: { endsSession: true, redirectSink: { ...returnTo, isInBrowser: true } },
        refreshAuth: { ...forced('refreshAuth'), switchesOrganization: whenOption('organizationId') },
        switchToOrganization: { switchesOrganization: 'always' },
      },
    },
    useTokenClaims: KNOWN,
  },
};
