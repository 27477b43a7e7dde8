import { parse } from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';
import { nodesOf, type Node } from '../../../analysis/syntax/ast.ts';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';

const valuesIn = (ast: Node) =>
  nodesOf(ast, 'JSXAttribute').map(({ value }) => (value?.type === 'Literal' ? value.value : value?.type));

describe('the value of a JSX attribute', () => {
  it.each([
    ['&#47;sign-out', '/sign-out'],
    ['&#x2F;sign-out&#x2f;', '/sign-out/'],
    ['/a?b=1&amp;c=&quot;&apos;&lt;&gt;', '/a?b=1&c="\'<>'],
    ['&amp;#47;', '&#47;'],
    ['/a?b=1&c', '/a?b=1&c'],
    ['/a?b&amp', '/a?b&amp'],
    ['&#128512;', '\u{1F600}'],
  ])('of %j is %j, as typescript-estree reads it', (written, value) => {
    const code = `const a = <a href="${written}" />;`;
    const result = parseSourceFile('/a.tsx', code);
    expect(result.ok && valuesIn(result.file.ast)).toEqual([value]);
    expect(valuesIn(parse(code, { ecmaFeatures: { jsx: true }, range: true }))).toEqual([value]);
  });

  it('in braces is a text, where nothing stands for another character', () => {
    const result = parseSourceFile('/a.tsx', "const a = <a href={'&#47;sign-out'} title='&#47;' />;");
    expect(result.ok && nodesOf(result.file.ast, 'Literal').map(({ value }) => value)).toEqual(['&#47;sign-out', '/']);
  });

  it('may stand for no character', () => {
    const result = parseSourceFile('/a.tsx', 'const a = <a href="&#x110000;&#9999999;" />;');
    expect(result.ok && valuesIn(result.file.ast)).toEqual(['&#x110000;&#9999999;']);
  });
});
