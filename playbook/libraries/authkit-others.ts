/**
 * The other SDKs of AuthKit. Read in their sources: `authkit-react` 0.16 `src/{provider,hook}.tsx`, `authkit-js` `src/create-client.ts`,
 * `@workos/authkit-tanstack-react-start` `src/server/*` and `src/client/*`, `authkit-remix` and `authkit-react-router` `src/*`.
 */
import { accessTokenHook } from './authkit-nextjs.ts';
import { type Library, KNOWN, WITH_USER, forced, value, whenOption } from './entry.ts';

/** What an application's client object, or the hook around it, has. */
const CLIENT = {
  signOut: { endsSession: true },
  signIn: { startsSignIn: 'always' },
  signUp: { startsSignIn: 'always' },
  ...WITH_USER,
  getAccessToken: { token: { kind: 'ask', mayForce: true } },
  isLoading: value('auth.loading'),
  switchToOrganization: { switchesOrganization: 'always' },
} satisfies Library['exports'];

export const authkitReact: Library = {
  name: '@workos-inc/authkit-react',
  modules: ['@workos-inc/authkit-react'],
  sdk: 'react',
  exports: { AuthKitProvider: KNOWN, useAuth: { ...value('user'), returns: CLIENT } },
};

export const authkitJs: Library = {
  name: '@workos-inc/authkit-js',
  modules: ['@workos-inc/authkit-js'],
  sdk: 'react',
  exports: { createClient: { returns: CLIENT } },
};

export const authkitTanstackStart: Library = {
  name: '@workos/authkit-tanstack-react-start',
  modules: ['@workos/authkit-tanstack-react-start', '@workos/authkit-tanstack-react-start/client'],
  sdk: 'next',
  exports: {
    signOut: { endsSession: true },
    getAuth: { returnsSession: true },
    switchToOrganization: { switchesOrganization: 'always' },
    getSignInUrl: { startsSignIn: 'always' },
    getSignUpUrl: { startsSignIn: 'always' },
    handleCallbackRoute: { finishesSignIn: 'handler-factory' },
    useAuth: {
      ...value('user'),
      returns: {
        signOut: { endsSession: true },
        ...WITH_USER,
        loading: value('auth.loading'),
        refreshAuth: { ...forced('refreshAuth'), switchesOrganization: whenOption('organizationId') },
        switchToOrganization: { switchesOrganization: 'always' },
      },
    },
    useAccessToken: accessTokenHook,
  },
};

export const authkitRemix: Library = {
  name: '@workos-inc/authkit-remix',
  modules: ['@workos-inc/authkit-remix', '@workos-inc/authkit-react-router'],
  exports: {
    signOut: { endsSession: true },
    getSignInUrl: { startsSignIn: 'always' },
    getSignUpUrl: { startsSignIn: 'always' },
    authLoader: { finishesSignIn: 'handler-factory' },
  },
};
