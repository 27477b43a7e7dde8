/**
 * The text of an env file, with the place of each name and value. What a value is follows dotenv's rules (motdotla/dotenv
 * `lib/main.js`), but for a name whose `=` or value is on the next line. One pass, linear in the size of the file.
 */
import type { Range } from '../../analysis/syntax/ast.ts';

export interface EnvEntry {
  readonly name: string;
  readonly nameRange: Range;
  /** The line of the name, from 1. */
  readonly line: number;
  /** As dotenv reads it. Next.js also expands the variables in it (`env-expansion.ts`). */
  readonly value: string;
  /** With its quotes; empty, at the end of the name's `=`, where nothing is given. */
  readonly valueRange: Range;
}

export interface EnvComment {
  /** Without the `#`. */
  readonly text: string;
  readonly range: Range;
}

export interface EnvText {
  /** In source order; of two entries with one name the last counts. */
  readonly entries: readonly EnvEntry[];
  readonly comments: readonly EnvComment[];
}

const NAME = /[\t ]*(?:export[\t ]+)?(?<name>[\w.-]+)(?:[\t ]*=|:(?=[\t ]))[\t ]*/uy;
const BARE = /[^\n\r#]*/uy;
const LINE_END = /[\n\r]/gu;
const NOTHING_MORE = /[\t ]*(?:#|[\n\r]|$)/uy;

/** Reads an env file. Lines that assign nothing are skipped, as dotenv skips them. */
export function readEnvText(text: string): EnvText {
  const entries: EnvEntry[] = [];
  const comments: EnvComment[] = [];
  const lineAt = createLineCounter(text);
  let position = 0;
  while (position < text.length) {
    NAME.lastIndex = position;
    const match = NAME.exec(text);
    if (match) {
      const name = match.groups?.['name'] ?? '';
      const nameStart = match.index + match[0].lastIndexOf(name);
      const start = NAME.lastIndex;
      const end = endOfValue(text, start);
      const written = text.slice(start, end).trimEnd();
      entries.push({
        name,
        nameRange: [nameStart, nameStart + name.length],
        line: lineAt(nameStart),
        value: valueOf(written),
        valueRange: [start, start + written.length],
      });
      position = end;
    }
    const lineEnd = endOfLine(text, position);
    // No further than the line: in a file without comments each line would search the whole rest.
    const inLine = text.slice(position, lineEnd).indexOf('#');
    const hash = position + inLine;
    if (inLine >= 0) comments.push({ text: text.slice(hash + 1, lineEnd), range: [hash, lineEnd] });
    position = lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : 1);
  }
  return { entries, comments };
}

/** Values in quotes may span lines; with no closing quote, or with text behind it, it is a bare value that begins with one. */
function endOfValue(text: string, start: number): number {
  const quote = text[start];
  if (quote === '"' || quote === "'" || quote === '`') {
    const closing: number[] = [];
    for (let index = text.indexOf(quote, start + 1); index !== -1; index = text.indexOf(quote, index + 1)) {
      closing.push(index + 1);
      // A quote behind a backslash closes only where no other one does.
      if (text[index - 1] !== '\\') break;
    }
    const end = closing.findLast((index) => {
      NOTHING_MORE.lastIndex = index;
      return NOTHING_MORE.test(text);
    });
    if (end !== undefined) return end;
  }
  BARE.lastIndex = start;
  BARE.test(text);
  return BARE.lastIndex;
}

function endOfLine(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(text)?.index ?? text.length;
}

/** Line numbers of offsets that are asked for in ascending order. */
function createLineCounter(text: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    for (; counted < offset; counted += 1) {
      const character = text[counted];
      if (character === '\n' || (character === '\r' && text[counted + 1] !== '\n')) line += 1;
    }
    return line;
  };
}

function valueOf(written: string): string {
  const [first = ''] = written;
  const isQuoted = written.length > 1 && `"'\``.includes(first) && written.endsWith(first);
  const inner = (isQuoted ? written.slice(1, -1) : written).replaceAll(/\r\n?/gu, '\n');
  return first === '"' ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner;
}
