/** The function of the project that an expression stands for. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, isFunction } from './ast.ts';
import { type Definition, type Located, definitionOf } from './bindings/definitions.ts';
import type { ModuleLoader } from './bindings/modules.ts';

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
  if (definition.kind !== 'value' || definition.path.length > 0) return undefined;
  const { file, node } = definition;
  return isFunction(node) ? { file, node } : undefined;
}
