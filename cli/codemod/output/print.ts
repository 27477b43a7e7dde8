/** Prints what the codemods did, in the way that the command line asks for. */
import { EXIT, type ExitCode } from '../../command.ts';
import { SECRETS_HIDDEN } from '../../output/hide-secrets.ts';
import type { Terminal } from '../../output/terminal.ts';
import { fitted } from '../../output/wrap.ts';
import { nextSteps } from './next-steps.ts';
import type { Options } from '../options.ts';
import { complaints, hasProblems, isChanged, machineReadable, readable, type Report } from './report.ts';

type Mode = Pick<Options, 'diff' | 'json'>;

export async function print(report: Report, { diff, json }: Mode, terminal: Terminal): Promise<void> {
  const { colors, err, out } = terminal;
  // Loaded for who wants to see one.
  const { colored, unifiedDiff } = diff ? await import('./diff.ts') : {};
  const diffOf = unifiedDiff && ((outcome: Report['outcomes'][number]) => unifiedDiff(outcome, report.base));
  if (json) out(machineReadable(report, diffOf));
  else if (diffOf && colored) {
    const diffs = report.outcomes.filter(isChanged).map(diffOf);
    for (const { text } of diffs) out(colored(text, colors.out));
    // stdout is a patch.
    if (diffs.some(({ hidesSecrets }) => hidesSecrets)) err(`${colors.err.yellow('note:')} ${SECRETS_HIDDEN}\n`);
    err(readable(report, terminal, 'err') + stepsOf(report, terminal));
  } else out(readable(report, terminal) + stepsOf(report, terminal));
  err(complaints(report, terminal));
}

export function exitCodeOf(report: Report, check: boolean): ExitCode {
  if (hasProblems(report)) return EXIT.failed;
  const isLeft = (outcome: Report['outcomes'][number]) => outcome.left.length > 0 || (check && isChanged(outcome));
  return report.outcomes.some(isLeft) ? EXIT.findings : EXIT.done;
}

const stepsOf = (report: Report, { columns }: Terminal): string =>
  nextSteps(report)
    .map((line) => `${fitted(line, columns)}\n`)
    .join('');
