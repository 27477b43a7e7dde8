import { describe, expect, it } from 'vitest';
import { type Node, type Range, walk } from '../../../analysis/syntax/ast.ts';
import { applyEdits, remove } from '../../../analysis/edits/edits.ts';
import { type SourceFile, parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import { joinRemovals, linesWithComments, withoutStatement } from '../../../analysis/edits/removals.ts';
import {
  findUnused,
  isPlainValue,
  itemEdits,
  removedWith,
  unusedEdits,
  unusedWithout,
} from '../../../analysis/edits/unused.ts';

function parse(code: string): SourceFile {
  const result = parseSourceFile('/file.tsx', code);
  if (!result.ok) throw new Error(result.problem.message);
  return result.file;
}

/** The ranges of the statements that call `gone()`. */
function gone(file: SourceFile): Range[] {
  const ranges: Range[] = [];
  walk(file.ast, (node) => {
    if (node.type === 'ExpressionStatement' && file.text.slice(...node.range).startsWith('gone('))
      ranges.push(node.range);
  });
  return ranges;
}

/** The code without `gone()` and what is unused then. */
function without(code: string): string {
  const file = parse(code);
  const ranges = gone(file);
  return applyEdits(file.text, [[...ranges.map(remove), ...unusedEdits(file, ranges, new Set(), isPlainValue)]]).text;
}

describe('what is left without a use', () => {
  it.each([
    ['an import', "import a from 'a';\ngone(a);", ''],
    ['one name of several', "import { a, b } from 'a';\ngone(a);b();", "import { b } from 'a';\nb();"],
    ['the last name of several', "import { a, b } from 'a';\ngone(b);a();", "import { a } from 'a';\na();"],
    ['two names at the end', "import { a, b, c } from 'a';\ngone(b, c);a();", "import { a } from 'a';\na();"],
    ['the names next to a default', "import a, { b } from 'a';\ngone(b);a();", "import a from 'a';\na();"],
    ['the default next to names', "import a, { b } from 'a';\ngone(a);b();", "import { b } from 'a';\nb();"],
    ['the default next to a namespace', "import a, * as b from 'a';\ngone(a);b();", "import * as b from 'a';\nb();"],
    ['a constant, and what it is made of', "import { a } from 'a';\nconst b = a.c;\ngone(b);", ''],
    ['the whole of a pattern', "import { a } from 'a';\nconst { b, c: d } = a;\ngone(b, d);", ''],
    [
      'one name of a pattern',
      "import { a } from 'a';\nconst { b, c: d } = a;\ngone(b);d();",
      "import { a } from 'a';\nconst { c: d } = a;\nd();",
    ],
    ['a name with a default', 'const { b = 1, c } = a;\ngone(b);c();', 'const { c } = a;\nc();'],
    ['both names of a pair', 'const [b, c] = [1, 2];\ngone(b);', ''],
    ['a variable that may change', 'let b = 1;\ngone(b);', ''],
    ['a variable without a value', 'let b;\ngone(b);', ''],
    ['a function, also one that calls itself', 'function f() {\n  f();\n}\ngone(f);', ''],
    ['a type', 'type A = 1;\ngone(b as A);', ''],
  ])('goes: %s', (_, code, output) => {
    expect(without(code).trimEnd()).toBe(output);
  });

  it.each([
    ['what is used elsewhere', "import a from 'a';\na(); "],
    ['what a type names', "import a from 'a';\ntype A = typeof a; "],
    ['what is exported', "import a from 'a';\nexport { a }; "],
    ['React, which JSX may ask for', "import React from 'react';\n"],
    ['what a call gave', 'const a = make();\n'],
    ['what took a member away', 'const a = delete b.c;\n'],
    ['a name whose member a rest would have', 'const { a, ...rest } = b;\nrest(); '],
    ['one of a pair whose other name is used', 'const [a, b] = [1, 2];\nb(); '],
    ['a parameter', 'function f(a) {\n  f();\n}\nf(); '],
    ['an exported constant', 'export const a = 1;\n'],
  ])('stays: %s', (_, before) => {
    const name = before.includes('React') ? 'React' : 'a';
    expect(without(`${before}gone(${name});`)).toBe(before);
  });

  it('stays for the last of several edits that share it', () => {
    const file = parse("import a from 'a';\ngone(a);\ngone(a);\n");
    const [first, second] = gone(file).map((range) => [remove(range)]);
    if (!first || !second) throw new Error('two statements');
    const all = [...first, ...second].map(({ range }) => range);
    const leftByAll = unusedWithout(file, all, isPlainValue);
    const groups = [first, second].map((own) => [
      ...own,
      ...unusedEdits(
        file,
        own.map(({ range }) => range),
        leftByAll,
        isPlainValue,
      ),
    ]);
    const { applied, text } = applyEdits(file.text, groups);
    expect(applied).toEqual([0]);
    expect(without(text).trim()).toBe('');
  });
});

describe('what is left without a use, and what is known of it', () => {
  /** Names that statements `set(name, …)` give a value; `added` are names that the first pattern gets. */
  const changed = (code: string, { added = [], kept = [] }: { added?: string[]; kept?: string[] } = {}): string => {
    const file = parse(code);
    const ranges = gone(file);
    let pattern: Node | undefined;
    walk(file.ast, (node) => {
      if (node.type === 'ObjectPattern') pattern ??= node;
    });
    const lists = new Map(pattern && added.length > 0 ? [[pattern, new Set(added)] as const] : []);
    const { feeders, variables } = findUnused(file, ranges, {
      isDisposable: isPlainValue,
      feederOf: (use) => {
        const call = use.parent;
        const isSet =
          call?.type === 'CallExpression' &&
          call.arguments[0] === use &&
          file.text.slice(...call.range).startsWith('set(');
        return isSet ? call.parent : undefined;
      },
      isKept: ({ name }) => kept.includes(name),
      added: lists,
    });
    const { items, statements } = removedWith(variables, lists);
    const edits = [...feeders, ...statements].map((one) => remove(linesWithComments(file, one)));
    return applyEdits(code, [joinRemovals([...ranges.map(remove), ...edits, ...itemEdits(file, items, lists)], file)])
      .text;
  };

  it.each([
    ['a variable goes with the statements that only set it', 'const a = {};\nset(a, 1);\ngone(a);\nb();', '\nb();'],
    [
      'a variable stays that is used otherwise',
      'const a = {};\nset(a, 1);\nb(a);\ngone(a);',
      'const a = {};\nset(a, 1);\nb(a);\n',
    ],
    ['a statement goes with the comments above it', '// why\n/* and how */\nconst a = {};\ngone(a);\nb();', '\nb();'],
  ])('%s', (_, code, output) => {
    expect(changed(code)).toBe(output);
  });

  it('keeps what new text uses', () => {
    expect(changed('const a = {};\ngone(a);', { kept: ['a'] })).toBe('const a = {};\n');
  });

  it.each([
    ['in place of the only name', 'const { b } = a;\ngone(b);', 'const { x, y } = a;\n'],
    ['in place of the last name', 'const { b, c } = a;\nb();gone(c);', 'const { b, x, y } = a;\nb();'],
    ['behind the last name', 'const { b, c } = a;\nc();gone(b);', 'const { c, x, y } = a;\nc();'],
    ['before a rest', 'const { b, ...rest } = a;\nb(rest);gone();', 'const { b, x, y, ...rest } = a;\nb(rest);'],
    ['on a line of their own', 'const {\n  b,\n} = a;\nb();gone();', 'const {\n  b,\n  x, y,\n} = a;\nb();'],
  ])('adds names to a pattern %s', (_, code, output) => {
    expect(changed(code, { added: ['x', 'y'] })).toBe(output);
  });
});

describe('a statement that goes', () => {
  const taken = (code: string): string => {
    const file = parse(code);
    let statement: Node | undefined;
    walk(file.ast, (node) => {
      if (node.type === 'ExpressionStatement' && code.slice(...node.range).startsWith('gone(')) statement = node;
    });
    return statement ? applyEdits(code, [[withoutStatement(file, statement)]]).text : code;
  };

  it.each([
    ['takes its line along', 'a();\n  gone();\nb();\n', 'a();\nb();\n'],
    ['takes a comment behind it along', 'a();\ngone(); // for ever\nb();\n', 'a();\nb();\n'],
    ['keeps a comment before it', 'a();\n// why\ngone();\nb();\n', 'a();\n// why\nb();\n'],
    ['leaves the rest of its line', '{ gone(); b(); }\n', '{ b(); }\n'],
    ['leaves one blank line of two', 'a();\n\ngone();\n\nb();\n', 'a();\n\nb();\n'],
    [
      'leaves one blank line of two with Windows line ends',
      'a();\r\n\r\ngone();\r\n\r\nb();\r\n',
      'a();\r\n\r\nb();\r\n',
    ],
    ['leaves a blank line that is the only one', 'a();\r\ngone();\r\n\r\nb();\r\n', 'a();\r\n\r\nb();\r\n'],
    ['leaves no blank line at the start', 'gone();\n\nb();\n', 'b();\n'],
    ['leaves no blank line at the start of a block', '{\n  gone();\n\n  b();\n}\n', '{\n  b();\n}\n'],
    ['leaves no blank line at the end of a block', '{\n  a();\n\n  gone();\n}\n', '{\n  a();\n}\n'],
    ['leaves the semicolon of the next line', 'a()\ngone()\n;[1].map(b)\n', 'a()\n;[1].map(b)\n'],
    ['keeps lines apart that would run into one', 'a()\ngone();\n[1].map(b)\n', 'a()\n{}\n[1].map(b)\n'],
  ])('%s', (_, code, output) => {
    expect(taken(code)).toBe(output);
  });
});

it('is asked of each of thousands of places in one file, without looking at all the others for each', () => {
  const file = parse(`import a from 'a';\n${'gone(a);\n'.repeat(40_000)}a();`);
  const found = gone(file);
  expect(found).toHaveLength(40_000);
  expect(found.flatMap((range) => unusedEdits(file, [range], new Set(), isPlainValue))).toEqual([]);
});
