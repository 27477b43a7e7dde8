/** Which files may link to a sign-out route, and which handlers may end a session, by their texts: no others are worth parsing. */
import { perProject } from '../../project/per-project.ts';
import type { App, Project, Route } from '../../project/project.ts';
import { hrefPathsOf } from '../links/hrefs.ts';
import { createTextGate } from '../links/text-gate.ts';
import { handlerTextTest } from '../route-handlers/handler-text.ts';
import { segmentsOfRoutes } from '../route-handlers/route-segments.ts';
import { signOutFacts } from './handler-question.ts';
import { hasSignOutName, isNextAuthRoute } from './names.ts';
import { signOutRouteAt } from './routes.ts';

/** What libraries call it; a function of the project's own does one of the other things, there or in what it imports. */
const ENDS = /\bsignOut\b|\bgetLogoutUrl\b|\b(?:invalidate|revoke)Session\b|clear-site-data|sessions\/logout/iu;

/** A path that a handler may send the browser on to. */
const SIGN_OUT_PATH = /\/(?:sign|log)[-_]?(?:out|off)\b/iu;

/** The calls and headers that clear a cookie or a session (session-end.ts); what is deleted where something holds is a row of a database. */
const CLEARS =
  /\.(?:delete(?!\(\s*\{\s*where\b)|destroy)\(|\bde(?:stroy|lete)Cookie\(|max-?age['"]?\s*[:=]\s*(?:0\b|-)|new Date\(\s*(?:0|['"](?:1970|Thu, 01))|1970|\.set\([^()]*,\s*(?:''|"")/iu;

const endsSession = handlerTextTest(
  'sign-out',
  (text) =>
    ENDS.test(text) ||
    (text.includes('.getAll(') && text.includes('.delete(')) ||
    (/sess/iu.test(text) && /cookie|\.destroy\(/iu.test(text) && CLEARS.test(text)),
);

/** Whether a handler's text has a path of that name, to send the browser on to. */
const mayLeadToSignOut = (text: string): boolean => SIGN_OUT_PATH.test(text);

/** Whether a handler, or a module that it imports, names one of the ways to sign out. `text` may not be the one on disk. */
export const mayEndSession = (project: Project, text: string, path: string): boolean =>
  mayLeadToSignOut(text) || endsSession.ofText(project, text, path);

/**
 * The last segment of a path, or a text that is made into one: `'/sign-out'`, `` `${base}logout` ``; `signOut()` and `'Log out?'` are none.
 * Also its start, where the rest is joined to it: `` `/sign-${'out'}` ``.
 */
const SIGN_OUT_SEGMENT = /['"`/}](?:sign|log)(?:[-_]?(?:out|off)?['"`/?#$\\])/giu;

/** False for no file that the finder has something to say of. */
export const mayPrefetchSignOut = createTextGate({
  name: 'sign-out',
  segments: SIGN_OUT_SEGMENT,
  segmentsFor: otherSegmentsFor,
});

/** Last segments of the sign-out paths that their names don't show: by settings, or by what the route's GET does. */
function otherSegmentsFor(project: Project, path: string): readonly string[] {
  const { signOutPaths = [] } = project.settings.authkit;
  const listed: readonly string[] = 'replace' in signOutPaths ? signOutPaths.replace : signOutPaths;
  return [
    ...listed.map((one) => one.split('/').findLast(Boolean) ?? '').filter(Boolean),
    ...project.appsFor(path).flatMap((app) => servedSegments(project, app)),
  ];
}

const servedSegments = perProject('sign-out segments', (project, app: App) =>
  segmentsOfRoutes(project, app, (route, last) => signsOut(project, route, last)).filter(
    (segment) => !hasSignOutName(segment),
  ),
);

function signsOut(project: Project, { kind, path, segments }: Route, last: string): boolean {
  const isDynamic = segments.at(-1) !== last;
  if (!isDynamic && hasSignOutName(last)) return true;
  if (isNextAuthRoute(path)) return false;
  if (isDynamic && endsSession.ofFile(project, path)) return true;
  const text = project.facts.text(path) ?? '';
  if (!mayEndSession(project, text, path)) return false;
  const file = project.sourceFile(path);
  const facts = file && signOutFacts(file, kind === 'api', project);
  if (!facts) return false;
  if (facts.done !== undefined) return true;
  return (
    mayLeadToSignOut(text) &&
    facts
      .redirects()
      .flatMap(hrefPathsOf)
      .some((target) => signOutRouteAt(project, path, target) !== undefined)
  );
}
