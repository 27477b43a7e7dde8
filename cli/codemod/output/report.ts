/** What the codemods did, for a person and for a program. */
import { complaintsOf, NOT_FOLLOWED, type Problem } from '../../files/problem.ts';
import { printable } from '../../../analysis/texts/redact.ts';
import { DECLINED, NEEDS_REVIEW } from '../../../codemods/passes.ts';
import pkg from '../../../package.json' with { type: 'json' };
import { rules } from '../../../rules/index.ts';
import type { Terminal } from '../../output/terminal.ts';
import { count, shown } from '../../output/words.ts';
import { fitted } from '../../output/wrap.ts';
import type { ShownDiff } from './diff.ts';
import type { FileOutcome, FileProblem, LeftToDo, NamedCodemod } from '../run.ts';
import type { Rewritten } from '../work.ts';

type Colors = Terminal['colors']['out'];

export interface Report {
  readonly codemods: readonly string[];
  /** How many files were looked at. */
  readonly files: number;
  readonly outcomes: readonly FileOutcome[];
  /** What could not even be listed. */
  readonly problems: readonly Problem[];
  /** Links that were not followed. Absolute. */
  readonly loops: readonly string[];
  /** Files that are not ours to look at. Absolute. */
  readonly skipped: readonly string[];
  /** Files in which something was too large to be followed. Absolute. */
  readonly limited?: readonly string[];
  readonly write: boolean;
  /** Whether the texts are those that are staged for the next commit. */
  readonly staged: boolean;
  readonly cwd: string;
  /** Where the names in a diff start. Absolute. */
  readonly base: string;
  /** Names and paths, as they were given. */
  readonly words: readonly string[];
  /** Whether edits that need a review were left out. */
  readonly safe?: boolean;
  /** Files (absolute) whose edits a formatter may want to lay out again. */
  readonly unformatted: readonly string[];
}

/** Makes the report of a run. */
export function reportOf(
  codemods: readonly NamedCodemod[],
  { base, found, outcomes, unformatted }: Rewritten,
  run: Pick<Report, 'cwd' | 'safe' | 'staged' | 'words' | 'write'>,
): Report {
  const { files, limited = [], loops, problems, skipped } = found;
  const names = codemods.flatMap(({ isReportOnly, name }) => (isReportOnly === true ? [] : [name]));
  return {
    codemods: names,
    files: files.length,
    limited,
    loops,
    problems,
    skipped,
    base,
    outcomes,
    unformatted,
    ...run,
  };
}

/** Whether a file is, or would be, another one than before. */
export function isChanged({ after, before, fate }: FileOutcome): boolean {
  return after !== before || fate !== undefined;
}

/** Whether someone was asked, and said no. */
export const isDeclined = ({ reason }: LeftToDo): boolean => reason === DECLINED;

/** Whether there is an edit, which `--safe` has left out. */
export const isForReview = ({ reason }: LeftToDo): boolean => reason === NEEDS_REVIEW;

/** Whether something could not be done. */
export function hasProblems({ outcomes, problems }: Report): boolean {
  return problems.length > 0 || outcomes.some((outcome) => outcome.problems.length > 0);
}

/** What was changed and what was left, file by file, and a line with the sums. */
export function readable(
  report: Report,
  { colors: both, columns }: Pick<Terminal, 'colors' | 'columns'>,
  stream: 'err' | 'out' = 'out',
): string {
  const colors = both[stream];
  const several = report.codemods.length > 1;
  const lines: string[] = [];
  for (const outcome of report.outcomes) {
    const told = [
      ...fateLine(outcome, report, colors),
      ...changesOf(outcome, report, colors),
      ...leftOf(outcome, several, colors),
    ];
    if (told.length > 0) lines.push(colors.underline(shown(outcome.path, report.cwd)), ...told, '');
  }
  lines.push(sumOf(report, colors));
  return `${fitted(lines.join('\n'), columns)}\n`;
}

/** What was left alone, file by file; nothing where nothing was. */
export function leftReadable({ codemods, cwd, outcomes }: Report, colors: Colors): string {
  return outcomes
    .filter(({ left }) => left.length > 0)
    .map(
      (outcome) =>
        `${[colors.underline(shown(outcome.path, cwd)), ...leftOf(outcome, codemods.length > 1, colors)].join('\n')}\n`,
    )
    .join('');
}

function fateLine({ fate, written }: FileOutcome, { cwd, write }: Report, colors: Colors): string[] {
  if (fate === undefined || (write && !written)) return [];
  const verb = write ? fate.kind : `would be ${fate.kind}`;
  return [`  ${colors.green(verb)}${fate.kind === 'renamed' ? `  to ${shown(fate.to, cwd)}` : ''}`];
}

function changesOf(outcome: FileOutcome, { codemods, write }: Report, colors: Colors): string[] {
  if ((write && !outcome.written) || ['created', 'deleted'].includes(outcome.fate?.kind ?? '')) return [];
  return codemods.flatMap((name) => {
    const places = outcome.changed.filter(({ by }) => by === name).map(({ line }) => String(line));
    if (places.length === 0) return [];
    const verb = write ? 'changed' : 'would change';
    const where = `${places.length === 1 ? 'line' : 'lines'} ${places.join(', ')}`;
    return [
      `  ${colors.green(verb)}  ${count(places.length, 'place')} (${where})${codemods.length > 1 ? colors.dim(`  ${name}`) : ''}`,
    ];
  });
}

