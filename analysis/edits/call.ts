/** Calling a function that code only names. */
import { type Node, unwrap } from '../syntax/ast.ts';
import { type Edit, insertAfter } from './edits.ts';

/**
 * The edit that calls what an expression names: `X satisfies T` becomes `X() satisfies T`, `X<T>` becomes `X<T>()`. Undefined for an expression that is
 * more than a name.
 */
export function callNamed(expression: Node): Edit | undefined {
  const name = unwrap(expression);
  if (name.type !== 'Identifier' && name.type !== 'MemberExpression') return undefined;
  return insertAfter(name.parent.type === 'TSInstantiationExpression' ? name.parent : name, '()');
}
