/**
 * The arms of a conditional that are written before a value, on one line: `process.env.VERCEL_ENV === 'preview' ? … : `. Where a file is formatted, its
 * lines are broken as the formatter breaks them when the edits are laid out (`analysis/edits/layout`).
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, indentAt, insertAfter, insertBefore, replace, styleOf } from '../../../analysis/edits/edits.ts';
import type { Node } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';

/** `process.env.VERCEL_ENV === 'preview' ? value : ` */
export const armFor = (environment: 'preview' | 'production', value: string, quote: string): string =>
  `process.env.VERCEL_ENV === ${quote}${environment}${quote} ? ${value} : `;

/** Where an option's value is written, and what it takes to put something before it. */
export interface Slot {
  readonly value: Node;
  /** `{ redirectUri }` has no place for an expression until its name is written twice. */
  readonly shorthand: TSESTree.Property | undefined;
}

/** Puts a text before a value, which stays byte for byte; in parentheses where it would be a part of something else. */
export function textBefore(
  { shorthand, value }: Slot,
  before: string,
  inParentheses: boolean,
  file: SourceFile,
): Edit[] {
  const key = shorthand ? `${file.text.slice(...value.range)}: ` : '';
  return inParentheses
    ? [insertBefore(value, `${key}${before}(`), insertAfter(value, ')')]
    : [insertBefore(value, key + before)];
}

/** Puts arms before a value, which becomes the last one. Prettier has `a ?? b` in parentheses there. */
export const armsBefore = (slot: Slot, arms: readonly string[], file: SourceFile): Edit[] =>
  textBefore(slot, arms.join(''), slot.value.type === 'LogicalExpression' && slot.value.operator === '??', file);

/** The same with another arm behind the value, which then is neither the first nor the last one. */
export const armsAround = (slot: Slot, before: string, after: string, file: SourceFile): Edit[] => [
  ...textBefore(slot, before, false, file),
  insertAfter(slot.value, after),
];

/** Puts a property at the start of an object: on a line of its own where the others are. */
export function firstProperty(object: TSESTree.ObjectExpression, property: string, file: SourceFile): Edit {
  const [first] = object.properties;
  if (!first) return replace(object, `{ ${property} }`);
  const isOnLines = /[\n\r]/u.test(file.text.slice(object.range[0], first.range[0]));
  return insertBefore(
    first,
    isOnLines ? `${property},${styleOf(file).eol}${indentAt(file.text, first.range[0])}` : `${property}, `,
  );
}
