/** `check --explain`: what a finding rests on, below its message. */
import { printable } from '../../../analysis/texts/redact.ts';
import type { Terminal } from '../../output/terminal.ts';
import { layoutWidth, wrap } from '../../output/wrap.ts';
import type { Detail } from '../details.ts';
import type { Sends } from './deployments.ts';
import { type Explanation, type ExplainedEdit, explanationOf } from './explanation.ts';
import type { ReachingValue } from './values.ts';

const INDENT = ' '.repeat(6);
/** A longer edit is one to look at as a whole. */
const MAX_LINES = 24;

type Tell = (label: string, text: string | undefined) => string[];

/** Makes what prints the lines that explain a finding. */
export function explainerFor({ colors, columns }: Terminal): (detail: Detail) => string[] {
  const width = (layoutWidth(columns) ?? Number.POSITIVE_INFINITY) - INDENT.length;
  const tell: Tell = (label, text) => {
    if (text === undefined) return [];
    const [first = '', ...rest] = wrap(`${label}: ${printable(text)}`, width);
    const head = `${INDENT}${colors.out.bold(first.slice(0, label.length + 1))}${first.slice(label.length + 1)}`;
    return [head, ...rest.map((line) => `${INDENT}  ${line}`)];
  };
  return (detail) => [...linesOf(explanationOf(detail), tell, colors.out), ''];
}

function linesOf(explanation: Explanation, tell: Tell, colors: Terminal['colors']['out']): string[] {
  const { alternatives, because, docsUrl, edit, noEdit, reached, remedy, rule, sends, values } = explanation;
  return [
    ...tell('Rule', rule),
    ...tell('Because', because),
    ...tell('Fix', remedy),
    ...tell('Reached', reached === undefined ? undefined : `only where ${reached}`),
    ...values.flatMap((value) => tell('Value', valueText(value))),
    ...sends.flatMap((each) => sendLines(each, tell)),
    ...alternatives.flatMap((text) => tell('Or', text)),
    ...tell('No edit', noEdit),
    ...tell('Page', docsUrl),
    ...(edit ? editLines(edit, tell, colors) : []),
  ];
}

function valueText({ place, text, when }: ReachingValue): string {
  const condition = when === undefined ? [] : [when === 'otherwise' ? when : `where ${when}`];
  return [text, ...(place === '' ? [] : [`from ${place}`]), ...condition].join(', ');
}

function sendLines({ sent, sink }: Sends, tell: Tell): string[] {
  const [first] = sent;
  const isSame = sent.every(({ what }) => what === first?.what);
  return [
    ...tell('Sent as', sink),
    ...(isSame ? tell('Everywhere', first?.what) : sent.flatMap(({ what, where }) => tell(where, what))),
  ];
}

function editLines(
  { codemod, diff, line, safety }: ExplainedEdit,
  tell: Tell,
  colors: Terminal['colors']['out'],
): string[] {
  const by = codemod === undefined ? '' : `, by codemod ${codemod}`;
  const head = tell(safety === 'safe' ? 'Edit' : 'Edit to review', `line ${String(line)}${by}`);
  if (diff.length > MAX_LINES) return [...head, `${INDENT}  ${String(diff.length)} lines: see codemod --diff`];
  const color = (each: string) => {
    const shown = `${INDENT}  ${each}`;
    if (each.startsWith('+')) return colors.green(shown);
    return each.startsWith('-') ? colors.red(shown) : shown;
  };
  return [...head, ...diff.map(color)];
}
