/** The expression that a name stands for, wherever that is written. */
import { type Node, type NodeType, type NodesByType, unwrap } from '../ast.ts';
import { type Definition, type Located, definitionOf } from './definitions.ts';
import type { ModuleLoader } from './modules.ts';

/** What an expression stands for, itself and not a member of it, as it is written; undefined for another type than those that are named. */
export const expressionAt = <Type extends NodeType = NodeType>(
  expression: Located,
  loader: ModuleLoader,
  ...types: readonly Type[]
): Located<NodesByType[Type]> | undefined => expressionOf(definitionOf(expression, loader), ...types);

/** The same of a definition that was found already. */
export function expressionOf<Type extends NodeType = NodeType>(
  definition: Definition | undefined,
  ...types: readonly Type[]
): Located<NodesByType[Type]> | undefined {
  if (definition?.kind !== 'value' || definition.path.length > 0) return undefined;
  const node = unwrap(definition.node);
  const isWanted = (one: Node): one is NodesByType[Type] =>
    types.length === 0 || (types as readonly string[]).includes(one.type);
  return isWanted(node) ? { file: definition.file, node } : undefined;
}
