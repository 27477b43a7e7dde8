/** Which paths lead to the route, for a file that names one. */
import { dirname } from 'node:path';
import { nearestPackage } from '../../../project/modules/packages.ts';
import type { Project } from '../../../project/project.ts';
import type { HrefPath } from '../../../playbook/links/hrefs.ts';
import { isOwnPath } from '../../../playbook/route-handlers/routes.ts';
import { mayNameSignOut } from '../../../playbook/sign-out/text-gate.ts';
import type { SignOutRoute } from '../route/sign-out-route.ts';

/** Whether a file may lead to the route, by its text: it names the last part of the path, or takes it from a file that does. */
export function mayName(text: string, path: string, { route }: SignOutRoute, project: Project): boolean {
  const last = route.segments.findLast((segment) => !segment.startsWith('[')) ?? '';
  return (last !== '' && text.includes(last)) || mayNameSignOut(text, path, project);
}

/** Makes the question for a file (absolute). */
export function leadsTo(path: string, signOut: SignOutRoute, project: Project): (href: HrefPath) => boolean {
  const { app, route } = signOut;
  const needsHost = isElsewhere(path, signOut, project);
  return (href) => {
    if (needsHost && !href.needsRoute) return false;
    if (href.origin !== undefined && !needsHost && !isOwnPath(project, path, href)) return false;
    return project.servingRoute(app, href.pathname)?.path === route.path;
  };
}

/** Whether a file is no part of the app: code of another app means its own routes, and of no app, only a whole URL can lead here. */
function isElsewhere(path: string, { app }: SignOutRoute, project: Project): boolean {
  const apps = project.appsFor(path);
  if (apps.some(({ root }) => root === app.root)) return false;
  return apps.length > 0 || nearestPackage(project.facts, dirname(path)) !== undefined;
}

/** The path without its dynamic segments, as texts have it: `/sign-out` of `/[locale]/sign-out`. */
export function writtenPath({ app, route }: SignOutRoute): string {
  return `${app.basePath}/${route.segments.filter((segment) => !segment.startsWith('[')).join('/')}`;
}

const EXPRESSION = /\$\{[^{}]*\}/gu;
/** What holds a URL together, in code and in markup. */
const TOKENS = /[^\s"'<>()`\\]+/gu;
const NO_LINK = /(?:Dis)?allow:\s*$/iu;

/** Makes the question whether a text of a file (absolute), as code has it, holds a URL of the route: the text of a mail, say. */
export function isInText(from: string, signOut: SignOutRoute, project: Project): (text: string) => boolean {
  const path = writtenPath(signOut);
  const needsHost = isElsewhere(from, signOut, project);
  return (text) => {
    if (!text.includes(path)) return false;
    const plain = text.replace(EXPRESSION, '\0');
    return [...plain.matchAll(TOKENS)].some(({ 0: token, index }) => {
      const { host, path: own } = /^(?<host>https?:\/\/[^/]+|[^/]*\0)?(?<path>\/[^?#]*)/u.exec(token)?.groups ?? {};
      if (needsHost && host === undefined) return false;
      return own?.replace(/[/.,;:]+$/u, '') === path && !NO_LINK.test(plain.slice(0, index));
    });
  };
}
