/**
 * What a condition in a handler asks for, as far as its names say: no one can follow where a session comes from in every app. These are all
 * guesses by name that the analysis of handlers makes; what they decide is on which side of a condition people with a session are.
 */
import { type Node, unwrap } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { isNullishLiteral } from '../../analysis/syntax/objects.ts';

const SESSION = /(?:user|sess(?:ion)?|token|cookie|auth|claims|sid|authenticated|(?:logged|signed)_?in)(?:id|data)?$/iu;
const FAILURE = /err|fail|invalid|missing|denied|limit|forbidden|unauthorized|origin|csrf/iu;
const SIGNING_OUT = /(?:sign|log)[-_]?(?:out|off)/iu;

const sourceOf = ({ file, node }: Located): string => file.text.slice(...node.range);

/** Whether a test asks for signing out: `action === 'sign-out'`. */
export const asksForSigningOut = (test: Located): boolean => SIGNING_OUT.test(sourceOf(test));

/** Whether a test asks for something that went wrong: `error`, `!isSameOrigin(request)`. */
export const asksForFailure = (test: Located): boolean => FAILURE.test(sourceOf(test));

/** Whether a test holds for who is signed in: `user`, `session !== null`, `jar.has('session')`. */
export function asksForSession({ file, node }: Located): boolean {
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
      return test.operator === '!' && asksForAbsence(test.argument);
    case 'LogicalExpression':
      return asksForSession({ file, node: test.left }) && asksForSession({ file, node: test.right });
    case 'BinaryExpression':
      return /^!={1,2}$/u.test(test.operator) && isNullishLiteral(test.right);
    default:
      return false;
  }
}

/** Whether a test holds for what is absent: `!session`, `session === null`, `!(await withAuth()).user`. */
export function asksForAbsence(test: Node): boolean {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression') return node.operator === '!';
  if (node.type === 'LogicalExpression') return asksForAbsence(node.left) || asksForAbsence(node.right);
  return node.type === 'BinaryExpression' && /^={2,3}$/u.test(node.operator) && isNullishLiteral(node.right);
}

/** Whether a test holds for who is not signed in: `!user`, `session === null`. Other than `asksForAbsence`, it has to be a session's. */
export function asksForNoSession({ file, node }: Located): boolean {
  const test = unwrap(node);
  if (test.type === 'UnaryExpression') return test.operator === '!' && asksForSession({ file, node: test.argument });
  if (test.type === 'LogicalExpression')
    return asksForNoSession({ file, node: test.left }) || asksForNoSession({ file, node: test.right });
  return asksForAbsence(test) && test.type === 'BinaryExpression' && asksForSession({ file, node: test.left });
}
