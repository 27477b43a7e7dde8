/** The edits that remove statements, and items of lists in braces: with the lines, commas and blank lines that go with them. */
import { type Node, type Range } from '../syntax/ast.ts';
import { beginsLine, blanksBefore } from '../syntax/blanks.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { type Edit, insertBefore, insertItemAfter, remove, replace } from './edits.ts';

/** How far back the end of what is before a statement is looked for. */
const MAX_BEFORE = 2_000;

/**
 * Removes a statement: with its line where nothing else is on it but a comment behind it, and with a blank line next to it where
 * it would be one too many. A block in its place where the lines around it would run into one without it.
 */
export function withoutStatement({ text }: SourceFile, { range }: Node): Edit {
  const lines = linesOf(text, range);
  if (!lines) return remove([range[0], endOfSpace(text, endOf(text, range))]);
  return runsOn(textBefore(text, lines[0]), text.slice(lines[1]))
    ? replace([range[0], range[1]], '{}')
    : remove(withoutBlank(text, lines));
}

/** A statement with its line and the comments right above it; as it is where it shares its line. */
export function linesWithComments({ text }: SourceFile, { range }: Node): Range {
  const lines = linesOf(text, range);
  if (!lines) return range;
  const above = /(?:(?<=^|\n)[\t ]*(?:\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/[\t ]*)\r?\n)*$/u;
  const comments = above.exec(textBefore(text, lines[0]))?.[0].length ?? 0;
  return [lines[0] - comments, lines[1]];
}

/** Edits in which removals that touch are one, with a blank line next to it where it would be one too many. */
export function joinRemovals(edits: readonly Edit[], { text }: SourceFile): Edit[] {
  const joined: Range[] = [];
  for (const { range } of edits.filter((edit) => edit.text === '').sort((a, b) => a.range[0] - b.range[0])) {
    const last = joined.at(-1);
    if (last && range[0] <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], range[1])];
    else joined.push(range);
  }
  return [
    ...edits.filter((edit) => edit.text !== ''),
    ...joined.map((range) => remove(isLines(text, range) ? withoutBlank(text, range) : range)),
  ];
}

const isLines = (text: string, [start, end]: Range): boolean =>
  start < end && (start === 0 || text[start - 1] === '\n') && (end === text.length || text[end - 1] === '\n');

/** The line of a statement, with its end; undefined where it shares it with other code. */
function linesOf(text: string, range: Range): Range | undefined {
  const start = blanksBefore(text, range[0]);
  const end = endOf(text, range);
  const lineEnd = /^[\t ]*(?:\/\/[^\n\r]*)?(?:\r\n|\n|\r|$)/u.exec(text.slice(end))?.[0];
  return beginsLine(text, start) && lineEnd !== undefined ? [start, end + lineEnd.length] : undefined;
}

/** A semicolon on a line of its own belongs to the next statement, in a style that has no others. */
const endOf = (text: string, range: Range): number => range[0] + withoutLoneSemicolon(text.slice(...range)).length;

const SPACE = /[\t ]*/uy;

