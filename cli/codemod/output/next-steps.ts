/** The lines below a report: what to do next. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foldersUp } from '../../../project/folders.ts';
import { rules } from '../../../rules/index.ts';
import { listed, shellWord, shown } from '../../output/words.ts';
import { hasProblems, isChanged, isDeclined, isForReview, type Report } from './report.ts';

const COMMAND = 'npx eslint-plugin-authkit';

/** One line for each step; none where nothing is to do. */
export function nextSteps(report: Report): string[] {
  const { outcomes, staged, words, write } = report;
  const changed = outcomes.some((outcome) => (write ? outcome.written : isChanged(outcome)));
  const all = outcomes.flatMap((outcome) => outcome.left.filter((each) => !isDeclined(each)));
  const left = new Set(all.filter((each) => !isForReview(each)).map(({ by }) => by));
  const command = [COMMAND, 'codemod', ...words.map(shellWord)].join(' ');
  const options = `${report.safe === true ? ' --safe' : ''}${staged ? ' --staged' : ''}`;
  const steps = [
    ...(changed && write && !staged ? [...formatLine(report), nextLine(report)] : []),
    ...(changed && !write ? [`Fix: ${command}${options}`] : []),
    ...(all.some(isForReview) ? [`Review: ${command} --diff${staged ? ' --staged' : ''}`] : []),
    ...[...left].filter((name) => rules[name]).map((name) => `See: ${COMMAND} explain ${name}`),
  ];
  const stops = staged && (all.length > 0 || hasProblems(report) || (changed && !write));
  return stops ? [...steps, HOW_TO_COMMIT] : steps;
}

const nextLine = ({ cwd }: Report): string =>
  `Next: ${foldersUp(cwd).some((folder) => existsSync(join(folder, '.git'))) ? 'git diff, then ' : ''}${COMMAND} check`;

/** For who commits, and is stopped by a hook. */
export const HOW_TO_COMMIT =
  'To commit nevertheless: git commit --no-verify, or a comment above the line: // eslint-disable-next-line authkit/NAME -- why';

function formatLine({ cwd, unformatted }: Report): string[] {
  if (unformatted.length === 0) return [];
  const list = listed(unformatted.map((path) => shown(path, cwd)));
  return [`Run your formatter over ${list}: some new lines are longer than it allows.`];
}
