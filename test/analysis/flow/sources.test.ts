/** The values that may reach an expression, each with the condition under which it does. */
import { describe, expect, it } from 'vitest';
import { type Node, walk } from '../../../analysis/syntax/ast.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { type Atom, type Condition, atom, known, not } from '../../../analysis/flow/conditions.ts';
import type { Library } from '../../../analysis/flow/library.ts';
import { alternativesIn, calleesIn } from '../../../analysis/flow/origins.ts';
import { type Reader, type Sources, conditionOver, sourcesOf } from '../../../analysis/flow/sources.ts';
import { loaderOf, parse } from '../support.ts';

const textOf = ({ file, node, path }: Ref): string =>
  [file.text.slice(...node.range), ...path.map(String)].join('.').replaceAll(/\s+/gu, ' ');

/** `memo(f)` gives what `f` returns, `keep(x)` keeps something of its own, and `same(x)` gives `x`. */
const library: Library = {
  meaningOf(call) {
    const { node } = call;
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || !node.arguments[0]) return undefined;
    const given: Ref = { ...call, node: node.arguments[0] };
    switch (node.callee.name) {
      case 'memo':
        return { kind: 'returns', of: { ...given, path: [] } };
      case 'keep':
        return { kind: 'keeps' };
      case 'same':
        return { kind: 'gives', values: [given] };
      default:
        return undefined;
    }
  },
  keptBy: () => undefined,
  valuesOf: () => undefined,
};

const tracerFor = (modules: Readonly<Record<string, string>>) => ({ loader: loaderOf(modules), library });

function readerFor(modules: Readonly<Record<string, string>>): Reader<Atom> {
  let steps = 500;
  const reader: Reader<Atom> = {
    ...tracerFor(modules),
    truth: (test) => (test.node.type === 'Literal' ? known(Boolean(test.node.value)) : atom({ key: textOf(test) })),
    truthOf: (sources) =>
      conditionOver(sources, (value) => (value.kind === 'value' ? reader.truth(value.ref, value.at) : known(false))) ??
      known(false),
    equality: (left, right) => atom({ key: `${textOf(left)} is ${textOf(right)}` }),
    placeOf: ({ node }) => node,
    mayGoOn: () => (steps -= 1) > 0,
  };
  return reader;
}

function placeIn(code: string): Ref {
  const file = parse(code);
  let place: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'use')
      [place] = node.arguments;
  });
  if (!place) throw new Error('the code calls no use()');
  return { file, node: place, path: [] };
}

function shown(condition: Condition<Atom>): string {
  switch (condition.kind) {
    case 'known':
      return condition.value ? 'else' : 'never';
    case 'atom':
      if (typeof condition.atom.key !== 'string') throw new TypeError('the atom has no text as its key');
      return condition.atom.key;
    case 'not':
      return `!${shown(condition.of)}`;
    case 'if':
      return `(${shown(condition.test)} ? ${shown(condition.then)} : ${shown(condition.otherwise)})`;
    default:
      return `(${condition.of.map(shown).join(condition.kind === 'and' ? ' && ' : ' || ')})`;
  }
}

const listed = (sources: Sources<Atom>): string[] =>
  sources.map(({ value, when }) => `${value.kind === 'value' ? textOf(value.ref) : value.kind}: ${shown(when)}`);

