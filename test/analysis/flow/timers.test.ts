/** Timers, and the handlers of failures around a place. */
import { describe, expect, it } from 'vitest';
import { type FunctionNode, type Node, isFunction, walk } from '../../../analysis/syntax/ast.ts';
import { handlersAround } from '../../../analysis/flow/exceptions/rejections.ts';
import { calleeName, isAtOnce, isInTimer, startsTimer } from '../../../analysis/flow/timers.ts';
import { parse } from '../support.ts';

/** The first call of `here()` in some code. */
function placeIn(code: string): { node: Node; text: (node: Node) => string } {
  const file = parse(code);
  let found: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'here')
      found ??= node;
  });
  if (!found) throw new Error('the code calls no here()');
  return { node: found, text: (node) => file.text.slice(...node.range) };
}

it.each([
  ['setTimeout(() => here(), 1000)', true],
  ['window.setTimeout(() => here(), 1000)', true],
  ['setTimeout(() => { [1].map(() => here()); })', true],
  ['setTimeout(here(), 1000)', false],
  ['resetTimeout(() => here())', false],
  ['setInterval(() => here(), 1000)', false],
])('%s runs in a timeout: %s', (code, expected) => {
  expect(isInTimer(placeIn(code).node)).toBe(expected);
});

it.each([
  ['setTimeout(again)', true],
  ['setTimeout(again, 0)', true],
  ['setTimeout(again, 500)', false],
  ['setTimeout(again, delay)', false],
  ['later(again)', false],
])('%s waits for nothing: %s', (code, expected) => {
  const [statement] = parse(code).ast.body;
  const call = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  expect(call?.type === 'CallExpression' && isAtOnce(call)).toBe(expected);
});

it.each([
  ['new Promise((resolve) => setTimeout(resolve, 500))', true],
  ['delayWith(setTimeout)', true],
  ['requestIdleCallback(again)', true],
  ['new Promise((resolve) => setTimeout(resolve, 0))', false],
  ['again()', false],
])('%s starts a timer that waits: %s', (code, expected) => {
  expect(startsTimer(parse(code).ast)).toBe(expected);
});

it.each([
  ['a.b.c()', 'a.b.c'],
  ['a()()', 'a'],
  ["a['b'].c!()", 'a.b.c'],
  ['a[b]()', 'a.'],
])('names the callee of %s', (code, expected) => {
  const [statement] = parse(code).ast.body;
  const call = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  expect(call?.type === 'CallExpression' ? calleeName(call.callee) : '').toBe(expected);
});

describe('the handlers around a place', () => {
  const handlers = (code: string): string[] => {
    const { node, text } = placeIn(code);
    let owner: FunctionNode | undefined;
    for (let current: Node | undefined = node; current; current = current.parent)
      if (isFunction(current)) owner = current;
    return owner ? handlersAround({ function: owner, node }).map(({ tried }) => text(tried)) : [];
  };

  it.each([
    ['a catch clause', 'function f() { try { a(); } catch { here(); } }', ['{ a(); }']],
    ['a handler of a promise', 'const f = () => a().catch(() => here());', ['a()']],
    ['the second handler of then()', 'const f = () => a().then(b, () => here());', ['a()']],
    ['one within another', 'function f() { try { a(); } catch { b().catch(() => here()); } }', ['b()', '{ a(); }']],
  ])('are those of %s', (_, code, expected) => {
    expect(handlers(code)).toEqual(expected);
  });

  it.each([
    ['the try itself', 'function f() { try { here(); } catch { a(); } }'],
    ['finally', 'function f() { try { a(); } catch { b(); } finally { here(); } }'],
    ['the first handler of then()', 'const f = () => a().then(() => here(), b);'],
    ['an argument of catch()', 'const f = () => a().catch(here());'],
  ])('are none in %s', (_, code) => {
    expect(handlers(code)).toEqual([]);
  });
});
