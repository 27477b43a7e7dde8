/** Which files may link to a sign-out route, and which handlers may end a session, by their texts: no others are worth parsing. */
import { createImportTest } from '../../project/imports.ts';
import { perProject } from '../../project/per-project.ts';
import type { App, Project, Route } from '../../project/project.ts';
import { hrefPathsOf } from '../links/hrefs.ts';
import { createTextGate } from '../links/text-gate.ts';
import { segmentsOfRoutes } from '../route-handlers/route-segments.ts';
import { signOutFacts } from './handler-question.ts';
import { hasSignOutName, isNextAuthRoute } from './names.ts';
import { signOutRouteAt } from './routes.ts';
import { mayEndSessionIn } from './session-end.ts';

/** A path that a handler may send the browser on to. */
const SIGN_OUT_PATH = /\/(?:sign|log)[-_]?(?:out|off)\b/iu;

const endsSession = createImportTest({ of: 'code', text: { test: mayEndSessionIn }, calls: 1 });

/** Whether a handler's text has a path of that name, to send the browser on to. */
const mayLeadToSignOut = (text: string): boolean => SIGN_OUT_PATH.test(text);

/** Whether a handler, or a module that it imports, names one of the ways to sign out. `text` may not be the one on disk. */
export const mayEndSession = (project: Project, text: string, path: string): boolean =>
  mayLeadToSignOut(text) || endsSession(project, text, path);

/**
 * The last segment of a path, or a text that is made into one: `'/sign-out'`, `` `${base}logout` ``; `signOut()` and `'Log out?'` are none.
 * Also its start, where the rest is joined to it: `` `/sign-${'out'}` ``.
 */
const SIGN_OUT_SEGMENT = /['"`/}](?:sign|log)(?:[-_]?(?:out|off)?['"`/?#$\\])/giu;

/** Which files may prefetch a sign-out route, and which may lead to one in any other way. */
export const { mayName: mayNameSignOut, mayPrefetch: mayPrefetchSignOut } = createTextGate({
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
  const text = project.facts.text(path) ?? '';
  if (isDynamic && mayEndSessionIn(text)) return true;
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
