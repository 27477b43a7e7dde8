/**
 * `@workos-inc/node`: the client of WorkOS's API. Read in workos/workos-node `src/user-management/user-management.ts`, `src/sso/sso.ts`,
 * `src/user-management/session.ts`.
 */
import { type Entry, type Library } from './entry.ts';

const authorizationUrl: Entry = {
  startsSignIn: 'always',
  redirectSink: { kind: 'sign-in', argument: 0, member: 'redirectUri', isRequired: true },
};

const finishes: Entry = { finishesSignIn: 'by-hand' };

const logoutUrl: Entry = {
  redirectSink: { kind: 'sign-out', argument: 0, member: 'returnTo', isRequired: true },
};

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

const client: Entry = { makesWorkOSClient: true, returns: WORKOS_CLIENT };

export const workosNode: Library = {
  name: '@workos-inc/node',
  modules: ['@workos-inc/node', '@workos-inc/node/worker', '@workos-inc/node/client'],
  exports: {
    WorkOS: client,
    default: client,
    createWorkOS: client,
  },
};
