/** What an app does at a path: the route file that serves it is asked, through the redirects and rewrites of the app's config. */
import { sep } from 'node:path';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { App, Project, Route, ServedRoute } from '../../project/project.ts';
import { type HrefPath, hrefPathsOf } from '../links/hrefs.ts';
import type { HandlerFacts } from './handler.ts';
import { isOfOtherSystem, ownOrigins } from './origins.ts';
import { type Phase, rewrittenAt } from '../rewrites.ts';

/** How many redirects and rewrites are followed. */
const MAX_HOPS = 3;

/** What shows that a path leads to a route of the kind that is looked for. */
export interface RouteEvidence {
  /** The file that shows it, and what in it, for a message: `app/bye/route.ts: signOut()`. */
  readonly shownBy: string;
  /** Whether it is a route handler of the App Router, not an API route. */
  readonly isOfAppRouter?: boolean;
}

/** A handler that serves a path. */
export interface ServingHandler {
  readonly project: Project;
  readonly file: SourceFile;
  readonly route: ServedRoute;
  readonly pathname: string;
  /** The query that it is requested with; undefined where it is not known. */
  readonly search: string | undefined;
}

export interface RouteQuestion<Done, Evidence extends RouteEvidence> {
  /** What `GET` of a handler does; undefined for a file without one. */
  readonly factsOf: (handler: ServingHandler) => HandlerFacts<Done> | undefined;
  /** What the handler itself shows. */
  readonly judge: (handler: ServingHandler, facts: HandlerFacts<Done>) => Evidence | undefined;
  /** Whether a route file is none of those that are looked for, whatever is in it. */
  readonly isOther?: (path: string) => boolean;
}

/** `harmless`: the app serves the path with something else; `unserved`: no file of it does. */
export type Outcome<Evidence> = Evidence | 'harmless' | 'unserved';

/** What an app does at a path, in the order in which Next.js looks: its config's redirects and rewrites among the files. */
export function outcomeAt<Done, Evidence extends RouteEvidence>(
  question: RouteQuestion<Done, Evidence>,
  project: Project,
  app: App,
  pathname: string,
  search?: string,
): Outcome<Evidence> {
  return outcome({ app, project, question, search }, pathname, MAX_HOPS);
}

interface Asked<Done, Evidence extends RouteEvidence> {
  readonly question: RouteQuestion<Done, Evidence>;
  readonly project: Project;
  readonly app: App;
  readonly search: string | undefined;
}

function outcome<Done, Evidence extends RouteEvidence>(
  asked: Asked<Done, Evidence>,
  pathname: string,
  hops: number,
): Outcome<Evidence> {
  const { app, project } = asked;
  const elsewhere = (phase: Phase): Outcome<Evidence> | undefined =>
    hops > 0 ? rewritten(asked, pathname, phase, hops) : undefined;
  const before = elsewhere('redirect') ?? elsewhere('beforeFiles');
  if (before) return before;
  const route = project.servingRoute(app, pathname);
  const isStatic = route?.segments.every((segment) => !segment.startsWith('[')) === true;
  const after = isStatic ? undefined : elsewhere('afterFiles');
  if (after) return after;
  return route ? servedBy(asked, route, pathname, hops) : (elsewhere('fallback') ?? 'unserved');
}

/** What the path has that the config leads this one to. Another site is not this app's; what is redirected there keeps its session. */
function rewritten<Done, Evidence extends RouteEvidence>(
  asked: Asked<Done, Evidence>,
  pathname: string,
  phase: Phase,
  hops: number,
): Outcome<Evidence> | undefined {
  const { app, project } = asked;
  const target = rewrittenAt(project, app, pathname, phase);
  if (!target) return undefined;
  if (target.pathname === undefined) return phase === 'redirect' ? 'harmless' : 'unserved';
  // A rewrite of a path to itself only says where it is in the order.
  if (target.pathname === pathname) return undefined;
  // The config may add to the query.
  const found = outcome({ ...asked, search: undefined }, target.pathname, hops - 1);
  if (typeof found !== 'object') return found;
  const config = app.configPath === undefined ? 'next.config' : project.display(app.configPath);
  return { ...found, shownBy: `${config} ${target.verb} it to '${target.pathname}'` };
}

function servedBy<Done, Evidence extends RouteEvidence>(
  asked: Asked<Done, Evidence>,
  route: ServedRoute,
  pathname: string,
  hops: number,
): Outcome<Evidence> {
  const { project, question, search } = asked;
  // A page for any first segment (`[workspace]`) says nothing about this one: no one links there by the name of sign-out.
  if (route.kind === 'page' || route.kind === 'pages-page') return isForAnything(route) ? 'unserved' : 'harmless';
  if (question.isOther?.(route.path) === true) return 'harmless';
  const file = project.sourceFile(route.path);
  if (!file) return 'unserved';
  const handler: ServingHandler = { project, file, route, pathname, search };
  const facts = question.factsOf(handler);
  if (!facts) return 'harmless';
  const evidence = question.judge(handler, facts) ?? redirected(asked, file, facts, hops);
  return evidence ? { ...evidence, isOfAppRouter: route.kind === 'route' } : 'harmless';
}

/** The router's `fetch` follows a redirect to another route of the app. */
function redirected<Done, Evidence extends RouteEvidence>(
  asked: Asked<Done, Evidence>,
  file: SourceFile,
  facts: HandlerFacts<Done>,
  hops: number,
): Evidence | undefined {
  if (hops === 0) return undefined;
  for (const target of facts.redirects().flatMap(hrefPathsOf)) {
    if (target.origin !== undefined) continue;
    const found = outcome({ ...asked, search: target.search }, target.pathname, hops - 1);
    if (typeof found === 'object')
      return { ...found, shownBy: `${asked.project.display(file.path)} redirects to '${target.pathname}'` };
  }
  return undefined;
}

const isForAnything = ({ segments }: Route): boolean =>
  segments.every((segment) => segment.startsWith('[') && !segment.includes('...'));

/** Whether a path may be one of an app's own: a relative one is, an absolute URL by its origin, or by the variable that names it. */
export const isOwnPath = (project: Project, fromPath: string, { origin, variable }: HrefPath): boolean =>
  origin === undefined
    ? variable === undefined || !isOfOtherSystem(variable)
    : ownOrigins(project, fromPath).has(origin);

/** Which routers serve the page that a file is rendered in. A component outside `app/` and `pages/` may be in either. */
export function isInAppRouter(path: string, [app]: readonly App[]): boolean {
  if (!app) return true;
  const isIn = (folder: string | undefined): boolean => folder !== undefined && path.startsWith(folder + sep);
  if (isIn(app.pagesDir)) return false;
  return isIn(app.appDir) || app.appDir !== undefined || app.pagesDir === undefined;
}
