/** Both majors of ESLint, and what every helper hands to them. */
import typescriptParser from '@typescript-eslint/parser';
import { ESLint as ESLint10, Linter as Linter10, RuleTester as RuleTester10 } from 'eslint';
import { ESLint as ESLint9, Linter as Linter9, RuleTester as RuleTester9 } from 'eslint9';
import { parseFile } from '../../parsers/files.ts';

export type ParserName = 'espree' | 'typescript';

// One set of types for both: what the tests use of them is the same.
export const eslints = [
  {
    version: 'ESLint 9',
    Linter: Linter9 as unknown as typeof Linter10,
    RuleTester: RuleTester9 as unknown as typeof RuleTester10,
    ESLint: ESLint9 as unknown as typeof ESLint10,
  },
  { version: 'ESLint 10', Linter: Linter10, RuleTester: RuleTester10, ESLint: ESLint10 },
] as const;

/** `languageOptions` for a file: espree for `.js` and `.jsx`, our own parser for files that are no scripts, typescript-eslint's for the rest. */
export function languageOptionsFor(
  filename: string,
  parser: ParserName = defaultParser(filename),
): Linter10.LanguageOptions {
  if (!/\.[cm]?[jt]sx?$/u.test(filename)) return { parser: { parseForESLint: parseFile } };
  return {
    ...(parser === 'typescript' && { parser: typescriptParser }),
    parserOptions: { ecmaFeatures: { jsx: !/\.[cm]?ts$/u.test(filename) } },
  };
}

/** Whether the parser takes a text at all; the parsers here take every case. */
export const isReadable = (_filename: string, _code: string): boolean => true;

function defaultParser(filename: string): ParserName {
  return /\.[cm]?jsx?$/u.test(filename) ? 'espree' : 'typescript';
}
