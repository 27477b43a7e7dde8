/** Whether a path signs people out: the route file that serves it is asked first, its name only where no file does. */
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { App, Project, Route, ServedRoute } from '../../project/project.ts';
import { type HandlerFacts, apiHandlerFacts, getHandlerFacts } from './handler.ts';
import { ownOrigins } from './origins.ts';
import { type HrefPath, hasSignOutName, hrefPathsOf, isNextAuthRoute, isNextAuthSignOut } from './paths.ts';
import { type Phase, rewrittenAt } from './rewrites.ts';

/** How many redirects and rewrites are followed. */
const MAX_HOPS = 3;

export interface SignOutRoute {
  readonly evidence: 'name' | 'route' | 'settings';
  /** What shows it, as the end of "'/x' signs people out …": `on GET (app/x/route.ts calls signOut())`. */
  readonly because: string;
}

/** Whether one of the apps that a file belongs to signs people out at a path; undefined when nothing says so. */
export function signOutRouteAt(project: Project, fromPath: string, path: HrefPath): SignOutRoute | undefined {
  if (path.origin !== undefined && !ownOrigins(project, fromPath).has(path.origin)) return undefined;
  const listed = listedInSettings(project, path.pathname);
  if (listed !== undefined)
    return listed ? { evidence: 'settings', because: 'by settings.authkit.signOutPaths' } : undefined;
  const apps = project.appsFor(fromPath);
  let isServed = false;
  for (const app of apps) {
    const answer = routeOf(project, app, path.pathname, MAX_HOPS);
    isServed ||= answer !== 'unserved';
    if (typeof answer === 'object') return answer;
  }
  if (isServed || path.needsRoute || !hasSignOutName(path.pathname)) return undefined;
  // Without a file of its own this is where NextAuth puts its confirmation page.
  if (isNextAuthSignOut(path.pathname) && !apps.some(usesAuthKit)) return undefined;
  return { evidence: 'name', because: 'by its name (this app has no route of its own for it)' };
}

/** True: listed. False: the list stands in the place of everything else, and lacks it. Undefined: it says nothing. */
export function listedInSettings(project: Project, pathname: string): boolean | undefined {
  const { signOutPaths } = project.settings.authkit;
  if (!signOutPaths) return undefined;
  const isReplacing = 'replace' in signOutPaths;
  const list: readonly string[] = isReplacing ? signOutPaths.replace : signOutPaths;
  if (list.some((path) => isSamePath(path, pathname))) return true;
  return isReplacing ? false : undefined;
}

const isSamePath = (a: string, b: string): boolean => a.replace(/\/+$/u, '') === b.replace(/\/+$/u, '');

type Answer = SignOutRoute | 'harmless' | 'unserved';

/** What an app answers a path with, in the order in which Next.js looks: its config's redirects and rewrites among the files. */
function routeOf(project: Project, app: App, pathname: string, hops: number): Answer {
  const elsewhere = (phase: Phase): Answer | undefined =>
    hops > 0 ? rewritten(project, app, pathname, phase, hops) : undefined;
  const before = elsewhere('redirect') ?? elsewhere('beforeFiles');
  if (before) return before;
  const route = project.servingRoute(app, pathname);
  const isStatic = route?.segments.every((segment) => !segment.startsWith('[')) === true;
  const after = isStatic ? undefined : elsewhere('afterFiles');
  if (after) return after;
  return route ? servedBy(project, app, route, pathname, hops) : (elsewhere('fallback') ?? 'unserved');
}

/** What the path has that the config leads this one to. Another site is not this app's; what is redirected there keeps its session. */
function rewritten(project: Project, app: App, pathname: string, phase: Phase, hops: number): Answer | undefined {
  const target = rewrittenAt(project, app, pathname, phase);
  if (!target) return undefined;
  if (target.pathname === undefined) return phase === 'redirect' ? 'harmless' : 'unserved';
  // A rewrite of a path to itself only says where it stands in the order.
  if (target.pathname === pathname) return undefined;
  const answer = routeOf(project, app, target.pathname, hops - 1);
  if (typeof answer !== 'object') return answer;
  const config = app.configPath === undefined ? 'next.config' : project.display(app.configPath);
  return { evidence: answer.evidence, because: `on GET (${config} ${target.verb} it to '${target.pathname}')` };
}

function servedBy(project: Project, app: App, route: ServedRoute, pathname: string, hops: number): Answer {
  // A page for any first segment (`[workspace]`) says nothing of this one: nobody links there by the name of sign-out.
  if (route.kind === 'page' || route.kind === 'pages-page') return isForAnything(route) ? 'unserved' : 'harmless';
  if (isNextAuthRoute(route.path)) return 'harmless';
  const file = project.sourceFile(route.path);
  if (!file) return 'unserved';
  const facts = (route.kind === 'route' ? getHandlerFacts : apiHandlerFacts)(file, project, route.params);
  if (!facts) return 'harmless';
  return described(project, file, facts, pathname) ?? redirected(project, app, file, facts, hops) ?? 'harmless';
}

/** The router's `fetch` follows a redirect: to another sign-out route of the app. */
function redirected(
  project: Project,
  app: App,
  file: SourceFile,
  facts: HandlerFacts,
  hops: number,
): SignOutRoute | undefined {
  if (hops === 0 || facts.isHarmless()) return undefined;
  for (const target of facts.redirects().flatMap(hrefPathsOf)) {
    if (target.origin !== undefined) continue;
    const answer = routeOf(project, app, target.pathname, hops - 1);
    if (typeof answer === 'object') {
      return { evidence: 'route', because: `on GET (${project.display(file.path)} redirects to '${target.pathname}')` };
    }
  }
  return undefined;
}

const isForAnything = ({ segments }: Route): boolean => segments.every((segment) => segment.startsWith('['));

function described(
  project: Project,
  file: SourceFile,
  facts: HandlerFacts,
  pathname: string,
): SignOutRoute | undefined {
  const shown = project.display(file.path);
  if (facts.signsOutBy !== undefined) return { evidence: 'route', because: `on GET (${shown}: ${facts.signsOutBy})` };
  if (facts.isHarmless() || !hasSignOutName(pathname)) return undefined;
  return { evidence: 'route', because: `on GET (${shown}, by its name)` };
}

function usesAuthKit({ dependencies }: App): boolean {
  return dependencies.has('@workos-inc/authkit-nextjs') && !dependencies.has('next-auth');
}
