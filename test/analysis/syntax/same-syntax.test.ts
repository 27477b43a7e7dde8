import { describe, expect, it } from 'vitest';
import { isSameSyntax } from '../../../analysis/syntax/same-syntax.ts';
import { parsed } from '../../helpers/parse.ts';

const isSame = (one: string, other: string): boolean =>
  isSameSyntax(parsed('/app/a.tsx', one).ast, parsed('/app/a.tsx', other).ast);

describe('two texts are one program', () => {
  it.each([
    ['with other whitespace', 'f( a,b )', 'f(\n  a,\n  b,\n)'],
    ['with needless parentheses', '(a || b) || c', 'a || b || c'],
    ['with comments elsewhere', 'f(a); // one', '// one\nf(a);'],
    ['with an element on several lines', '<a b="c">d</a>', '<a b="c">\n  d\n</a>'],
    ['with text on several lines', '<a>one two {b}</a>', '<a>\n  one\n  two {b}\n</a>'],
    ['with a regular expression', 'f(/a\\/b/u)', 'f(\n  /a\\/b/u\n)'],
  ])('%s', (_name, one, other) => {
    expect(isSame(one, other)).toBe(true);
  });
});

describe('two texts are two programs', () => {
  it.each([
    ['where parentheses go that are needed', '(a || b) && c', 'a || b && c'],
    ['where a comment hides code', 'f(a); // one\ng(b);', 'f(a); // one g(b);'],
    ['where a string has another space', "f('a b')", "f('a  b')"],
    ['where a template has another line end', 'f(`a\n  b`)', 'f(`a\n    b`)'],
    ['where the text of an element has another space', '<a>b{c}</a>', '<a>b {c}</a>'],
    ['where text loses its space next to an element', '<a>b <i /></a>', '<a>\n  b\n  <i />\n</a>'],
    ['where a return loses its value', 'function f() { return a; }', 'function f() { return\na; }'],
    ['where a hole of an array goes', '[a, , b]', '[a, b]'],
    ['where a regular expression has other flags', 'f(/a/u)', 'f(/a/gu)'],
    ['where a chain ends elsewhere', '(a?.b).c', 'a?.b.c'],
  ])('%s', (_name, one, other) => {
    expect(isSame(one, other)).toBe(false);
  });
});
