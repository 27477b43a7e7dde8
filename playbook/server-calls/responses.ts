/** Which response of a proxy an expression is. */
import type { TSESTree } from '@typescript-eslint/types';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import { type FunctionNode, type Node, isFunction, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { Project } from '../../project/project.ts';
import { type MadeResponse, type ResponseCall, madeResponse } from '../made-response.ts';

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
  const definition = definitionOf(expression, project);
  if (definition.kind !== 'value' || definition.path.length > 0 || depth === 0) return undefined;
  const { file, node } = definition;
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const own = madeResponse({ file, node }, project);
  if (own) {
    // What `createMiddleware(routing)` returns has no name of its own.
    const name = own.name.includes('()') ? file.text.slice(...node.callee.range) : own.name;
    return { ...own, name, call: node, through: [] };
  }
  const helper = definitionOf({ file, node: node.callee }, project);
  if (helper.kind !== 'value' || !isFunction(helper.node) || node.type === 'NewExpression') return undefined;
  const [only, other] = returnedExpressions(helper.node);
  if (!only || other) return undefined;
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
