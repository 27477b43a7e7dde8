/** Links that a component around them, or in them, makes a button or a menu item of. */
import type { TSESTree } from '@typescript-eslint/types';
import { attributeName, hasNode, attributeNamed } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Edit, indentAt, insertAfter, replace, reindented } from '../../../analysis/edits/edits.ts';
import type { Project } from '../../../project/project.ts';
import { allowsForm, formAround, inForm, isClickedAround } from './form-edits.ts';
import { hostOf } from './hosts.ts';
import { type LinkContext, type OwnAttributes, renamed } from './link-attributes.ts';
import { formAttribute, parentElement } from './styling.ts';
import { isClientFile } from '../../../analysis/syntax/directives.ts';

/** `<Button asChild><Link href="/sign-out">…</Link></Button>` as a button that submits. */
export function buttonEdits(
  host: TSESTree.JSXElement,
  link: TSESTree.JSXElement,
  own: OwnAttributes,
  context: LinkContext,
): Edit[] | string {
  const { file } = context;
  const asChild = attributeNamed(host.openingElement, 'asChild');
  const outerHost = parentElement(host);
  if (!asChild || (asChild.value && asChild.value.type !== 'JSXExpressionContainer'))
    return 'what asChild is depends on something';
  if (attributeNamed(host.openingElement, 'type') || attributeNamed(host.openingElement, 'onClick'))
    return 'the element around it handles clicks itself';
  if (
    outerHost &&
    (attributeNamed(outerHost.openingElement, 'asChild') || hostOf(outerHost, file, context.project) !== 'plain')
  )
    return 'what is around it makes more of a click';
  const form = formAttribute(host, context);
  // A child with attributes of its own stays an element of its own: its classes are merged with those of the host.
  const edits = own.kept.length > 0 || own.onClick ? [...renamed(link), ...own.edits] : collapsed(file, link);
  if (edits === undefined) return 'its children cannot be separated from it';
  if (own.kept.length > 0 || own.onClick) return inForm(host, link, edits, own, form, context);
  const inHost = { ...own, href: asChild, key: attributeNamed(host.openingElement, 'key') ?? own.key };
  return inForm(host, link, edits, inHost, form, context);
}

/** The button that is all a link holds: no button may be in another one. A text says why that is not known. */
export function heldButton(
  link: TSESTree.JSXElement,
  file: SourceFile,
  project: Project,
): TSESTree.JSXElement | string | undefined {
  const isButton = (element: TSESTree.JSXElement): boolean => {
    const { name } = element.openingElement;
    const tag = name.type === 'JSXIdentifier' ? name.name : '';
    return tag === 'button' || tag.endsWith('Button') || hostOf(element, file, project) === 'button';
  };
  const children = link.children.filter((child) => child.type !== 'JSXText' || child.value.trim() !== '');
  const [only] = children;
  if (children.length === 1 && only?.type === 'JSXElement' && isButton(only)) {
    const tag = only.openingElement.name;
    const isKnown = (tag.type === 'JSXIdentifier' && tag.name === 'button') || hostOf(only, file, project) === 'button';
    return isKnown ? only : 'it holds a button';
  }
  const hasButton = hasNode(link, (node) => node.type === 'JSXElement' && node !== link && isButton(node));
  return hasButton ? 'it holds a button' : undefined;
}

/** `<Link href="/sign-out"><Button>…</Button></Link>`: the button alone, which submits. */
export function aroundButton(
  button: TSESTree.JSXElement,
  link: TSESTree.JSXElement,
  own: OwnAttributes,
  context: LinkContext,
): Edit[] | string {
  const { file } = context;
  if (own.kept.length > 0) return 'it has attributes, and the button in it has its own';
  const taken = ['asChild', 'onClick', 'type'].find((name) => attributeNamed(button.openingElement, name));
  if (taken !== undefined || button.openingElement.attributes.some(({ type }) => type === 'JSXSpreadAttribute'))
    return 'the button in it handles clicks already';
  const form = formAttribute(link, context);
  const text = file.text.slice(...button.range);
  const { name, typeArguments } = button.openingElement;
  const at = (typeArguments?.range[1] ?? name.range[1]) - button.range[0];
  if (own.onClick || isClickedAround(link) || !allowsForm(link, context))
    return 'no form can be put around the button in it';
  const [outer, inner] = [indentAt(file.text, link.range[0]), indentAt(file.text, button.range[0])];
  const submits = `${text.slice(0, at)} type="submit"${text.slice(at)}`;
  const lines = inner.startsWith(outer) ? submits.replaceAll(`\n${inner}`, `\n${outer}`) : submits;
  return formAround(link, own.key, lines, form, context);
}

