/** Where the value of a text may get to. */
import { describe, expect, it } from 'vitest';
import { type Node, nodesOf } from '../../../analysis/syntax/ast.ts';
import { spreadOf } from '../../../analysis/flow/spread.ts';
import { parse } from '../support.ts';

/** Whether the value of `'here'` may be in what `there(…)` is given; undefined where that can't be told. */
function mayGetThere(code: string): boolean | undefined {
  const { ast, ...file } = parse(code);
  const starts = nodesOf(ast, 'Literal').filter(({ value }): boolean => value === 'here');
  const reached = spreadOf({ ...file, ast }, starts, {
    loader: { resolve: (module) => (module.startsWith('.') ? module : undefined) },
    isEnd: (node: Node) => node.type === 'JSXAttribute' && node.name.name === 'onClick',
  });
  const calls = nodesOf(ast, 'CallExpression').filter(({ callee }) => file.text.slice(...callee.range) === 'there');
  return reached && calls.some((call) => call.arguments.some((argument) => reached.has(argument)));
}

describe('a value gets', () => {
  it.each([
    ['to where it is written', "there('here')"],
    ['through a constant', "const a = 'here'; const b = `${a}/x`; there(b)"],
    ['through an assignment', "let a; if (on) a = 'here'; there(a)"],
    ['through a member', "const a = {}; a.b.c = 'here'; there(a)"],
    ['through a pattern', "const { a: [b = 'here'] } = x; there(b)"],
    ['through a function', "function a() { return ['here']; } there(a().length)"],
    ['through an arrow function that is declared later', "const b = () => a(); const a = () => 'here'; there(b())"],
    ['through a parameter', "const a = (b) => there(b); a('here')"],
    ['through a memoised function', "const a = useCallback((b) => there(b), []); a('here')"],
    ['through a default of a parameter', "const a = ({ b = 'here' }) => there(b)"],
    ['through the items of a list', "['here'].map((item) => there(item))"],
    ['through a function that items are given to', "const a = (item) => there(item); ['here'].map(a)"],
    ['through a loop', "for (const item of ['here']) there(item)"],
    ['through a list that gets longer', "const list = []; list.push('here'); there(list)"],
    ['through a list of another module', "import { list } from './list'; list.push('here'); there(list)"],
    [
      'through a function that changes what it is given',
      "const a = (b) => b.push('here'); a(list); var list; there(list)",
    ],
    ['through Object.assign', "const a = {}; Object.assign(a, { b: 'here' }); there(a)"],
    ['through a state', "import { useState } from 'react'; const [a, setA] = useState(); setA('here'); there(a)"],
    ['through a store', "const { a, set } = useStore(); set('here'); there(a)"],
    ['through a function of another module', "import { a } from './a'; const b = a('here'); there(b)"],
    ['through a callback of another module', "import { a } from './a'; a('here', (b) => there(b))"],
    [
      'through a context',
      "const C = createContext(); const A = () => <C.Provider value='here' />; there(useContext(C))",
    ],
    ['through a component', "const A = ({ b }) => there(b); const B = () => <A b='here' />"],
    ['through a function among the children', "<A b='here'>{(c) => there(c)}</A>"],
    ['through a function by its name', "const c = (d) => there(d); <A b='here' render={c} />"],
    ['through an enum', "enum A { B = 'here' } there(A.B)"],
    ['through a key', "const a = { 'here': 1 }; there(Object.keys(a))"],
  ])('%s', (_, code) => {
    expect(mayGetThere(code)).toBe(true);
  });
});

describe('a value does not get', () => {
  it.each([
    ['to what stands next to it', "const a = 'here'; const b = 'other'; there(b)"],
    ['through a package, which is unknown', "import { a } from 'a'; a('here', (b) => there(b)); there(a)"],
    ['out of what ends it', "const a = <A onClick={() => go('here')} />; there(a)"],
    ['from the children of an element to its props', "<A b={there(1)}><B c='here' /></A>"],
    ['through the name of a component', "import { A } from './a'; const B = () => <A b={there(1)}>{'here'}</A>"],
  ])('%s', (_, code) => {
    expect(mayGetThere(code)).toBe(false);
  });
});

it('is anywhere where a class has it', () => {
  expect(mayGetThere("class A { b = 'here'; c() { there(this.b) } }")).toBeUndefined();
});
