/** The lines below a report: what to do next. */
import { rules } from '../../rules/index.ts';
import { count, shellWord, shown } from '../output/words.ts';
import { hasProblems, isChanged, isDeclined, type Report } from './report.ts';

const COMMAND = 'npx eslint-plugin-authkit';
/** More names than this are a list that no one reads. */
const MAX_NAMED = 3;

/** One line for each step; none where nothing is to do. */
export function nextSteps(report: Report): string[] {
  const { outcomes, staged, words, write } = report;
  const changed = outcomes.some((outcome) => (write ? outcome.written : isChanged(outcome)));
  const left = new Set(
    outcomes.flatMap((outcome) => outcome.left.filter((each) => !isDeclined(each)).map(({ by }) => by)),
  );
  const given = words.map(shellWord).join(' ');
  const steps = [
    ...(changed && write && !staged ? [...formatLine(report), `Next: git diff, then ${COMMAND} check`] : []),
    ...(changed && !write ? [`Fix: ${COMMAND} codemod ${given}${staged ? ' --staged' : ''}`] : []),
    ...[...left].filter((name) => rules[name]).map((name) => `See: ${COMMAND} explain ${name}`),
  ];
  const stops = staged && (left.size > 0 || hasProblems(report) || (changed && !write));
  return stops ? [...steps, HOW_TO_COMMIT] : steps;
}

/** For who commits, and is stopped by a hook. */
export const HOW_TO_COMMIT =
  'To commit nevertheless: git commit --no-verify, or a comment above the line: // eslint-disable-next-line authkit/NAME -- why';

function formatLine({ cwd, unformatted }: Report): string[] {
  if (unformatted.length === 0) return [];
  const names = unformatted.slice(0, MAX_NAMED).map((path) => shown(path, cwd));
  const rest = unformatted.length - names.length;
  const list = rest === 0 ? names.join(', ') : `${names.join(', ')} and ${count(rest, 'other file')}`;
  return [`Run your formatter over ${list}: some new lines are longer than it allows.`];
}
