/** What is below the findings: how much a codemod can fix, and how. */
import type { ESLint } from 'eslint';
import { codemods } from '../../codemods/index.ts';
import { workspaceOf } from '../../project/modules/packages.ts';
import { HOW_TO_COMMIT } from '../codemod/output/next-steps.ts';
import { runCodemods } from '../codemod/run.ts';
import type { Discovery } from '../files/discover.ts';
import type { Problem } from '../files/problem.ts';
import { isTurnedOn, type RunProject } from '../files/project.ts';
import type { Terminal } from '../output/terminal.ts';
import { count, listed, shellWord, shown } from '../output/words.ts';
import { fitted } from '../output/wrap.ts';
import { RULES_META } from './lint.ts';
import type { Options } from './options.ts';
import { hasWorkOS } from '../../playbook/workos-modules.ts';

export interface Checked {
  readonly results: readonly ESLint.LintResult[];
  readonly unwritten: readonly Problem[];
  /** Files (absolute) that `--fix` has written. */
  readonly fixed: readonly string[];
  /** Whether some file imports a package of WorkOS. */
  readonly usesAuthKit: boolean;
  /** How many findings the preset `strict` has in addition. */
  readonly inStrict: number;
  /** Files (absolute) in which something was too large to be followed. */
  readonly limited: readonly string[];
}

export interface Outcome extends Checked {
  /** What could not be looked at or written. */
  readonly problems: readonly Problem[];
  /** Findings that the baseline has, and those of it that are no longer there. */
  readonly known: number;
  readonly gone: number;
  /** Milliseconds. */
  readonly elapsed: number;
}

export interface SummaryContext extends RunProject {
  readonly options: Options;
  readonly terminal: Terminal;
}

/** The last lines for a person. */
export async function summaryOf(outcome: Outcome, found: Discovery, context: SummaryContext): Promise<string> {
  const { problems, results } = outcome;
  const { colors, columns, symbols } = context.terminal;
  const failures = results.filter(({ fatalErrorCount }) => fatalErrorCount > 0).length;
  const failed = failures > 0 ? [`${count(failures, 'file')} could not be checked.`] : [];
  const notes = notesOf(outcome, context.terminal);
  if (results.some(({ messages }) => messages.length > 0)) {
    const checked =
      columns === undefined ? [] : [`${count(results.length, 'file')} checked${timeOf(outcome, context)}.`];
    const stops = context.options.staged ? [HOW_TO_COMMIT] : [];
    const lines = [...(await fixLines(results, context)), ...failed, ...stops];
    return [
      ...[...checked, ...notes, ...pagesOf(results)].map((line) => fitted(colors.out.dim(line), columns)),
      ...lines.map((line) => fitted(colors.out.bold(line), columns)),
    ]
      .map((line) => `${line}\n`)
      .join('');
  }
  // What went wrong is reported on stderr.
  if (problems.length > 0) return '';
  return `${[`${colors.out.green(symbols.done)} ${cleanLine(outcome, found, context)}`, ...notes]
    .map((line) => fitted(line, columns))
    .join('\n')}\n`;
}

function notesOf({ fixed, gone, inStrict, known }: Outcome, { cwd }: Terminal): string[] {
  return [
    ...(fixed.length === 0
      ? []
      : [`Fixed ${count(fixed.length, 'file')}: ${listed(fixed.map((path) => shown(path, cwd)))}.`]),
    ...(known === 0 ? [] : [`${count(known, 'finding')} of the baseline not shown.`]),
    ...(gone === 0
      ? []
      : [`${count(gone, 'finding')} of the baseline no longer found: --write-baseline brings it up to date.`]),
    ...(inStrict === 0 ? [] : [`${String(inStrict)} more with --strict.`]),
  ];
}

