/** Whether a path starts a sign-in: by the route file that serves it, never by its name (`/login` is a page in most apps). */
import { perProject } from '../../project/memos/per-project.ts';
import { type App, type Project, isAtLeast } from '../../project/project.ts';
import { type HrefPath, knownSearch } from '../links/hrefs.ts';
import { handlerFacts } from '../route-handlers/handler.ts';
import type { Prefetcher } from '../links/prefetcher.ts';
import {
  type Outcome,
  type RouteEvidence,
  type RouteQuestion,
  isOwnPath,
  outcomeAt,
} from '../route-handlers/routes.ts';
import { SIGN_IN_START, type SignInStart } from './sign-in-start.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';

export interface SignInRoute extends RouteEvidence {
  /** Whether each request sets one more cookie. */
  readonly setsCookie: boolean;
}

/** The route of one of a file's apps that starts a sign-in at a path; undefined when no route file shows it. */
export function signInRouteAt(
  project: Project,
  fromPath: string,
  path: HrefPath,
  prefetcher: Prefetcher = 'router',
): SignInRoute | undefined {
  if (!isOwnPath(project, fromPath, path)) return undefined;
  for (const app of project.appsFor(fromPath)) {
    const outcome = signInAt(project, app, path.pathname, prefetcher, knownSearch(path));
    if (typeof outcome === 'object') return outcome;
  }
  return undefined;
}

/** What shows that a handler starts a sign-in; undefined for one that only returns the URL, and sets no cookie with it. */
export function signInBy(project: Project, path: string, start: SignInStart): SignInRoute | undefined {
  const { sendsAway, setsCookieSince, what } = start;
  // Where no version is known, what is true of those that people install now is.
  const setsCookie =
    setsCookieSince !== undefined && isAtLeast(project.versionOf(path, AUTHKIT), setsCookieSince) !== false;
  const shown = project.display(path);
  return sendsAway || setsCookie
    ? { setsCookie, shownBy: what === undefined ? shown : `${shown}: ${what}` }
    : undefined;
}

const signInAt = perProject(
  'sign-in route',
  (project, app: App, pathname: string, prefetcher: Prefetcher, [search]: readonly string[]): Outcome<SignInRoute> =>
    outcomeAt<SignInStart, SignInRoute>(QUESTIONS[prefetcher], project, app, pathname, search),
);

const questionFor = (prefetcher: Prefetcher): RouteQuestion<SignInStart, SignInRoute> => ({
  factsOf: ({ file, project, route: { kind, params }, search }) =>
    handlerFacts(file, kind === 'api', SIGN_IN_START, project, { params, prefetcher, search }),
  judge: ({ file, project }, { done }) => done && signInBy(project, file.path, done),
});

const QUESTIONS = { browser: questionFor('browser'), router: questionFor('router') };
