/** What goes with an attribute when it is removed. */
import type { Node, Range } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';

/** An attribute's range with the space before it, or with that behind it where the line before may end with a comment. */
export function withSpace({ text }: SourceFile, { range: [start, end] }: Node): Range {
  let before = start;
  while (before > 0 && /\s/u.test(text.charAt(before - 1))) before -= 1;
  const after = /^[\t ]*/u.exec(text.slice(end))?.[0].length ?? 0;
  const isLastOfLine = /[\n\r]/u.test(text.charAt(end + after));
  const lineStart = text.lastIndexOf('\n', before - 1) + 1;
  return isLastOfLine || !text.slice(lineStart, before).includes('//') ? [before, end] : [start, end + after];
}
