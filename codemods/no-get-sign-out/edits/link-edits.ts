/** A link to the route becomes a form that calls the action; where a form would not be submitted or not be valid, a button that does. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, attributeNamed } from '../../../analysis/syntax/ast.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import { elementsAround, inForm } from './form-edits.ts';
import { aroundButton, buttonEdits, heldButton, menuItemEdits } from './host-edits.ts';
import { hostOf } from './hosts.ts';
import { attributesOf, type LinkContext, renamed } from './link-attributes.ts';
import { lookOf, parentElement } from './styling.ts';

/** A text says why the link is left. */
export function linkEdits(element: TSESTree.JSXElement, context: LinkContext): Edit[] | string {
  const own = attributesOf(element, context);
  if (typeof own === 'string') return own;
  const { file, project } = context;
  const parent = parentElement(element);
  const host = parent && hostOf(parent, file, project);
  if (parent && host === 'menu-item' && parent === element.parent) return menuItemEdits(parent, element, own, context);
  const isInItem = elementsAround(element)
    .slice(1)
    .some((one) => ['closing', 'menu-item'].includes(hostOf(one, file, project)));
  if (host === 'closing' || isInItem)
    return 'a click closes what is around it, before a form in it could be submitted; call the server action in its handler';
  if (parent && attributeNamed(parent.openingElement, 'asChild'))
    return host === 'button'
      ? buttonEdits(parent, element, own, context)
      : 'its place is taken by its only child, and what that may be is not known here';
  if (parent === undefined && isProp(element)) return 'it is handed to a component, which decides what to make of it';
  const held = heldButton(element, file, project);
  if (held !== undefined) return typeof held === 'string' ? held : aroundButton(held, element, own, context);
  const look = lookOf(element, context);
  if (typeof look === 'string') return look;
  const button = [...renamed(element), ...own.edits, ...look.edits];
  return inForm(element, element, button, own, look.form, context);
}

/** Whether an element is the value of a prop, not a child of another element. */
function isProp(element: TSESTree.JSXElement): boolean {
  for (let node: Node | undefined = element.parent; node && !isFunction(node); node = node.parent) {
    if (node.type === 'JSXAttribute' || node.type === 'CallExpression' || node.type === 'Property') return true;
    if (node.type === 'JSXElement') return false;
  }
  return false;
}
