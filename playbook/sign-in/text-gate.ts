/** Which files may link to a route that starts a sign-in, by their texts: no others are worth parsing. */
import { createImportTest } from '../../project/modules/imports.ts';
import { perProject } from '../../project/memos/per-project.ts';
import type { App, Project, Route } from '../../project/project.ts';
import { hrefPathsOf } from '../links/hrefs.ts';
import { createTextGate } from '../links/gate/text-gate.ts';
import { handlerFacts } from '../route-handlers/handler.ts';
import { type RouteSegment, isSegmentOf, segmentsOfRoutes } from '../route-handlers/route-segments.ts';
import { signInBy, signInRouteAt } from './routes.ts';
import { SIGN_IN_START } from './sign-in-start.ts';

/** Whether a handler's text, or that of a module that it imports, names what starts a sign-in. */
const namesStart = createImportTest({
  of: 'code',
  text: /getSign(?:In|Up)Url|uthorizationUrl|ensureSignedIn|(?:user_management|sso)\/authorize/u,
  calls: 1,
});

const namesWorkos = createImportTest({ of: 'code', text: /workos|authkit|user_management|sso\/authorize/iu, calls: 1 });

/** Other providers have authorization URLs as well, and apps with hundreds of routes that use them. */
function mayStartSignIn(project: Project, app: App, { path }: Route): boolean {
  const text = project.facts.text(path) ?? '';
  return (
    namesStart(project, text, path) && (project.mayUseScope(app.root, '@workos') || namesWorkos(project, text, path))
  );
}

/** `mayPrefetchSignIn` is false for no file that the finder has something to say of. */
export const { mayPrefetch: mayPrefetchSignIn, sourcesIn: signInSourcesIn } = createTextGate({
  name: 'sign-in',
  segmentsFor: (project, path) =>
    project.appsFor(path).flatMap((app) => routeSegments(project, app).map(({ segment }) => segment)),
  isConfirmed: (project, path, segment) => project.appsFor(path).some((app) => isSignInSegment(project, app, segment)),
});

/** The segments of routes that may start a sign-in by their texts, of those that may redirect there, and of those that may redirect to these. */
const routeSegments = perProject('sign-in segments', (project, app: App): readonly RouteSegment[] => {
  const mayStart = (route: Route): boolean => mayStartSignIn(project, app, route);
  let found = segmentsOfRoutes(project, app, mayStart);
  for (let before = 0; before < found.length;) {
    before = found.length;
    const names = namesOneOf(found.map(({ segment }) => segment));
    found = segmentsOfRoutes(
      project,
      app,
      (route, last) => mayStart(route) || mayLeadToOne(project, route, last, names),
    );
  }
  return found;
});

const isSignInSegment = perProject('sign-in segment', (project, app: App, segment: string): boolean =>
  isSegmentOf(routeSegments(project, app), segment, (route, last) => starts(project, route, last)),
);

function starts(project: Project, route: Route, last: string): boolean {
  // What a dynamic route does depends on the path.
  if (isDynamic(route, last)) return true;
  return startsBy(project, route) || leadsToStart(project, route);
}

const isDynamic = ({ segments }: Route, last: string): boolean => segments.at(-1) !== last;

function startsBy(project: Project, { kind, path }: Route): boolean {
  const file = project.sourceFile(path);
  const start = file && handlerFacts(file, kind === 'api', SIGN_IN_START, project)?.done;
  return start !== undefined && signInBy(project, path, start) !== undefined;
}

type Names = (project: Project, text: string, path: string) => boolean;

const REDIRECTS = /redirect/iu;

function mayLeadToOne(project: Project, route: Route, last: string, names: Names): boolean {
  const text = project.facts.text(route.path) ?? '';
  return !isDynamic(route, last) && REDIRECTS.test(text) && names(project, text, route.path);
}

function leadsToStart(project: Project, { kind, path }: Route): boolean {
  if (!REDIRECTS.test(project.facts.text(path) ?? '')) return false;
  const file = project.sourceFile(path);
  const facts = file && handlerFacts(file, kind === 'api', SIGN_IN_START, project);
  return (facts?.redirects() ?? [])
    .flatMap(hrefPathsOf)
    .some((target) => signInRouteAt(project, path, target) !== undefined);
}

const namesBySegments = new Map<string, Names>();

/** Whether a handler, or a module that it imports, names one of some segments: as a redirect to them has to. */
function namesOneOf(segments: readonly string[]): Names {
  const key = [...new Set(segments)].sort().join('\0').toLowerCase();
  let names = namesBySegments.get(key);
  if (!names) {
    const words = key.split('\0');
    const test = (code: string): boolean => {
      const lower = code.toLowerCase();
      return words.some((word) => lower.includes(word));
    };
    namesBySegments.set(key, (names = createImportTest({ of: 'code', text: { test }, calls: 1 })));
  }
  return names;
}