/** The page of each rule that has found something. */
function pagesOf(results: readonly ESLint.LintResult[]): string[] {
  const ids = new Set(results.flatMap(({ messages }) => messages.flatMap(({ ruleId }) => ruleId ?? [])));
  return [...ids].sort().flatMap((id) => RULES_META[id]?.docs?.url ?? []);
}

/** How long it took, for a person who waited; what a program keeps stays the same from run to run. */
function timeOf({ elapsed }: Outcome, { terminal: { columns } }: SummaryContext): string {
  return columns === undefined ? '' : ` in ${(elapsed / 1000).toFixed(1)} s`;
}

function cleanLine(outcome: Outcome, { folders }: Discovery, context: SummaryContext): string {
  const { known, results, usesAuthKit } = outcome;
  if (results.length === 0) return nothingToCheck(context.options);
  const checked = `${count(results.length, 'file')} checked${timeOf(outcome, context)}`;
  if (folders.length > 0 && !usesAuthKit && !folders.some((folder) => installsAuthKit(folder, context)))
    return `${checked}. None of them uses AuthKit (@workos-inc/authkit-nextjs): is the app in another folder?`;
  return `${checked}, no ${known > 0 ? 'new ' : ''}${context.options.quiet ? 'errors' : 'findings'}.`;
}

function nothingToCheck({ since, staged }: Options): string {
  if (staged) return 'Nothing is staged that check looks at.';
  if (since === undefined) return 'There is nothing to check.';
  return `No file that check looks at differs from ${since.option === '--changed' ? 'the last commit' : since.ref}.`;
}

function installsAuthKit(folder: string, { projectFor }: SummaryContext): boolean {
  const { cwd, facts } = projectFor(folder);
  return workspaceOf(facts, folder, cwd).packages.some(({ dependencies }) => hasWorkOS(dependencies));
}

/** Asks the codemods themselves: one edit may fix two findings, and not every finding has one. */
async function fixLines(results: readonly ESLint.LintResult[], context: SummaryContext): Promise<string[]> {
  const { options, projectFor, read } = context;
  const found = results.flatMap(({ filePath, messages }) =>
    messages.flatMap(({ ruleId }) =>
      ruleId === null ? [] : [{ path: filePath, name: ruleId.replace('authkit/', '') }],
    ),
  );
  const names = new Set(found.map(({ name }) => name));
  const entries = codemods.filter(({ name }) => names.has(name));
  const loaded = await Promise.all(entries.map(async ({ load, name }) => ({ name, codemod: await load() })));
  const files = [...new Set(found.map(({ path }) => path))].map((path) => ({ path, named: true }));
  const outcomes = await runCodemods(loaded, files, {
    projectFor,
    read,
    safe: false,
    write: undefined,
    tick: () => undefined,
  });
  const changed = outcomes.flatMap((outcome) => outcome.changed.map(({ by }) => ({ by, path: outcome.path })));
  if (changed.length === 0) return found.length === 0 ? [] : [manual(found.length)];
  const left = outcomes.reduce((sum, outcome) => sum + outcome.left.length, 0);
  const withoutCodemod = found.filter(({ name }) => !entries.some((entry) => entry.name === name)).length;
  const fixable = Math.max(1, found.length - left - withoutCodemod);
  const strict = entries.filter(
    ({ isStrict, name }) =>
      isStrict === true && changed.some(({ by, path }) => by === name && !isTurnedOn(projectFor(path), name)),
  );
  const command = [
    'npx eslint-plugin-authkit codemod',
    ...(changed.every(({ by }) => strict.some(({ name }) => name === by)) ? [] : ['all']),
    ...strict.map(({ name }) => name),
    ...options.paths.map(shellWord),
  ].join(' ');
  const rest = found.length - fixable;
  const share = rest === 0 ? [] : [`${count(fixable, 'problem')} can be fixed by a codemod. ${manual(rest)}`];
  return [...share, `Fix: ${command}`];
}

const manual = (number: number): string =>
  `${count(number, 'problem')} ${number === 1 ? 'needs' : 'need'} a manual change.`;
