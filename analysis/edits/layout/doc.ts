/**
 * Text with places where a line may break, and its layout for a width: what prettier calls a doc
 * (`commands.md` of its repository), as far as code that an edit touches needs it.
 */
import { onceFor } from '../../once.ts';
import { blanksBefore } from '../../syntax/blanks.ts';
import { widthOf } from '../line-width.ts';

export type Doc =
  | string
  | readonly Doc[]
  /** A text may come before the end of the line where it breaks: `{" "}`. */
  | { readonly kind: 'line'; readonly flat: '' | ' '; readonly behind?: string }
  | { readonly kind: 'hardline'; readonly isBlank: boolean }
  /** What prettier would write otherwise, in a way that is not known here. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'group'; readonly doc: Doc }
  /** `isAligned`: as far in as what stands behind `? ` or `: `. */
  | { readonly kind: 'indent'; readonly doc: Doc; readonly isAligned?: boolean }
  /** `flat`: what is there instead on one line. */
  | { readonly kind: 'ifBreak'; readonly text: string; readonly flat: string }
  | { readonly kind: 'verbatim'; readonly lines: readonly string[]; readonly base: string }
  /** Content and separators in turn, with as much on each line as fits. */
  | { readonly kind: 'fill'; readonly parts: readonly Doc[]; readonly from: number }
  /** The right side of an assignment: on the next line where not even its start fits behind the operator. */
  | { readonly kind: 'fluid'; readonly doc: Doc }
  /** `head` and the start of `last` on one line, where they fit; else `expanded`. */
  | { readonly kind: 'hug'; readonly head: Doc; readonly last: Doc; readonly tail: Doc; readonly expanded: Doc };

export const LINE: Doc = { kind: 'line', flat: ' ' };
export const SOFTLINE: Doc = { kind: 'line', flat: '' };
export const HARDLINE: Doc = { kind: 'hardline', isBlank: false };
export const BLANK_LINE: Doc = { kind: 'hardline', isBlank: true };
export const UNKNOWN: Doc = { kind: 'unknown' };
export const group = (...doc: readonly Doc[]): Doc => ({ kind: 'group', doc });
export const indent = (...doc: readonly Doc[]): Doc => ({ kind: 'indent', doc });
export const align = (doc: Doc): Doc => ({ kind: 'indent', doc, isAligned: true });
export const ifBreak = (text: string, flat = ''): Doc => ({ kind: 'ifBreak', text, flat });

/** `a, b, c`, with what parts them behind each but the last. */
export const join = (separator: Doc, docs: readonly Doc[]): readonly Doc[] =>
  docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));

/** Whether a doc has a line break whatever the width is. Each group asks it of all that is in it. */
export const willBreak = (doc: Doc): boolean => typeof doc !== 'string' && hasBreak(doc);

const hasBreak: (doc: Exclude<Doc, string>) => boolean = onceFor((doc) => {
  if (isList(doc)) return doc.some(willBreak);
  switch (doc.kind) {
    case 'hardline':
      return true;
    case 'verbatim':
      return doc.lines.length > 1;
    case 'hug':
      return willBreak(doc.head) || willBreak(doc.last);
    case 'fill':
      return doc.parts.some(willBreak);
    case 'line':
    case 'ifBreak':
    case 'unknown':
      return false;
    default:
      return willBreak(doc.doc);
  }
});

const isList = (doc: Doc): doc is readonly Doc[] => Array.isArray(doc);

export interface Page {
  readonly width: number;
  readonly indentUnit: string;
  readonly eol: string;
}

type Hug = Extract<Doc, { readonly kind: 'hug' }>;
type Fill = Extract<Doc, { readonly kind: 'fill' }>;

interface Command {
  readonly indent: string;
  readonly isFlat: boolean;
  readonly doc: Doc;
}

