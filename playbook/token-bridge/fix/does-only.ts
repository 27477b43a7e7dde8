/** Code that does one thing and nothing else, so that it can go as a whole. */
import { type Node, hasNode } from '../../../analysis/syntax/ast.ts';

/** Whether a statement does nothing but what a test says of its expressions: `if (error) void refresh();`, with no call in the condition. */
export function doesOnly(node: Node, isIt: (expression: Node) => boolean): boolean {
  const of = (child: Node): boolean => doesOnly(child, isIt);
  switch (node.type) {
    case 'BlockStatement':
      return node.body.every(of);
    case 'IfStatement':
      return of(node.consequent) && (!node.alternate || of(node.alternate)) && !hasCall(node.test);
    case 'ExpressionStatement':
      return of(node.expression);
    case 'ReturnStatement':
      return !node.argument;
    case 'UnaryExpression':
      return node.operator === 'void' && of(node.argument);
    default:
      return isIt(node);
  }
}

/** Whether code calls something. */
export const hasCall = (code: Node): boolean => hasNode(code, ({ type }) => type === 'CallExpression');
