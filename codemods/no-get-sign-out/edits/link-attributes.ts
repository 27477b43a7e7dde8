/** What a link has other than its href, and what of that a button keeps. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, attributeName, hasNode, unwrap } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Edit, remove, replace } from '../../../analysis/edits/edits.ts';
import type { App, Project } from '../../../project/project.ts';

export interface LinkContext {
  readonly file: SourceFile;
  readonly project: Project;
  readonly app: App;
  /** What the action is called in this file. */
  readonly action: string;
  readonly quote: string;
}

/** What a link has and a button must not. */
export const LINK_ATTRIBUTES =
  /^(?:href|hrefLang|locale|passHref|prefetch|rel|replace|scroll|shallow|unstable_dynamicOnHover)$/u;
/** What means the same on a button. */
const KEPT_ATTRIBUTES = /^(?:aria-.*|className|data-.*|id|style|tabIndex|title)$/u;

export interface OwnAttributes {
  readonly edits: readonly Edit[];
  readonly key: TSESTree.JSXAttribute | undefined;
  readonly onClick: TSESTree.JSXAttribute | undefined;
  /** What is left for a button. */
  readonly kept: readonly TSESTree.JSXAttribute[];
  /** The place of the href: what a button needs instead is written there. */
  readonly href: TSESTree.JSXAttribute;
}

/** A text says why they can't be a button's. */
export function attributesOf({ openingElement }: TSESTree.JSXElement, { file }: LinkContext): OwnAttributes | string {
  const edits: Edit[] = [];
  const kept: TSESTree.JSXAttribute[] = [];
  let [key, onClick, href]: (TSESTree.JSXAttribute | undefined)[] = [];
  for (const attribute of openingElement.attributes) {
    if (attribute.type === 'JSXSpreadAttribute') return 'its props are spread from elsewhere';
    const name = attributeName(attribute);
    if (name === 'href') href = attribute;
    else if (name === 'key') key = attribute;
    else if (name === 'onClick') onClick = attribute;
    else if (name === 'target' && attribute.value?.type === 'Literal' && attribute.value.value === '_self')
      edits.push(removed(file, attribute));
    else if (LINK_ATTRIBUTES.test(name)) edits.push(removed(file, attribute));
    else if (KEPT_ATTRIBUTES.test(name)) kept.push(attribute);
    else return `it has the attribute ${name}`;
  }
  if (!href) return 'it has no href';
  if (onClick && handlerOf(onClick) === undefined) return 'what its onClick does is not known here';
  return { edits, key, onClick, kept, href };
}

/** The attribute and the white space in front of it. */
export function removed({ text }: SourceFile, { range: [start, end] }: Node): Edit {
  let from = start;
  while (/\s/u.test(text.charAt(from - 1))) from -= 1;
  return remove([from, end]);
}

/** An inline handler that asks nothing of the event. */
export function handlerOf({ value }: TSESTree.JSXAttribute): TSESTree.ArrowFunctionExpression | undefined {
  const handler = value && unwrap(value);
  if (handler?.type !== 'ArrowFunctionExpression' || handler.params.length > 0 || handler.async) return undefined;
  return hasNode(handler.body, (node) => node.type === 'ReturnStatement') ? undefined : handler;
}

/** The element as a button. */
export function renamed({ closingElement, openingElement }: TSESTree.JSXElement): Edit[] {
  return [replace(openingElement.name, 'button'), ...(closingElement ? [replace(closingElement.name, 'button')] : [])];
}
