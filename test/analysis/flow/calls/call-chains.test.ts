/** The calls that a function may make, with the calls that lead to them. */
import { expect, it } from 'vitest';
import { isFunction } from '../../../../analysis/syntax/ast.ts';
import { callChains } from '../../../../analysis/flow/calls/call-chains.ts';
import { argumentOf } from '../../../../analysis/flow/calls/call-contexts.ts';
import { constantOf } from '../../../../analysis/flow/constants.ts';
import { type Origin, calleesIn } from '../../../../analysis/flow/origins.ts';
import { calleeName } from '../../../../analysis/flow/timers.ts';
import { loaderOf, parse } from '../../support.ts';

/** The chains of calls from a function `start()`: `a > b` for a call of `b()` in the function that `a()` enters. */
function chainsIn(code: string, modules: Readonly<Record<string, string>> = {}): string[] {
  const file = parse(code);
  const start = file.ast.body.find((one) => one.type === 'FunctionDeclaration' && one.id.name === 'start');
  if (!isFunction(start)) throw new Error('the code has no function start()');
  const tracer = {
    loader: loaderOf(modules),
    library: { meaningOf: () => undefined, keptBy: () => undefined, valuesOf: () => undefined },
  };
  const chains = callChains<Exclude<Origin, { kind: 'function' }>>(
    { file, node: start, path: [] },
    {
      calleesOf: (callee) => calleesIn(callee, tracer),
      truthOf(test) {
        const constant = constantOf(argumentOf(test, tracer.loader) ?? test, tracer.loader);
        return constant && Boolean(constant.value);
      },
    },
  );
  return chains.map(({ link, sites }) => {
    const way = sites.map(({ node }) => (node.type === 'CallExpression' ? calleeName(node.callee) : '?')).join(' > ');
    return link.kind === 'called' ? way : `${way} (${link.kind})`;
  });
}

it.each([
  ['calls of its own', 'function start() { a(b()); }', ['a', 'b']],
  ['calls in a helper', 'const f = () => a(); function start() { f(); }', ['f (entered)', 'f > a']],
  ['calls in a parameter', 'function start(x = a()) {}', ['a']],
  ['calls in a callback', 'function start() { a(() => b()); }', ['a', 'b']],
  ['calls on the spot', 'function start() { (() => a())(); }', ['a']],
  ['what is handed over by name', 'function start() { a(b); }', ['a', 'a (handed)']],
  [
    'a helper that is handed over by name',
    'const f = () => b(); function start() { a(f); }',
    ['a', 'a (entered)', 'a > b'],
  ],
  [
    'a helper twice',
    'const f = () => a(); function start() { f(); f(); }',
    ['f (entered)', 'f > a', 'f (entered)', 'f > a'],
  ],
  ['each arm of a name', 'const f = x ? a : b; function start() { f(); }', ['f', 'f']],
  [
    'a function that calls itself',
    'function f() { f(); } function start() { f(); }',
    ['f (entered)', 'f > f (recursion)'],
  ],
])('has %s', (_, code, expected) => {
  expect(chainsIn(code)).toEqual(expected);
});

it.each([
  ['true', 'f(true)', ['f (entered)', 'f > a']],
  ['false', 'f(false)', ['f (entered)', 'f > b']],
  ['not known', 'f(x)', ['f (entered)', 'f > a', 'f > b']],
])('enters a helper with the argument that it is given: %s', (_, call, expected) => {
  expect(chainsIn(`function f(force) { return force ? a() : b(); } function start() { ${call}; }`)).toEqual(expected);
});

it('follows a helper of another file', () => {
  const code = "import { f } from 'helpers'; function start() { f(); }";
  expect(chainsIn(code, { helpers: 'export const f = () => a();' })).toEqual(['f (entered)', 'f > a']);
});

it('ends where a function is on the way already', () => {
  const code = 'function f() { g(); } function g() { f(); } function start() { f(); }';
  expect(chainsIn(code)).toEqual(['f (entered)', 'f > g (entered)', 'f > g > f (recursion)']);
});

it('has no calls of functions that are only made', () => {
  expect(chainsIn('function start() { const f = () => a(); return f; }')).toEqual([]);
});

it('ends where functions call each other again and again', () => {
  const functions = Array.from(
    { length: 20 },
    (_, index) => `const f${String(index)} = () => { f${String(index + 1)}(); f${String(index + 1)}(); };`,
  );
  expect(chainsIn(`${functions.join('\n')}\nfunction start() { f0(); }`).length).toBeLessThan(5000);
});
