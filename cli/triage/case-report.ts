/** What a person, or a program, reads of a case. */
import { printable, redact } from '../../analysis/values/redact.ts';
import type { Terminal } from '../output/terminal.ts';
import type { Answer, CaseReport } from './answers.ts';
import type { Line } from './lines.ts';

/** More lines of one answer are counted. */
const MAX_LINES = 5;
const BARS = '▁▂▃▄▅▆▇█';
const WIDTH = 40;

/** The answers in plain words, always in the same form. */
export function asText({ answers, isKnown, notes }: CaseReport, { colors: { out } }: Terminal): string {
  const blocks = answers.map((answer, index) => {
    const rows: (readonly [string, string])[] = [
      ...[...answer.seen, ...(answer.pattern === undefined ? [] : [answer.pattern])].map(
        (seen) => ['seen', seen] as const,
      ),
      ...(answer.times.length > 2 ? [['when', timeline(answer.times)] as const] : []),
      ['why', answer.why],
      ...linesOf(answer).map((line) => ['where', line] as const),
      ['write', answer.write],
      ...(answer.codemods.length > 0
        ? [
            [
              'fix',
              `npx eslint-plugin-authkit codemod ${answer.codemods.length === 1 ? String(answer.codemods[0]) : 'all'}`,
            ] as const,
          ]
        : []),
      ['check', answer.check],
    ];
    const title = `${out.red('✖')} ${out.bold(answer.title)} ${out.dim(answer.failure === 0 ? '(versions)' : `(failure ${String(answer.failure)} of the playbook)`)}`;
    let last = '';
    const text = rows.map(([label, value]) => {
      const shownLabel = label === last ? '' : label;
      last = label;
      return `  ${out.dim(shownLabel.padEnd(6))}${printable(value)}`;
    });
    return `${index === 0 ? '' : '\n'}${title}\n${text.join('\n')}\n`;
  });
  const verdict =
    answers.length > 0
      ? ''
      : isKnown
        ? `${out.green('✔')} Nothing in this shows that something is wrong.\n`
        : `${out.yellow('?')} What is wrong does not show in this.\n`;
  const about = notes.map((note) => `  ${out.dim(printable(note))}\n`).join('');
  return `${blocks.join('')}${verdict}${answers.length > 0 && notes.length > 0 ? '\n' : ''}${about}`;
}

function linesOf({ lines, otherwise }: Answer): readonly string[] {
  if (lines.length === 0) return [`no rule finds a line for it. ${otherwise}`];
  const shown = lines.slice(0, MAX_LINES).map((line) => `${placeOf(line)}  ${line.message}  authkit/${line.rule}`);
  return lines.length > MAX_LINES
    ? [...shown, `and ${String(lines.length - MAX_LINES)} more: npx eslint-plugin-authkit check`]
    : shown;
}

const placeOf = ({ column, file, line }: Line): string => `${file}:${String(line)}:${String(column)}`;

/** How events lie in time, as one line of bars. */
function timeline(times: readonly number[]): string {
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const bins = Array.from({ length: WIDTH }, () => 0);
  for (const time of times) {
    const bin = Math.min(WIDTH - 1, Math.floor(((time - first) / Math.max(1, last - first)) * WIDTH));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const most = Math.max(...bins);
  const bar = (bin: number): string => (bin === 0 ? ' ' : (BARS[Math.ceil((bin / most) * BARS.length) - 1] ?? ''));
  return `${bins.map(bar).join('')} ${((last - first) / 1000).toFixed(1)} s`;
}

/** The answers as JSON: one object. */
export function asJson({ answers, isKnown, notes }: CaseReport): string {
  const report = {
    verdict: answers.length > 0 ? 'found' : isKnown ? 'nothing-found' : 'unknown',
    answers: answers.map(({ times: _times, ...answer }) => answer),
    notes,
  };
  return `${JSON.stringify(report, (_key, value: unknown) => (typeof value === 'string' ? redact(value) : value), 2)}\n`;
}