function endOfSpace(text: string, end: number): number {
  SPACE.lastIndex = end;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** What is before an offset: a file with thousands of statements would be searched to its start for each of them. */
const textBefore = (text: string, offset: number): string => text.slice(Math.max(0, offset - MAX_BEFORE), offset);

/** Removed lines, with one of two blank lines that would meet, and those at the start or the end of a block. */
function withoutBlank(text: string, [start, end]: Range): Range {
  const before = textBefore(text, start);
  const after = text.slice(end);
  const blankBefore = /(?:\n|\r(?!\n))(?<blank>[\t ]*(?:\r?\n|\r))$/u.exec(before)?.groups?.['blank'];
  if (blankBefore !== undefined && /^[\t ]*\}/u.test(after)) return [start - blankBefore.length, end];
  const isFirst = start === 0 || blankBefore !== undefined || /\{\s*$/u.test(before);
  const blankAfter = isFirst ? /^[\t ]*(?:\r\n|\n|\r)/u.exec(after)?.[0].length : undefined;
  return [start, end + (blankAfter ?? 0)];
}

// foo()⏎(bar)()
const runsOn = (before: string, after: string): boolean =>
  /^\s*[(+\-/[`]/u.test(after) && !/^\s*\/[*/]/u.test(after) && !/(?:[;{}]|^)\s*$/u.test(before);

/** Removes items of a list (properties, elements, names), each with its comma, and with its line where nothing else is on it. Comments stay. */
export function withoutItems({ text }: SourceFile, items: readonly Node[], gone: readonly Node[]): Edit[] {
  const lastKept = items.findLastIndex((item) => !gone.includes(item));
  const [kept, last] = [items[lastKept], items.at(-1)];
  // What is behind the last one that stays goes at once, with the comma before it.
  const tail = items.slice(lastKept);
  const isTail =
    kept !== undefined &&
    last !== undefined &&
    last !== kept &&
    commaAfter(text, last.range[1]) === undefined &&
    tail.every((item, index) => {
      const next = tail[index + 1];
      return !next || /^\s*,\s*$/u.test(text.slice(item.range[1], next.range[0]));
    });
  const single = items.filter((item, index) => gone.includes(item) && !(isTail && index > lastKept));
  return [
    ...single.flatMap((item) => withoutItem(text, item)),
    ...(isTail ? [remove([kept.range[1], last.range[1]])] : []),
  ];
}

function withoutItem(text: string, { range: [start, endOfItem] }: Node): Edit[] {
  const comma = commaAfter(text, endOfItem);
  if (comma === undefined) return [remove([start, endOfItem])];
  const isApart = text.slice(endOfItem, comma).trim() !== '';
  const ofComma = isApart ? [remove([comma, comma + 1])] : [];
  const end = isApart ? endOfItem : comma + 1;
  const lineEnd = endOfSpace(text, end);
  const eol = beginsLine(text, start) ? /^(?:\r\n|\n|\r)/u.exec(text.slice(lineEnd, lineEnd + 2))?.[0] : undefined;
  return eol === undefined
    ? [remove([start, lineEnd]), ...ofComma]
    : [remove([blanksBefore(text, start), lineEnd + eol.length]), ...ofComma];
}

const SPACE_AND_COMMENTS = /(?:\s|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\/[^\n\r\u2028\u2029]*)*/uy;

/** The offset of the comma that ends an item, on a later line too. */
function commaAfter(text: string, from: number): number | undefined {
  SPACE_AND_COMMENTS.lastIndex = from;
  SPACE_AND_COMMENTS.test(text);
  return text[SPACE_AND_COMMENTS.lastIndex] === ',' ? SPACE_AND_COMMENTS.lastIndex : undefined;
}

/** Removes items of a list in braces, and adds names behind those that stay; a rest element stays last. */
export function changeItems(
  file: SourceFile,
  items: readonly Node[],
  gone: readonly Node[],
  added: readonly string[],
): Edit[] {
  const names = added.join(', ');
  if (names === '') return withoutItems(file, items, gone);
  const isKept = (item: Node): boolean => item.type !== 'RestElement' && !gone.includes(item);
  const last = items.findLastIndex(isKept);
  const slot = items[last + 1];
  // What is removed behind the last item that stays makes room for the names.
  if (slot && gone.includes(slot)) {
    const others = gone.filter((item) => item !== slot);
    return [replace(slot, names), ...withoutItems(file, items, others)];
  }
  const kept = items[last];
  if (kept) return [...insertItemAfter(file, kept, names, ','), ...withoutItems(file, items, gone)];
  return slot ? [insertBefore(slot, `${names}, `)] : [];
}

function withoutLoneSemicolon(statement: string): string {
  if (!statement.endsWith(';')) return statement;
  const rest = statement.slice(0, -1).trimEnd();
  return /[\n\r]/u.test(statement.slice(rest.length)) ? rest : statement;
}
