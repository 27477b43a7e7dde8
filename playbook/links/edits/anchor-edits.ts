/** The edits that make a link an `<a>`. */
import type { TSESTree } from '@typescript-eslint/types';
import { attributeName, hasNode } from '../../../analysis/syntax/ast.ts';
import { type Edit, remove, replace } from '../../../analysis/edits/edits.ts';
import { withSpace } from './attribute-range.ts';
import type { ComponentUse } from '../component-uses.ts';

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
 * The link as `<a>`: only for a plain `<Link href="…">…</Link>` whose href is text and whose props are all listed.
 * Undefined otherwise: a spread may hold props that `<a>` does not take, and an `<a>` must not hold another.
 */
export function anchorEdits({ carriers, component, file, node: opening }: ComponentUse): Edit[] | undefined {
  if (
    opening.type !== 'JSXOpeningElement' ||
    opening.name !== component ||
    carriers.length > 1 ||
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
