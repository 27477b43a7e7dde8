/** Env files with the place of each name and value; what a value is, dotenv's rules say (motdotla/dotenv `lib/main.js`). */
import type { Range } from '../../analysis/syntax/ast.ts';

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
const LINE_END = /[\n\r]/gu;
const NOTHING_MORE = /[\t ]*(?:#|[\n\r]|$)/uy;

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
    // Not further than the line: in a file without comments every line would look through the whole rest.
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

function valueOf(written: string): string {
  const [first = ''] = written;
  const isQuoted = written.length > 1 && `"'\``.includes(first) && written.endsWith(first);
  const inner = (isQuoted ? written.slice(1, -1) : written).replaceAll(/\r\n?/gu, '\n');
  return first === '"' ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner;
}

const REFERENCE = /(?<escaped>\\\$)|\$(?:\{(?<braced>\w+)\}|(?<bare>[A-Za-z_]\w*))/gu;
/** Deeper than this it is a circle. */
const MAX_DEPTH = 8;

/**
 * A value as Next.js expands it (motdotla/dotenv-expand): `$NAME` and `${NAME}` from the same file. Undefined where a name
 * is not in the file, for it may be in another one or in the shell, and for `${NAME:-default}`.
 */
export function expanded(value: string, entries: ReadonlyMap<string, EnvEntry>, depth = 0): string | undefined {
  if (!value.includes('$')) return value;
  if (depth > MAX_DEPTH || /(?<!\\)\$\{(?!\w+\})/u.test(value)) return undefined;
  let isKnown = true as boolean;
  const text = value.replaceAll(
    REFERENCE,
    (_, escaped: string | undefined, braced: string | undefined, bare: string | undefined) => {
      if (escaped !== undefined) return '$';
      const entry = entries.get(braced ?? bare ?? '');
      const held = entry && expanded(entry.value, entries, depth + 1);
      isKnown &&= held !== undefined;
      return held ?? '';
    },
  );
  return isKnown ? text : undefined;
}

/** The names that a value refers to. */
export function referencesIn(value: string): readonly string[] {
  return [...value.matchAll(REFERENCE)].flatMap(({ groups }) => groups?.['braced'] ?? groups?.['bare'] ?? []);
}