describe('the sources of', () => {
  it.each<[string, string, string[], Record<string, string>?]>([
    ['a literal', 'use(1)', ['1: else']],
    ['a conditional', 'use(a ? 1 : 2)', ['1: a', '2: else']],
    ['one in another', 'use(a ? (b ? 1 : 2) : 3)', ['1: (a && b)', '2: a', '3: else']],
    ['a test that is decided', 'use(true ? 1 : 2)', ['1: else']],
    ['a name', 'const x = a ? 1 : 2; use(x)', ['1: a', '2: else']],
    ['a member of an object', 'const o = { x: a ? 1 : 2 }; use(o.x)', ['1: a', '2: else']],
    ['a member through a spread', 'const p = { x: 1 }; const o = { ...p, y: 2 }; use(o.x)', ['1: else']],
    ['a name that is assigned under a test', 'let x = 1; if (a) x = 2; use(x)', ['2: a', '1: else']],
    [
      'one that is assigned on both sides',
      'let x; if (a) x = 1; else x = 2; use(x)',
      ['2: !a', '1: a', 'nothing: else'],
    ],
    ['one that is assigned later', 'let x = 1; use(x); x = 2', ['1: else']],
    ['one that a loop assigns', 'let x = 1; for (const y of z) x = 2; use(x)', ['x: else']],
    ['one with a default', 'let x = b; x ||= 2; use(x)', ['b: b', '2: else']],
    ['a function', 'function f() { if (a) return 1; return 2 } use(f())', ['1: a', '2: !a']],
    [
      'a function with a switch',
      "function f() { switch (k) { case 'a': return 1; default: return 2 } } use(f())",
      ["1: k is 'a'", "2: !k is 'a'"],
    ],
    ['a function that throws', 'function f() { if (a) throw e; return 2 } use(f())', ['2: !a']],
    [
      'a function with a loop that returns',
      'function f() { for (const x of y) return 1; return 2 } use(f())',
      ['f(): else'],
    ],
    [
      'a function with a try that returns',
      'function f() { try { return 1 } catch { return 2 } } use(f())',
      ['f(): else'],
    ],
    ['an asynchronous function', 'async function f() { return 1 } use(f())', ['f(): else']],
    ['a parameter', 'function f(x) { return x ? 1 : 2 } use(f(b))', ['1: x', '2: else']],
    ['what a parameter is given', 'function f(x) { return x } use(f(b))', ['b: else']],
    ['a default of a parameter', 'function f(x = 1) { return x } use(f())', ['1: else']],
    [
      'a name of another file',
      "import { x } from './b'; use(x)",
      ['1: a', '2: else'],
      { './b': 'export const x = a ? 1 : 2;' },
    ],
    ['what a library returns', 'use(memo(() => (a ? 1 : 2)))', ['1: a', '2: else']],
    ['what a library gives', 'use(same(a ? 1 : 2))', ['1: a', '2: else']],
    ['what a library keeps', 'use(keep(a ? 1 : 2))', ['keep(a ? 1 : 2): else']],
    ['a name that stands for itself', 'const x = x; use(x)', ['x: else']],
  ])('%s', (_, code, expected, modules = {}) => {
    expect(listed(sourcesOf(placeIn(code), placeIn(code).node, readerFor(modules)))).toEqual(expected);
  });

  it('constants that double each other end', () => {
    const code = `const c0 = a ? 1 : 2; ${Array.from({ length: 40 }, (_, i) => `const c${String(i + 1)} = a ? c${String(i)} : c${String(i)};`).join(' ')} use(c40)`;
    expect(sourcesOf(placeIn(code), placeIn(code).node, readerFor({})).length).toBeLessThan(1_000);
  });
});

describe('a question about sources', () => {
  const sources = (code: string): Sources<Atom> => sourcesOf(placeIn(code), placeIn(code).node, readerFor({}));

  it('is put together in their order', () => {
    const isOne = conditionOver(sources('use(a ? 1 : 2)'), (value) =>
      known(value.kind === 'value' && textOf(value.ref) === '1'),
    );
    expect(isOne && shown(isOne)).toBe('a');
  });

  it('has no answer where a source has none', () => {
    expect(conditionOver(sources('use(a ? 1 : 2)'), () => undefined)).toBe(undefined);
  });

  it('is negated as a whole', () => {
    const truth = conditionOver(sources('use(a ? 1 : 0)'), (value) =>
      known(value.kind === 'value' && textOf(value.ref) !== '0'),
    );
    expect(truth && shown(not(truth))).toBe('!a');
  });
});

describe('the origins of', () => {
  const kinds = (code: string, modules: Readonly<Record<string, string>> = {}): string[] =>
    alternativesIn(placeIn(code), tracerFor(modules)).map((origin) => {
      if (origin.kind === 'export') return `${origin.module} ${origin.name}`;
      if (origin.kind === 'result') return `result.${origin.at.path.map(String).join('.')}`;
      return origin.kind === 'expression' ? textOf(origin.at) : origin.kind;
    });

  it.each<[string, string, string[]]>([
    ['both arms', 'use(a ? 1 : 2)', ['1', '2']],
    ['every assignment, whatever its place', 'let x = 1; use(x); x = 2', ['1', '2']],
    ['an export of a package', "import { x } from 'p'; use(x)", ['p x']],
    ['a member of what a package returns', "import { f } from 'p'; const { a: { b } } = f(); use(b)", ['result.a.b']],
    ['what an asynchronous function returns', 'async function f() { return 1 } use(f())', ['1']],
    ['a parameter that no one gives', 'function f(x) { use(x) }', ['parameter']],
    ['a global', 'use(window)', ['global']],
    ['what a rest leaves out', 'const { a, ...rest } = { a: 1, b: 2 }; use(rest.a)', ['unknown']],
    ['what it has', 'const { a, ...rest } = { a: 1, b: 2 }; use(rest.b)', ['2']],
    ['what a library keeps', 'use(keep(1))', ['kept']],
  ])('%s', (_, code, expected) => {
    expect(kinds(code)).toEqual(expected);
  });

  it('a callee are the functions that it may be', () => {
    expect(
      calleesIn(placeIn('const f = a ? () => 1 : function g() {}; use(f)'), tracerFor({})).map(({ kind }) => kind),
    ).toEqual(['function', 'function']);
  });
});
