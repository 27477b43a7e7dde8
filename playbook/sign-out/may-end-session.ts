/** Whether code may end a session, told by its text alone: other handlers are not worth parsing. */
import type { Project } from '../../project/project.ts';

/** Code that may end a session calls it so, in a name or in a path. */
const SIGN_OUT = /(?:sign|log)[-_]?(?:out|off)/iu;

/** The calls and headers that clear a cookie or a session (session-end.ts). */
const CLEARS = /\.(?:delete|destroy|set)\(|set-cookie|\b(?:de(?:stroy|lete)Cookie|serialize|setCookie)\(/iu;

/** How many imports a call is followed through. */
const MAX_HOPS = 2;

/** Whether the file at a path, or a module that it imports, names one of the ways to sign out. */
export function mayEndSession(project: Project, path: string, hops = MAX_HOPS): boolean {
  return project.facts.memo(
    `may-end-session:${String(hops)}:${path}`,
    () => mayEndSessionBy(project, project.facts.text(path) ?? '', path, hops),
    () => false,
  );
}

/** The same of a text that may not be the one on disk. */
export function mayEndSessionBy(project: Project, text: string, path: string, hops = MAX_HOPS): boolean {
  if (SIGN_OUT.test(text) || /clear-site-data/iu.test(text) || (text.includes('.getAll(') && text.includes('.delete('))) return true;
  if (/sess/iu.test(text) && /cookie|\.destroy\(/iu.test(text) && CLEARS.test(text)) return true;
  return (
    hops > 0 &&
    modulesIn(text).some((module) => {
      const target = project.resolve(module, path);
      return target !== undefined && mayEndSession(project, target, hops - 1);
    })
  );
}

function modulesIn(text: string): string[] {
  const named = text.matchAll(/(?:^(?:import|export)\b[^'"();]*\bfrom\s*|\b(?:import|require)\()\s*['"](?<module>[^'"]+)['"]/gmu);
  return [...named].map((match) => match.groups?.['module'] ?? '');
}
