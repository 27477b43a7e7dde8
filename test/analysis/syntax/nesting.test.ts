import { describe, expect, it } from 'vitest';
import { isTooDeep } from '../../../analysis/syntax/nesting.ts';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';

const DEEP = 100_000;

/** What ends the process when the parser is given it. */
const NESTED: Readonly<Record<string, string>> = {
  brackets: `x = ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  'brackets that nothing closes': '('.repeat(20_000),
  'brackets inside of a template': `x = \`\${${'['.repeat(20_000)}`,
  elements: `x = ${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`,
  templates: `x = ${'`${'.repeat(20_000)}1${'}`'.repeat(20_000)}`,
  'type arguments': `type A = ${'A<'.repeat(20_000)}B${'>'.repeat(20_000)}`,
  conditions: `x = ${'a ? b : '.repeat(DEEP)}1`,
  functions: `x = ${'a => '.repeat(DEEP)}1`,
  assignments: `${'a = '.repeat(DEEP)}1`,
  signs: `x = ${'!'.repeat(DEEP)}1`,
  sums: `x = ${"'a' + ".repeat(DEEP)}1`,
  'else if': 'if (a) b(); else '.repeat(DEEP).replaceAll(';', '') + 'c()',
  'else if with blocks': `${'if (a) { b() } /* or */ else '.repeat(DEEP)}{ c() }`,
  'conditions of functions': `x = ${'a ? () => {} : '.repeat(DEEP)}1`,
  types: `type A = ${'keyof '.repeat(DEEP)}B`,
};

/** Long, and not nested. */
const FLAT: Readonly<Record<string, string>> = {
  'a list': `export const list = [${"{ a: [1, 2], b: 'x' },\n".repeat(20_000)}];`,
  'if statements': 'if (a) { b() }\n'.repeat(20_000),
  'if statements with an else': 'if (a) {\n  b()\n} else {\n  c()\n}\n'.repeat(20_000),
  'loops and attempts': 'for (const a of b) { c(a) }\nwhile (a) { b() }\ntry { a() } finally { await b() }\n'.repeat(
    10_000,
  ),
  'if statements in a function': `function f(a) {\n${'  if (!a) { if (a) { f(a) } }\n'.repeat(20_000)}}`,
  'statements without semicolons': 'const a = b + c\n'.repeat(20_000),
  'assignments with semicolons': 'a.b = !c;\n'.repeat(20_000),
  'text in quotes': `x = '${'([{!'.repeat(10_000)}';`,
  'a data URI': `x = "data:image/png;base64,${'a+b/c='.repeat(20_000)}";`,
  comments: `// ${'(((('.repeat(10_000)}\n/* ${'[[[['.repeat(10_000)} */`,
  'elements in a row': `x = <>${'<p class="a">text</p>\n<br />\n'.repeat(10_000)}</>`,
  'type arguments in a row': 'let x: Map<A, Set<B>>;\n'.repeat(10_000),
};

describe('too deep for a parser', () => {
  it.each(Object.entries(NESTED))('are %s', (_name, text) => {
    expect(isTooDeep(text)).toBe(true);
    expect(parseSourceFile('/x.tsx', text)).toEqual({
      ok: false,
      problem: { message: 'Nested too deeply', line: 1, column: 1 },
    });
  });

  it.each(Object.entries(FLAT))('is not: %s', (_name, text) => {
    expect(isTooDeep(text)).toBe(false);
  });
});
