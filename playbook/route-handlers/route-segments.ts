/** The segments by which links name the routes of an app that do something: what a text is searched for before it is parsed. */
import type { App, Project, Route } from '../../project/project.ts';
import { type Leading, sourcesLeadingTo } from './rewrites.ts';

/** What a route is asked: `certain` and `never` need no look into its file. */
export type RouteTest = (route: Route, last: string) => boolean;

/** The last segments of the routes for which a test holds, and of the rewrites and redirects that may lead to them. */
export function segmentsOfRoutes(project: Project, app: App, test: RouteTest): string[] {
  const routes = project.routesOf(app).flatMap((route): Leading[] => {
    const { kind, pattern, segments } = route;
    const last = segments.findLast((segment) => !segment.startsWith('['));
    if ((kind !== 'route' && kind !== 'api') || last === undefined) return [];
    if (!mayAnswerGet(route, project.facts.text(route.path) ?? '') || !test(route, last)) return [];
    // What it does may depend on the path, which no text says: `/api/auth/[action]`.
    return [
      {
        pattern: pattern.toLowerCase(),
        last: segments.at(-1) === last ? last : (staticPrefix(segments) ?? `/${last}/`),
      },
    ];
  });
  return [...routes, ...sourcesLeadingTo(project, app, routes)].map(({ last }) => last);
}

const GET = /\bGET\b|\bexport\s*(?:\*|=)|\bexports\b/u;

/** Whether a file may serve a route with `GET`, by its text. API routes of the Pages Router have one function for all methods. */
export const mayAnswerGet = ({ kind }: Route, text: string): boolean => kind === 'api' || GET.test(text);

/** `/api/auth` of `/api/auth/[action]`; undefined where the first segment is dynamic. */
function staticPrefix(segments: readonly string[]): string | undefined {
  const dynamic = segments.findIndex((segment) => segment.startsWith('['));
  return dynamic < 1 ? undefined : `/${segments.slice(0, dynamic).join('/')}`;
}
