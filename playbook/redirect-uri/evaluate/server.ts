/** What holds where AuthKit's functions run: on a server (`import 'server-only'` in authkit-nextjs `src/auth.ts`). */
import { type Node, propertyName, unwrap } from '../../../analysis/syntax/ast.ts';
import type { EvaluatorOptions } from '../../../analysis/values/evaluate.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { type Value, alternativesOf, knownText, literal, text } from '../../../analysis/values/values.ts';
import { isLocalHost } from '../hosting/hosts.ts';
import { isOfRequest } from './request.ts';

type Interpret = NonNullable<EvaluatorOptions['interpret']>;

const BROWSER_GLOBALS = new Set(['document', 'location', 'navigator', 'window']);

/** `typeof window` is `'undefined'` there; no opinion on anything else. */
export const interpretServer: Interpret = (expression) => {
  const { file, node } = expression;
  if (node.type !== 'UnaryExpression' || node.operator !== 'typeof') return undefined;
  const operand = unwrap(node.argument);
  const isAbsent = operand.type === 'Identifier' && BROWSER_GLOBALS.has(operand.name) && !variableOf(file, operand);
  return isAbsent ? text('undefined', expression) : undefined;
};

const COMPARES = new Set(['===', '==', '!==', '!=']);
const LOOKS_FOR = new Set(['endsWith', 'includes', 'startsWith']);

/** Of a deployment: a request's own host is not the developer's machine, whatever it is. No opinion on anything else. */
export const interpretDeployed: Interpret = (expression, evaluator, frame) => {
  const { file, node } = expression;
  const evaluate = (one: Node) => evaluator.evaluate({ file, node: one }, frame);
  if (node.type === 'BinaryExpression' && COMPARES.has(node.operator)) {
    const [left, right] = [evaluate(node.left), evaluate(node.right)];
    const isCompared = (isOwnHost(left) && isLocal(right)) || (isLocal(left) && isOwnHost(right));
    return isCompared ? literal(node.operator.startsWith('!'), expression) : undefined;
  }
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const [looked] = node.arguments;
  if (callee.type !== 'MemberExpression' || !looked || !LOOKS_FOR.has(propertyName(callee) ?? '')) return undefined;
  if (!/['"`](?:localhost|127\.)/u.test(file.text.slice(...node.range))) return undefined;
  return isLocal(evaluate(looked)) && isOwnHost(evaluate(callee.object)) ? literal(false, expression) : undefined;
};

function isOwnHost(value: Value): boolean {
  return alternativesOf(value).every((one) => {
    if (one.type === 'unknown') return isOfRequest(one);
    return (
      one.type === 'text' &&
      one.parts.length > 0 &&
      one.parts.every((part) => part.kind === 'unknown' && isOfRequest(part.value))
    );
  });
}

function isLocal(value: Value): boolean {
  const known = knownText(value);
  return known !== undefined && isLocalHost(known.replace(/^https?:\/\//u, ''));
}
