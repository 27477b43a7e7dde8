/**
 * Edits on the original text. Nothing is reprinted: what an edit does not name stays identical to the byte.
 *
 * Semantics are ESLint's (`lib/linter/source-code-fixer.js`): ranges count from after a BOM, a BOM stays, and of two
 * groups of edits that overlap the first in the file wins; the other waits for the next pass.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../once.ts';
import { type Node, type Range, walk } from '../syntax/ast.ts';
import { blanksBefore } from '../syntax/blanks.ts';
import type { SourceFile } from '../syntax/source-file.ts';

export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** Edits that belong together: all of them are applied or none. */
export type EditGroup = readonly Edit[];

export const replace = (target: Node | Range, text: string): Edit => ({ range: rangeOf(target), text });
export const insertBefore = (target: Node | Range, text: string): Edit => {
  const [start] = rangeOf(target);
  return { range: [start, start], text };
};
export const insertAfter = (target: Node | Range, text: string): Edit => {
  const [, end] = rangeOf(target);
  return { range: [end, end], text };
};
export const remove = (target: Node | Range): Edit => replace(target, '');

function rangeOf(target: Node | Range): Range {
  return 'type' in target ? target.range : target;
}

/**
 * One edit that does what a group does, with the text between its parts kept: what ESLint makes of an array of fixes.
 * Returns undefined when the group is empty or its edits overlap each other.
 */
