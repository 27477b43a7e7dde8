/** The browser's location, which code assigns a URL to in order to go there. */
import { propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { isGlobal } from '../../analysis/syntax/bindings/scopes.ts';

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
  if (node.type !== 'MemberExpression') return isGlobal(file, node, 'location');
  const isOfPage = isGlobal(file, unwrap(node.object), 'window', 'document', 'globalThis', 'self');
  return isOfPage && propertyName(node) === 'location';
}
