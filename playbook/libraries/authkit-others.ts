/**
 * The other SDKs of AuthKit. Read in their sources: `authkit-react` 0.16 `src/{provider,hook}.tsx`, `authkit-js` `src/create-client.ts`,
 * `@workos/authkit-tanstack-react-start` `src/server/*` and `src/client/*`, `authkit-remix` and `authkit-react-router` `src/*`.
 */
import { type Library, KNOWN, whenOption } from './entry.ts';

/** What an application's client object, or the hook around it, has. */
const CLIENT = {
  signOut: { endsSession: true, redirectSink: { kind: 'sign-out', argument: 0, member: 'returnTo' } },
  signIn: { startsSignIn: 'always' },
  signUp: { startsSignIn: 'always' },
  getAccessToken: KNOWN,
  switchToOrganization: { switchesOrganization: 'always' },
} satisfies Library['exports'];

export const authkitReact: Library = {
  name: '@workos-inc/authkit-react',
  modules: ['@workos-inc/authkit-react'],
  exports: { AuthKitProvider: KNOWN, useAuth: { returns: CLIENT } },
};

export const authkitJs: Library = {
  name: '@workos-inc/authkit-js',
  modules: ['@workos-inc/authkit-js'],
  exports: { createClient: { returns: CLIENT } },
};

export const authkitTanstackStart: Library = {
  name: '@workos/authkit-tanstack-react-start',
  modules: ['@workos/authkit-tanstack-react-start', '@workos/authkit-tanstack-react-start/client'],
  exports: {
    signOut: { endsSession: true },
    getSignInUrl: { startsSignIn: 'always' },
    getSignUpUrl: { startsSignIn: 'always' },
    handleCallbackRoute: { finishesSignIn: 'handler-factory' },
    useAuth: {
      returns: {
        signOut: { endsSession: true },
        refreshAuth: { switchesOrganization: whenOption('organizationId') },
        switchToOrganization: { switchesOrganization: 'always' },
      },
    },
    useAccessToken: { returns: { getAccessToken: KNOWN, refresh: KNOWN } },
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