export function mergeEdits(edits: EditGroup, text: string): Edit | undefined {
  const sorted = [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  const first = sorted[0];
  if (!first) return undefined;
  let merged = '';
  let position = first.range[0];
  for (const edit of sorted) {
    if (edit.range[0] < position) return undefined;
    merged += text.slice(position, edit.range[0]) + edit.text;
    position = edit.range[1];
  }
  return { range: [first.range[0], position], text: merged };
}

/** A text with edits made that belong together; undefined where there are none, or they overlap each other. */
export function withEdits(edits: EditGroup, text: string): string | undefined {
  const merged = mergeEdits(edits, text);
  return merged && text.slice(0, merged.range[0]) + merged.text + text.slice(merged.range[1]);
}

/** The text of a node, or of any range, with edits in it made; undefined where they overlap each other, or reach beyond it. */
export function textWithin(
  { range: [start, end] }: { readonly range: Range },
  edits: EditGroup,
  text: string,
): string | undefined {
  if (edits.length === 0) return text.slice(start, end);
  const merged = mergeEdits(edits, text);
  if (!merged || merged.range[0] < start || merged.range[1] > end) return undefined;
  return text.slice(start, merged.range[0]) + merged.text + text.slice(merged.range[1], end);
}

/** Code whose lines, all but the first, are indented by `to` instead of `from`. */
export const reindented = (code: string, from: string, to: string): string =>
  code
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
    .join('\n');

export interface Applied {
  readonly text: string;
  /** The indices of the groups that were applied. */
  readonly applied: readonly number[];
}

/** Applies groups of edits in one pass, as one pass of `eslint --fix` would. `text` is without a BOM. */
export function applyEdits(text: string, groups: readonly EditGroup[]): Applied {
  const merged = groups
    .map((group, index) => ({ index, edit: mergeEdits(group, text) }))
    .filter((entry): entry is { index: number; edit: Edit } => entry.edit !== undefined)
    .sort((a, b) => a.edit.range[0] - b.edit.range[0] || a.edit.range[1] - b.edit.range[1]);
  const applied: number[] = [];
  let output = '';
  let position = Number.NEGATIVE_INFINITY;
  for (const { index, edit } of merged) {
    const [start, end] = edit.range;
    // ESLint skips an edit that touches the one before it, too.
    if (position >= start) continue;
    output += text.slice(Math.max(0, position), start) + edit.text;
    position = end;
    applied.push(index);
  }
  return { text: output + text.slice(Math.max(0, position)), applied };
}

/** How a file is written, so that new text follows it. */
export interface TextStyle {
  readonly eol: '\n' | '\r\n';
  readonly quote: '"' | "'";
  readonly semicolons: boolean;
  readonly indentUnit: string;
}

/** Reads a file's style off its own text: the commoner quote, the commoner line end, the smallest indent. */
export const styleOf = onceFor(({ ast, text }: SourceFile): TextStyle => {
  const statements = endedStatements(ast);
  const ended = statements.filter((node) => text[node.range[1] - 1] === ';').length;
  const imports = ast.body.filter((node) => node.type === 'ImportDeclaration').map(({ source }) => source.raw);
  const sample = imports.length > 0 ? imports.join('') : text;
  return {
    eol: count(text, '\r\n') * 2 > count(text, '\n') ? '\r\n' : '\n',
    quote: count(sample, '"') > count(sample, "'") ? '"' : "'",
    semicolons: statements.length === 0 || ended * 2 >= statements.length,
    indentUnit: /^(?<unit>\t| {2,8})(?=\S)/mu.exec(text)?.groups?.['unit'] ?? '  ',
  };
});

/** The statements whose end shows whether the file writes semicolons: those at its top, or where it has none, those in its functions. */
function endedStatements(ast: SourceFile['ast']): Node[] {
  const found: Node[] = ast.body.filter(isEnded);
  if (found.length === 0) {
    walk(ast, (node) => {
      if (node.type === 'ExpressionStatement' || node.type === 'ReturnStatement') found.push(node);
    });
  }
  return found;
}

// `export function f() {}` and `export default class {}` have no semicolon in any style.
function isEnded(node: TSESTree.ProgramStatement): boolean {
  const { type } = node;
  if (type !== 'ExportNamedDeclaration' && type !== 'ExportDefaultDeclaration')
    return /^(?:Import|Export|Variable|Expression)/u.test(type);
  return (
    !node.declaration ||
    !/^(?:Function|Class|TS(?:Interface|Enum|Module))/u.test(node.declaration.type) ||
    node.declaration.type.endsWith('Expression')
  );
}

const COMMENTS = String.raw`(?:[\t ]*(?:\/\/[^\n\r]*|\/\*(?:[^*\n\r]|\*(?!\/))*\*\/))*`;
/** What may follow the last item of a line: comments, and the end of the line or of the list. */
const END_OF_LINE = new RegExp(String.raw`^(?<comments>${COMMENTS})[\t ]*(?:$|[\n\r]|\/?>)`, 'u');
const END_OF_LINE_OR_COMMA = new RegExp(
  String.raw`^(?<comments>${COMMENTS}(?:[\t ]*(?<comma>,))?${COMMENTS})[\t ]*(?:$|[\n\r]|[)\]}])`,
  'u',
);

/**
 * Puts a new item behind one of a list: of JSX attributes (no separator), or of properties (a comma). It is put on the same line, or on
 * one of its own where the other item begins a line and no further one shares it.
 */
export function insertItemAfter(
  { text }: SourceFile,
  { range: [start, end] }: Node,
  item: string,
  separator: '' | ',',
): Edit[] {
  const line = lineBefore(text, start);
  const follows = line && (separator === '' ? END_OF_LINE : END_OF_LINE_OR_COMMA).exec(text.slice(end))?.groups;
  if (!line || !follows) return [insertAfter([end, end], `${separator} ${item}`)];
  const { comma = '', comments = '' } = follows;
  // White space at the end of the line stays there.
  const blanks = /^[\t ]*(?=[\n\r])/u.exec(text.slice(end + comments.length))?.[0] ?? '';
  const place: Range = [end, end + comments.length + blanks.length];
  const added = insertAfter(place, `${line.eol}${line.indent}${item}${comma}`);
  if (separator === '' || comma !== '') return [added];
  return place[1] === end ? [{ ...added, text: separator + added.text }] : [insertAfter([end, end], separator), added];
}

/** The line break and the indent before what begins a line at an offset; undefined for what begins none. */
function lineBefore(text: string, start: number): { eol: string; indent: string } | undefined {
  // From the place itself: a long line would be searched to its start for each item in it.
  const lineStart = blanksBefore(text, start);
  const indent = text.slice(lineStart, start);
  const last = text.charAt(lineStart - 1);
  if (last !== '\n' && last !== '\r') return undefined;
  return { eol: last === '\n' && text.charAt(lineStart - 2) === '\r' ? '\r\n' : last, indent };
}

/** The white space that the line of an offset starts with. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  // A file without '\r' would be searched to its start.
  const behind = text.slice(lineStart, offset).lastIndexOf('\r') + 1;
  return /^[\t ]*/u.exec(text.slice(lineStart + behind))?.[0] ?? '';
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
