/** Which statements run, asked through the evaluator: jumps, `try`, and what `this` is in them. */
import { describe, expect, it } from 'vitest';
import { walk } from '../../../analysis/syntax/ast.ts';
import { environmentOf } from '../../../analysis/values/environment.ts';
import { createEvaluator } from '../../../analysis/values/evaluate.ts';
import { isReachable } from '../../../analysis/flow/flow-values.ts';
import { noModules } from '../../../analysis/syntax/bindings/modules.ts';
import { leaves } from '../../../analysis/flow/reachability.ts';
import { evaluated, parse } from '../support.ts';

const environment = environmentOf({ VERCEL_ENV: 'preview', NODE_ENV: 'production', VERCEL_URL: true, UNSET: false });

/** The alternatives of what `use(…)` is called with, on a preview. */
const used = (code: string): string[] => evaluated(code, environment);

describe('a jump', () => {
  it.each([
    [
      'out of a case in braces',
      "let u; switch (process.env.VERCEL_ENV) { case 'preview': { u = '/v'; break; } case 'production': { u = '/p'; break; } default: u = '/d'; } use(u)",
      ['/v'],
    ],
    [
      'that is not there falls through',
      "let u; switch (process.env.VERCEL_ENV) { case 'preview': { u = '/v'; } case 'production': u = '/p'; break; default: u = '/d'; } use(u)",
      ['/p'],
    ],
    [
      'behind a test',
      "let u = '/a'; switch (process.env.VERCEL_ENV) { case 'preview': if (process.env.VERCEL_URL) break; u = '/v'; break; default: u = '/d'; } use(u)",
      ['/a'],
    ],
    [
      'behind a test that no one can judge',
      "let u = '/a'; switch (process.env.VERCEL_ENV) { case 'preview': if (x) break; u = '/v'; } use(u)",
      ['/a', '/v'],
    ],
    [
      'past a default in the middle',
      "let u; switch (process.env.VERCEL_ENV) { default: u = '/d'; break; case 'preview': u = '/v'; } use(u)",
      ['/v'],
    ],
    [
      'that is not there joins what falls and what enters',
      "let u = '/a'; switch (x) { case 1: u = '/b'; case 2: u = u + '!'; } use(u)",
      ['/b!', '/a!', '/a'],
    ],
    ['out of a loop', "let u = '/a'; for (const x of y) { u = '/b'; break; } use(u)", ['/b', '/a']],
    ['to a label', "let u = '/a'; out: { if (process.env.VERCEL_URL) break out; u = '/b'; } use(u)", ['/a']],
    ['to the next round', "let u = '/a'; for (const x of y) { if (!x) continue; u = '/b'; } use(u)", ['/a', '/b']],
  ])('%s', (_, code, expected) => {
    expect(used(code).sort()).toEqual([...expected].sort());
  });
});

describe('try', () => {
  const returns = (body: string, caught: string) =>
    `function f() { try { ${body} } catch { return ${caught}; } } use(f())`;

  it.each([
    [
      'that can not throw leaves the catch out',
      returns("return new URL('/a', 'https://x.dev').href;", "'/c'"),
      ['https://x.dev/a'],
    ],
    [
      'with a variable that is set',
      returns(
        "const url = new URL(`https://${process.env.VERCEL_URL}`); url.pathname = '/a'; return url.href;",
        "'/c'",
      ),
      ['https://${process.env.VERCEL_URL}/a'],
    ],
    [
      'that makes a URL of nothing goes on in the catch',
      returns('return new URL(process.env.UNSET).origin;', "'/c'"),
      ['/c'],
    ],
    ['that makes a URL of what is none', returns("return new URL('nowhere').href;", "'/c'"), ['/c']],
    ['with a call that no one can see may do either', returns('return ask();', "'/c'"), ['unknown', '/c']],
    ['with a statement that no one can see may do either', returns("log(); return '/a';", "'/c'"), ['/a', '/c']],
  ])('%s', (_, code, expected) => {
    expect(used(code)).toEqual(expected);
  });
});

describe('this', () => {
  it.each([
    [
      'in a static method',
      "class A { static base() { return '/a'; } static path() { return `${this.base()}/b`; } } use(A.path())",
      ['/a/b'],
    ],
    [
      'in a getter of an instance',
      "class A { #base = '/a'; get path() { return `${this.#base}/b`; } } const a = new A(); use(a.path)",
      ['/a/b'],
    ],
    [
      'in an arrow function of a field',
      "class A { base = '/a'; path = () => `${this.base}/b`; } use(new A().path())",
      ['/a/b'],
    ],
    [
      'that the constructor sets',
      "class A { constructor() { this.base = '/a'; } path() { return this.base; } } use(new A().path())",
      ['/a'],
    ],
    [
      'that someone else sets as well',
      "class A { base = '/a'; set() { this.base = '/b'; } path() { return this.base; } } use(new A().path())",
      ['unknown'],
    ],
    [
      'that a parameter sets',
      "class A { constructor(private base: string) {} path() { return this.base; } } use(new A('/a').path())",
      ['unknown'],
    ],
    [
      'in a static getter next to its setter',
      "class A { static #base = '/a'; static get base() { return this.#base; } static set base(x) { this.other = x; } } use(A.base)",
      ['/a'],
    ],
    [
      'in an object literal',
      "const o = { base: '/a', get path() { return `${this.base}/b`; } }; use(o.path)",
      ['/a/b'],
    ],
    ['in a function of its own', 'function f() { return this.base; } use(f())', ['unknown']],
    ['of itself', 'class A { get a() { return this.a; } } use(new A().a)', ['unknown']],
  ])('%s', (_, code, expected) => {
    expect(used(code)).toEqual(expected);
  });
});

