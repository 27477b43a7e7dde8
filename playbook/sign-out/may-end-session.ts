/** Whether code may end a session, told by its text alone: other handlers are not worth parsing. */
import type { Project } from '../../project/project.ts';

/** What libraries call it; a function of the project's own does one of the other things, there or in what it imports. */
const ENDS = /\bsignOut\b|\bgetLogoutUrl\b|\b(?:invalidate|revoke)Session\b|clear-site-data|sessions\/logout/iu;

/** A path that a handler may send the browser on to. */
const SIGN_OUT_PATH = /\/(?:sign|log)[-_]?(?:out|off)\b/iu;

/** The calls and headers that clear a cookie or a session (session-end.ts); what is deleted where something holds is a row of a database. */
const CLEARS =
  /\.(?:delete(?!\(\s*\{\s*where\b)|destroy)\(|\bde(?:stroy|lete)Cookie\(|max-?age['"]?\s*[:=]\s*(?:0\b|-)|new Date\(\s*(?:0|['"](?:1970|Thu, 01))|1970|\.set\([^()]*,\s*(?:''|"")/iu;

/** How many imports a call is followed through. */
const MAX_HOPS = 2;

/** Whether the file at a path, or a module that it imports, names one of the ways to sign out. */
export function mayEndSession(project: Project, path: string, hops = MAX_HOPS): boolean {
  return project.facts.memo(
    `may-end-session:${String(hops)}:${path}`,
    () => endsHereOrBelow(project, project.facts.text(path) ?? '', path, hops),
    () => false,
  );
}

/** Whether a handler's text has a path of that name, to send the browser on to. */
export const mayLeadToSignOut = (text: string): boolean => SIGN_OUT_PATH.test(text);

/** The same of a text that may not be the one on disk. */
export function mayEndSessionBy(project: Project, text: string, path: string): boolean {
  return mayLeadToSignOut(text) || endsHereOrBelow(project, text, path, MAX_HOPS);
}

function endsHereOrBelow(project: Project, text: string, path: string, hops: number): boolean {
  if (ENDS.test(text) || (text.includes('.getAll(') && text.includes('.delete('))) return true;
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
  const named = text.matchAll(
    /(?:^(?:import|export)\b[^'"();]*\bfrom\s*|\b(?:import|require)\()\s*['"](?<module>[^'"]+)['"]/gmu,
  );
  return [...named].map((match) => match.groups?.['module'] ?? '');
}
