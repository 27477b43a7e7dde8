/** Which response of a proxy an expression is. */
import type { TSESTree } from '@typescript-eslint/types';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import { type FunctionNode, type Node, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located } from '../../analysis/syntax/bindings/definitions.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { Project } from '../../project/project.ts';
import { type MadeResponse, type ResponseCall, madeResponse } from '../made-response.ts';
import { expressionAt } from '../../analysis/syntax/bindings/expressions.ts';
import { functionAt } from '../../analysis/syntax/functions.ts';

export interface SeenResponse extends MadeResponse {
  readonly call: ResponseCall;
  /** The functions of the project that the response has come through: each may have put something into it. */
  readonly through: readonly FunctionNode[];
}

/**
 * The response that an expression is, where it is made in the open: here, in the one `return` of a function of the project, or as the argument
 * that such a function gives back.
 */
export function responseAt(expression: Located, project: Project, depth = 3): SeenResponse | undefined {
  const call = depth > 0 ? expressionAt(expression, project, 'CallExpression', 'NewExpression') : undefined;
  if (!call) return undefined;
  const { file, node } = call;
  const own = madeResponse(call, project);
  if (own) {
    // What `createMiddleware(routing)` returns has no name of its own.
    const name = own.name.includes('()') ? file.text.slice(...node.callee.range) : own.name;
    return { ...own, name, call: node, through: [] };
  }
  const helper = functionAt({ file, node: node.callee }, project);
  const [only, other] = helper ? returnedExpressions(helper.node) : [];
  if (!helper || !only || other || node.type === 'NewExpression') return undefined;
  const argument = argumentBehind({ file: helper.file, node: only }, helper.node, node);
  const source = argument ? { file, node: argument } : { file: helper.file, node: only };
  const made = responseAt(source, project, depth - 1);
  return made && { ...made, call: node, through: [...made.through, helper.node] };
}

/** `withLocale(response, locale)`, where the function returns its parameter: the argument that it is given. */
function argumentBehind(result: Located, helper: FunctionNode, call: TSESTree.CallExpression): Node | undefined {
  const node = unwrap(result.node);
  const variable = node.type === 'Identifier' ? variableOf(result.file, node) : undefined;
  const index = helper.params.findIndex(
    (param) => param.type === 'Identifier' && variable?.defs.some(({ name }) => name === param),
  );
  const before = call.arguments.slice(0, index + 1);
  if (index < 0 || variable?.references.some((reference) => reference.isWrite())) return undefined;
  return before.some(({ type }) => type === 'SpreadElement') ? undefined : before[index];
}
