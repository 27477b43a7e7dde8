/**
 * `@workos-inc/node`: the client of WorkOS's API. Read in workos/workos-node `src/user-management/user-management.ts`, `src/sso/sso.ts`,
 * `src/user-management/session.ts`.
 */
import { type Entry, type Library } from './entry.ts';

const authorizationUrl: Entry = {
  startsSignIn: 'always',
  redirectSink: { kind: 'sign-in', argument: 0, member: 'redirectUri' },
};

const finishes: Entry = { finishesSignIn: 'by-hand' };

const logoutUrl: Entry = { redirectSink: { kind: 'sign-out', argument: 0, member: 'returnTo' } };

/** What every client has, however it was made. */
export const WORKOS_CLIENT = {
  userManagement: {
    members: {
      getAuthorizationUrl: authorizationUrl,
      getAuthorizationUrlWithPKCE: authorizationUrl,
      getLogoutUrl: logoutUrl,
      getLogoutUrlFromSessionCookie: logoutUrl,
      revokeSession: { endsSession: true },
      authenticateWithCode: finishes,
      authenticateWithCodeAndVerifier: finishes,
      authenticateWithSessionCookie: {},
      loadSealedSession: { returns: { getLogoutUrl: {}, refresh: {}, authenticate: {} } },
    },
  },
  sso: { members: { getAuthorizationUrl: authorizationUrl, getProfileAndToken: finishes } },
} satisfies Library['exports'];

export const workosNode: Library = {
  name: '@workos-inc/node',
  modules: ['@workos-inc/node', '@workos-inc/node/worker', '@workos-inc/node/client'],
  exports: {
    WorkOS: { returns: WORKOS_CLIENT },
    default: { returns: WORKOS_CLIENT },
    createWorkOS: { returns: WORKOS_CLIENT },
  },
};
