/** The order in which nodes are visited, and what a visitor may leave out. */
import { describe, expect, it } from 'vitest';
import { type Node, walk } from '../../../analysis/syntax/ast.ts';
import { parsed } from '../../helpers/parse.ts';

const CODE = 'f(a, [b, c]);\nfunction g() { return d; }\ne();';

const namesIn = (root: Node, isLeftOut: (node: Node) => boolean = () => false): string => {
  const names: string[] = [];
  walk(root, (node) => {
    if (node.type === 'Identifier') names.push(node.name);
    return !isLeftOut(node);
  });
  return names.join(' ');
};

describe.each([
  ['a program', (program: Node) => program],
  ['any other node', (program: Node): Node => ({ ...program, type: 'BlockStatement' }) as unknown as Node],
])('walking through %s', (_, rootOf) => {
  const root = rootOf(parsed('a.js', CODE).ast);

  it('visits all that is below it in the order of the source, as often as it is done', () => {
    expect([namesIn(root), namesIn(root)]).toEqual(['f a b c g d e', 'f a b c g d e']);
  });

  it('keeps out of what is below a node where the visitor says so, and goes on behind it', () => {
    expect(namesIn(root, ({ type }) => type === 'ArrayExpression' || type === 'FunctionDeclaration')).toBe('f a e');
    expect(namesIn(root, (node) => node === root)).toBe('');
  });
});
