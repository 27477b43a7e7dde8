/** Whether a place in a handler is on the way of somebody who is signed in, and whether everybody who is comes by it. */
import { type Node, unwrap, walkOwnCode } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { type Value, areEqual, truthOf } from '../../analysis/values/values.ts';

/** Whether a call is on the way of somebody who is signed in: not in a branch for an absent session or a failed check. */
export function isMainPath({ file, node }: Located, handler: Node, evaluator: Evaluator): boolean {
  for (let current: Node = node; current.parent && current !== handler; current = current.parent) {
    const { parent } = current;
    if (parent.type !== 'IfStatement' || parent.test === current) continue;
    // A test that the request alone decides says nothing of a session: if (!request.headers.has('RSC')) …
    if (
      isAbsence(parent.test) === (parent.consequent === current) &&
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
        if (parent.consequent === current && namesSigningOut({ file, node: parent.test })) return true;
        if (parent.test === current || truthOf(valueOf(parent.test)) !== undefined) break;
        if (
          parent.alternate === current
            ? !isAbsence(parent.test) && !asksForFailure({ file, node: parent.test })
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
        if (parent.test && namesSigningOut({ file, node: parent.test })) return true;
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
    if (isElse ? asksForSession(test) : isAbsence(parent.test) || asksForFailure(test)) return true;
  }
  return false;
}

const SESSION = /(?:user|sess(?:ion)?|token|cookie|auth|claims|sid|authenticated|(?:logged|signed)_?in)(?:id|data)?$/iu;
const FAILURE = /err|fail|invalid|missing|denied|limit|forbidden|unauthorized|origin|csrf/iu;

const sourceOf = ({ file, node }: Located): string => file.text.slice(...node.range);

const namesSigningOut = (test: Located): boolean => /(?:sign|log)[-_]?(?:out|off)/iu.test(sourceOf(test));

/** Whether a test holds for who is signed in: `user`, `session !== null`, `jar.has('session')`. */
function asksForSession({ file, node }: Located): boolean {
  const test = unwrap(node);
  switch (test.type) {
    case 'Identifier':
      return SESSION.test(test.name);
    case 'MemberExpression':
      return SESSION.test(sourceOf({ file, node: test.property }).replace(/^['"]|['"]$/gu, ''));
    case 'AwaitExpression':
      return asksForSession({ file, node: test.argument });
    case 'CallExpression':
      // cookies().has('wos-session'), Boolean(user), isAuthenticated()
      return (
        asksForSession({ file, node: test.callee }) ||
        test.arguments.some((one) => /sess|user|token/iu.test(sourceOf({ file, node: one })))
      );
    case 'UnaryExpression':
      return test.operator === '!' && isAbsence(test.argument);
    case 'LogicalExpression':
      return asksForSession({ file, node: test.left }) && asksForSession({ file, node: test.right });
    case 'BinaryExpression':
      return /^!={1,2}$/u.test(test.operator) && isNothing(test.right);
    default:
      return false;
  }
}

function asksForFailure(test: Located): boolean {
  return FAILURE.test(sourceOf(test));
}

// !session, session === null, !(await withAuth()).user
function isAbsence(test: Node): boolean {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression') return node.operator === '!';
  if (node.type === 'LogicalExpression') return isAbsence(node.left) || isAbsence(node.right);
  return node.type === 'BinaryExpression' && /^={2,3}$/u.test(node.operator) && isNothing(node.right);
}

function isNothing(node: Node): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}
