/** `check --explain`: what a finding rests on, below its message. */
import { structuredPatch } from 'diff';
import { applyEdits } from '../../../analysis/edits/edits.ts';
import { printable, redact } from '../../../analysis/values/redact.ts';
import { messageOf } from '../../../codemods/passes.ts';
import type { Finding } from '../../../playbook/finding.ts';
import { secretsIn, shownLine } from '../../output/hide-secrets.ts';
import type { Terminal } from '../../output/terminal.ts';
import { layoutWidth, wrap } from '../../output/wrap.ts';
import type { Detail } from '../details.ts';
import { isAboutRedirectUris, sendsOf } from './deployments.ts';
import { conditionAt, valuesReaching } from './values.ts';

const INDENT = ' '.repeat(6);
/** A longer edit is one to look at as a whole. */
const MAX_LINES = 24;

type Tell = (label: string, text: string) => string[];

/** Makes what prints the lines that explain a finding. */
export function explainerFor({ colors, columns }: Terminal): (detail: Detail) => string[] {
  const width = (layoutWidth(columns) ?? Number.POSITIVE_INFINITY) - INDENT.length;
  const tell: Tell = (label, text) => {
    const [first = '', ...rest] = wrap(`${label}: ${printable(text)}`, width);
    const head = `${INDENT}${colors.out.bold(first.slice(0, label.length + 1))}${first.slice(label.length + 1)}`;
    return [head, ...rest.map((line) => `${INDENT}  ${line}`)];
  };
  return (detail) => [...linesOf(detail, tell), ...editLines(detail, tell, colors.out), ''];
}

function linesOf(detail: Detail, tell: Tell): string[] {
  const { finding, rule } = detail;
  const { data, suggestions = [], unfixable } = finding;
  const { definition, meta } = rule;
  return [
    ...tell('Rule', definition.description),
    ...Object.entries(LABELS).flatMap(([name, label]) => {
      const { [name]: value = '' } = data;
      return isInMessage(detail, value) ? [] : tell(label, redact(value));
    }),
    ...reasonsOf(detail, tell),
    ...suggestions.flatMap((each) =>
      tell('Or', filled(definition.messages[each.messageId] ?? each.messageId, each.data ?? data)),
    ),
    ...(unfixable === undefined ? [] : tell('No edit', unfixable)),
    ...tell('Page', meta?.docs?.url ?? ''),
  ];
}

/** The values of messages that are sentences. */
const LABELS: Readonly<Record<string, string>> = { reason: 'Because', cure: 'Fix', fix: 'Fix' };

/** Which values reach the place under which condition, and what a redirect URI is on each deployment. */
function reasonsOf({ file, finding: { range }, project, rule }: Detail, tell: Tell): string[] {
  if (!file) return [];
  const sends = isAboutRedirectUris(rule.definition.name) ? sendsOf(range, file, project) : [];
  const condition = conditionAt(range, file, project);
  return [
    ...(condition === undefined ? [] : tell('Reached', `only where ${condition}`)),
    ...valuesReaching(range, file, project).flatMap(({ place, text, when }) =>
      tell('Value', [text, ...(place === '' ? [] : [`from ${place}`]), ...whenWords(when)].join(', ')),
    ),
    ...sends.flatMap(({ sent, sink }) => [
      ...tell('Sent as', sink),
      ...sent.flatMap(({ what, where }) => tell(where, what)),
    ]),
  ];
}

const whenWords = (when: string | undefined): string[] =>
  when === undefined ? [] : [when === 'otherwise' ? when : `where ${when}`];

/** Most values are in the message, which is above. */
const isInMessage = ({ finding, rule }: Detail, value: string): boolean =>
  value === '' || messageOf(rule.definition, finding).includes(redact(value));

const filled = (template: string, data: Finding['data']): string =>
  template.replace(/\{\{\s*(?<name>[^{}\s]+)\s*\}\}/gu, (whole, name: string) => redact(data[name] ?? whole));

function editLines(
  { codemod, finding: { fix }, text }: Detail,
  tell: Tell,
  colors: Terminal['colors']['out'],
): string[] {
  if (!fix) return [];
  const after = applyEdits(text, [fix.edits]).text;
  const secrets = new Set([...secretsIn(text), ...secretsIn(after)]);
  const { hunks } = structuredPatch('', '', text, after, '', '', { context: 1 });
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const by = codemod === undefined ? '' : `, by codemod ${codemod}`;
  const [first] = hunks;
  const line = (first?.oldStart ?? 1) + Math.max(0, first?.lines.findIndex((each) => !each.startsWith(' ')) ?? 0);
  const head = tell(fix.safety === 'safe' ? 'Edit' : 'Edit to review', `line ${String(line)}${by}`);
  if (lines.length > MAX_LINES) return [...head, `${INDENT}  ${String(lines.length)} lines: see codemod --diff`];
  return [
    ...head,
    ...lines.map((line) => {
      const shown = `${INDENT}  ${shownLine(line, secrets)}`;
      if (line.startsWith('+')) return colors.green(shown);
      return line.startsWith('-') ? colors.red(shown) : shown;
    }),
  ];
}
