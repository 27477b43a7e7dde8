/** A form around a button, or a call of the action in its click. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, isFunction, attributeNamed } from '../../../analysis/syntax/ast.ts';
import { isClientFile } from '../../../analysis/syntax/directives.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Edit, indentAt, insertAfter, replace, styleOf, textWithin } from '../../../analysis/edits/edits.ts';
import { allowsButtonIn, allowsFormIn } from './form-places.ts';
import { handlerOf, type LinkContext, type OwnAttributes, removed } from './link-attributes.ts';

/** Calls the action at the end of a handler. */
function withCall(file: SourceFile, handler: TSESTree.ArrowFunctionExpression, action: string): Edit[] {
  const { eol, indentUnit, semicolons } = styleOf(file);
  const end = semicolons ? ';' : '';
  const { body } = handler;
  const outer = indentAt(file.text, handler.range[0]);
  if (body.type === 'BlockStatement') {
    const last = body.body.at(-1);
    const place = last?.range[1] ?? body.range[0] + 1;
    const isMultiline = file.text.slice(...body.range).includes('\n');
    const indent = last && isMultiline ? indentAt(file.text, last.range[0]) : outer + indentUnit;
    return [
      insertAfter([place, place], isMultiline ? `${eol}${indent}void ${action}()${end}` : ` void ${action}()${end}`),
    ];
  }
  const start = bodyStart(file, handler);
  const text = file.text.slice(...body.range);
  const indent = outer + indentUnit;
  return [
    replace(
      [start, handler.range[1]],
      `{${eol}${indent}${text}${end}${eol}${indent}void ${action}()${end}${eol}${outer}}`,
    ),
  ];
}

/** Where the body of an arrow function starts, its parentheses included. */
export function bodyStart({ text }: SourceFile, { body, params, range }: TSESTree.ArrowFunctionExpression): number {
  const arrow = text.lastIndexOf('=>', body.range[0]);
  const from = Math.max(arrow, params.at(-1)?.range[1] ?? range[0]) + 2;
  return from + (/^\s*/u.exec(text.slice(from))?.[0].length ?? 0);
}

/** Whether an element around has a handler for clicks: one that closes a menu, say. */
export function isClickedAround(element: TSESTree.JSXElement): boolean {
  return elementsAround(element).some((one) => attributeNamed(one.openingElement, 'onClick') !== undefined);
}

/** The elements around one in its component, the nearest first. */
export function elementsAround(element: TSESTree.JSXElement): TSESTree.JSXElement[] {
  const found: TSESTree.JSXElement[] = [];
  for (let node: Node | undefined = element.parent; node; node = node.parent) {
    if (node.type === 'JSXElement') found.push(node);
    // items.map((item) => <li>…</li>) is still in the same one.
    else if (isFunction(node) && node.parent.type !== 'CallExpression') break;
  }
  return found;
}

export function allowsForm(element: TSESTree.JSXElement, { file, project }: LinkContext): boolean {
  return allowsFormIn({ elements: elementsAround(element), file, project });
}

/**
 * The button in a form, which works before React does. Where a handler is asked as well it may take the form away before it is submitted, and in some
 * elements no form may be: there the click itself calls the action, which takes a client component.
 */
export function inForm(
  outer: TSESTree.JSXElement,
  inner: TSESTree.JSXElement,
  button: readonly Edit[],
  { href, key, onClick }: OwnAttributes,
  formAttribute: string,
  context: LinkContext,
): Edit[] | string {
  const { action, file, project } = context;
  if (!allowsButtonIn({ elements: elementsAround(outer), file, project })) return 'it is in a button already';
  const mayBeTaken = onClick !== undefined || isClickedAround(outer);
  if (mayBeTaken || !allowsForm(outer, context)) {
    if (!isClientFile(file))
      return mayBeTaken
        ? 'a handler of its click may take a form away before it is submitted, and whether this is a client component is not known here'
        : 'no form is allowed there, and only a client component can call the server action in a click';
    const handler = onClick && handlerOf(onClick);
    const click = handler
      ? [replace(href, 'type="button"'), ...withCall(file, handler, action)]
      : [replace(href, `type="button" onClick={() => void ${action}()}`)];
    return [...button, ...click];
  }
  const moved = key ? [removed(file, key)] : [];
  const text = textWithin(outer, [...button, ...moved, replace(href, 'type="submit"')], file.text);
  if (text === undefined || inner.range[0] < outer.range[0]) return 'its attributes cannot be separated';
  return formAround(outer, key, text, formAttribute, context);
}

/** A form with a text in it, in the place of an element. */
export function formAround(
  outer: TSESTree.JSXElement,
  key: TSESTree.JSXAttribute | undefined,
  text: string,
  formAttribute: string,
  { action, file }: LinkContext,
): Edit[] {
  const { eol, indentUnit } = styleOf(file);
  const keyText = key ? ` ${file.text.slice(...key.range)}` : '';
  const indent = indentAt(file.text, outer.range[0]);
  const isVerbatim = hasNode(
    outer,
    (node) => node.type === 'TemplateLiteral' && file.text.slice(...node.range).includes('\n'),
  );
  const lines = isVerbatim ? text : text.replace(/(?<=\n)(?=[^\r\n])/gu, indentUnit);
  return [
    replace(
      outer,
      `<form${keyText} action={${action}}${formAttribute}>${eol}${indent}${indentUnit}${lines}${eol}${indent}</form>`,
    ),
  ];
}