describe('a Map', () => {
  const MAP = "const m = new Map([['preview', '/v'], ['production', '/p']]);";
  it.each([
    ['is read with get', `${MAP} use(m.get(process.env.VERCEL_ENV))`, ['/v']],
    ['has nothing for another key', `${MAP} use(m.get('x') ?? '/d')`, ['/d']],
    ['has what is set later', `${MAP} m.set('x', '/x'); use(m.get('x'))`, ['/x']],
    ['from which something is taken is not known', `${MAP} m.delete('preview'); use(m.get('preview'))`, ['unknown']],
    ['with an entry that is not known', "const m = new Map([[key, '/v']]); use(m.get('x'))", ['unknown']],
  ])('%s', (_, code, expected) => {
    expect(used(code)).toEqual(expected);
  });
});

describe('a list', () => {
  it.each([
    ['that is turned round', "use(['/a', '/b'].reverse()[0])", ['/b']],
    ['that is sorted has its items anywhere', "use(['/b', '/a'].sort()[0])", ['/b', 'unknown']],
    ['has what is put before it at its start', "const l = ['/a']; l.unshift('/b'); use(l[0])", ['/b']],
  ])('%s', (_, code, expected) => {
    expect(used(code)).toEqual(expected);
  });

  const L = "const l = ['/a', '/b', '/c'];";
  it.each([
    ['reverse()', `${L} l.reverse(); use(l[0])`, ['/c']],
    ['pop()', `${L} l.pop(); use(l.length)`, ['2']],
    ['shift()', `${L} l.shift(); use(l[0])`, ['/b']],
    ['splice()', `${L} l.splice(1, 1, '/x', '/y'); use(l.join())`, ['/a,/x,/y,/c']],
    ['splice() to the end', `${L} l.splice(1); use(l.join())`, ['/a']],
    ['sort() has its items anywhere', `${L} l.sort(); use(l[0])`, ['/a', 'unknown']],
    ['sort() whose result is taken', `${L} const s = l.sort(); use(l[0])`, ['/a', 'unknown']],
    ['fill() has none of them for certain', `${L} l.fill('/x'); use(l.join())`, ['unknown']],
    ['one after the other', `${L} l.reverse(); l.pop(); l.push('/d'); use(l.join())`, ['/c,/b,/d']],
    ['a length of its own', `${L} l.length = 1; use(l.join())`, ['/a']],
    ['an item', `${L} l[1] = '/x'; use(l.join())`, ['/a,/x,/c']],
    ['an item behind the last', `${L} l[3] = '/x'; use(l.join())`, ['/a,/b,/c,/x']],
    ['an item under a test', `${L} if (x) l[1] = '/x'; use(l[1])`, ['/b', '/x']],
    ['an item that is not known', `${L} l[i] = '/x'; use(l[1])`, ['/b', 'unknown']],
    ['in an object', "const o = { l: ['/a', '/b'] }; o.l.shift(); use(o.l[0])", ['/b']],
    ['under a test', `${L} if (x) l.reverse(); use(l[0])`, ['/a', 'unknown']],
    ['under a test that is true', `${L} if (process.env.VERCEL_URL) { l.reverse(); } use(l[0])`, ['/c']],
    ['under a test that is false', `${L} if (process.env.UNSET) { l.reverse(); } use(l[0])`, ['/a']],
    ['in a loop', `${L} for (const x of y) l.shift(); use(l[0])`, ['/a', 'unknown']],
    ['in a function that may be called', `${L} function f() { l.shift(); } use(l[0])`, ['/a', 'unknown']],
    ['behind the place', `${L} use(l[0]); l.reverse();`, ['/a', 'unknown']],
    ['before it is made longer by what no one knows', `${L} l.push(...x); use(l.length)`, ['unknown']],
    ['of the same name that is no list', "const l = { pop: () => '/p', a: '/a' }; l.pop(); use(l.a)", ['/a']],
  ])('that is changed: %s', (_, code, expected) => {
    expect(used(code)).toEqual(expected);
  });
});

