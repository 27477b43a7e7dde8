/** How prettier fills lines with the children of an element (`printJsxChildren` of `src/language-js/print/jsx.js`). */
import type { TSESTree } from '@typescript-eslint/types';
import { type Doc, HARDLINE, LINE, SOFTLINE } from './doc.ts';
import { sliceOf, type Source } from './source.ts';

type Child = TSESTree.JSXChild;

/** White space as JSX has it: others, such as a no-break space, are text. */
const SPACES = /[ \n\r\t]+/u;
const NOT_SPACE = /[^ \n\r\t]/u;

/** The content of an element, word by word: content and separators in turn. */
export interface Filling {
  readonly parts: readonly Doc[];
  readonly hasText: boolean;
}

/** What fills the lines between two tags; undefined where white space at an end, or a comment, makes it another matter. */
export function fillingOf(children: readonly Child[], source: Source): Filling | undefined {
  const space: Doc = { kind: 'line', flat: ' ', behind: `{${source.quote} ${source.quote}}` };
  const items = children.map((child) =>
    isSpace(child, source) ? ' ' : child.type === 'JSXText' ? textOf(child, source) : child,
  );
  const parts = trimmed(joined(partsOf(items, space, source), items.some(isText), space));
  // `{" "}` at the beginning or the end of lines is written in ways of its own.
  const isApart = parts.some(
    (part, index) => part === space && parts[index - 1] === '' && (index === 1 || parts[index - 2] === HARDLINE),
  );
  return isApart || parts.at(-1) === space ? undefined : { parts, hasText: items.some(isText) };
}

type Item = string | Exclude<Child, TSESTree.JSXText>;

const textOf = ({ range }: Child, source: Source): string => sliceOf(source, range);

/** `{" "}` */
const isSpace = (child: Child, source: Source): boolean =>
  child.type === 'JSXExpressionContainer' && /^\{(?<quote>["']) \k<quote>\}$/u.test(sliceOf(source, child.range));

/** Whether it is text that is seen: more than a line end and what indents the next line. */
const isText = (item: Item | undefined): item is string =>
  typeof item === 'string' && (NOT_SPACE.test(item) || !item.includes('\n'));

const isSelfClosing = (item: Item | undefined): boolean =>
  typeof item === 'object' && item.type === 'JSXElement' && !item.closingElement;

/** What parts two things between which there is no white space: they stay together where they fit. */
function closeBreak(word: string, before: Item, after: Item | undefined): Doc {
  return (isSelfClosing(before) || isSelfClosing(after)) && word.length !== 1 ? HARDLINE : SOFTLINE;
}

/** What parts two things that are on lines of their own. */
function wideBreak(word: string, before: Item, after: Item | undefined): Doc {
  return word.length === 1 && !isSelfClosing(before) && !isSelfClosing(after) ? SOFTLINE : HARDLINE;
}

function partsOf(items: readonly Item[], space: Doc, source: Source): Doc[] {
  const parts: Doc[] = [''];
  const add = (content: Doc) => {
    const last = parts.pop() ?? '';
    parts.push(last === '' ? content : [last, content]);
  };
  const part = (separator: Doc) => {
    parts.push(separator, '');
  };
  for (const [index, item] of items.entries()) {
    const next = items[index + 1];
    if (typeof item !== 'string') {
      add(source.print(item));
      part(isText(next) ? closeBreak(next.trim().split(SPACES)[0] ?? '', item, next) : HARDLINE);
    } else if (isText(item)) addText(item, next, { add, part, space });
    else if (/\n[^\n]*\n/u.test(item)) part(HARDLINE);
  }
  return parts;
}

interface Parts {
  readonly add: (content: Doc) => void;
  readonly part: (separator: Doc) => void;
  readonly space: Doc;
}

function addText(text: string, next: Item | undefined, { add, part, space }: Parts): void {
  const start = /^[ \n\r\t]*/u.exec(text)?.[0] ?? '';
  const words = text.split(SPACES).filter((word) => word !== '');
  const [first] = words;
  const last = words.at(-1);
  const end = last === undefined ? '' : text.slice(text.lastIndexOf(last) + last.length);
  if (start.includes('\n')) part(wideBreak(first ?? '', text, end === '' || end.includes('\n') ? next : undefined));
  else if (start !== '') part(space);
  if (last === undefined) return;
  for (const [index, word] of words.entries()) {
    if (index > 0) part(LINE);
    add(word);
  }
  if (end.includes('\n')) part(wideBreak(last, text, next));
  else part(end === '' ? closeBreak(last, text, next) : space);
}

/** Without separators next to each other: of two, the one that says more stays. */
function joined(parts: readonly Doc[], hasText: boolean, space: Doc): Doc[] {
  const kept = [...parts];
  for (let index = kept.length - 2; index >= 0; index -= 1) {
    const [one, between, other] = [kept[index], kept[index + 1], kept[index + 2]];
    if (one === '' && between === '') kept.splice(index, 2);
    else if (between === '' && isSeparator(one, space) && isSeparator(other, space)) {
      const isKeptTwice = one === other && (one === SOFTLINE || (one === HARDLINE && !hasText));
      if (one === space && other !== space) kept.splice(index + 1, 2);
      else if (!isKeptTwice) kept.splice(index, 2);
    }
  }
  return kept;
}

const isSeparator = (doc: Doc | undefined, space: Doc): boolean =>
  doc === space || doc === HARDLINE || doc === SOFTLINE;

const isBlank = (doc: Doc | undefined): boolean => doc === '' || doc === LINE || doc === HARDLINE || doc === SOFTLINE;

/** Without line breaks at the ends, which the tags have of their own. */
function trimmed(parts: Doc[]): readonly Doc[] {
  let end = parts.length;
  while (end > 0 && isBlank(parts[end - 1])) end -= 1;
  let start = 0;
  while (end - start > 1 && isBlank(parts[start]) && isBlank(parts[start + 1])) start += 2;
  return parts.slice(start, end);
}
