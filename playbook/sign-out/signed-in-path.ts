/** Whether a place in a handler is on the way of someone who is signed in, and whether everyone who is comes by it. */
import { roundsOf } from '../../analysis/values/iterations.ts';
import { assumptionsOf } from '../../analysis/flow/flow-values.ts';
import { stepsTo } from '../../analysis/flow/paths.ts';
import { type Assumptions, truthOfPath } from '../../analysis/flow/reachability.ts';
import type { Node } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import {
  asksForAbsence,
  asksForFailure,
  asksForNoSession,
  asksForSession,
  asksForSigningOut,
} from '../route-handlers/session-tests.ts';

/** Whether a call is on the way of someone who is signed in: in no branch for an absent session or a failed check. */
export function isMainPath({ file, node }: Located, handler: Node, evaluator: Evaluator): boolean {
  const known = assumptionsOf(evaluator, file);
  // A test that the request alone decides says nothing of a session: if (!request.headers.has('RSC')) …
  const isTrue = (test: Node): boolean => known.isTrue?.(test) ?? !asksForAbsence(test);
  return stepsTo(node, handler).every(({ kind, when }) => kind === 'past' || truthOfPath(when, { isTrue }) !== false);
}

/**
 * Whether a call on that way is what the handler is there for, and no exception: `if (session.isStale) …` before it says
 * that most sessions go on. Conditions that ask for a session, and ways out for who has none, are no exceptions; under one that asks
 * for signing out (`action === 'sign-out'`) nothing else matters.
 */
export function isForEveryone({ file, node }: Located, handler: Node, evaluator: Evaluator): boolean {
  return roundsOf(evaluator, { file, node }).some((round) =>
    isPassedWith(assumptionsOf(evaluator, file, round), { file, node }, handler),
  );
}

function isPassedWith(known: Assumptions, { file, node }: Located, handler: Node): boolean {
  const signedIn: Assumptions = {
    ...known,
    isTrue: (test) => known.isTrue?.(test) ?? isTrueSignedIn({ file, node: test }),
    throws: () => false,
  };
  const isSigningOut = (test: Node): boolean => asksForSigningOut({ file, node: test });
  const notSigningOut: Assumptions = {
    isTrue: (test) => (isSigningOut(test) ? false : undefined),
    areEqual: (_, value) => (isSigningOut(value) ? false : undefined),
  };
  for (const { kind, when } of stepsTo(node, handler)) {
    if (kind === 'into' && truthOfPath(when, notSigningOut) === false) return true;
    if (truthOfPath(when, signedIn) !== true) return false;
  }
  return true;
}

/** What a test comes out as for people whose session is all right; undefined where it asks for something else. */
function isTrueSignedIn(test: Located): boolean | undefined {
  // `!state.banned` says nothing of a session: most people may go another way.
  if (asksForNoSession(test) || asksForFailure(test)) return false;
  return asksForSession(test) || undefined;
}
