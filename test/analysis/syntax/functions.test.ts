/** Which function of the project a callee stands for. */
import { describe, expect, it } from 'vitest';
import { type Node, walk } from '../../../analysis/syntax/ast.ts';
import { functionAt } from '../../../analysis/syntax/functions.ts';
import { loaderOf, parse } from '../support.ts';

/** The text of the function that the argument of `use(…)` stands for. */
function functionIn(code: string, modules: Record<string, string> = {}): string | undefined {
  const file = parse(code);
  let argument: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'use')
      argument ??= node.arguments[0];
  });
  if (!argument) throw new Error('the code has no call of use()');
  const found = functionAt({ file, node: argument }, loaderOf(modules));
  return found?.file.text.slice(...found.node.range);
}

describe('the function behind an expression', () => {
  it.each([
    ['a declaration', 'function f() {} use(f);', {}, 'function f() {}'],
    ['an arrow function in a variable', 'const f = () => 1; use(f);', {}, '() => 1'],
    ['the expression itself', 'use(() => 1);', {}, '() => 1'],
    [
      'a function of another file',
      "import { f } from './a'; use(f);",
      { './a': 'export const f = () => 2;' },
      '() => 2',
    ],
  ])('%s', (_, code, modules, expected) => {
    expect(functionIn(code, modules)).toBe(expected);
  });

  it.each([
    ['what a call returns', 'const f = () => () => 1; use(f());'],
    ['a member of a function', 'function f() {} use(f.bind);'],
    ["a package's function", "import { f } from 'package'; use(f);"],
    ['another value', 'const f = 1; use(f);'],
  ])('is none for %s', (_, code) => {
    expect(functionIn(code)).toBeUndefined();
  });
});
