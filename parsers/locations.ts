/** Lines and columns, for ESLint and for rules of others: nothing of ours asks for them. */
import type { TSESTree } from '@typescript-eslint/types';
import { positionAt } from '../analysis/syntax/source-file.ts';

/** Makes the function from an offset to its place: lines from 1, columns from 0, as ESTree has them. */
export const locationsIn =
  (text: string) =>
  (offset: number): TSESTree.Position => {
    const { column, line } = positionAt(text, offset);
    return { line, column: column - 1 };
  };
