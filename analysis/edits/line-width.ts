/** The line width that a file keeps to. */
import { onceFor } from '../once.ts';
import type { SourceFile } from '../syntax/source-file.ts';

/** What formatters are set to, most often. */
export const WIDTHS = [80, 100, 120] as const;

/**
 * The smallest usual width that the file's lines fit in. Lines that hold text, a comment or an import say nothing: formatters leave them as
 * long as they are.
 */
export const lineWidthOf = onceFor(({ text }: SourceFile): number => {
  const longest = text
    .split(/\r\n|[\n\r]/u)
    .filter((line) => !/['"`]|\/\/|^\s*(?:\*|\/\*|import\b)/u.test(line))
    .reduce((length, line) => Math.max(length, widthOf(line)), 0);
  return WIDTHS.find((one) => longest <= one) ?? WIDTHS[2];
});

/** How wide a text is; a tab counts as two, as formatters count it. */
export const widthOf = (text: string): number => text.length + (text.split('\t').length - 1);
