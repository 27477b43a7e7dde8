/** Whether a path signs users out: the route file that serves it is asked first, its name only where no file does. */
import type { App, Project } from '../../project/project.ts';
import { perProject } from '../../project/memos/per-project.ts';
import { type HrefPath, knownSearch } from '../links/hrefs.ts';
import type { Prefetcher } from '../links/prefetcher.ts';
import { type Outcome, type RouteEvidence, isOwnPath, outcomeAt } from '../route-handlers/routes.ts';
import { signOutFacts } from './handler-question.ts';
import { hasSignOutName, isNextAuthRoute, isNextAuthSignOut } from './names.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';

export interface SignOutRoute extends RouteEvidence {
  readonly evidence: 'name' | 'route' | 'settings';
}

/** Whether one of the apps that a file belongs to signs users out at a path that is prefetched; undefined when nothing says so. */
export function signOutRouteAt(
  project: Project,
  fromPath: string,
  path: HrefPath,
  prefetcher: Prefetcher = 'router',
): SignOutRoute | undefined {
  if (!isOwnPath(project, fromPath, path)) return undefined;
  const listed = listedInSettings(project, path.pathname);
  if (listed !== undefined)
    return listed ? { evidence: 'settings', shownBy: 'listed in settings.authkit.signOutPaths' } : undefined;
  const apps = project.appsFor(fromPath);
  let isServed = false;
  for (const app of apps) {
    const outcome = signOutAt(project, app, path.pathname, prefetcher, knownSearch(path));
    isServed ||= outcome !== 'unserved';
    if (typeof outcome === 'object') return outcome;
  }
  if (isServed || path.needsRoute || !hasSignOutName(path.pathname)) return undefined;
  // Without a file of its own this is where NextAuth puts its confirmation page.
  if (isNextAuthSignOut(path.pathname) && !apps.some(usesAuthKit)) return undefined;
  return { evidence: 'name', shownBy: 'no route file found' };
}

/** True: listed. False: the list replaces everything else, and lacks it. Undefined: it says nothing. */
export function listedInSettings(project: Project, pathname: string): boolean | undefined {
  const { signOutPaths } = project.settings.authkit;
  if (!signOutPaths) return undefined;
  const isReplacing = 'replace' in signOutPaths;
  const list: readonly string[] = isReplacing ? signOutPaths.replace : signOutPaths;
  if (list.some((path) => isSamePath(path, pathname))) return true;
  return isReplacing ? false : undefined;
}

const isSamePath = (a: string, b: string): boolean => a.replace(/\/+$/u, '') === b.replace(/\/+$/u, '');

const signOutAt = perProject(
  'sign-out route',
  (project, app: App, pathname: string, prefetcher: Prefetcher, [search]: readonly string[]): Outcome<SignOutRoute> =>
    outcomeAt<string, SignOutRoute>(
      {
        isOther: isNextAuthRoute,
        factsOf: ({ file, route: { kind, params }, search: asked }) =>
          signOutFacts(file, kind === 'api', project, { params, prefetcher, search: asked }),
        judge: ({ file, pathname: served }, facts) => {
          const shown = project.display(file.path);
          if (facts.done !== undefined) return { evidence: 'route', shownBy: `${shown}: ${facts.done}` };
          if (facts.isHarmless() || !hasSignOutName(served)) return undefined;
          return { evidence: 'route', shownBy: `${shown}, by its name` };
        },
      },
      project,
      app,
      pathname,
      search,
    ),
);

function usesAuthKit({ dependencies }: App): boolean {
  return dependencies.has(AUTHKIT) && !dependencies.has('next-auth');
}
