/** The function of the project that an expression stands for. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, unwrap } from './ast.ts';
import { type Definition, type Located, definitionOf } from './bindings/definitions.ts';
import { expressionOf } from './bindings/expressions.ts';
import type { ModuleLoader } from './bindings/modules.ts';
import { type Variable, variableOf } from './bindings/scopes.ts';

/** The name that a function is declared with: its own, or that of the constant that it is. */
export function functionName({ id, parent }: FunctionNode): TSESTree.Identifier | undefined {
  if (id) return id;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
}

/** A callee or a callback as the function that it is, wherever that is written; undefined for anything else. */
export const functionAt = (expression: Located, loader: ModuleLoader): Located<FunctionNode> | undefined =>
  functionOf(definitionOf(expression, loader));

/** The same of a definition that was found already. */
export function functionOf(definition: Definition): Located<FunctionNode> | undefined {
  return expressionOf(definition, 'ArrowFunctionExpression', 'FunctionDeclaration', 'FunctionExpression');
}

/** The variable of a function of the project that holds an argument of a call, and that function. Undefined where a pattern takes it apart. */
export function parameterFor(
  { file, node }: Located<TSESTree.CallExpression>,
  argument: Node,
  loader: ModuleLoader,
): (Located<FunctionNode> & { readonly variable: Variable }) | undefined {
  const owner = functionAt({ file, node: node.callee }, loader);
  const param = owner?.node.params[node.arguments.findIndex((one) => unwrap(one) === unwrap(argument))];
  const variable = owner && param?.type === 'Identifier' ? variableOf(owner.file, param) : undefined;
  return owner && variable && { ...owner, variable };
}
