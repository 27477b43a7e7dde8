/** How prettier lays statements out; blocks stay as they are. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Doc, group, ifBreak, indent, join, LINE, SOFTLINE, UNKNOWN } from './doc.ts';
import { operandsOf, printAssigned, printParams, wrapped } from './expressions.ts';
import { block, isOneLine, isParenthesised, printed, type Printers, sliceOf, type Source, verbatim } from './source.ts';

export const STATEMENTS: Printers = {
  ExpressionStatement: ({ expression, range }, source) => [
    expression.type === 'AssignmentExpression' ? printAssignment(expression, source) : printed(expression, source),
    endOf(range, source),
  ],
  VariableDeclaration: (node, source) => {
    const { declarations, range } = node;
    const [declarator, ...others] = declarations;
    if (!declarator.init || others.length > 0) return verbatim(source, range);
    const { id, init } = declarator;
    const isPattern = id.type === 'ObjectPattern' && !id.typeAnnotation;
    const left = isPattern ? source.print(id) : verbatim(source, id.range);
    const start = sliceOf(source, [range[0], id.range[0]]);
    if (!isOneLine(source, [range[0], id.range[0]])) return verbatim(source, range);
    return [start, group(left), ' =', printAssigned(init, source, { isPattern }), endOf(range, source)];
  },
  ReturnStatement: ({ argument, range }, source) => [
    'return',
    argument ? [' ', printReturned(argument, source)] : '',
    endOf(range, source),
  ],
  IfStatement: (node, source) => {
    const { alternate, consequent, range, test } = node;
    const condition = test.type === 'LogicalExpression' ? operandsOf(test, source) : source.print(test);
    if (alternate && consequent.type !== 'BlockStatement') return verbatim(source, range);
    const head = ['if ', group('(', indent(SOFTLINE, condition), SOFTLINE, ')')];
    const isOpen = consequent.type !== 'BlockStatement' || consequent.body.length === 0;
    const rest =
      isOpen || !isOneLine(source, consequent.range) ? verbatim(source, [consequent.range[0], range[1]]) : UNKNOWN;
    return consequent.type === 'BlockStatement' ? [head, ' ', rest] : [head, group(indent(LINE, rest))];
  },
  FunctionDeclaration: (node, source) => {
    const { body, id, params, range, typeParameters } = node;
    const from = typeParameters?.range[1] ?? id?.range[1];
    if (from === undefined) return verbatim(source, range);
    const open = source.text.indexOf('(', from);
    const close = source.text.indexOf(')', params.at(-1)?.range[1] ?? open);
    const returns = sliceOf(source, [close + 1, body.range[0]]).trim();
    return [
      verbatim(source, [range[0], open]),
      printParams(params, source),
      returns === '' ? '' : returns,
      ' ',
      block(body, source),
    ];
  },
  ExportNamedDeclaration: ({ declaration, range }, source) =>
    declaration ? ['export ', source.print(declaration)] : verbatim(source, range),
  ExportDefaultDeclaration: ({ declaration, range }, source) => [
    'export default ',
    source.print(declaration),
    declaration.type === 'FunctionDeclaration' ? '' : endOf(range, source),
  ],
  ImportDeclaration: (node, source) => {
    const { range, specifiers, source: from } = node;
    const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
    const [first] = named;
    const last = named.at(-1);
    if (!first || !last) return verbatim(source, range);
    const open = source.text.lastIndexOf('{', first.range[0]);
    const close = source.text.indexOf('}', last.range[1]);
    const names = named.map((specifier) => verbatim(source, specifier.range));
    const isAlone = specifiers.length === 1;
    const list = isAlone
      ? ['{ ', names, ' }']
      : group('{', indent(LINE, join([',', LINE], names)), ifBreak(source.trailingComma), LINE, '}');
    return [
      sliceOf(source, [range[0], open]),
      list,
      sliceOf(source, [close + 1, from.range[0]]),
      verbatim(source, [from.range[0], range[1]]),
    ];
  },
};

const endOf = (range: readonly [number, number], { text }: Source): string => (text[range[1] - 1] === ';' ? ';' : '');

function printAssignment({ left, operator, right }: TSESTree.AssignmentExpression, source: Source): Doc {
  return [verbatim(source, left.range), ` ${operator}`, printAssigned(right, source)];
}

function printReturned(argument: TSESTree.Expression, source: Source): Doc {
  if (argument.type === 'LogicalExpression') return wrapped(group(operandsOf(argument, source)));
  if (argument.type === 'JSXElement') return wrapped(source.print(argument));
  if (isParenthesised(argument, source)) {
    // Prettier has none around a value that fits behind `return`.
    return source.print(argument);
  }
  return printed(argument, source);
}
