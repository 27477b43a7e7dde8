/** Env files with the place of each name and value; what a value is, dotenv's rules say (motdotla/dotenv `lib/main.js`). */
import type { Range } from '../../analysis/ast.ts';

export interface EnvEntry {
  readonly name: string;
  readonly nameRange: Range;
  /** As the program gets it, but for variables in it, which Next.js expands. */
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

/** Reads an env file. Lines that assign nothing are passed over, as dotenv does. */
export function readEnvText(text: string): EnvText {
  const entries: EnvEntry[] = [];
  const comments: EnvComment[] = [];
  let position = 0;
  while (position < text.length) {
    NAME.lastIndex = position;
    const match = NAME.exec(text);
    if (match) {
      const name = match.groups?.['name'] ?? '';
      const nameStart = match.index + match[0].indexOf(name);
      const start = NAME.lastIndex;
      const end = endOfValue(text, start);
      const written = text.slice(start, end).trimEnd();
      entries.push({
        name,
        nameRange: [nameStart, nameStart + name.length],
        value: valueOf(written),
        valueRange: [start, start + written.length],
      });
      position = end;
    }
    const lineEnd = endOfLine(text, position);
    const hash = text.indexOf('#', position);
    if (hash >= 0 && hash < lineEnd) comments.push({ text: text.slice(hash + 1, lineEnd), range: [hash, lineEnd] });
    position = lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : 1);
  }
  return { entries, comments };
}

/** Values in quotes may span lines; without a closing quote it is a bare value that begins with one. */
function endOfValue(text: string, start: number): number {
  const quote = text[start];
  if (quote === '"' || quote === "'" || quote === '`') {
    for (let index = start + 1; index < text.length; index += 1) {
      if (text[index] === '\\' && text[index + 1] === quote) index += 1;
      else if (text[index] === quote) return index + 1;
    }
  }
  BARE.lastIndex = start;
  BARE.test(text);
  return BARE.lastIndex;
}

function endOfLine(text: string, from: number): number {
  const offset = text.slice(from).search(/[\n\r]/u);
  return offset < 0 ? text.length : from + offset;
}

function valueOf(written: string): string {
  const [first = ''] = written;
  const isQuoted = written.length > 1 && `"'\``.includes(first) && written.endsWith(first);
  const inner = isQuoted ? written.slice(1, -1) : written;
  return first === '"' ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner;
}
