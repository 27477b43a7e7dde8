/** Whether a block of `try` throws, so that its `catch` runs: known for the few statements that redirect URIs are made with. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, unwrap } from '../../syntax/ast.ts';
import { type Part, type Value, alternativesOf, knownText } from '../../values/values.ts';
import { isNullish } from '../../values/comparisons.ts';

/** True when it certainly throws, false when it certainly does not, undefined when that is not known. */
export function throwsIn(block: TSESTree.BlockStatement, evaluate: (node: Node) => Value): boolean | undefined {
  return firstOf(block.body.map((statement) => throwsAt(statement, evaluate)));
}

/** What the first of several says that does not certainly go well; false where each does. */
const firstOf = (answers: readonly (boolean | undefined)[]): boolean | undefined =>
  answers.find((answer) => answer !== false) ?? (answers.includes(undefined) ? undefined : false);

function throwsAt(statement: TSESTree.Statement, evaluate: (node: Node) => Value): boolean | undefined {
  const ofExpressions = (expressions: readonly (Node | null)[]): boolean | undefined =>
    firstOf(expressions.map((expression) => (expression ? throwsWhenEvaluated(expression, evaluate) : false)));
  switch (statement.type) {
    case 'VariableDeclaration':
      return ofExpressions(statement.declarations.map(({ init }) => init));
    case 'ReturnStatement':
      return ofExpressions([statement.argument]);
    case 'ExpressionStatement':
      return statement.expression.type === 'AssignmentExpression'
        ? ofExpressions([statement.expression.right])
        : undefined;
    default:
      return undefined;
  }
}

function throwsWhenEvaluated(expression: Node, evaluate: (node: Node) => Value): boolean | undefined {
  const url = constructedUrl(expression);
  const [input, base] = url ? url.arguments.map(evaluate) : [];
  if (input && !base && (isNullish(input) === true || isNoUrl(input))) return true;
  if (base && isNullish(base) === true && isNoUrl(input)) return true;
  return alternativesOf(evaluate(expression)).every(isSettled) ? false : undefined;
}

/** The `new URL(…)` that an expression starts with: `new URL(a).origin`, `new URL(a, b).toString()`. */
function constructedUrl(expression: Node): TSESTree.NewExpression | undefined {
  let node = unwrap(expression);
  for (;;) {
    if (node.type === 'MemberExpression') node = unwrap(node.object);
    else if (node.type === 'CallExpression') node = unwrap(node.callee);
    else if (node.type === 'AwaitExpression') node = unwrap(node.argument);
    else
      return node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'URL'
        ? node
        : undefined;
  }
}

function isNoUrl(value: Value | undefined): boolean {
  const known = value && knownText(value);
  return known !== undefined && !URL.canParse(known);
}

// What was computed is no exception; of an unknown value that is not known.
function isSettled(value: Value): boolean {
  switch (value.type) {
    case 'text':
      return value.parts.every(isSettledPart);
    case 'url':
      return value.href.parts.every(isSettledPart);
    case 'unknown':
      return value.isSet === true && value.label !== undefined;
    default:
      return value.type !== 'oneOf';
  }
}

function isSettledPart(part: Part): boolean {
  if (part.kind === 'known') return true;
  return part.kind === 'env' ? part.presence === 'set' : part.value.isSet === true && part.value.label !== undefined;
}
