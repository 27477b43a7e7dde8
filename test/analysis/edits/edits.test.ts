import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  indentAt,
  insertAfter,
  insertBefore,
  insertItemAfter,
  mergeEdits,
  remove,
  replace,
  styleOf,
} from '../../../analysis/edits/edits.ts';
import { parse } from '../support.ts';

describe('merging a group of edits', () => {
  it('keeps the text between the parts', () => {
    const edits = [replace([4, 5], 'X'), insertBefore([0, 1], '<')];
    expect(mergeEdits(edits, 'abcdefg')).toEqual({ range: [0, 5], text: '<abcdX' });
  });

  it('has nothing to merge of no edits', () => {
    expect(mergeEdits([], 'abc')).toBeUndefined();
  });

  it('refuses edits that overlap each other', () => {
    expect(mergeEdits([replace([0, 3], 'x'), replace([2, 4], 'y')], 'abcdef')).toBeUndefined();
  });
});

describe('applying groups of edits', () => {
  it('applies what does not overlap, wherever it stands', () => {
    const groups = [[remove([4, 6])], [insertAfter([0, 1], '!')]];
    expect(applyEdits('abcdefg', groups)).toEqual({ text: 'a!bcdg', applied: [1, 0] });
  });

  it('lets the first of two that overlap win, as ESLint does, and the other wait', () => {
    const groups = [[replace([2, 5], 'late')], [replace([0, 3], 'early')]];
    expect(applyEdits('abcdefg', groups)).toEqual({ text: 'earlydefg', applied: [1] });
  });

  it('lets one that touches the one before it wait, as ESLint does', () => {
    const groups = [[replace([0, 2], 'x')], [replace([2, 4], 'y')]];
    expect(applyEdits('abcd', groups)).toEqual({ text: 'xcd', applied: [0] });
  });

  it('applies all parts of a group or none', () => {
    const groups = [[replace([0, 1], 'x'), replace([5, 6], 'y')], [replace([3, 4], 'z')]];
    expect(applyEdits('abcdef', groups)).toEqual({ text: 'xbcdey', applied: [0] });
  });

  it('gives the very text back when there is nothing to do', () => {
    expect(applyEdits('a\r\nb', [])).toEqual({ text: 'a\r\nb', applied: [] });
  });
});

describe('the style of a file', () => {
  it.each([
    ['double quotes by its imports', 'import a from "a";\nconst b = \'c\';\n', { quote: '"' }],
    ['single quotes', "import a from 'a';\n", { quote: "'" }],
    ['no semicolons', "import a from 'a'\nconst b = 1\n", { semicolons: false }],
    ['semicolons in a function alone', 'export default function handler() {\n  run();\n}\n', { semicolons: true }],
    ['no semicolons in a function alone', 'export default function handler() {\n  run()\n}\n', { semicolons: false }],
    ['semicolons', "import a from 'a';\nconst b = 1;\n", { semicolons: true }],
    ['Windows line ends', 'const a = 1;\r\nconst b = 2;\r\n', { eol: '\r\n' }],
    ['tabs', 'function f() {\n\treturn 1;\n}\n', { indentUnit: '\t' }],
    ['four spaces', 'function f() {\n    return 1;\n}\n', { indentUnit: '    ' }],
  ])('%s', (_, code, style) => {
    expect(styleOf(parse(code))).toMatchObject(style);
  });

  it('knows the indent of a line with any line end', () => {
    expect(indentAt('a\r\n\t  b', 6)).toBe('\t  ');
  });
});

describe('a new item of a list', () => {
  const added = (code: string): string => {
    const file = parse(code);
    const statement = file.ast.body[0];
    const list =
      statement?.type === 'ExpressionStatement' && statement.expression.type === 'ObjectExpression'
        ? statement.expression.properties
        : [];
    const [item] = list;
    return item ? applyEdits(code, [insertItemAfter(file, item, 'b: 2', ',')]).text : code;
  };

  it.each([
    ['is next to one that shares its line', '({ a: 1 })', '({ a: 1, b: 2 })'],
    ['is next to one that shares its line with the next', '({\n  a: 1, c: 3,\n})', '({\n  a: 1, b: 2, c: 3,\n})'],
    ['has a line of its own below one that has', '({\n  a: 1,\n  c: 3,\n})', '({\n  a: 1,\n  b: 2,\n  c: 3,\n})'],
    ['has no comma where the last one has none', '({\n  a: 1\n})', '({\n  a: 1,\n  b: 2\n})'],
    [
      'has no comma where the last one has none but a comment',
      '({\n  a: 1 // one\n})',
      '({\n  a: 1, // one\n  b: 2\n})',
    ],
    [
      'is behind the comment of the item before it',
      '({\n  a: 1, /* one */ // more\n  c: 3\n})',
      '({\n  a: 1, /* one */ // more\n  b: 2,\n  c: 3\n})',
    ],
    [
      'leaves white space at the end of a line there',
      '({\n  a: 1, \n  c: 3,\n})',
      '({\n  a: 1, \n  b: 2,\n  c: 3,\n})',
    ],
    ['puts its comma before such white space', '({\n  a: 1  \n})', '({\n  a: 1,  \n  b: 2\n})'],
    [
      'follows the indent and the line end',
      '({\r\n\ta: 1,\r\n\tc: 3\r\n})',
      '({\r\n\ta: 1,\r\n\tb: 2,\r\n\tc: 3\r\n})',
    ],
    [
      'shares the line of one with many comments and another behind it',
      `({\n  a: 1 ${'/**/'.repeat(60)} , c: 3 })`,
      `({\n  a: 1, b: 2 ${'/**/'.repeat(60)} , c: 3 })`,
    ],
    ['has a line of its own where the brace shares that of the last one', '({\n  a: 1 })', '({\n  a: 1,\n  b: 2 })'],
  ])('%s', (_, code, output) => {
    expect(added(code)).toBe(output);
  });
});

it('puts items into a line of megabytes without a search of the line for each', () => {
  const file = parse(`f(${'{ a: 1, b: "some text that makes the line a long one" }, '.repeat(60_000)}1);`);
  const [statement] = file.ast.body;
  const call = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  const items = call?.type === 'CallExpression' ? call.arguments : [];
  const edits = items.map((item) => insertItemAfter(file, item, '2', ','));
  expect(edits).toHaveLength(60_001);
  expect(edits.every(([edit, other]) => edit?.text === ', 2' && other === undefined)).toBe(true);
});