function leftOf({ left }: FileOutcome, several: boolean, colors: Colors): string[] {
  return left.map((each) => {
    const { by, column, line, reason } = each;
    const label = isDeclined(each) ? 'declined' : isForReview(each) ? 'review' : 'manual';
    return `  ${colors.yellow(label)}  ${String(line)}:${String(column)}  ${reason}${several ? colors.dim(`  ${by}`) : ''}`;
  });
}

function sumOf(report: Report, colors: Colors): string {
  const { files, outcomes, staged, write } = report;
  const done = outcomes.filter((outcome) => (write ? outcome.written : isChanged(outcome)));
  const places = done.reduce((sum, { changed }) => sum + changed.length, 0);
  const all = outcomes.flatMap((outcome) => outcome.left);
  const declined = all.filter(isDeclined).length;
  const forReview = all.filter(isForReview).length;
  const left = all.length - declined - forReview;
  const failed = outcomes.filter(({ problems }) => problems.length > 0).length;
  const checked = `${count(files, staged ? 'staged file' : 'file')} checked`;
  if (places === 0 && all.length === 0)
    return failed === 0
      ? `${checked}, nothing to change.`
      : colors.bold(`${checked}. Nothing changed: ${count(failed, 'file')} could not be done.`);
  const verb = write ? (staged ? 'changed and staged' : 'changed') : 'would change';
  const changes =
    places === 0 ? 'Nothing changed' : `${count(places, 'place')} in ${count(done.length, 'file')} ${verb}`;
  const sentences = [
    changes,
    ...(left === 0 ? [] : [`${count(left, 'finding')} ${left === 1 ? 'needs' : 'need'} a manual change`]),
    ...(forReview === 0 ? [] : [`${count(forReview, 'edit')} ${forReview === 1 ? 'needs' : 'need'} a review`]),
    ...(declined === 0 ? [] : [`${count(declined, 'edit')} declined`]),
    ...(failed === 0 ? [] : [`${count(failed, 'file')} could not be done`]),
    ...(write || places === 0 ? [] : ['Nothing was written']),
  ];
  return colors.bold(`${sentences.join('. ')}.`);
}

/** What could not be done, one line each. */
export function complaints(report: Report, terminal: Terminal): string {
  const label = terminal.colors.err.red('error:');
  const ofFiles = report.outcomes.flatMap(({ path, problems: own }) =>
    own.map((problem) => `${label} ${printable(placed(shown(path, terminal.cwd), problem))}\n`),
  );
  return complaintsOf(report, terminal) + ofFiles.join('');
}

function placed(path: string, { column, line, message }: FileProblem): string {
  if (line === undefined) return `${path} ${message}.`;
  return `${path}:${String(line)}:${String(column ?? 1)} ${message}`;
}

/** The report as JSON, with diffs if there is something that makes them. Paths are absolute; lines and columns count from 1. */
export function machineReadable(report: Report, diffOf?: (outcome: FileOutcome) => ShownDiff): string {
  const { codemods, files, loops, outcomes, problems, skipped, staged, unformatted, write } = report;
  const sum = (number: (outcome: FileOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + number(outcome), 0);
  return `${JSON.stringify(
    {
      version: pkg.version,
      codemods,
      docs: Object.fromEntries([...codemods, ...othersIn(report)].flatMap(docsOf)),
      written: write,
      staged,
      files: outcomes.map((outcome) => ({
        path: outcome.path,
        changed: isChanged(outcome),
        written: outcome.written,
        ...(outcome.fate && { fate: outcome.fate.kind }),
        ...(outcome.fate?.kind === 'renamed' && { renamedTo: outcome.fate.to }),
        changes: outcome.changed.map(({ by, column, line, message, safety }) => ({
          codemod: by,
          line,
          column,
          message,
          safety,
        })),
        left: outcome.left.map(({ by, column, line, message, reason }) => ({
          codemod: by,
          line,
          column,
          message,
          reason,
        })),
        problems: outcome.problems,
        ...(diffOf && isChanged(outcome) && diffFields(diffOf(outcome))),
      })),
      problems: [...problems, ...loops.map((path) => ({ path, message: NOT_FOLLOWED }))],
      skipped,
      unformatted,
      summary: {
        files,
        changedFiles: sum((outcome) => (isChanged(outcome) ? 1 : 0)),
        changes: sum(({ changed }) => changed.length),
        left: sum(({ left }) => left.length),
        problems: problems.length + sum((outcome) => outcome.problems.length),
      },
    },
    undefined,
    2,
  )}\n`;
}

const diffFields = ({ hidesSecrets, text }: ShownDiff) => ({
  diff: text,
  ...(hidesSecrets && { diffHidesSecrets: true }),
});

/** Rules without a codemod that something is listed of. */
const othersIn = ({ codemods, outcomes }: Report): string[] =>
  outcomes.flatMap(({ left }) => left.map(({ by }) => by)).filter((name) => !codemods.includes(name));

function docsOf(name: string): [string, string][] {
  const url = rules[name]?.meta?.docs?.url;
  return url === undefined ? [] : [[name, url]];
}
