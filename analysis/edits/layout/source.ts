/** What a printer of nodes has at hand. */
import { indentAt } from '../edits.ts';
import type { Node, Range } from '../../syntax/ast.ts';
import { type Doc, UNKNOWN } from './doc.ts';

export interface Source {
  readonly text: string;
  /** What comes after the last item of a list on several lines. */
  readonly trailingComma: '' | ',';
  /** The same behind the last argument or parameter. */
  readonly argumentComma: '' | ',';
  readonly quote: '"' | "'";
  /** Whether elements are laid out child by child, and not with children on several lines as they are. */
  readonly fillsElements: boolean;
  /** The doc of a node, without parentheses around it. */
  readonly print: (node: Node) => Doc;
}

export type Printers = {
  readonly [Type in Node['type']]?: (node: Extract<Node, { type: Type }>, source: Source) => Doc;
};

export const sliceOf = ({ text }: Source, [start, end]: Range): string => text.slice(start, end);

/** Code as it is, moved as a whole where its place is another one. */
export function verbatim(source: Source, [start, end]: Range): Doc {
  const lines = source.text.slice(start, end).split(/\r?\n/u);
  return lines.length === 1 ? (lines[0] ?? '') : { kind: 'verbatim', lines, base: indentAt(source.text, end) };
}

export const isOneLine = ({ text }: Source, [start, end]: Range): boolean => !text.slice(start, end).includes('\n');

/** The doc of a node with the parentheses around it; not for where the parent has parentheses of its own. */
export function printed(node: Node, source: Source): Doc {
  return isParenthesised(node, source) ? ['(', source.print(node), ')'] : source.print(node);
}

export function isParenthesised({ range: [start, end] }: Node, { text }: Source): boolean {
  return text.slice(0, start).trimEnd().endsWith('(') && text.slice(end).trimStart().startsWith(')');
}

export const hasLineBetween = ({ text }: Source, start: number, end: number): boolean =>
  text.slice(start, end).includes('\n');

export const hasBlankLineBetween = ({ text }: Source, start: number, end: number): boolean =>
  /\n[\t ]*\r?\n/u.test(text.slice(start, end));

/** A block as it is; prettier has none with statements on one line. */
export function block({ range }: Node, source: Source): Doc {
  const text = sliceOf(source, range);
  return /^\{\s*\}$/u.test(text) || text.includes('\n') ? verbatim(source, range) : UNKNOWN;
}
