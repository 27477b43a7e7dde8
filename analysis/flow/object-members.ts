/** The members of objects that code writes out: of literals, through spreads, of `Object.assign()` and `Object.freeze()`. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap } from '../syntax/ast.ts';
import type { ModuleLoader } from '../syntax/bindings/modules.ts';
import type { Ref } from './calls/call-contexts.ts';
import { expressionAt } from '../syntax/bindings/expressions.ts';

/** The properties and spreads of an object literal, of `Object.assign({}, …)` and of `Object.freeze({ … })`. */
type Part = TSESTree.Property | { readonly type: 'rest'; readonly node: Node };

const MAX_DEPTH = 12;

export const isObject = (node: Node): boolean => partsOf(node) !== undefined;

function partsOf(node: Node): readonly Part[] | undefined {
  if (node.type === 'ObjectExpression') {
    return node.properties.map((property) =>
      property.type === 'SpreadElement' ? { type: 'rest', node: property.argument } : property,
    );
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object } = node.callee;
  const isOfObject = object.type === 'Identifier' && object.name === 'Object';
  if (!isOfObject || !['assign', 'freeze', 'seal'].includes(propertyName(node.callee) ?? '')) return undefined;
  return node.arguments.map((argument) => ({ type: 'rest', node: argument }));
}

/** Whether an object is written out, and has no member of a name. */
export function isKnownWithout(node: Node, name: string): boolean {
  return (
    partsOf(node)?.every((part) => part.type !== 'rest' && ![name, undefined].includes(propertyName(part))) === true
  );
}

/**
 * The expression that a property of an object holds, through spreads: `absent` where it has none, undefined when that is not known. `mayHold` says
 * whether something that is spread may have the property.
 */
export function lookUp(
  ref: Ref,
  path: Ref['path'],
  loader: ModuleLoader,
  mayHold: (spread: Ref, name: string) => boolean,
  depth = 0,
): Ref | 'absent' | undefined {
  const [first, ...rest] = path;
  const parts = partsOf(unwrap(ref.node));
  if (typeof first !== 'string' || !parts || depth > MAX_DEPTH) return undefined;
  for (const part of [...parts].reverse()) {
    if (part.type !== 'rest') {
      const name = propertyName(part);
      if (name === undefined) return undefined;
      if (name === first) return { ...ref, node: part.value, path: rest };
      continue;
    }
    const spread: Ref = { ...ref, node: part.node, path };
    const whole = { ...spread, ...expressionAt({ file: ref.file, node: part.node }, loader) };
    if (partsOf(unwrap(whole.node))) {
      const member = lookUp(whole, path, loader, mayHold, depth + 1);
      if (member !== 'absent') return member;
    } else if (mayHold(spread, first)) return spread;
  }
  return 'absent';
}
