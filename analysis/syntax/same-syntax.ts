/** Whether two programs are one, whatever whitespace, parentheses and trailing commas they are written with. */
import type { Node } from './ast.ts';

/** What says where a node is, or how it is spelt, and not what it is. */
const IS_PLACE = new Set(['parent', 'range', 'loc', 'start', 'end', 'tokens', 'comments']);

/** Iterative, so that deep code does not end the stack. */
export function isSameSyntax(one: Node, other: Node): boolean {
  const stack: (readonly [unknown, unknown])[] = [[one, other]];
  for (let pair = stack.pop(); pair; pair = stack.pop()) {
    const [a, b] = pair;
    if (Object.is(a, b)) continue;
    if (!isObject(a) || !isObject(b)) return false;
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (IS_PLACE.has(key)) continue;
      stack.push(key === 'children' ? [withoutLayout(a[key]), withoutLayout(b[key])] : [a[key], b[key]]);
    }
  }
  return true;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The children of an element as React gets them: lines of text and `{" "}` joined, and no white space with a line end alone. */
function withoutLayout(children: unknown): unknown {
  if (!Array.isArray(children)) return children;
  const kept: unknown[] = [];
  for (const child of children as readonly unknown[]) {
    const text = textOf(child);
    const last = kept.at(-1);
    if (text === undefined) kept.push(child);
    else if (typeof last === 'string') kept[kept.length - 1] = last + text;
    else if (text !== '') kept.push(text);
  }
  return kept;
}

function textOf(child: unknown): string | undefined {
  if (!isObject(child)) return undefined;
  if (child.type === 'JSXExpressionContainer')
    return isObject(child.expression) && child.expression.value === ' ' ? ' ' : undefined;
  if (child.type !== 'JSXText' || typeof child.raw !== 'string') return undefined;
  const lines = child.raw.split(/\r?\n/u);
  const last = lines.length - 1;
  return lines
    .map((line, at) => (at === 0 ? line : line.trimStart()))
    .map((line, at) => (at === last ? line : line.trimEnd()))
    .filter((line) => line !== '')
    .join(' ');
}
