/** Whether what a GET does can be done by a server action as well, which has no request and sends no response. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  isFunction,
  unwrapAwait,
  ownNodesOf,
} from '../../../analysis/syntax/ast.ts';
import { namesIn } from '../../../analysis/syntax/bindings/exports.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { useAt, usesOf } from '../../../playbook/libraries/index.ts';

/** What of a handler's body an action leaves out: responses that nothing comes to, for `signOut()` has left by then. */
export interface ActionBody {
  readonly unreachable: readonly TSESTree.ReturnStatement[];
}

/** A text says why an action can't do the same. */
export function actionBodyOf(file: SourceFile, handler: FunctionNode, loader: ModuleLoader): ActionBody | string {
  if (handler.generator) return 'its handler is a generator';
  // An action runs on the path of the page that calls it, and the proxy may leave that page out.
  if (usesOf(file, loader).some(({ entry }) => entry.needsProxy))
    return 'its handler asks for the session, which throws on a page that the proxy does not cover';
  const leaves = (node: Node): boolean => leavesByException(file, node, loader);
  if (handler.body.type !== 'BlockStatement' && readsParameters(file, handler, [])) return READS_REQUEST;
  if (handler.body.type !== 'BlockStatement')
    return leaves(handler.body)
      ? { unreachable: [] }
      : 'its handler may send a response of its own, which a server action cannot';
  const { body } = handler.body;
  const end = body.findIndex((statement) => {
    const expression = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
    return expression !== undefined && leaves(expression);
  });
  const isUnreachable = (statement: TSESTree.ReturnStatement): boolean => end !== -1 && body.indexOf(statement) > end;
  const responses = ownNodesOf(handler, 'ReturnStatement').filter(({ argument }) => argument && !leaves(argument));
  const unreachable = responses.filter(isUnreachable);
  if (readsParameters(file, handler, unreachable)) return READS_REQUEST;
  return responses.length > unreachable.length
    ? 'its handler sends a response of its own, which a server action cannot'
    : { unreachable };
}

const READS_REQUEST = 'its handler reads the request, which a server action does not have';

/** Whether a handler uses its parameters outside of some statements. */
function readsParameters(file: SourceFile, { params }: FunctionNode, without: readonly Node[]): boolean {
  return params.some(
    (parameter) =>
      parameter.type !== 'Identifier' ||
      namesIn(parameter).some((name) =>
        variableOf(file, name)?.references.some(
          ({ identifier }) => !without.some((statement) => contains(statement, identifier)),
        ),
      ),
  );
}

/** Whether an expression is a call that always ends by an exception: `await signOut()`, `redirect('/')`. */
function leavesByException(file: SourceFile, node: Node, loader: ModuleLoader): boolean {
  const call = unwrapAwait(node);
  return call.type === 'CallExpression' && useAt({ file, node: call }, loader)?.entry.leavesByException === 'always';
}

/**
 * The arguments of `signOut()` where a function does that and nothing else that matters: what is behind it is never come to. Undefined
 * for a function that does more.
 */
export function argumentsOfOnlySignOut(
  file: SourceFile,
  { body }: FunctionNode,
  loader: ModuleLoader,
): string | undefined {
  const expression = body.type === 'BlockStatement' ? expressionOf(body.body.at(0)) : body;
  const call = expression && unwrapAwait(expression);
  if (call?.type !== 'CallExpression') return undefined;
  const known = useAt({ file, node: call }, loader);
  if (known?.entry.endsSession !== true || known.entry.leavesByException !== 'always') return undefined;
  // Something that only one of two files knows may hide behind a name.
  if (call.arguments.some((argument) => isFunction(argument) || namesSomething(argument))) return undefined;
  const text = call.arguments.map((argument) => file.text.slice(...argument.range)).join();
  return text.replace(/\s+/gu, ' ').replace(/["'`]/gu, "'").replace(/,? \}/gu, ' }');
}

const expressionOf = (statement: Node | undefined): Node | null | undefined =>
  statement?.type === 'ExpressionStatement'
    ? statement.expression
    : statement?.type === 'ReturnStatement'
      ? statement.argument
      : undefined;

const namesSomething = (argument: Node): boolean =>
  ownNodesOf(argument, 'Identifier').some(
    (name) => !(name.parent.type === 'Property' && name.parent.key === name && !name.parent.shorthand),
  );
