import { expect, it } from 'vitest';
import { replace } from '../../../analysis/edits/edits.ts';
import { editedFile, newNameFault } from '../../../analysis/edits/edited-file.ts';
import { parsed } from '../../helpers/parse.ts';

/** What is at fault once `OLD` in some code is `by`: a name with its kind, or why there is no file. */
function faultOf(code: string, by: string): string | undefined {
  const file = parsed('/file.ts', code);
  const start = code.indexOf('OLD');
  const edited = editedFile([replace([start, start + 'OLD'.length], by)], file);
  if (typeof edited === 'string') return edited;
  const fault = newNameFault(edited, file);
  return fault && `${fault.kind} ${fault.name}`;
}

it.each([
  ['a number in place of a name', 'const a = 1;\nuse(a + OLD);\nconst b = OLD;', '1', undefined],
  [
    'a constant that is renamed, but not where it is read',
    'const OLD = 1;\nconst b = 2;\nuse(b, OLD);',
    'c',
    'unused c',
  ],
  ['an import', "import { a } from 'a';\nuse(OLD);", '1', undefined],
  ['a name that is not declared', 'use(OLD);', 'missing', 'undeclared missing'],
  ['a name that is declared', 'const a = 1;\nuse(a, OLD);', 'a', undefined],
  [
    'a function that then calls itself alone',
    'function f() { f(); }\nuse(OLD);\nfunction g() { g(); }',
    'g',
    undefined,
  ],
  ['a variable that is only assigned', 'let a;\na = 1;\nuse(OLD);', 'a = 2', undefined],
  ['code that does not parse', 'use(OLD);', '(', 'syntax'],
])('%s', (_, code, by, expected) => {
  expect(faultOf(code, by)).toBe(expected);
});

it('gives no file where edits overlap', () => {
  const file = parsed('/file.ts', 'use(1);');
  expect(editedFile([replace([0, 3], 'a'), replace([2, 4], 'b')], file)).toBe('overlap');
});

it.each([
  ['what nothing reads after the edit', 'const a = 1;\nuse(OLD);', 'a', '1', 'unused a'],
  ['a function that only calls itself', 'function a() { a(); }\nuse(OLD);', 'a', '1', 'unused a'],
  ['what is only assigned', 'let a;\na = 1;\nuse(OLD);', 'a', '1', 'unused a'],
  ['not what is exported', 'export const a = 1;\nuse(OLD);', 'a', '1', undefined],
  ['not an error that is caught', 'try { b(); } catch (error) { use(OLD); }', 'error', '1', undefined],
])('reports %s', (_, code, before, after, expected) => {
  const file = parsed('/file.ts', code.replace('OLD', before));
  const edited = parsed('/file.ts', code.replace('OLD', after));
  const fault = newNameFault(edited, file);
  expect(fault && `${fault.kind} ${fault.name}`).toBe(expected);
});
