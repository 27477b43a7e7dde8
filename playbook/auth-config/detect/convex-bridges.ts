/** Where an app hands AuthKit's tokens to Convex, and whether another service may sign its users in. */
import type { App, Project } from '../../../project/project.ts';
import { isTestFile, sourceFilesBelow } from '../../../project/source-files.ts';

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
export function bridgeFiles(app: App, { facts }: Project): readonly string[] {
  return facts.memo(`convex-bridges:${app.root}`, () => {
    const found: string[] = [];
    let left = MAX_FILES;
    for (const path of sourceFilesBelow(app.root, facts)) {
      left -= 1;
      if (left < 0) break;
      const text = isTestFile(path) ? undefined : facts.text(path);
      if (text !== undefined && PROVIDER.test(text) && PACKAGES.test(text)) found.push(path);
    }
    return found.sort();
  });
}
