/** What a handler is asked here: whether its GET ends the session of who is signed in. */
import type { FunctionNode } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import type { Project } from '../../project/project.ts';
import { type HandlerFacts, type HandlerQuestion, type PrefetchOf, handlerFacts } from '../route-handlers/handler.ts';
import { mayRedirect, redirectsTo } from '../route-handlers/redirects.ts';
import { cookieNamesFor, mayNameSession } from './cookie-names.ts';
import {
  LOGOUT_PATH,
  LOGOUT_URL,
  SESSION_END,
  cookiesOfVisitor,
  sessionEndAt,
  sessionEndingExport,
} from './session-end.ts';
import { isMainPath } from './signed-in-path.ts';

/** What ends the session, in the words of a message: `signOut()`. `names`: of cookies of a session, besides those that look like it. */
const questionWith = (names: readonly string[]): HandlerQuestion<string> => ({
  name: ['sign-out', ...names].join(' '),
  doneAt: (place, evaluator, handler) => endAt(place, evaluator, handler, names),
  doneByExport: sessionEndingExport,
  isOnTheWay: isMainPath,
  concern: SESSION_END,
  interpret: cookiesOfVisitor(names),
  isMadeBy: (argument) => mayNameSession(argument, names),
});

/** See `handlerFacts`. */
export function signOutFacts(
  file: SourceFile,
  isApi: boolean,
  project: Project,
  prefetch?: PrefetchOf,
): HandlerFacts<string> | undefined {
  return handlerFacts(file, isApi, questionWith(cookieNamesFor(project, file.path)), project, prefetch);
}

/** What ends the session at a place: the logout URL does where the browser is sent to it, and not where it is only returned. */
function endAt(
  place: Located,
  evaluator: Evaluator,
  handler: () => Located<FunctionNode>,
  names: readonly string[],
): string | undefined {
  const end = sessionEndAt(place, evaluator, names);
  if (end === LOGOUT_URL) return [handler(), place].some(mayRedirect) ? end : undefined;
  const leadsToLogout = end === undefined && redirectsTo(place, (text) => text.includes(LOGOUT_PATH), evaluator);
  return leadsToLogout ? 'the redirect to the logout of WorkOS' : end;
}
