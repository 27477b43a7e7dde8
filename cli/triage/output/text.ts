/** What a person reads of a case. */
import { redact } from '../../../analysis/texts/redact.ts';
import type { Terminal } from '../../output/terminal.ts';
import type { Line } from '../lines.ts';
import type { Answer, CaseReport, Step } from '../report.ts';
import { fitted, layoutWidth, wrap } from '../../output/wrap.ts';
import { timeline } from './timeline.ts';

/** More lines of one answer are counted. */
const MAX_LINES = 5;
const INDENT = 9;

/** The answers in plain words, always in the same form. */
export function asText({ answers, isKnown, notes, steps }: CaseReport, terminal: Terminal): string {
  const { colors, symbols } = terminal;
  const { out } = colors;
  const blocks = answers.map((answer) => blockOf(answer, terminal));
  const verdict = isKnown
    ? `${out.green(symbols.done)} No mistake found.\n`
    : `${out.yellow('?')} Nothing here shows what is wrong.\n`;
  const right = steps.filter(({ status }) => status === 'ok').map((step) => `${symbols.done} ${stepText(step)}`);
  const about = [...(right.length > 0 ? ['Checked in the code:'] : []), ...right, ...notes]
    .map((note) => `  ${out.dim(below(note, 4, terminal))}\n`)
    .join('');
  if (answers.length === 0) return `${verdict}${about}`;
  return [...blocks, ...(about === '' ? [] : [about])].join('\n');
}

/** A text whose further lines on a terminal begin below the first. */
function below(text: string, indent: number, { columns }: Terminal): string {
  const width = layoutWidth(columns);
  return width === undefined ? redact(text) : wrap(redact(text), width - indent).join(`\n${' '.repeat(indent)}`);
}

/** What is right, as far as the code tells. */
export const stepText = ({ title, unknown }: Step): string =>
  `${title}${unknown === undefined ? '' : ` (not known: ${unknown})`}`;

function blockOf(answer: Answer, terminal: Terminal): string {
  const { out } = terminal.colors;
  const failure = answer.failure === 0 ? '(versions)' : `(failure ${String(answer.failure)} of the playbook)`;
  let last = '';
  const rows = rowsOf(answer, terminal).map(([label, value]) => {
    const shown = label === last ? '' : label;
    last = label;
    // Spaces have a meaning in a timeline, and a command is copied.
    const text = label === 'when' || label === 'run' ? value : below(value, INDENT, terminal);
    return `  ${out.dim(shown.padEnd(INDENT - 2))}${text}\n`;
  });
  const title = fitted(`${terminal.symbols.failed} ${answer.title} ${failure}`, terminal.columns);
  return `${out.bold(title)}\n${rows.join('')}`;
}

type Rows = readonly (readonly [label: string, text: string])[];

function rowsOf(answer: Answer, terminal: Terminal): Rows {
  const { codemods, fix, frequency, seen, times, verify, why } = answer;
  return [
    ...[...seen, ...(frequency ? [frequency.text] : [])].map((one) => ['seen', one] as const),
    ...(times.length > 2 ? [['when', timeline(times, INDENT, terminal)] as const] : []),
    ['why', why],
    ...placesOf(answer).map((place) => ['where', place] as const),
    ['fix', fix],
    ...commandsOf(codemods).map((command) => ['run', command] as const),
    ['verify', verify],
  ];
}

/** One command for each of two codemods; for more of them, the one that runs all. */
export function commandsOf(codemods: readonly string[]): readonly string[] {
  const names = codemods.length > 2 ? ['all'] : codemods;
  return names.map((name) => `npx eslint-plugin-authkit codemod ${name}`);
}

function placesOf({ lines, lookAt }: Answer): readonly string[] {
  if (lines.length === 0) return [`no rule finds a line for it. ${lookAt}`];
  const shown = lines.slice(0, MAX_LINES).map((line) => `${placeOf(line)}  ${line.message}  authkit/${line.rule}`);
  return lines.length > MAX_LINES
    ? [...shown, `and ${String(lines.length - MAX_LINES)} more: npx eslint-plugin-authkit check`]
    : shown;
}

export const placeOf = ({ column, file, line }: Line): string => `${file}:${String(line)}:${String(column)}`;
