/** Lines and columns, for ESLint and for rules of others: nothing of ours asks for them. */
import type { TSESTree } from '@typescript-eslint/types';

const LINE_END = /\r\n|[\r\n\u2028\u2029]/gu;

/** Makes the function from an offset to its place: lines from 1, columns from 0, as ESTree has them. */
export function locationsIn(text: string): (offset: number) => TSESTree.Position {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(LINE_END)) starts.push(index + end.length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) };
  };
}
