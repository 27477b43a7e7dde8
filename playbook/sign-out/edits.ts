/** The edits that cure a prefetching sign-out link. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, type Range, attributeName, hasNode, propertyName } from '../../analysis/syntax/ast.ts';
import { type Edit, insertItemAfter, remove, replace } from '../../analysis/edits/edits.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
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
    const edits =
      carrier.type === 'JSXOpeningElement'
        ? offAttribute(file, carrier, place, spread)
        : offProperty(file, carrier, place, spread);
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

function offProperty(
  file: SourceFile,
  props: Node,
  hrefNode: Node | undefined,
  spread: Node | undefined,
): Edit[] | undefined {
  if (props.type !== 'ObjectExpression') return undefined;
  const existing = props.properties.findLast(
    (property) => property.type === 'Property' && propertyName(property) === 'prefetch',
  );
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
  if (
    opening.type !== 'JSXOpeningElement' ||
    opening.name !== use.component ||
    use.carriers.length > 1 ||
    opening.typeArguments
  )
    return undefined;
  const element = opening.parent;
  const edits: Edit[] = [replace(opening.name, 'a')];
  if (element.closingElement) edits.push(replace(element.closingElement.name, 'a'));
  let hasHref = false;
  for (const attribute of opening.attributes) {
    if (attribute.type === 'JSXSpreadAttribute') return undefined;
    const name = attributeName(attribute);
    if (name === 'legacyBehavior') return undefined;
    if (name === 'href') hasHref = isTextHref(attribute);
    else if (LINK_PROPS.has(name)) edits.push(remove(withSpace(file, attribute)));
  }
  return hasHref && !holdsAnchor(element) ? edits : undefined;
}

function isTextHref({ value }: TSESTree.JSXAttribute): boolean {
  if (value?.type === 'Literal') return true;
  return value?.type === 'JSXExpressionContainer' && value.expression.type !== 'ObjectExpression';
}

function holdsAnchor({ children }: TSESTree.JSXElement): boolean {
  return children.some((child) =>
    hasNode(
      child,
      (node) => node.type === 'JSXOpeningElement' && node.name.type === 'JSXIdentifier' && node.name.name === 'a',
    ),
  );
}

/** An attribute's range with the space before it, or with that behind it where the line before may end with a comment. */
export function withSpace({ text }: SourceFile, { range: [start, end] }: Node): Range {
  const before = start - text.slice(0, start).trimEnd().length;
  const after = /^[\t ]*/u.exec(text.slice(end))?.[0].length ?? 0;
  const isLastOfLine = /[\n\r]/u.test(text.charAt(end + after));
  const lineBefore =
    text
      .slice(0, start - before)
      .split(/[\n\r]/u)
      .at(-1) ?? '';
  return isLastOfLine || !lineBefore.includes('//') ? [start - before, end] : [start, end + after];
}
