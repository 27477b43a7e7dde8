/** The ways in which a file may be formatted: what a formatter is set to, and what the file shows. */
import { type Node, walk } from '../../syntax/ast.ts';
import type { SourceFile } from '../../syntax/source-file.ts';
import { styleOf } from '../edits.ts';
import { lineWidthOf, widthOf, WIDTHS } from '../line-width.ts';
import type { Source } from './source.ts';

/** So many are sample enough. */
const MAX_IMPORTS = 50;

/** What a formatter is set to, as far as it is known. */
export interface Formatting {
  readonly printWidth?: number;
  readonly indentUnit?: string;
  readonly trailingComma?: 'all' | 'es5' | 'none';
}

export interface Style extends Pick<Source, 'argumentComma' | 'fillsElements' | 'trailingComma'> {
  readonly width: number;
  readonly indentUnit: string;
}

const COMMAS = {
  all: { trailingComma: ',', argumentComma: ',' },
  es5: { trailingComma: ',', argumentComma: '' },
  none: { trailingComma: '', argumentComma: '' },
} as const;

/** The styles that the imports are laid out in, the likeliest first. */
export function stylesOf(
  file: SourceFile,
  formatting: Formatting,
  isLaidOut: (node: Node, style: Style) => boolean,
): readonly Style[] {
  const { indentUnit, printWidth } = formatting;
  const isIndented = /^[\t ]+\S/mu.test(file.text);
  const indent = isIndented || indentUnit === undefined ? styleOf(file).indentUnit : indentUnit;
  const guess = printWidth ?? lineWidthOf(file);
  const widths = printWidth === undefined ? [guess, ...WIDTHS.filter((width) => width > guess)] : [guess];
  const styles = commasOf(file, formatting).flatMap((commas) =>
    widths.flatMap((width) =>
      [true, false].map((fillsElements) => ({ ...commas, width, indentUnit: indent, fillsElements })),
    ),
  );
  const imports = file.ast.body.filter(({ type }) => type === 'ImportDeclaration').slice(0, MAX_IMPORTS);
  const widest = widestOf(file);
  return styles.filter((style) => style.width >= widest && imports.every((node) => isLaidOut(node, style)));
}

/** The ways to end lists, the likeliest first. */
function commasOf(
  { text }: SourceFile,
  { trailingComma }: Formatting,
): readonly (typeof COMMAS)['all' | 'es5' | 'none'][] {
  const { all, es5, none } = COMMAS;
  if (trailingComma !== undefined) return [COMMAS[trailingComma]];
  // An element in parentheses is no list.
  const isWithout = /[^\s,;{}>]\r?\n\s*[\])}]/u.test(text) && !/,\r?\n\s*[\])}]/u.test(text);
  return isWithout ? [none, all, es5] : [all, none, es5];
}

/** How far objects and elements on one line reach, which prettier breaks where they are too long. */
function widestOf({ ast, text }: SourceFile): number {
  let widest = 0;
  walk(ast, (node) => {
    const isBreakable =
      (node.type === 'ObjectExpression' && node.properties.length > 0) ||
      (node.type === 'JSXOpeningElement' && node.attributes.length > 1);
    if (!isBreakable) return;
    const [start, end] = node.range;
    const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
    if (line.length >= end - start && line.length > widest) widest = Math.max(widest, widthOf(line));
  });
  return widest;
}
