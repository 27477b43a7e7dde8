/** Objects and patterns as they are written: `{ a: 1, b }`. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap } from './ast.ts';

/** The property of a name that an object or a pattern lists; of several the last one, which counts. What is spread into it is not looked at. */
export function propertyNamed(
  { properties }: TSESTree.ObjectExpression | TSESTree.ObjectPattern,
  name: string,
): TSESTree.Property | undefined {
  return (properties as readonly Node[]).findLast(
    (one): one is TSESTree.Property => one.type === 'Property' && propertyName(one) === name,
  );
}

/** The value of the only property of an object literal, where it has that name. */
export function soleValue(node: Node | undefined, name: string): Node | undefined {
  const [property, other] = node?.type === 'ObjectExpression' ? node.properties : [];
  return property?.type === 'Property' && !other && propertyName(property) === name
    ? unwrap(property.value)
    : undefined;
}

/** The value that an object literal lists under a name; undefined for any other expression. */
export function valueNamed(node: Node | undefined, name: string): Node | undefined {
  return node?.type === 'ObjectExpression' ? propertyNamed(node, name)?.value : undefined;
}

/** The name that a parameter, or an item of a pattern or an import, declares: `a` of `{ a = 1 }`, `{ x: a }`, `...a`; undefined for a pattern. */
export function declaredName(item: Node | undefined): TSESTree.Identifier | undefined {
  switch (item?.type) {
    case 'Identifier':
      return item;
    case 'AssignmentPattern':
      return declaredName(item.left);
    case 'Property':
      return declaredName(item.value);
    case 'RestElement':
      return declaredName(item.argument);
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return item.local;
    default:
      return undefined;
  }
}

/** `null` or `undefined`, as written. */
export function isNullishLiteral(node: Node): boolean {
  const value = unwrap(node);
  return (
    (value.type === 'Literal' && value.raw === 'null') || (value.type === 'Identifier' && value.name === 'undefined')
  );
}
