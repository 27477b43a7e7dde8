/** A navigation to the route becomes a call of the action, which navigates by itself. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, contains, isFunction } from '../../../analysis/syntax/ast.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Edit, remove, replace } from '../../../analysis/edits/edits.ts';
import { bodyStart } from './form-edits.ts';

/** A text says why it is left. */
export function navigationEdits(file: SourceFile, expression: Node, action: string): Edit[] | string {
  let node = expression;
  while (
    node.parent?.type === 'AwaitExpression' ||
    (node.parent?.type === 'UnaryExpression' && node.parent.operator === 'void')
  )
    node = node.parent;
  const call = `void ${action}()`;
  const { parent } = node;
  if (parent?.type === 'ExpressionStatement' || parent?.type === 'ReturnStatement') {
    const isBare =
      parent.type === 'ExpressionStatement' || file.text.slice(parent.range[0], node.range[0]).trim() === 'return';
    return isBare ? [replace(node, call)] : 'it is in parentheses';
  }
  if (parent?.type === 'ArrowFunctionExpression' && parent.body === node) {
    const start = bodyStart(file, parent);
    const around = file.text.slice(start, node.range[0]) + file.text.slice(node.range[1], parent.range[1]);
    return /^[\s()]*$/u.test(around) ? [replace([start, parent.range[1]], call)] : 'a comment is next to it';
  }
  return 'it is part of a larger expression';
}

/** Takes what some removed expressions used out of the lists of dependencies around them, where nothing else of the hook's function uses it. */
export function dependencyEdits(file: SourceFile, expressions: readonly Node[]): Edit[] {
  const isGone = (identifier: Node): boolean => expressions.some((expression) => contains(expression, identifier));
  const lists = new Map<TSESTree.ArrayExpression, FunctionNode>();
  for (const expression of expressions) {
    for (let node: Node | undefined = expression; node; node = node.parent) {
      if (!isFunction(node) || node.parent.type !== 'CallExpression' || node.parent.arguments[0] !== node) continue;
      const [, list] = node.parent.arguments;
      if (list?.type === 'ArrayExpression') lists.set(list, node);
    }
  }
  return [...lists].flatMap(([list, code]) => {
    const gone = list.elements.filter((element): element is TSESTree.Identifier => {
      const references = element?.type === 'Identifier' ? variableOf(file, element)?.references : undefined;
      const uses = (references ?? []).map(({ identifier }): Node => identifier).filter((node) => contains(code, node));
      return uses.length > 0 && uses.every(isGone);
    });
    return withoutElements(file, list, gone);
  });
}

function withoutElements(
  { text }: SourceFile,
  { elements, range }: TSESTree.ArrayExpression,
  gone: readonly Node[],
): Edit[] {
  if (gone.length === 0) return [];
  const kept = elements.flatMap((element) =>
    element && !gone.includes(element) ? [text.slice(...element.range)] : [],
  );
  return kept.length === 0
    ? [remove([range[0] + 1, range[1] - 1])]
    : [replace([range[0] + 1, range[1] - 1], kept.join(', '))];
}
