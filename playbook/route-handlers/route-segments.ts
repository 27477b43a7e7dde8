/** The segments by which links name the routes of an app that do something: what a text is searched for before it is parsed. */
import type { App, Project, Route } from '../../project/project.ts';
import { type Leading, sourcesLeadingTo } from '../rewrites.ts';

/** What a route is asked, of which `last` is the last segment that does not depend on the path. */
type RouteTest = (route: Route, last: string) => boolean;

/** What a link to a route has in its text. */
export interface RouteSegment {
  readonly segment: string;
  /** Undefined for the source of a rewrite or redirect that may lead to one of the routes. */
  readonly behind?: { readonly route: Route; readonly last: string };
}

/** The last segments of the routes for which a test holds, and of the rewrites and redirects that may lead to them. */
export function segmentsOfRoutes(project: Project, app: App, test: RouteTest): readonly RouteSegment[] {
  const routes = project.routesOf(app).flatMap((route) => {
    const { kind, segments } = route;
    const last = segments.findLast((segment) => !segment.startsWith('['));
    if ((kind !== 'route' && kind !== 'api') || last === undefined) return [];
    if (!mayAnswerGet(route, project.facts.text(route.path) ?? '') || !test(route, last)) return [];
    // What it does may depend on the path, which no text says: `/api/auth/[action]`.
    const segment = segments.at(-1) === last ? last : (staticPrefix(segments) ?? `/${last}/`);
    return [{ segment, behind: { route, last } }];
  });
  const leading = routes.map(({ behind, segment }): Leading => ({
    pattern: behind.route.pattern.toLowerCase(),
    last: segment,
  }));
  return [...routes, ...sourcesLeadingTo(project, app, leading).map(({ last }) => ({ segment: last }))];
}

/** Whether a segment is one of a route for which a further test holds, or of a rewrite. */
export const isSegmentOf = (known: readonly RouteSegment[], wanted: string, test: RouteTest): boolean =>
  known.some(({ behind, segment }) => segment === wanted && (!behind || test(behind.route, behind.last)));

const GET = /\bGET\b|\bexport\s*(?:\*|=)|\bexports\b/u;

/** Whether a file may serve a route with `GET`, by its text. API routes of the Pages Router have one function for all methods. */
const mayAnswerGet = ({ kind }: Route, text: string): boolean => kind === 'api' || GET.test(text);

/** `/api/auth` of `/api/auth/[action]`; undefined where the first segment is dynamic. */
function staticPrefix(segments: readonly string[]): string | undefined {
  const dynamic = segments.findIndex((segment) => segment.startsWith('['));
  return dynamic < 1 ? undefined : `/${segments.slice(0, dynamic).join('/')}`;
}
