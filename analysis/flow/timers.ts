/** What runs later: in a callback of `setTimeout()`, behind a promise of one. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, propertyName, unwrap, walk, closest } from '../syntax/ast.ts';

const MAX_LINKS = 20;

/** The name of what is called, as written: `lodash.throttle`. Of a longer chain, its last links. */
export function calleeName(callee: Node, depth = 0): string {
  const node = unwrap(callee);
  if (node.type === 'Identifier') return node.name;
  if (depth > MAX_LINKS) return '';
  if (node.type === 'MemberExpression') return `${calleeName(node.object, depth + 1)}.${propertyName(node) ?? ''}`;
  return node.type === 'CallExpression' ? calleeName(node.callee, depth + 1) : '';
}

const isNamed = (callee: Node, name: string): boolean => {
  const full = calleeName(callee);
  return full === name || full.endsWith(`.${name}`);
};

/** Whether a node runs in a callback of a timer. */
export function isInTimer(node: Node, timer: 'setInterval' | 'setTimeout' = 'setTimeout'): boolean {
  const callback = closest(node, isFunction);
  if (!callback) return false;
  const { parent } = callback;
  return (parent.type === 'CallExpression' && isNamed(parent.callee, timer)) || isInTimer(parent, timer);
}

export const isTimer = ({ callee }: TSESTree.CallExpression, timer: 'setInterval' | 'setTimeout'): boolean =>
  isNamed(callee, timer);

/** `setTimeout(again)`, `setTimeout(again, 0)`: a timer that waits for nothing. */
export function isAtOnce(call: TSESTree.CallExpression): boolean {
  const [callback, delay] = call.arguments;
  return (
    callback !== undefined &&
    callback.type !== 'Literal' &&
    isTimer(call, 'setTimeout') &&
    (!delay || (delay.type === 'Literal' && delay.value === 0))
  );
}

/** Whether a piece of code starts a timer that waits, or hands one over by its name. */
export function startsTimer(code: Node): boolean {
  let found = false;
  walk(code, (node) => {
    if (node.type === 'CallExpression' && isAtOnce(node)) return false;
    found ||= node.type === 'Identifier' && ['setTimeout', 'requestIdleCallback'].includes(node.name);
    return !found;
  });
  return found;
}