/** Lays a doc out that starts behind `indentation`; undefined where it is not known, or moved lines may be text that must not move. */
export function layOut(doc: Doc, indentation: string, { eol, indentUnit, width }: Page): string | undefined {
  // Nothing but the line under way is looked at again: a text may have thousands of them.
  let done = '';
  let line = '';
  let column = widthOf(indentation);
  const stack: Command[] = [{ indent: indentation, isFlat: false, doc }];
  const newline = (to: string, behind = '') => {
    line += behind;
    done += line.slice(0, blanksBefore(line, line.length)) + eol;
    line = to;
    column = widthOf(to);
  };
  const fits = (first: Command): boolean => fitsIn(width - column, first, stack);
  for (let command = stack.pop(); command; command = stack.pop()) {
    const { doc: one, indent: at, isFlat } = command;
    const push = (next: Doc, flat: boolean, to = at) => stack.push({ indent: to, isFlat: flat, doc: next });
    if (typeof one === 'string') {
      line += one;
      column += widthOf(one);
      continue;
    }
    if (isList(one)) {
      for (let index = one.length - 1; index >= 0; index -= 1) push(one[index] ?? '', isFlat);
      continue;
    }
    switch (one.kind) {
      case 'unknown':
        return undefined;
      case 'line':
        if (isFlat) push(one.flat, true);
        else newline(at, one.behind);
        break;
      case 'hardline':
        if (one.isBlank) newline('');
        newline(at);
        break;
      case 'indent':
        push(one.doc, isFlat, at + stepOf(one, indentUnit));
        break;
      case 'ifBreak':
        push(isFlat ? one.flat : one.text, false);
        break;
      case 'group':
        push(one.doc, isFlat || (!willBreak(one.doc) && fits({ indent: at, isFlat: true, doc: one.doc })));
        break;
      case 'fluid': {
        const isBehind = isFlat || fits({ indent: at, isFlat: false, doc: [' ', one.doc] });
        if (isBehind) {
          push(one.doc, isFlat);
          push(' ', true);
        } else push([HARDLINE, one.doc], false, at + indentUnit);
        break;
      }
      case 'hug':
        stack.push(...hugged(one, command, fits));
        break;
      case 'fill':
        stack.push(
          ...filled(one, command, (content) => fitsIn(width - column, { ...command, isFlat: true, doc: content }, [])),
        );
        break;
      case 'verbatim': {
        const [first = '', ...rest] = one.lines;
        push(first, true);
        if (rest.length === 0) break;
        stack.pop();
        line += first;
        if (at !== one.base && rest.some((next) => /[`*]/u.test(next))) return undefined;
        for (const next of rest) {
          done += line + eol;
          line = next.startsWith(one.base) ? at + next.slice(one.base.length) : next;
        }
        column = widthOf(line);
        break;
      }
    }
  }
  return done + line;
}

const stepOf = ({ isAligned }: Extract<Doc, { readonly kind: 'indent' }>, unit: string): string =>
  isAligned === true && unit !== '\t' ? '  ' : unit;

/** What a call comes to whose last argument may be hugged, its end first. */
function hugged(hug: Hug, { indent: at, isFlat }: Command, fits: (first: Command) => boolean): Command[] {
  const { expanded, head, last, tail } = hug;
  const command = (of: Doc, flat: boolean): Command => ({ indent: at, isFlat: flat, doc: of });
  const whole = command([head, last, tail], true);
  if (isFlat || (!willBreak(hug) && fits(whole))) return [whole];
  const isHugged = !willBreak(head) && fits(command([{ kind: 'group', doc: head }, opened(last)], false));
  return isHugged
    ? [command(tail, true), command(opened(last), false), command(head, true)]
    : [command(expanded, false)];
}

/** The next content of a list that fills lines, and what parts it from the one behind; its end first. */
function filled(fill: Fill, command: Command, fits: (content: Doc) => boolean): Command[] {
  const { from, parts } = fill;
  const [content = '', separator, next = ''] = parts.slice(from, from + 3);
  const isOneLine = command.isFlat || (!willBreak(content) && fits(content));
  const here: Command = { ...command, isFlat: isOneLine, doc: content };
  if (separator === undefined) return [here];
  const isTogether = command.isFlat || (isOneLine && !willBreak(next) && fits([content, separator, next]));
  return [
    { ...command, doc: { kind: 'fill', parts, from: from + 2 } },
    { ...command, isFlat: isTogether, doc: separator },
    here,
  ];
}

/** The content of a group, which is to be broken. */
const opened = (doc: Doc): Doc => (typeof doc === 'object' && 'kind' in doc && doc.kind === 'group' ? doc.doc : doc);

/** Whether what comes up to the next place where a line breaks has room. */
function fitsIn(room: number, first: Command, rest: readonly Command[]): boolean {
  const stack: Command[] = [first];
  let left = room;
  let index = rest.length;
  while (left >= 0) {
    const command = stack.pop() ?? rest[(index -= 1)];
    if (!command) return true;
    const { doc, isFlat } = command;
    const push = (next: Doc, flat = isFlat) => stack.push({ indent: command.indent, isFlat: flat, doc: next });
    if (typeof doc === 'string') left -= widthOf(doc);
    else if (isList(doc)) for (let at = doc.length - 1; at >= 0; at -= 1) push(doc[at] ?? '');
    else if (doc.kind === 'line') {
      if (!isFlat) return true;
      left -= doc.flat.length;
    } else if (doc.kind === 'hardline' || doc.kind === 'unknown') return true;
    else if (doc.kind === 'ifBreak') {
      push(isFlat ? doc.flat : doc.text);
    } else if (doc.kind === 'verbatim') {
      left -= widthOf(doc.lines[0] ?? '');
      if (doc.lines.length > 1) return left >= 0;
    } else if (doc.kind === 'hug') push([doc.head, doc.last, doc.tail]);
    else push(contentOf(doc), isFlat && !willBreak(doc));
  }
  return false;
}

function contentOf(doc: Extract<Doc, { readonly kind: 'fill' | 'fluid' | 'group' | 'indent' }>): Doc {
  if (doc.kind === 'fill') return doc.parts.slice(doc.from);
  return doc.kind === 'fluid' ? [' ', doc.doc] : doc.doc;
}
