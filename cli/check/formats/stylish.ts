/**
 * For a person. In a pipe, each finding is one line, as ESLint's `stylish` prints it: GitHub's problem matcher reads these. On a terminal,
 * lines are broken between words.
 */
import { stripVTControlCharacters } from 'node:util';
import type { ESLint, Linter } from 'eslint';
import { printable } from '../../../analysis/texts/redact.ts';
import { count, shown } from '../../output/words.ts';
import { layoutWidth, wrap } from '../../output/wrap.ts';
import type { FormatContext, Print } from './format.ts';

export const stylish: Print = (results, context) => {
  const files = results.filter(({ messages }) => messages.length > 0);
  if (files.length === 0) return '';
  const { colors, cwd } = context;
  const blocks = files.map(
    (result) =>
      `${[colors.underline(shown(result.filePath, cwd)), ...linesOf(result, context)].join('\n').trimEnd()}\n`,
  );
  return `\n${blocks.join('\n')}\n${sumOf(files, context)}\n`;
};

function sumOf(files: readonly ESLint.LintResult[], { colors, symbols }: FormatContext): string {
  const errors = files.reduce((sum, { errorCount }) => sum + errorCount, 0);
  const warnings = files.reduce((sum, { warningCount }) => sum + warningCount, 0);
  const sums = `${count(errors + warnings, 'problem')} (${count(errors, 'error')}, ${count(warnings, 'warning')})`;
  return colors.bold((errors > 0 ? colors.red : colors.yellow)(`${symbols.failed} ${sums}`));
}

function linesOf({ filePath, messages }: ESLint.LintResult, context: FormatContext): string[] {
  const { colors, columns, detailOf, explain } = context;
  const widest = (text: (message: Linter.LintMessage) => string) =>
    Math.max(...messages.map((each) => text(each).length));
  const lineWidth = widest(({ line }) => String(line));
  const columnWidth = widest(({ column }) => String(column));
  const levelWidth = widest(levelOf);
  return messages.flatMap((message, index) => {
    const { column, line, ruleId } = message;
    const place = `${String(line).padStart(lineWidth)}:${String(column).padEnd(columnWidth)}`;
    const level = levelOf(message);
    const color = level === 'error' ? colors.red : colors.yellow;
    const head = `  ${colors.dim(place)}  ${color(level)}${' '.repeat(levelWidth - level.length)}`;
    // A link that stands twice in a file says the same twice: on a terminal the second one is short.
    const same =
      columns === undefined ? undefined : messages.slice(0, index).find((earlier) => isSame(earlier, message));
    const text = same ? `As in line ${String(same.line)}` : printable(message.message).replace(/(?<=[^ ])\.$/u, '');
    const detail = explain && !same ? detailOf(filePath, message) : undefined;
    const told = explain && detail ? explain.lines(detail) : [];
    return [...row(head, `${text}  ${colors.dim(ruleId ?? '')}`.trimEnd(), columns), ...told];
  });
}

const levelOf = ({ severity }: Linter.LintMessage): string => (severity === 2 ? 'error' : 'warning');

const isSame = (one: Linter.LintMessage, other: Linter.LintMessage): boolean =>
  one.ruleId === other.ruleId && one.message === other.message && one.ruleId !== null;

/** Less than this is too narrow for a column of text next to the places. */
const MIN_TEXT = 40;

function row(head: string, text: string, columns: number | undefined): string[] {
  const width = layoutWidth(columns);
  if (width === undefined) return [`${head}  ${text}`];
  const indent = stripVTControlCharacters(head).length + 2;
  if (width - indent < MIN_TEXT) return [head.trimEnd(), ...wrap(text, width - 4).map((line) => `    ${line}`)];
  const [first = '', ...rest] = wrap(text, width - indent);
  return [`${head}  ${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
}
