/** What a handler is asked here: whether its GET ends the session of who is signed in. */
import { type FunctionNode, enclosingFunction } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type Part, type Value, alternativesOf } from '../../analysis/values/values.ts';
import {
  type HandlerFacts,
  type HandlerQuestion,
  type PrefetchOf,
  handlerFacts,
  redirectAt,
} from '../route-handlers/handler.ts';
import { LOGOUT_PATH, SESSION_END, LOGOUT_URL, sessionEndAt, sessionEndingExport } from './session-end.ts';
import { isMainPath } from './signed-in-path.ts';

/** What ends the session, in the words of a message: `signOut()`. */
const QUESTION: HandlerQuestion<string> = {
  name: 'sign-out',
  doneAt: endAt,
  doneByExport: sessionEndingExport,
  isOnTheWay: isMainPath,
  concern: SESSION_END,
};

/** See `handlerFacts`. */
export function signOutFacts(
  file: SourceFile,
  isApi: boolean,
  loader: ModuleLoader,
  prefetch?: PrefetchOf,
): HandlerFacts<string> | undefined {
  return handlerFacts(file, isApi, QUESTION, loader, prefetch);
}

const SENDS_AWAY = /redirect(?!_?ur[il])|location/iu;

/** What ends the session at a place: the logout URL does where the browser is sent to it, and not where it is only returned. */
function endAt(place: Located, evaluator: Evaluator, handler: () => Located<FunctionNode>): string | undefined {
  const end = sessionEndAt(place, evaluator);
  if (end === LOGOUT_URL) {
    const owner = { file: place.file, node: enclosingFunction(place.node) ?? place.node };
    return [handler(), owner].some((one) => SENDS_AWAY.test(sourceOf(one))) ? end : undefined;
  }
  const target = end === undefined ? redirectAt(place, evaluator) : undefined;
  const leadsToLogout =
    target &&
    alternativesOf(target).some((value) =>
      partsOf(value).some((part) => part.kind === 'known' && part.text.includes(LOGOUT_PATH)),
    );
  return leadsToLogout === true ? 'the redirect to the logout of WorkOS' : end;
}

const sourceOf = ({ file, node }: Located): string => file.text.slice(...node.range);

const partsOf = (value: Value): readonly Part[] =>
  value.type === 'text' ? value.parts : value.type === 'url' ? value.href.parts : [];
