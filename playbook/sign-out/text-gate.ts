/** Which files may link to a sign-out route, and which handlers may end a session, by their texts: no others are worth parsing. */
import { createImportTest } from '../../project/modules/imports.ts';
import { perProject } from '../../project/memos/per-project.ts';
import type { App, Project, Route } from '../../project/project.ts';
import { hrefPathsOf } from '../links/hrefs.ts';
import { createTextGate } from '../links/gate/text-gate.ts';
import { isSegmentOf, segmentsOfRoutes } from '../route-handlers/route-segments.ts';
import { signOutFacts } from './handler-question.ts';
import { hasSignOutName, isNextAuthRoute } from './names.ts';
import { signOutRouteAt } from './routes.ts';
import { cookieNamesFor } from './cookie-names.ts';
import { mayClearCookieIn, mayEndSessionIn, mayNameSessionIn } from './session-end.ts';

/** A path that a handler may send the browser on to. */
const SIGN_OUT_PATH = /\/(?:sign|log)[-_]?(?:out|off)\b/iu;

const endsSession = createImportTest({ of: 'code', text: { test: mayEndSessionIn }, calls: 1 });

/** `clear('wos-session')` of a helper that clears what it is given. */
const clearsCookie = createImportTest({ of: 'code', text: { test: mayClearCookieIn }, calls: 1 });

/** Whether a handler's text has a path of that name, to send the browser on to. */
const mayLeadToSignOut = (text: string): boolean => SIGN_OUT_PATH.test(text);

/** Whether a handler, or a module that it imports, names one of the ways to sign out. `text` may not be the one on disk. */
export const mayEndSession = (project: Project, text: string, path: string): boolean =>
  mayLeadToSignOut(text) ||
  endsSession(project, text, path) ||
  (mayNameSessionIn(text, cookieNamesFor(project, path)) && clearsCookie(project, text, path));

/**
 * The last segment of a path, or a text that is made into one: `'/sign-out'`, `` `${base}logout` ``; `signOut()` and `'Log out?'` are none.
 * Also its start, where the rest is joined to it: `` `/sign-${'out'}` ``.
 */
const SIGN_OUT_SEGMENT = /['"`/}](?:sign|log)(?:[-_]?(?:out|off)?['"`/?#$\\])/giu;

/** Which files may prefetch a sign-out route, and which may lead to one in any other way. */
export const {
  mayName: mayNameSignOut,
  mayPrefetch: mayPrefetchSignOut,
  sourcesIn: signOutSourcesIn,
} = createTextGate({
  name: 'sign-out',
  segments: SIGN_OUT_SEGMENT,
  segmentsFor: (project, path) => [
    ...listedSegments(project),
    ...project.appsFor(path).flatMap((app) => routeSegments(project, app).map(({ segment }) => segment)),
  ],
  isConfirmed: (project, path, segment) =>
    listedSegments(project).includes(segment) ||
    project.appsFor(path).some((app) => isSignOutSegment(project, app, segment)),
});

/** Last segments of the sign-out paths that the settings list. */
function listedSegments({ settings }: Project): readonly string[] {
  const { signOutPaths = [] } = settings.authkit;
  const listed: readonly string[] = 'replace' in signOutPaths ? signOutPaths.replace : signOutPaths;
  return listed.map((one) => one.split('/').findLast(Boolean) ?? '').filter(Boolean);
}

/** Those of the routes whose names do not show it, but whose texts may. */
const routeSegments = perProject('sign-out segments', (project, app: App) =>
  segmentsOfRoutes(project, app, (route, last) => maySignOut(project, route, last)).filter(
    ({ segment }) => !hasSignOutName(segment),
  ),
);

const isSignOutSegment = perProject('sign-out segment', (project, app: App, segment: string) =>
  isSegmentOf(routeSegments(project, app), segment, (route, last) => signsOut(project, route, last)),
);

const isDynamic = ({ segments }: Route, last: string): boolean => segments.at(-1) !== last;

function maySignOut(project: Project, route: Route, last: string): boolean {
  if (!isDynamic(route, last) && hasSignOutName(last)) return true;
  if (isNextAuthRoute(route.path)) return false;
  return mayEndSession(project, project.facts.text(route.path) ?? '', route.path);
}

function signsOut(project: Project, route: Route, last: string): boolean {
  const text = project.facts.text(route.path) ?? '';
  // What a dynamic route does depends on the path.
  if (isDynamic(route, last) && mayEndSessionIn(text)) return true;
  const file = project.sourceFile(route.path);
  const facts = file && signOutFacts(file, route.kind === 'api', project);
  if (!facts) return false;
  if (facts.done !== undefined) return true;
  return (
    mayLeadToSignOut(text) &&
    facts
      .redirects()
      .flatMap(hrefPathsOf)
      .some((target) => signOutRouteAt(project, route.path, target) !== undefined)
  );
}
