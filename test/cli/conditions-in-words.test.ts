import { describe, expect, it } from 'vitest';
import { all, any, atom, type Condition, not } from '../../analysis/flow/conditions.ts';
import { codeOf, type CodeTest, wordsOf } from '../../cli/check/explain/conditions-in-words.ts';
import { openProject } from '../../project/project.ts';
import { parsed } from '../helpers/parse.ts';

const file = parsed('/app/a.ts', "a;\nb;\nmode === 'preview';\nuser.isAdmin();\nx && y;\n");
const project = openProject({ cwd: '/app' });
const test = (line: number, kind: CodeTest['kind'] = 'true'): Condition<CodeTest> => {
  const statement = file.ast.body[line - 1];
  if (statement?.type !== 'ExpressionStatement') throw new Error(`no test in line ${String(line)}`);
  return atom({ key: `${kind} ${String(line)}`, kind, ref: { file, node: statement.expression, path: [] } });
};
const words = (condition: Condition<CodeTest>) => wordsOf(condition, file, project);

describe('a condition in words', () => {
  it.each([
    ['a test', test(1), 'a (line 1)'],
    ['its opposite', not(test(1)), '!a (line 1)'],
    ['the opposite of a comparison', not(test(3)), "mode !== 'preview' (line 3)"],
    ['the opposite of a call', not(test(4)), '!user.isAdmin() (line 4)'],
    ['the opposite of more than a name', not(test(5)), '!(x && y) (line 5)'],
    ['a value that is nullish', test(1, 'nullish'), 'a is not set (line 1)'],
    ['one that is not', not(test(1, 'nullish')), 'a is set (line 1)'],
    ['more than a name that is nullish', test(5, 'nullish'), '(x && y) is not set (line 5)'],
    ['both', all([test(1), test(2)]), 'a (line 1) and b (line 2)'],
    ['not both', not(all([test(1), test(2)])), '!a (line 1) or !b (line 2)'],
    [
      'one of two, and a third',
      all([any([test(1), test(2)]), test(3)]),
      "(a (line 1) or b (line 2)) and mode === 'preview' (line 3)",
    ],
  ])('says %s', (_, condition, expected) => {
    expect(words(condition)).toBe(expected);
  });

  it('says nothing of what always holds', () => {
    expect(words({ kind: 'known', value: true })).toBeUndefined();
  });

  it('says nothing where it would have no end: each part holds the one before three times', () => {
    let condition = test(1);
    for (let part = 0; part < 100; part += 1)
      condition = { kind: 'if', test: condition, then: not(condition), otherwise: condition };
    expect(words(condition)).toBeUndefined();
  });

  it('names the file of a test that is in another one', () => {
    expect(wordsOf(test(1), parsed('/app/b.ts', ''), project)).toBe('a (a.ts:1)');
  });
});

it('code is told with the members that are taken of it', () => {
  const [statement] = file.ast.body;
  if (statement?.type !== 'ExpressionStatement') throw new Error('no expression');
  expect(codeOf({ file, node: statement.expression, path: ['0', 'name'] })).toBe('a[0].name');
});
