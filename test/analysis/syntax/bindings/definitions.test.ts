import { describe, expect, it } from 'vitest';
import { type Node, walk } from '../../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../../analysis/syntax/bindings/definitions.ts';
import { importsOf } from '../../../../analysis/syntax/bindings/imports.ts';
import type { SourceFile } from '../../../../analysis/syntax/source-file.ts';
import { loaderOf, parse } from '../../support.ts';

/** The name of the first element, or the argument of the first `use(…)`. */
function probe(file: SourceFile): Node {
  let found: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'JSXOpeningElement') found ??= node.name;
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'use')
      found ??= node.arguments[0];
  });
  if (!found) throw new Error('nothing to look at');
  return found;
}

/** What the probe stands for, in one line. */
function defined(code: string, modules: Record<string, string> = {}): string {
  const file = parse(code);
  const definition = definitionOf({ file, node: probe(file) }, loaderOf(modules));
  switch (definition.kind) {
    case 'export':
      return [definition.module, definition.name, ...definition.path.map(String)].join(' ');
    case 'value':
      return [definition.node.type, ...definition.path.map(String)].join(' ');
    case 'global':
      return ['global', definition.name, ...definition.path.map(String)].join(' ');
    default:
      return definition.kind;
  }
}

describe('following a binding to its import', () => {
  it.each([
    ["import Link from 'next/link'; <Link/>", 'next/link default'],
    ["import { default as L } from 'next/link'; <L/>", 'next/link default'],
    ["import * as NL from 'next/link'; <NL.default/>", 'next/link default'],
    ["import { useAuth as useWorkOS } from 'authkit'; use(useWorkOS)", 'authkit useAuth'],
    ["import Link from 'next/link'; const L = Link; <L/>", 'next/link default'],
    ["import NL = require('next/link'); use(NL.default)", 'next/link default'],
    ["const L = require('next/link').default; <L/>", 'next/link default'],
    ["const { default: L } = await import('next/link'); <L/>", 'next/link default'],
    ["use((await import('authkit')).signOut)", 'authkit signOut'],
    ["import('authkit').then((m) => use(m.signOut))", 'authkit signOut'],
    ["import { a } from 'm'; const { b: { c } } = a; use(c)", 'm a b c'],
    ["import { hook } from 'm'; const { refresh: r } = hook(); use(r)", 'CallExpression refresh'],
    ["import Link from 'next/link'; const links = { Link }; <links.Link/>", 'next/link default'],
    ["let L; L = require('next/link').default; <L/>", 'next/link default'],
    ['use(process.env.X)', 'global process env X'],
    ["import { a } from 'm'; namespace N { export const b = a; } use(N.b.c)", 'm a c'],
    ["import { a } from 'm'; namespace N { export namespace M { export const b = a; } } use(N.M.b)", 'm a'],
  ])('%s', (code, expected) => {
    expect(defined(code)).toBe(expected);
  });

  it.each([
    ['a type-only import', "import type Link from 'next/link'; use(Link)", 'unknown'],
    ['a type-only name', "import { type Link } from 'next/link'; use(Link)", 'unknown'],
    ['a parameter of the same name', "import Link from 'next/link'; const f = (Link) => <Link/>", 'parameter'],
    ['a variable that is assigned again', "import Link from 'next/link'; let L = Link; L = other; use(L)", 'unknown'],
    ['a computed member', "import * as all from 'm'; use(all[name])", 'unknown'],
    ['what a namespace keeps to itself', "import { a } from 'm'; namespace N { const b = a; } use(N.b)", 'unknown'],
    ['a circle', 'const a = b; const b = a; use(a)', 'unknown'],
    [
      'a require that the file declares',
      "const require = (x) => x; const L = require('next/link'); use(L)",
      'CallExpression',
    ],
  ])('does not take %s for the import', (_, code, expected) => {
    expect(defined(code)).toBe(expected);
  });
});

