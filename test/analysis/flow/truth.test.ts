/** The truth of an expression, as a condition over the values that the code does not take apart. */
import { describe, expect, it } from 'vitest';
import { type Node, walk } from '../../../analysis/syntax/ast.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { type Atom, type Condition, atom } from '../../../analysis/flow/conditions.ts';
import { type Tracer, originsIn } from '../../../analysis/flow/origins.ts';
import { readerWith } from '../../../analysis/flow/truth.ts';
import { loaderOf, parse } from '../support.ts';

const textOf = ({ file, node, path }: Ref): string => [file.text.slice(...node.range), ...path.map(String)].join('.');

/** The keys of what nothing is known of, in what a function `use()` is given. */
function unknownsIn(code: string): ReadonlySet<unknown> {
  const keys = new Set<unknown>();
  truthIn(code, (key) => keys.add(key));
  return keys;
}

/** What a function `use()` is given in some code, as a condition over names; `?` is what nothing is known of. */
function truthIn(code: string, note: (key: unknown) => void = () => undefined): Condition<Atom> {
  const file = parse(code);
  let place: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'use')
      [place] = node.arguments;
  });
  if (!place) throw new Error('the code calls no use()');
  const tracer: Tracer = {
    loader: loaderOf({}),
    library: { meaningOf: () => undefined, keptBy: () => undefined, valuesOf: () => undefined },
  };
  const isGlobal = (ref: Ref): boolean => originsIn(ref, tracer).every(({ kind }) => kind === 'global');
  const reader = readerWith<Atom>({
    ...tracer,
    file,
    truthOfValue: (ref) => (isGlobal(ref) ? atom({ key: textOf(ref) }) : undefined),
    equalsConstant: (ref, { value }) =>
      isGlobal(ref) ? atom({ key: `${textOf(ref)} = ${String(value)}` }) : undefined,
    unknown: (key) => {
      note(key);
      return atom({ key: '?' });
    },
  });
  return reader.truth({ file, node: place, path: [] }, place);
}

function print(condition: Condition<Atom>): string {
  switch (condition.kind) {
    case 'known':
      return String(condition.value);
    case 'atom':
      return typeof condition.atom.key === 'string' ? condition.atom.key : '?';
    case 'not':
      return `not ${print(condition.of)}`;
    case 'if':
      return `(${print(condition.test)} ? ${print(condition.then)} : ${print(condition.otherwise)})`;
    default:
      return `(${condition.of.map(print).join(` ${condition.kind} `)})`;
  }
}

