/** Which files may link to a route that starts a sign-in, by their texts: no others are worth parsing. */
import { createImportTest } from '../../project/imports.ts';
import { perProject } from '../../project/per-project.ts';
import type { App, Project, Route } from '../../project/project.ts';
import { hrefPathsOf } from '../links/hrefs.ts';
import { createTextGate } from '../links/text-gate.ts';
import { handlerFacts } from '../route-handlers/handler.ts';
import { segmentsOfRoutes } from '../route-handlers/route-segments.ts';
import { signInBy, signInRouteAt } from './routes.ts';
import { SIGN_IN_START } from './sign-in-start.ts';

/** Whether a handler's text, or that of a module that it imports, names what starts a sign-in. */
const startsSignIn = createImportTest({
  of: 'code',
  text: /getSign(?:In|Up)Url|uthorizationUrl|ensureSignedIn|(?:user_management|sso)\/authorize/u,
  calls: 1,
});

/** False for no file that the finder has something to say of. */
export const { mayPrefetch: mayPrefetchSignIn } = createTextGate({
  name: 'sign-in',
  segmentsFor: (project, path) => project.appsFor(path).flatMap((app) => segmentsOf(project, app)),
});

const segmentsOf = perProject('sign-in segments', (project, app: App): readonly string[] => {
  const starting = new Map<Route, boolean>();
  let segments = segmentsOfRoutes(project, app, (route, last) => starts(project, route, last, starting));
  // What redirects there starts one as well, and what redirects to that.
  for (let before = 0; before < segments.length;) {
    before = segments.length;
    const names = namesOneOf(segments);
    segments = segmentsOfRoutes(
      project,
      app,
      (route, last) => starts(project, route, last, starting) || leadsToStart(project, route, last, names),
    );
  }
  return segments;
});

function starts(project: Project, route: Route, last: string, known: Map<Route, boolean>): boolean {
  const { path, segments } = route;
  let answer = known.get(route);
  if (answer !== undefined) return answer;
  const text = project.facts.text(path) ?? '';
  // What a dynamic route does depends on the path.
  answer = startsSignIn(project, text, path) && (segments.at(-1) !== last || startsBy(project, route));
  known.set(route, answer);
  return answer;
}

function startsBy(project: Project, { kind, path }: Route): boolean {
  const file = project.sourceFile(path);
  const start = file && handlerFacts(file, kind === 'api', SIGN_IN_START, project)?.done;
  return start !== undefined && signInBy(project, path, start) !== undefined;
}

type Names = (project: Project, text: string, path: string) => boolean;

const REDIRECTS = /redirect/iu;

function leadsToStart(project: Project, { kind, path, segments }: Route, last: string, names: Names): boolean {
  const text = project.facts.text(path) ?? '';
  if (segments.at(-1) !== last || !REDIRECTS.test(text) || !names(project, text, path)) return false;
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
