/** In the place of `test/helpers/eslints.ts` (vitest.config.ts): the one ESLint and the one parser of a cell. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import typescriptParser from '@typescript-eslint/parser';
import type { ESLint, Linter, RuleTester } from 'eslint';
import { parseFile } from '../../../parsers/files.ts';
import { parseScript } from '../../../parsers/scripts.ts';
import { ROOT } from '../../helpers/commands.ts';
import { type Cell, cellOfProcess, nameOf } from './cells.ts';

export type ParserName = 'espree' | 'typescript';

interface ESLintModule {
  readonly ESLint: typeof ESLint;
  readonly Linter: typeof Linter;
  readonly RuleTester: typeof RuleTester;
}

const PACKAGES: Readonly<Record<Cell['eslint'], string>> = {
  '9.22': 'test/e2e/matrix/node_modules/eslint',
  '9': 'node_modules/eslint9',
  '10.0': 'test/e2e/matrix/node_modules/eslint-10-0',
  '10': 'node_modules/eslint',
};

const require = createRequire(import.meta.url);
const cell = cellOfProcess();
const loaded = require(join(ROOT, PACKAGES[cell.eslint])) as ESLintModule;

export const eslints = [
  { version: nameOf(cell), ESLint: loaded.ESLint, Linter: loaded.Linter, RuleTester: loaded.RuleTester },
] as const;

const BABEL = {
  requireConfigFile: false,
  babelOptions: { babelrc: false, configFile: false, parserOpts: { plugins: ['jsx'] } },
};

/** What ESLint is told about the language of a file. A parser that the case itself names does not count. */
export function languageOptionsFor(filename: string, _parser?: ParserName): Linter.LanguageOptions {
  if (!isScript(filename)) return { parser: { parseForESLint: parseFile } };
  switch (cell.parser) {
    case 'babel':
      return { parser: require('@babel/eslint-parser') as Linter.Parser, parserOptions: BABEL };
    case 'ours':
      return { parser: { parseForESLint: parseScript } };
    case 'espree':
    case 'typescript':
      return {
        ...(cell.parser === 'typescript' && { parser: typescriptParser }),
        parserOptions: { ecmaFeatures: { jsx: !/\.[cm]?ts$/u.test(filename) } },
      };
  }
}

const isScript = (filename: string): boolean => /\.[cm]?[jt]sx?$/u.test(filename);

/** Whether the parser of the cell takes a text: those for JavaScript take no types. */
export function isReadable(filename: string, code: string): boolean {
  const config = { files: ['**/*.*'], languageOptions: languageOptionsFor(filename) };
  return new loaded.Linter().verify(code, [config], { filename }).every(({ fatal }) => fatal !== true);
}
