/** Which files may link to a route that starts a sign-in, by their texts: no others are worth parsing. */
import { perProject } from '../../project/per-project.ts';
import type { App, Project, Route } from '../../project/project.ts';
import { hrefPathsOf } from '../links/hrefs.ts';
import { createTextGate } from '../links/text-gate.ts';
import { handlerFacts } from '../route-handlers/handler.ts';
import { handlerTextTest } from '../route-handlers/handler-text.ts';
import { segmentsOfRoutes } from '../route-handlers/route-segments.ts';
import { signInBy, signInRouteAt } from './routes.ts';
import { SIGN_IN_START } from './sign-in-start.ts';

const STARTS = [
  'getSignInUrl',
  'getSignUpUrl',
  'uthorizationUrl',
  'ensureSignedIn',
  'user_management/authorize',
  'sso/authorize',
];

const startsSignIn = handlerTextTest('sign-in', (text) => STARTS.some((word) => text.includes(word)));

/** False for no file that the finder has something to say of. */
export const mayPrefetchSignIn = createTextGate({
  name: 'sign-in',
  segmentsFor: (project, path) => project.appsFor(path).flatMap((app) => segmentsOf(project, app)),
});

const segmentsOf = perProject('sign-in segments', (project, app: App) =>
  segmentsOfRoutes(project, app, (route, last) => mayStart(project, route, last)),
);

const REDIRECTS = /redirect/iu;

function mayStart(project: Project, { kind, path, segments }: Route, last: string): boolean {
  const text = project.facts.text(path) ?? '';
  const mayItself = startsSignIn.ofText(project, text, path);
  if (!mayItself && !REDIRECTS.test(text)) return false;
  // What a dynamic route does depends on the path.
  if (segments.at(-1) !== last) return mayItself;
  const file = project.sourceFile(path);
  const facts = file && handlerFacts(file, kind === 'api', SIGN_IN_START, project);
  if (!facts) return false;
  if (facts.done) return signInBy(project, path, facts.done) !== undefined;
  return facts
    .redirects()
    .flatMap(hrefPathsOf)
    .some((target) => signInRouteAt(project, path, target) !== undefined);
}
