/** The origins that an app is known to answer on: an absolute URL of one of them leads to its own routes. */
import type { Project } from '../../project/project.ts';

/**
 * Variables whose value is a URL of the app itself: `NEXT_PUBLIC_APP_URL`, `NEXT_PUBLIC_WORKOS_REDIRECT_URI`.
 * Not those of a backend (`CONVEX_SITE_URL`, `API_BASE_URL`).
 */
const OWN_URL =
  /(?:^|_)(?:(?:APP|SITE|BASE|WEB|WEBSITE|FRONTEND|PUBLIC|CANONICAL|ROOT|NEXTAUTH)_?(?:URL|ORIGIN)|ORIGIN|REDIRECT_URI)$/u;
const OTHER_SYSTEM = /CONVEX|API|CDN|BACKEND|DOCS|AUTH0|WORKOS_(?!REDIRECT)/u;

/** Whether a variable holds the URL of something else, by its name: `NEXT_PUBLIC_DOCS_URL`. */
export const isOfOtherSystem = (name: string): boolean => OTHER_SYSTEM.test(name);

const LOCALHOST = /^https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?$/u;

/** The origins of the apps that a file belongs to, as their env files tell, and localhost. */
export function ownOrigins(project: Project, fromPath: string): { has: (origin: string) => boolean } {
  const files = [
    ...project.appsFor(fromPath).flatMap(({ root }) => project.envFilesIn(root)),
    ...project.settingsEnvFiles(),
  ];
  const origins = new Set<string>();
  for (const { name, value } of files.flatMap(({ variables }) => [...variables.values()])) {
    if (!OWN_URL.test(name) || isOfOtherSystem(name)) continue;
    if (URL.canParse(value)) origins.add(new URL(value).origin);
  }
  return { has: (origin) => LOCALHOST.test(origin) || origins.has(origin) };
}
