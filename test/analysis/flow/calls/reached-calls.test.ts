import { describe, expect, it } from 'vitest';
import { type Node, isFunction, walk } from '../../../../analysis/syntax/ast.ts';
import { hasDirective } from '../../../../analysis/syntax/directives.ts';
import { type ReachOptions, callsReachedFrom } from '../../../../analysis/flow/calls/reached-calls.ts';
import { loaderOf, parse } from '../../support.ts';

/** The callees that `start` reaches, as written. */
function reached(
  code: string,
  modules: Readonly<Record<string, string>> = {},
  options: Partial<ReachOptions> = {},
): string[] {
  const file = parse(code);
  let start: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'FunctionDeclaration' && node.id?.name === 'start') start = node;
  });
  if (!isFunction(start)) throw new Error('the code has no function start');
  return callsReachedFrom({ file, node: start }, { loader: loaderOf(modules), ...options }).map(({ file: in_, node }) =>
    in_.text.slice(...node.callee.range),
  );
}

describe('the calls that a function reaches', () => {
  it.each([
    ['its own', 'function start() { a() }', ['a']],
    ['those of a helper', 'function start() { help() } const help = () => a()', ['help', 'a']],
    [
      'those of a callback that is handed to a call',
      'function start() { list.map(async () => a()) }',
      ['list.map', 'a'],
    ],
    [
      'those of a function called on the spot',
      'function start() { (async () => { a() })() }',
      ['async () => { a() }', 'a'],
    ],
    ['those of a default parameter', 'function start(x = a()) {}', ['a']],
    [
      'those of a function behind a wrapper',
      "import { cache } from 'react'; const get = cache(async () => a()); function start() { get() }",
      ['get', 'a'],
    ],
    [
      'each once when functions call each other',
      'function start() { b() } function b() { start(); a() }',
      ['b', 'start', 'a'],
    ],
    ['none of a function that is only defined', 'function start() { const f = () => a() }', []],
    ['none of a timer', 'function start() { setTimeout(() => a(), 10) }', ['setTimeout']],
    ['none of an event handler', 'function start() { return <b onClick={() => a()} /> }', []],
    ['none of a function that is returned', 'function start() { return () => a() }', []],
    [
      'none of a callback that a helper only puts into what it returns',
      'function start() { make(() => a()) } const make = (f) => ({ run: () => f() })',
      ['make'],
    ],
    [
      'those of a callback that a helper puts into what it returns, where that is called',
      'function start() { const run = make(() => a()); run() } const make = (f) => () => f()',
      ['make', 'run', 'a', 'f'],
    ],
    [
      'those of a callback that a helper calls by a function of its own',
      'function start() { help(() => a()) } function help(f) { const run = () => f(); run() }',
      ['help', 'run', 'f', 'a'],
    ],
  ])('are %s', (_which, code, expected) => {
    expect(reached(code)).toEqual(expected);
  });

  it('are followed into other files of the project', () => {
    const modules = { './help': 'export default function help() { a() }' };
    expect(reached("import help from './help'; function start() { help() }", modules)).toEqual(['help', 'a']);
  });

  it('include what a component renders, where that is asked for', () => {
    const code = 'function start() { return <main><Nav /></main> } function Nav() { a(); return null }';
    expect(reached(code, {}, { followsElements: true })).toEqual(['a']);
    expect(reached(code)).toEqual([]);
  });

  it('leave out functions that run elsewhere', () => {
    const code =
      "function start() { act(); help() } async function act() { 'use server'; a() } function help() { b() }";
    expect(reached(code, {}, { enters: ({ node }) => !hasDirective(node, 'use server') })).toEqual([
      'act',
      'help',
      'b',
    ]);
  });

  it('end for ten thousand functions in a chain', () => {
    const chain = Array.from(
      { length: 10_000 },
      (_, index) => `function f${String(index)}() { f${String(index + 1)}() }`,
    ).join('\n');
    expect(reached(`function start() { f0() }\n${chain}`).length).toBeGreaterThan(10);
  });
});
