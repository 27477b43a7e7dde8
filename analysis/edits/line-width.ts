/** The line width that a file keeps to. */
import type { SourceFile } from '../syntax/source-file.ts';

/** What formatters are set to, most often. */
export const WIDTHS = [80, 100, 120] as const;

const widths = new WeakMap<SourceFile, number>();

/**
 * The smallest usual width that the file's lines fit in. Lines that hold text, a comment or an import say nothing: formatters leave them as
 * long as they are.
 */
export function lineWidthOf(file: SourceFile): number {
  let width = widths.get(file);
  if (width === undefined) {
    const longest = file.text
      .split(/\r\n|[\n\r]/u)
      .filter((line) => !/['"`]|\/\/|^\s*(?:\*|\/\*|import\b)/u.test(line))
      .reduce((length, line) => Math.max(length, widthOf(line)), 0);
    widths.set(file, (width = WIDTHS.find((one) => longest <= one) ?? WIDTHS[2]));
  }
  return width;
}

/** How wide a text is; a tab counts as two, as formatters count it. */
export const widthOf = (text: string): number => text.length + (text.split('\t').length - 1);