/** The children of the link in its place. */
function collapsed({ text }: SourceFile, link: TSESTree.JSXElement): Edit[] | undefined {
  const inner = childrenOf(text, link);
  return inner === undefined ? undefined : [replace(link, inner)];
}

/** What an element holds, laid out to take its place. */
function childrenOf(text: string, link: TSESTree.JSXElement): string | undefined {
  const { closingElement, openingElement } = link;
  if (!closingElement) return undefined;
  const inner = text.slice(openingElement.range[1], closingElement.range[0]);
  return inner.includes('\n') ? outdented(inner, text, link) : inner.trim();
}

/** The lines of children one level further out. */
function outdented(inner: string, text: string, link: TSESTree.JSXElement): string {
  const indent = indentAt(text, link.range[0]);
  const deeper = /^[\t ]+/u.exec(inner.replace(/^\s*\n/u, ''))?.[0] ?? '';
  const extra = deeper.startsWith(indent) ? deeper.slice(indent.length) : '';
  return reindented(inner.trim(), indent + extra, indent);
}

/** `<DropdownMenuItem asChild><Link …>…</Link></DropdownMenuItem>` of Radix: the item is asked when it is chosen, by keyboard as well. */
export function menuItemEdits(
  item: TSESTree.JSXElement,
  link: TSESTree.JSXElement,
  own: OwnAttributes,
  { action, file }: LinkContext,
): Edit[] | string {
  if (!isClientFile(file))
    return 'a menu item closes before a form in it is submitted, and only a client component can call the server action in it';
  if (own.onClick || attributeNamed(item.openingElement, 'onSelect') || attributeNamed(item.openingElement, 'onClick'))
    return 'the menu item, or the link in it, handles clicks already; call the server action there';
  const asChild = attributeNamed(item.openingElement, 'asChild');
  const children = item.children.filter((child) => child.type !== 'JSXText' || child.value.trim() !== '');
  if (children.length !== 1) return 'the menu item holds more than the link';
  const classes = own.kept.find((attribute) => attributeName(attribute) === 'className');
  const others = own.kept.filter((attribute) => attribute !== classes);
  if (others.some((attribute) => attributeNamed(item.openingElement, attributeName(attribute))))
    return 'the menu item has attributes of the link as well';
  const inner = childrenOf(file.text, link);
  if (inner === undefined || !link.closingElement) return 'it has no text';
  const moved = others.map((attribute) => ` ${file.text.slice(...attribute.range)}`).join('');
  const select = `onSelect={() => void ${action}()}`;
  const at = item.openingElement.typeArguments?.range[1] ?? item.openingElement.name.range[1];
  const head = asChild ? [replace(asChild, select + moved)] : [insertAfter([at, at], ` ${select}${moved}`)];
  if (!classes) return [...head, replace(link, inner)];
  const itemClasses = attributeNamed(item.openingElement, 'className');
  // Under `asChild` the classes of the link are the item's.
  if (asChild && itemClasses) return 'the menu item and the link both have classes';
  if (asChild) {
    return [replace(asChild, `${file.text.slice(...classes.range)} ${select}${moved}`), replace(link, inner)];
  }
  const span = [
    replace(link.openingElement, `<span ${file.text.slice(...classes.range)}>`),
    replace(link.closingElement, '</span>'),
  ];
  return [...head, ...span];
}
