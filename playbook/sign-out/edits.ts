/** The edits that cure a prefetching sign-out link. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, attributeName, hasNode, propertyName } from '../../analysis/ast.ts';
import { type Edit, insertItemAfter, remove, replace } from '../../analysis/edits.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import type { ComponentUse } from './uses.ts';

/** Props of `next/link` that `<a>` does not have. */
const LINK_PROPS = new Set([
  'as',
  'locale',
  'onNavigate',
  'passHref',
  'prefetch',
  'replace',
  'scroll',
  'shallow',
  'transitionTypes',
  'unstable_dynamicOnHover',
]);

/**
 * `prefetch={false}` right after the href, on the element that carries it. A `prefetch` that is there is replaced; after
 * a spread that brings another, it stands behind that.
 * Undefined when the props are no literal that the edit could stand in.
 */
export function prefetchOffEdits(
  file: SourceFile,
  use: ComponentUse,
  hrefNode: Node | undefined,
  prefetchNode: Node | undefined,
): Edit[] | undefined {
  for (const carrier of [...use.carriers].reverse()) {
    const hasPrefetch = prefetchNode?.parent === carrier;
    if (hrefNode && hrefNode.parent !== carrier && !hasPrefetch) continue;
    const spread = hasPrefetch && prefetchNode.type.includes('Spread') ? prefetchNode : undefined;
    const place = hrefNode?.parent === carrier ? hrefNode : undefined;
    const edits = carrier.type === 'JSXOpeningElement' ? offAttribute(file, carrier, place, spread) : offProperty(file, carrier, place, spread);
    if (edits) return edits;
  }
  return undefined;
}

function offAttribute(
  file: SourceFile,
  element: TSESTree.JSXOpeningElement,
  hrefNode: Node | undefined,
  spread: Node | undefined,
): Edit[] | undefined {
  const existing = element.attributes.findLast(
    (attribute) => attribute.type === 'JSXAttribute' && attributeName(attribute) === 'prefetch',
  );
  if (existing && (!spread || spread.range[0] < existing.range[0])) return [replace(existing, 'prefetch={false}')];
  const place = lastOf(hrefNode, spread);
  return place && insertItemAfter(file, place, 'prefetch={false}', '');
}

function offProperty(file: SourceFile, props: Node, hrefNode: Node | undefined, spread: Node | undefined): Edit[] | undefined {
  if (props.type !== 'ObjectExpression') return undefined;
  const existing = props.properties.findLast((property) => property.type === 'Property' && propertyName(property) === 'prefetch');
  if (existing && (!spread || spread.range[0] < existing.range[0])) return [replace(existing, 'prefetch: false')];
  const place = lastOf(hrefNode, spread);
  return place && insertItemAfter(file, place, 'prefetch: false', ',');
}

// The last one counts: what stands before a spread that holds `prefetch` is overridden.
function lastOf(hrefNode: Node | undefined, spread: Node | undefined): Node | undefined {
  if (!hrefNode || !spread) return hrefNode ?? spread;
  return spread.range[0] > hrefNode.range[0] ? spread : hrefNode;
}

/**
 * The link as `<a>`: only for a plain `<Link href="…">…</Link>` whose href is text and whose props are all listed.
 * Undefined otherwise: a spread may hold props that `<a>` does not take, and an `<a>` must not hold another.
 */
export function anchorEdits(file: SourceFile, use: ComponentUse): Edit[] | undefined {
  const { node: opening } = use;
  if (opening.type !== 'JSXOpeningElement' || opening.name !== use.component || use.carriers.length > 1 || opening.typeArguments) return undefined;
  const element = opening.parent;
  const edits: Edit[] = [replace(opening.name, 'a')];
  if (element.closingElement) edits.push(replace(element.closingElement.name, 'a'));
  let hasHref = false;
  for (const attribute of opening.attributes) {
    if (attribute.type === 'JSXSpreadAttribute') return undefined;
    const name = attributeName(attribute);
    if (name === 'legacyBehavior') return undefined;
    if (name === 'href') hasHref = isTextHref(attribute);
    else if (LINK_PROPS.has(name)) edits.push(remove(withSpaceBefore(file, attribute)));
  }
  return hasHref && !holdsAnchor(element) ? edits : undefined;
}

function isTextHref({ value }: TSESTree.JSXAttribute): boolean {
  if (value?.type === 'Literal') return true;
  return value?.type === 'JSXExpressionContainer' && value.expression.type !== 'ObjectExpression';
}

function holdsAnchor({ children }: TSESTree.JSXElement): boolean {
  return children.some((child) =>
    hasNode(child, (node) => node.type === 'JSXOpeningElement' && node.name.type === 'JSXIdentifier' && node.name.name === 'a'),
  );
}

function withSpaceBefore(file: SourceFile, node: Node): readonly [number, number] {
  let [start] = node.range;
  while (/\s/u.test(file.text[start - 1] ?? '')) start -= 1;
  return [start, node.range[1]];
}

/** Takes a call out: the statement that it is, with a condition before it, or the body of the arrow function that it is. */
export function removeCallEdits(file: SourceFile, call: TSESTree.CallExpression): Edit[] | undefined {
  let expression: Node = call;
  while (expression.parent.type === 'AwaitExpression' || expression.parent.type === 'ChainExpression') expression = expression.parent;
  if (expression.parent.type === 'UnaryExpression' && expression.parent.operator === 'void') expression = expression.parent;
  // user && router.prefetch('/sign-out')
  while (expression.parent.type === 'LogicalExpression' && expression.parent.right === expression && isPure(expression.parent.left)) {
    expression = expression.parent;
  }
  const { parent } = expression;
  if (parent.type === 'ArrowFunctionExpression' && parent.body === expression) return [replace(expression, '{}')];
  if (parent.type !== 'ExpressionStatement') return undefined;
  const isInList = parent.parent.type === 'BlockStatement' || parent.parent.type === 'Program' || parent.parent.type === 'SwitchCase';
  return [isInList ? remove(wholeLine(file, parent)) : replace(parent, '{}')];
}

/** Whether nothing happens when an expression is evaluated. */
function isPure(expression: Node): boolean {
  return !hasNode(expression, ({ type }) => /^(?:Assignment|Await|Call|Import|New|TaggedTemplate|Update|Yield)Expression$/u.test(type));
}

/** A statement's range, with its line if nothing else stands on it. */
function wholeLine(file: SourceFile, node: Node): readonly [number, number] {
  const { text } = file;
  let [start, end] = node.range;
  while (/[\t ]/u.test(text[start - 1] ?? '')) start -= 1;
  const lineEnd = /^[\t ]*(?:\r\n|\r|\n)/u.exec(text.slice(end))?.[0];
  const startsLine = start === 0 || /[\n\r]/u.test(text[start - 1] ?? '');
  if (!startsLine || lineEnd === undefined) return node.range;
  end += lineEnd.length;
  return [start, end];
}
