/**
 * An ESLint parser on oxc-parser: TypeScript and JSX without the typescript package.
 *
 * It serves the rules of this plugin, which look at types and ranges of nodes only: nodes have no `loc`, and there are no
 * tokens. So it is not exported for other configs.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { Linter } from 'eslint';
import { parseSync } from 'oxc-parser';
import { languageOf, parseSourceFile } from '../../analysis/syntax/source-file.ts';

/** A comment as ESLint reads it. */
interface Directive {
  readonly type: 'Block' | 'Line';
  readonly value: string;
  readonly range: [start: number, end: number];
  readonly loc: TSESTree.SourceLocation;
}

type Position = TSESTree.Position;

export const parser: Linter.Parser = {
  meta: { name: 'eslint-plugin-authkit/parser' },
  parseForESLint(text, options: { filePath?: string } = {}) {
    const path = options.filePath ?? 'file.tsx';
    const result = parseSourceFile(path, text);
    if (!result.ok) {
      const { column, line, message } = result.problem;
      throw Object.assign(new SyntaxError(message), { lineNumber: line, column });
    }
    const { ast, scopes } = result.file;
    const positions = positionsOf(text);
    const program = Object.assign(ast, {
      loc: { start: positions(0), end: positions(text.length) },
      tokens: [],
      comments: directivesIn(path, text, positions),
    });
    return {
      ast: program,
      scopeManager: scopes,
      visitorKeys: visitorKeys as unknown as Record<string, string[]>,
    };
  },
};

/**
 * The comments that ESLint acts on. Those that configure rules of other plugins, or globals, stay unknown to it: the
 * plugins are not there, and their rules were not asked for.
 */
function directivesIn(path: string, text: string, positions: (offset: number) => Position): Directive[] {
  if (!/eslint-(?:dis|en)able|authkit\//u.test(text)) return [];
  const { comments } = parseSync(path, text, { lang: languageOf(path), astType: 'ts' });
  return comments
    .filter(({ value }) => /^\s*(?:eslint-(?:dis|en)able|eslint\s.*authkit\/)/su.test(value))
    .map(({ end, start, type, value }) => ({
      type,
      value,
      range: [start, end],
      loc: { start: positions(start), end: positions(end) },
    }));
}

/** Lines from 1, columns from 0, as ESTree has them. */
function positionsOf(text: string): (offset: number) => Position {
  const starts = [0, ...[...text.matchAll(/\r\n|[\r\n\u2028\u2029]/gu)].map(({ 0: end, index }) => index + end.length)];
  return (offset) => {
    const line = Math.max(
      0,
      starts.findLastIndex((start) => start <= offset),
    );
    return { line: line + 1, column: offset - (starts[line] ?? 0) };
  };
}