describe('following a binding through the files of the project', () => {
  it.each([
    [
      'a re-export',
      { './a': "export { default as Link } from 'next/link';" },
      "import { Link } from './a'; <Link/>",
      'next/link default',
    ],
    ['a star', { './a': "export * from 'authkit';" }, "import { signOut } from './a'; use(signOut)", 'authkit signOut'],
    [
      'an alias that is exported',
      { './a': "import { signOut } from 'authkit'; export const end = signOut;" },
      "import { end } from './a'; use(end)",
      'authkit signOut',
    ],
    [
      'a function',
      { './a': 'export default function Nav() {}' },
      "import Nav from './a'; <Nav/>",
      'FunctionDeclaration',
    ],
    [
      'a destructured export',
      { './a': "import { make } from 'm'; export const { Link } = make();" },
      "import { Link } from './a'; <Link/>",
      'CallExpression Link',
    ],
    [
      'CommonJS',
      { './a': "const a = require('authkit'); exports.end = a.signOut;" },
      "import { end } from './a'; use(end)",
      'authkit signOut',
    ],
    ['a name that is not there', { './a': 'export const x = 1;' }, "import { y } from './a'; use(y)", 'unknown'],
    [
      'two stars of packages',
      { './a': "export * from 'm'; export * from 'n';" },
      "import { y } from './a'; use(y)",
      'unknown',
    ],
    [
      'a package behind two barrels',
      {
        './a': "export * from './b'; export * from './c';",
        './b': "export * from 'm';",
        './c': "export * from './b';",
      },
      "import { y } from './a'; use(y)",
      'm y',
    ],
    [
      'packages of two barrels',
      { './a': "export * from './b'; export * from './c';", './b': "export * from 'm';", './c': "export * from 'n';" },
      "import { y } from './a'; use(y)",
      'unknown',
    ],
    [
      'a barrel that has the name after one that exports the first again',
      {
        './a': "export * from './b'; export * from './c';",
        './b': "export * from './a';",
        './c': 'export const x = 1;',
      },
      "import { x } from './a'; use(x)",
      'Literal',
    ],
    [
      'a circle of re-exports',
      { './a': "export { x } from './b';", './b': "export { x } from './a';" },
      "import { x } from './a'; use(x)",
      'unknown',
    ],
  ])('%s', (_, modules, code, expected) => {
    expect(defined(code, modules as unknown as Record<string, string>)).toBe(expected);
  });
});

it('lists the value imports of a file', () => {
  const file = parse("import A, { type B, c as d } from 'm'; import type E from 'n';");
  expect(importsOf(file).map(({ module, name }) => `${module} ${name}`)).toEqual(['m default', 'm c']);
});

describe('a member of an instance', () => {
  it.each([
    ['a method', 'class A { go() {} } use(new A().go)', 'FunctionExpression'],
    [
      'a property',
      "import { signOut } from 'authkit'; class A { go = signOut; } const a = new A(); use(a.go)",
      'authkit signOut',
    ],
    ['a method of another module', "import { A } from 'lib'; use(new A().go)", 'FunctionExpression'],
    ['a method by this', 'class A { go() { use(this.end); } end() {} }', 'FunctionExpression'],
    [
      'a method by this in an arrow function',
      'class A { go = () => [1].map(() => use(this.end)); end() {} }',
      'FunctionExpression',
    ],
    ['a private method', 'class A { go() { use(this.#end); } #end() {} }', 'FunctionExpression'],
    [
      'a property that is set again',
      'class A { go = one; set() { this.go = two; } } use(new A().go)',
      'NewExpression go',
    ],
    ['a static method, which it lacks', 'class A { static go() {} } use(new A().go)', 'NewExpression go'],
    [
      'a getter, which gives something else',
      'class A { get go() { return one; } } use(new A().go)',
      'NewExpression go',
    ],
    [
      'by the this of a function of its own',
      'class A { go() { return function () { use(this.end); }; } end() {} }',
      'ThisExpression end',
    ],
    ['of a class that no one sees', 'use(new Unseen().go)', 'NewExpression go'],
    ['of itself', 'class A { a = this.b; b = this.a; } use(new A().a)', 'unknown'],
  ])('%s', (_, code, expected) => {
    expect(defined(code, { lib: 'export class A { go() {} }' })).toBe(expected);
  });
});

describe('barrels that all export each other', () => {
  const names = Array.from({ length: 12 }, (_, index) => `./${String(index)}`);
  const stars = names.map((name) => `export * from '${name}';`).join(' ');
  const barrels = Object.fromEntries(names.map((name) => [name, stars]));

  it.each([
    ['that one of them has', { './11': `${stars} export const x = 1;` }, 'Literal'],
    ['that none of them has', {}, 'unknown'],
  ])('are asked once each for a name %s', (_, others, expected) => {
    const file = parse("import { x } from './0'; use(x)");
    const modules = loaderOf({ ...barrels, ...others });
    let loads = 0;
    const load: typeof modules.load = (...asked) => {
      loads += 1;
      return modules.load(...asked);
    };
    const definition = definitionOf({ file, node: probe(file) }, { ...modules, load });
    expect(definition.kind === 'value' ? definition.node.type : definition.kind).toBe(expected);
    expect(loads).toBeLessThanOrEqual(names.length ** 2 + 2);
  });
});
