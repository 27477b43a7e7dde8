/** Whether a place in a handler is on the way of somebody who is signed in, and whether everybody who is comes by it. */
import { type Node, walkOwnCode } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { type Value, areEqual, truthOf } from '../../analysis/values/values.ts';
import { asksForAbsence, asksForFailure, asksForSession, asksForSigningOut } from '../route-handlers/session-tests.ts';

/** Whether a call is on the way of somebody who is signed in: not in a branch for an absent session or a failed check. */
export function isMainPath({ file, node }: Located, handler: Node, evaluator: Evaluator): boolean {
  for (let current: Node = node; current.parent && current !== handler; current = current.parent) {
    const { parent } = current;
    if (parent.type !== 'IfStatement' || parent.test === current) continue;
    // A test that the request alone decides says nothing of a session: if (!request.headers.has('RSC')) …
    if (
      asksForAbsence(parent.test) === (parent.consequent === current) &&
      truthOf(evaluator.evaluate({ file, node: parent.test })) === undefined
    )
      return false;
  }
  return true;
}

/**
 * Whether a call on that way is what the handler is there for, and no exception: `if (session.isStale) …` before it says
 * that most sessions go on. Conditions that ask for a session, and ways out for who has none, are no exceptions; under one that asks
 * for signing out (`action === 'sign-out'`) nothing else matters.
 */
export function isForEverybody({ file, node }: Located, handler: Node, evaluator: Evaluator): boolean {
  const isOpen = (test: Node): boolean => !asksForSession({ file, node: test });
  const valueOf = (expression: Node): Value => evaluator.evaluate({ file, node: expression });
  for (let current: Node = node; current.parent && current !== handler; current = current.parent) {
    const { parent } = current;
    switch (parent.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        if (parent.consequent === current && asksForSigningOut({ file, node: parent.test })) return true;
        if (parent.test === current || truthOf(valueOf(parent.test)) !== undefined) break;
        if (
          parent.alternate === current
            ? !asksForAbsence(parent.test) && !asksForFailure({ file, node: parent.test })
            : isOpen(parent.test)
        )
          return false;
        break;
      case 'LogicalExpression':
        if (parent.right !== current || truthOf(valueOf(parent.left)) !== undefined) break;
        if (parent.operator !== '&&' || isOpen(parent.left)) return false;
        break;
      case 'SwitchCase': {
        const { discriminant } = parent.parent;
        if (parent.test && asksForSigningOut({ file, node: parent.test })) return true;
        if (!parent.test || areEqual(valueOf(discriminant), valueOf(parent.test)) !== true) return false;
        break;
      }
      case 'BlockStatement':
        if (parent.body.some((one) => one.range[1] <= current.range[0] && isWayOut({ file, node: one }, evaluator)))
          return false;
        break;
      default:
    }
  }
  return true;
}

/** Whether a statement may end the handler for people whose session is all right. */
function isWayOut({ file, node }: Located, evaluator: Evaluator): boolean {
  let ends = false;
  walkOwnCode(node, (one) => {
    if (one.type === 'CatchClause') return false;
    if (one.type !== 'ReturnStatement' && one.type !== 'ThrowStatement') return !ends;
    ends ||= !isForOthers({ file, node: one }, node) && isReachable(evaluator, { file, node: one });
    return false;
  });
  return ends;
}

// if (!user) return …, if (error) return …
function isForOthers({ file, node }: Located, within: Node): boolean {
  for (let current: Node = node; current.parent && current !== within.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type !== 'IfStatement' || parent.test === current) continue;
    const isElse = parent.alternate === current;
    const test = { file, node: parent.test };
    if (isElse ? asksForSession(test) : asksForAbsence(parent.test) || asksForFailure(test)) return true;
  }
  return false;
}