describe('the truth of an expression', () => {
  it.each([
    ["'x'", 'true'],
    ['null', 'false'],
    ['undefined', 'false'],
    ['void a()', 'false'],
    ['{}', 'true'],
    ['() => a', 'true'],
    ['a', 'a'],
    ['a.b', 'a.b'],
    ['!a', 'not a'],
    ['!!a', 'a'],
    ['a && b', '(a and b)'],
    ['a || b', '(a or b)'],
    ['a ?? b', '(a or b)'],
    ['a || true', 'true'],
    ['a ? b : c', '(a ? b : c)'],
    ['a ? false : b', '(a ? false : b)'],
    ['a ? true : false', 'a'],
    ['Boolean(a)', 'a'],
    ['[a, b].some(Boolean)', '(a or b)'],
    ['[a, b].every((one) => !one)', '(not a and not b)'],
    ['a + b', '?'],
    ['-a', '?'],
    ['typeof a', '?'],
    ['await a', '?'],
    ['a()', '?'],
  ])('of %s is %s', (expression, expected) => {
    expect(print(truthIn(`use(${expression});`))).toBe(expected);
  });

  it.each([
    ['a === null', 'not a'],
    ['a != undefined', 'a'],
    ['null !== a', 'a'],
    ['a === true', 'a'],
    ['false === a', 'not a'],
    ["typeof a === 'undefined'", 'not a'],
    ["typeof a === 'string'", 'a'],
    ["a === 'x'", 'a = x'],
    ["'x' !== a", 'not a = x'],
    ['a === 1', 'a = 1'],
    ["'x' === 'y'", 'false'],
    ["{} === 'x'", 'false'],
    ['a === b', '?'],
    ['a < b', '?'],
    ['typeof a === b', '?'],
    ["-a === 'undefined'", '?'],
    ['a === /x/', '?'],
  ])('of the comparison %s is %s', (expression, expected) => {
    expect(print(truthIn(`use(${expression});`))).toBe(expected);
  });

  it.each([
    ['a constant', 'const b = !a; use(b);', 'not a'],
    ['a member of a constant', 'const b = { c: !a }; use(b.c);', 'not a'],
    ['a constant that is compared', "const one = 'x'; use(a === one);", 'a = x'],
    ['a constant that is compared, and is true', 'const yes = true; use(a === yes);', 'a'],
    ['a constant that is compared, and is false', 'const no = false; use(a === no);', 'not a'],
    ['a function', 'function f() {} use(f);', 'true'],
    ['a constant that is a function', 'const f = () => a; use(f);', 'true'],
    ['a parameter that is named undefined', 'function f(undefined) { return a === undefined; } use(f(b));', '?'],
    ['a variable of several texts that is compared', "let b = 'x'; if (a) b = 'y'; use(b === 'x');", 'not a'],
    ['a variable that may have no value, and is compared', "let b; if (a) b = 'x'; use(b === 'x');", 'a'],
    ['a variable that may be an object, and is compared', "let b = {}; if (a) b = 'x'; use(b === 'x');", 'a'],
    ['a variable that is assigned under a condition', 'let b = false; if (a) b = true; use(b);', 'a'],
    ['a variable that has no value yet', 'let b; if (a) b = c; use(b);', '(a ? c : false)'],
    ['a call of a function', 'function f(x) { return x || a; } use(f(b));', '(b or a)'],
    [
      'a function that returns early',
      'function f(x) { if (x) return true; return !a; } use(f(b));',
      '(b ? true : not a)',
    ],
    ['a function that returns nothing at its end', 'function f(x) { if (x) return true; } use(f(b));', 'b'],
    [
      'a switch',
      "function f(x) { switch (x) { case 'one': return true; default: return a; } } use(f(b));",
      '(b = one ? true : a)',
    ],
    ['a function that calls itself', 'function f(x) { return f(x); } use(f(a));', '?'],
    ['constants that name each other', 'const b = c; const c = b; use(b);', '?'],
  ])('follows %s', (_, code, expected) => {
    expect(print(truthIn(code))).toBe(expected);
  });
});

describe('what nothing is known of', () => {
  it.each([
    ['a constant', 'const b = await a(); use(b && b);'],
    ['a member of a constant', 'const b = await a(); use(b.c && b.c);'],
    ['a parameter', 'const f = (b) => use(b && b);'],
    ['a member of a parameter', 'const f = (x, { b }) => use(b && b);'],
  ])('is one value where it is %s that is read twice', (_, code) => {
    expect(unknownsIn(code).size).toBe(1);
  });

  it.each([
    ['two constants', 'const b = await a(); const c = await a(); use(b && c);'],
    ['two members of one constant', 'const b = await a(); use(b.c && b.d);'],
    ['two parameters', 'const f = (b, c) => use(b && c);'],
    ['two members of one parameter', 'const f = ({ b, c }) => use(b && c);'],
    ['two calls', 'use(a() && a());'],
  ])('is two values where it is %s', (_, code) => {
    expect(unknownsIn(code).size).toBe(2);
  });
});

it('gives up constants that each hold two of the one before', () => {
  const names = Array.from(
    { length: 30 },
    (_, index) => `const a${String(index + 1)} = a${String(index)} && b${String(index)} || a${String(index)};`,
  );
  expect(print(truthIn(`${names.join('\n')}\nuse(a30);`))).toContain('?');
});
