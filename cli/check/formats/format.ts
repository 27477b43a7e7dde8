/** What a format is, and what it is given to print. */
import type { ESLint, Rule } from 'eslint';
import type { Terminal } from '../../output/terminal.ts';
import type { Detail, DetailOf } from '../details.ts';
import type { Explanation } from '../explain/explanation.ts';

export interface Explain {
  readonly lines: (detail: Detail) => string[];
  readonly data: (detail: Detail) => Explanation;
}

export interface FormatContext {
  /** Absolute; where paths start. */
  readonly cwd: string;
  readonly colors: Terminal['colors']['out'];
  readonly rules: Readonly<Record<string, Rule.RuleMetaData>>;
  /** Of the terminal; undefined: each finding is one line. */
  readonly columns: number | undefined;
  readonly symbols: Terminal['symbols'];
  /** What explains a finding, where someone asked for it: as lines, and as data. */
  readonly explain: Explain | undefined;
  readonly detailOf: DetailOf;
}

export type Print = (results: readonly ESLint.LintResult[], context: FormatContext) => string;
