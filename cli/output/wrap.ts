/** Breaks lines between words. */
import { stripVTControlCharacters } from 'node:util';

/** Less than this, and a column of text has a word in each line. */
const MIN_WIDTH = 16;

/** The columns that a text takes. */
export function widthOf(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}

/**
 * The lines of a text in a column of some width. A word that is wider (a path, a URL) keeps a line of its own: a terminal breaks it, and
 * it can still be clicked.
 */
export function wrap(text: string, width: number): string[] {
  const limit = Math.max(width, MIN_WIDTH);
  const lines: string[] = [];
  let line = '';
  // Two spaces set the name of a rule apart from the sentence before it.
  for (const part of text.split(/(?<=\S)(?= +\S)/u)) {
    if (line !== '' && widthOf(line + part) > limit) {
      lines.push(line);
      line = part.trimStart();
    } else line += part;
  }
  return [...lines, line];
}

/** As wide as lines become, however wide the terminal is: longer ones are hard to read. */
const MAX_COLUMNS = 120;

/** The width to lay a text out for; undefined: lines stay whole. */
export function layoutWidth(columns: number | undefined): number | undefined {
  return columns === undefined ? undefined : Math.min(columns, MAX_COLUMNS) - 1;
}

/**
 * A text for a terminal of some width: lines that are too long go on below their own beginning, or in a table of options below the
 * explanation. Unchanged where `columns` is undefined.
 */
export function fitted(text: string, columns: number | undefined): string {
  const width = layoutWidth(columns);
  if (width === undefined) return text;
  return text
    .split('\n')
    .map((line) => (widthOf(line) <= width || isCommand(line) ? line : fittedLine(line, width)))
    .join('\n');
}

/** A command is copied: it stays one line. */
const isCommand = (line: string): boolean => /^(?:Fix|Next|Review|See)?:? *npx /u.test(stripVTControlCharacters(line));

/** Of a table: two columns or more between its two sides. */
const TABLE = /^(?<left> +\S.*? {2,})(?<right>\S.*)$/u;

function fittedLine(line: string, width: number): string {
  const { left, right } = TABLE.exec(line)?.groups ?? {};
  const found = /^ */u.exec(line)?.[0].length ?? 0;
  const margin = ' '.repeat(width - found < MIN_WIDTH * 2 ? 4 : found);
  if (left === undefined || right === undefined) {
    return wrap(line.trim(), width - margin.length)
      .map((each) => margin + each)
      .join('\n');
  }
  return rowOf(left, right, margin, width);
}

/** Two sides of a table, the right one in a column of its own; unbroken where `columns` is undefined. */
export function tableRow(left: string, right: string, columns: number | undefined): string {
  const width = layoutWidth(columns);
  return width === undefined ? left + right : rowOf(left, right, /^ */u.exec(left)?.[0] ?? '', width);
}

function rowOf(left: string, right: string, margin: string, width: number): string {
  const below = widthOf(left);
  // No room to the right of the left side: below it, a little to the right.
  if (width - below < MIN_WIDTH * 2) {
    const indent = `${margin}    `;
    const rows = wrap(right, width - indent.length).map((each) => indent + each);
    return [left.trimEnd(), ...rows].join('\n');
  }
  return left + wrap(right, width - below).join(`\n${' '.repeat(below)}`);
}
