/** Objects and patterns as they are written. */
import { describe, expect, it } from 'vitest';
import type { Node } from '../../../analysis/syntax/ast.ts';
import { declaredName, isNullishLiteral, propertyNamed, valueNamed } from '../../../analysis/syntax/objects.ts';
import { parse } from '../support.ts';

/** The expression of a statement, and its text. */
function expressionOf(code: string): {
  readonly node: Node;
  readonly textOf: (node: Node | undefined) => string | undefined;
} {
  const file = parse(`(${code})`);
  const [statement] = file.ast.body;
  if (statement?.type !== 'ExpressionStatement') throw new Error('the code is no expression');
  return { node: statement.expression, textOf: (node) => node && file.text.slice(...node.range) };
}

describe('the value of a name', () => {
  it.each([
    ['a property', '{ a: 1, b: 2 }', '1'],
    ['the last of several, which counts', '{ a: 1, a: 2 }', '2'],
    ['a name in quotes', "{ 'a': 1 }", '1'],
    ['none of a computed name', '{ [a]: 1 }', undefined],
    ['none of a spread', '{ ...a }', undefined],
    ['none of anything but an object', 'a', undefined],
  ])('is that of %s', (_which, code, expected) => {
    const { node, textOf } = expressionOf(code);
    expect(textOf(valueNamed(node, 'a'))).toBe(expected);
  });
});

describe('the name that an item of a pattern declares', () => {
  it.each([
    ['its own', '({ a }) => 0', 'a'],
    ['another one', '({ a: b }) => 0', 'b'],
    ['one with a default', '({ a = 1 }) => 0', 'a'],
    ['none for a pattern', '({ a: { b } }) => 0', undefined],
  ])('is %s', (_which, code, expected) => {
    const { node, textOf } = expressionOf(code);
    const [pattern] = node.type === 'ArrowFunctionExpression' ? node.params : [];
    if (pattern?.type !== 'ObjectPattern') throw new Error('the code takes no object apart');
    expect(textOf(declaredName(propertyNamed(pattern, 'a')))).toBe(expected);
  });
});

it.each([
  ['null', true],
  ['undefined', true],
  ['null as string | null', true],
  ['0', false],
  ["''", false],
  ['nothing', false],
])('%s is nullish as written: %s', (code, expected) => {
  expect(isNullishLiteral(expressionOf(code).node)).toBe(expected);
});
