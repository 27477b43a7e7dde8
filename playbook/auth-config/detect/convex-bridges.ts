/** Where an app hands AuthKit's tokens to Convex, and whether another service may sign its users in. */
import { perProject } from '../../../project/memos/per-project.ts';
import type { App } from '../../../project/project.ts';
import { runningFilesBelow } from '../../../project/modules/source-files.ts';

const AUTHKIT = /^@(?:workos-inc\/authkit-|convex-dev\/workos)/u;

/** Services whose tokens Convex takes as well. */
const OTHER_SERVICE =
  /^(?:@clerk\/|@auth0\/|@auth\/|@kinde|@supabase\/|@stytch\/|@descope\/|@convex-dev\/(?:auth|better-auth)$|@aws-amplify\/|@azure\/msal|better-auth$|next-auth$|aws-amplify$|firebase$|oidc-client|react-oidc-context)/u;

/** Whether an app signs in with AuthKit, and nothing shows another service. */
export function signsInWithAuthKit({ dependencies }: App): boolean {
  const names = [...dependencies];
  return names.some((name) => AUTHKIT.test(name)) && !names.some((name) => OTHER_SERVICE.test(name));
}

/** More files than these are not looked at. */
const MAX_FILES = 5_000;
const PROVIDER = /\bConvexProviderWithAuth(?:Kit)?\b/u;
const PACKAGES = /['"](?:convex\/react|@convex-dev\/workos)['"]/u;

/** The files of an app that hand a hook or client of AuthKit to Convex's provider, by path. */
export const bridgeFiles = perProject('convex bridges', ({ facts }, app: App): readonly string[] =>
  [...runningFilesBelow(app.root, facts, MAX_FILES)]
    .filter((path) => {
      const text = facts.text(path) ?? '';
      return PROVIDER.test(text) && PACKAGES.test(text);
    })
    .sort(),
);
