/** How prettier lays JSX out (`src/language-js/print/jsx.js`). */
import type { TSESTree } from '@typescript-eslint/types';
import type { Node } from '../../syntax/ast.ts';
import { blanksBefore } from '../../syntax/blanks.ts';
import { type Doc, group, HARDLINE, indent, LINE, SOFTLINE, willBreak } from './doc.ts';
import { choosesElement } from './expressions.ts';
import { type Filling, fillingOf } from './jsx-children.ts';
import { hasLineBetween, isOneLine, type Printers, sliceOf, type Source, verbatim } from './source.ts';

export const JSX: Printers = {
  JSXElement: (node, source) => {
    const { children, closingElement, openingElement, range } = node;
    const opening = source.print(openingElement);
    if (!closingElement) return opening;
    const filling = source.fillsElements ? fillingOf(children, source) : undefined;
    if (filling?.hasText === true) return filledElement(node, opening, filling, source);
    const inside = [openingElement.range[1], closingElement.range[0]] as const;
    const closing = sliceOf(source, closingElement.range);
    const [child, ...others] = children.filter(({ range: at }) => sliceOf(source, at).trim() !== '');
    if (!child) return children.length === 0 ? [opening, closing] : verbatim(source, range);
    const content = sliceOf(source, child.range).trim();
    // Several children, and text on several lines, stay as they are laid out.
    if (others.length > 0 || content.includes('\n') || /^[^\S\n]|[^\S\n]$/u.test(sliceOf(source, inside))) {
      const content = sliceOf(source, inside);
      const isSpread = /^\s*\n/u.test(content) && content.slice(content.trimEnd().length).includes('\n');
      if (!isSpread)
        return isOneLine(source, inside) ? [opening, sliceOf(source, inside), closing] : verbatim(source, range);
      const body = sliceOf(source, inside).trimEnd();
      const start = inside[0] + (body.length - body.trimStart().length);
      return [opening, indent(HARDLINE, movedLines(source, start, inside[0] + body.length)), HARDLINE, closing];
    }
    const doc = child.type === 'JSXExpressionContainer' ? source.print(child) : content;
    const isElement = child.type === 'JSXElement' || child.type === 'JSXFragment';
    const isForced = isElement || openingElement.attributes.length > 1 || willBreak(opening) || willBreak(doc);
    return group(opening, indent(isForced ? HARDLINE : SOFTLINE, doc), isForced ? HARDLINE : SOFTLINE, closing);
  },
  JSXExpressionContainer: ({ expression, range }, source) =>
    expression.type === 'CallExpression' || mayHoldElement(expression)
      ? ['{', source.print(expression), '}']
      : verbatim(source, range),
  JSXOpeningElement: (node, source) => {
    const { attributes, name, range, selfClosing } = node;
    const typed = node.typeArguments ? sliceOf(source, node.typeArguments.range) : '';
    const start = `<${sliceOf(source, name.range)}${typed}`;
    if (attributes.length === 0) return verbatim(source, range);
    const items = attributes.map((attribute) => printAttribute(attribute, source));
    const [only] = attributes;
    const end = selfClosing ? '/>' : '>';
    // One attribute with text or a function on several lines stays behind the name.
    const isAlone =
      only !== undefined &&
      items.length === 1 &&
      !isOneLine(source, only.range) &&
      !hasLineBetween(source, name.range[1], only.range[0]);
    if (isAlone) return [start, ' ', items[0] ?? '', selfClosing ? ' />' : '>'];
    return group(start, indent(items.map((item) => [LINE, item])), selfClosing ? LINE : SOFTLINE, end);
  },
};

/** An element with text among its children. */
function filledElement(
  { children, closingElement, openingElement }: TSESTree.JSXElement,
  opening: Doc,
  { parts }: Filling,
  source: Source,
): Doc {
  const isForced =
    willBreak(opening) ||
    openingElement.attributes.length > 1 ||
    children.some(({ type }) => type === 'JSXElement' || type === 'JSXFragment') ||
    children.filter(({ type }) => type === 'JSXExpressionContainer').length > 1 ||
    parts.some(willBreak);
  const line = isForced ? HARDLINE : SOFTLINE;
  const closing = closingElement ? sliceOf(source, closingElement.range) : '';
  return group(opening, indent(line, { kind: 'fill', parts, from: 0 }), line, closing);
}

/** Lines that are indented as their first one is. */
function movedLines(source: Source, start: number, end: number): Doc {
  const lines = source.text.slice(start, end).split(/\r?\n/u);
  const base = source.text.slice(blanksBefore(source.text, start), start);
  return lines.length === 1 ? (lines[0] ?? '') : { kind: 'verbatim', lines, base };
}

/** `open && <Link />`, `open ? <Link /> : null` */
const mayHoldElement = (expression: Node): boolean =>
  (expression.type === 'LogicalExpression' && expression.right.type === 'JSXElement') ||
  (expression.type === 'ConditionalExpression' && choosesElement(expression));

function printAttribute(attribute: TSESTree.JSXAttribute | TSESTree.JSXSpreadAttribute, source: Source): Doc {
  const { range, type } = attribute;
  const value = type === 'JSXAttribute' ? attribute.value : undefined;
  const given = value?.type === 'JSXExpressionContainer' && isOneLine(source, range) ? value.expression : undefined;
  if (!value || !given) return verbatim(source, range);
  const name = sliceOf(source, [range[0], value.range[0]]);
  if (given.type === 'JSXElement') return [name, group('{', indent(SOFTLINE, source.print(given)), SOFTLINE, '}')];
  return given.type === 'ArrowFunctionExpression' || given.type === 'ObjectExpression'
    ? [name, '{', source.print(given), '}']
    : verbatim(source, range);
}
