/** `// eslint-disable-next-line react-hooks/exhaustive-deps` above deps that a rewrite completes: ESLint reports a comment that disables nothing. */
import type { Node, Range } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';

/** With a description it is the author's to remove. */
const DIRECTIVE = /(?<=^|\n)[\t ]*\/\/[\t ]*eslint-disable-next-line[\t ]+react-hooks\/exhaustive-deps[\t ]*\r?\n$/u;

/** The line of the comment that disables the rule where deps are written; undefined without one. */
export function disabledDepsAbove({ text }: SourceFile, deps: Node): Range | undefined {
  const start = text.lastIndexOf('\n', deps.range[0] - 1) + 1;
  const line = DIRECTIVE.exec(text.slice(0, start))?.[0];
  return line === undefined ? undefined : [start - line.length, start];
}