describe('a set', () => {
  const SET = "const s = new Set(['/a', '/b']);";
  it.each([
    ['has what it is made with', `${SET} use(s.has('/a'))`, ['true']],
    ['has what is added', `${SET} s.add('/c'); use(s.has('/c'))`, ['true']],
    ['may not have what is taken out of it', `${SET} s.delete('/a'); use(s.has('/a'))`, ['unknown']],
    ['may not have what is added and taken out', `${SET} s.add('/c'); s.delete('/c'); use(s.has('/c'))`, ['unknown']],
    ['has nothing when it is cleared', `${SET} s.clear(); use(s.has('/a'))`, ['false']],
  ])('%s', (_, code, expected) => {
    expect(used(code)).toEqual(expected);
  });
});

describe('a member that is assigned', () => {
  it.each([
    ['with +=', "const o = { path: '/a' }; o.path += '/b'; use(o.path)", ['/a/b']],
    ['with ??= keeps what it has', "const o = { path: '/a' }; o.path ??= '/b'; use(o.path)", ['/a']],
    ['with ??= gets what it has not', "const o = {}; o.path ??= '/b'; use(o.path)", ['/b']],
    ['with ||= of what no one knows', "const o = { path: x }; o.path ||= '/b'; use(o.path)", ['unknown', '/b']],
    [
      'with += in a URL',
      "const u = new URL('https://x.dev/a'); u.pathname += '/b'; use(u.href)",
      ['https://x.dev/a/b'],
    ],
  ])('%s', (_, code, expected) => {
    expect(used(code)).toEqual(expected);
  });
});

describe('what no one writes', () => {
  const nested = (count: number) =>
    `function f() { ${'if (x.a.b) { '.repeat(count)} return '/a'; ${'}'.repeat(count)} } use(f())`;
  it.each([
    ['a thousand nested tests are not known', nested(1_000), ['unknown', 'undefined']],
    ['a hundred are', nested(100), ['/a', 'undefined']],
    [
      'names that double each other are not known',
      `const c0 = 'a'; ${Array.from({ length: 60 }, (_, i) => `const c${String(i + 1)} = c${String(i)} + c${String(i)};`).join(' ')} use(c60)`,
      ['unknown'],
    ],
    [
      'a switch of four hundred cases that fall through is not known',
      `let u; switch (x) { ${Array.from({ length: 400 }, (_, i) => `case ${String(i)}: u = '/${String(i)}';`).join(' ')} } use(u)`,
      ['unknown'],
    ],
    [
      'one of ten is',
      `let u; switch (x) { ${Array.from({ length: 10 }, (_, i) => `case ${String(i)}: u = '/${String(i)}';`).join(' ')} } use(u)`,
      ['/9', 'undefined'],
    ],
  ])('%s', (_, code, expected) => {
    expect(used(code)).toEqual(expected);
  });
});

it('a default of a parameter is reached with the call', () => {
  const file = parse("function f(a = '/a') { return a; }");
  const evaluator = createEvaluator({ loader: noModules, environment });
  const reached: boolean[] = [];
  walk(file.ast, (node) => {
    if (node.type === 'Literal') reached.push(isReachable(evaluator, { file, node }));
  });
  expect(reached).toEqual([true]);
});

describe('a case', () => {
  /** The calls of single letters that are reached. */
  const reached = (body: string): string => {
    const file = parse(`switch (process.env.VERCEL_ENV) { ${body} }`);
    const evaluator = createEvaluator({ loader: noModules, environment });
    let names = '';
    walk(file.ast, (node) => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return;
      if (isReachable(evaluator, { file, node })) names += node.callee.name;
    });
    return names;
  };

  it.each([
    ['that matches is run alone', "case 'preview': a(); break; case 'production': b(); break; default: c();", 'a'],
    ['that falls into the next one', "case 'preview': a(); case 'production': b(); break; default: c();", 'ab'],
    ['that falls into the default', "case 'preview': a(); default: b();", 'ab'],
    ['that leaves on every way', "case 'preview': if (x) throw x; else break; case 'production': b();", ''],
    [
      'that is not run falls into none',
      "case 'development': a(); case 'production': b(); break; case 'preview': c();",
      'c',
    ],
  ])('%s', (_, body, expected) => {
    expect(reached(body)).toBe(expected);
  });
});

it.each([
  ['return null;', true],
  ['throw error;', true],
  ['{ log(); return null; }', true],
  ['try { return await get(); } catch { return null; }', true],
  ['try { return await get(); } catch { log(); }', false],
  ['try { log(); } finally { return null; }', true],
  ['if (a) return 1; else return 2;', true],
  ['if (a) return 1;', false],
  ['switch (a) { case 1: return 1; default: throw a; }', true],
  ['for (const one of list) { return one; }', false],
])('is left for good, whichever way it takes: %s', (statement, expected) => {
  const file = parse(`async function f() { ${statement} }`);
  const [declaration] = file.ast.body;
  expect(declaration?.type === 'FunctionDeclaration' && leaves(declaration.body)).toBe(expected);
});
