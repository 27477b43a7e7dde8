/** The browser's location, which code assigns a URL to in order to go there. */
import { type Node, propertyName, unwrap } from '../analysis/syntax/ast.ts';
import type { Located } from '../analysis/syntax/bindings/definitions.ts';
import { variableOf } from '../analysis/syntax/bindings/scopes.ts';

const OWNERS = new Set(['window', 'document', 'globalThis', 'self']);

/** `window.location` and `location.href`, as what is assigned. */
export function isLocationTarget({ file, node: left }: Located): boolean {
  const node = unwrap(left);
  return (
    isLocation({ file, node }) ||
    (node.type === 'MemberExpression' && propertyName(node) === 'href' && isLocation({ file, node: node.object }))
  );
}

/** `location`, `window.location` */
export function isLocation({ file, node: expression }: Located): boolean {
  const node = unwrap(expression);
  const isGlobal = (name: Node, names: ReadonlySet<string>): boolean =>
    name.type === 'Identifier' && names.has(name.name) && !variableOf(file, name);
  return node.type === 'MemberExpression'
    ? propertyName(node) === 'location' && isGlobal(unwrap(node.object), OWNERS)
    : isGlobal(node, new Set(['location']));
}
