/** `codemod` with a person: it looks first, shows what it would do, and writes what was agreed to. */
import { EXIT, type ExitCode } from '../../command.ts';
import { rules } from '../../../rules/index.ts';
import type { Terminal } from '../../output/terminal.ts';
import { count, shown } from '../../output/words.ts';
import { fitted } from '../../output/wrap.ts';
import { colored, unifiedDiff } from '../diff.ts';
import { exitCodeOf, print } from '../print.ts';
import { isChanged, readable, reportOf } from '../report.ts';
import type { FileOutcome, NamedCodemod } from '../run.ts';
import { listenForSignals } from '../signals.ts';
import { unsavedGuard } from '../unsaved-guard.ts';
import { rewrite, type Rewritten, type RunRequest } from '../work.ts';
import { decideEdits } from './decide.ts';

export interface AskOptions {
  /** Whether the codemods were named: then there is nothing to choose. */
  readonly isChosen: boolean;
  readonly editByEdit: boolean;
}

type Look = Omit<RunRequest, 'write'>;

/** Looks, lets a person choose, shows the diff, asks, and writes. */
export async function runAsking(
  codemods: readonly NamedCodemod[],
  look: Look,
  { editByEdit, isChosen }: AskOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { cwd, out } = terminal;
  const seen = await scan(codemods, look, terminal);
  if (!seen.some(({ changed }) => changed.length > 0)) {
    const done = await dryRun(codemods, look, terminal);
    const report = reportOf(codemods, done, { cwd, staged: false, words: [], write: false });
    await print(report, { diff: false, json: false }, terminal);
    return exitCodeOf(report, false);
  }
  const chosen = isChosen ? codemods : await choose(codemods, seen, terminal);
  if (chosen.length === 0) return nothingWritten(terminal);
  if (editByEdit) return await writeDecided(chosen, look, terminal);
  const planned = await dryRun(chosen, look, terminal);
  const changed = planned.outcomes.filter(isChanged);
  for (const outcome of changed) out(`${colored(unifiedDiff(outcome, cwd), terminal.colors.out)}\n`);
  const report = reportOf(chosen, planned, { cwd, staged: false, words: [], write: false });
  if (report.outcomes.some(({ left }) => left.length > 0)) out(`${readable(report, terminal)}\n`);
  tellOfUnsaved(changed, look, terminal);
  switch (await agreed(changed)) {
    case 'all':
      return await write(chosen, look, terminal);
    case 'each':
      return await writeDecided(chosen, look, terminal);
    case 'none':
      return nothingWritten(terminal);
  }
}

/**
 * What there is to choose from. A codemod that changes several files together is looked at alone: it would remove places that others change
 * as well, and a person may want theirs.
 */
async function scan(
  codemods: readonly NamedCodemod[],
  look: Look,
  terminal: Terminal,
): Promise<readonly FileOutcome[]> {
  const [together, apart] = [
    codemods.filter(({ codemod }) => codemod.plan),
    codemods.filter(({ codemod }) => !codemod.plan),
  ];
  const outcomes: FileOutcome[] = [];
  for (const some of [apart, ...together.map((one) => [one])])
    if (some.length > 0) outcomes.push(...(await dryRun(some, look, terminal)).outcomes);
  return outcomes;
}

async function dryRun(codemods: readonly NamedCodemod[], look: Look, terminal: Terminal): Promise<Rewritten> {
  return await rewrite(
    codemods,
    { ...look, write: false },
    { isInterrupted: () => false, pass: () => undefined },
    terminal,
  );
}

async function writeDecided(codemods: readonly NamedCodemod[], look: Look, terminal: Terminal): Promise<ExitCode> {
  const decided = await decideEdits(codemods, look, terminal);
  if (!decided) return nothingWritten(terminal);
  return await write(decided.codemods, { ...look, accepts: decided.accepts }, terminal);
}

async function write(codemods: readonly NamedCodemod[], look: Look, terminal: Terminal): Promise<ExitCode> {
  const signal = listenForSignals();
  const done = await rewrite(codemods, { ...look, write: true }, signal, terminal);
  const report = reportOf(codemods, done, { cwd: terminal.cwd, staged: false, words: [], write: true });
  terminal.out('\n');
  await print(report, { diff: false, json: false }, terminal);
  signal.pass(terminal);
  return exitCodeOf(report, false);
}

/** The findings are still there. */
function nothingWritten({ out }: Terminal): ExitCode {
  out('Nothing was written.\n');
  return EXIT.findings;
}

/** How many places each codemod would change, and in how many files. */
function changedBy(outcomes: readonly FileOutcome[]): ReadonlyMap<string, { places: number; files: number }> {
  const found = new Map<string, { places: number; files: number }>();
  for (const { changed } of outcomes) {
    for (const name of new Set(changed.map(({ by }) => by))) {
      const { files, places } = found.get(name) ?? { files: 0, places: 0 };
      found.set(name, { files: files + 1, places: places + changed.filter(({ by }) => by === name).length });
    }
  }
  return found;
}

async function choose(
  codemods: readonly NamedCodemod[],
  outcomes: readonly FileOutcome[],
  { symbols }: Terminal,
): Promise<readonly NamedCodemod[]> {
  const { isCancel, multiselect } = await import('@clack/prompts');
  const found = changedBy(outcomes);
  const offered = codemods.filter(({ name }) => found.has(name));
  // Several codemods may leave one place.
  const left = new Set(outcomes.flatMap((outcome) => outcome.left.map(({ line }) => `${outcome.path}:${String(line)}`)))
    .size;
  const manual = left === 0 ? '' : ` ${count(left, 'finding')} ${left === 1 ? 'needs' : 'need'} a manual change.`;
  const answer = await multiselect({
    message: `What do you want to change?${manual} (space: choose, enter: show the diff; nothing is written yet)`,
    options: offered.map((entry) => {
      const { files = 0, places = 0 } = found.get(entry.name) ?? {};
      const numbers = `${count(places, 'place')} in ${count(files, 'file')}`;
      return { value: entry, label: `${entry.name}  ${numbers} ${symbols.dot} ${safetyOf(entry.name)}` };
    }),
    // What `all` stands for.
    initialValues: offered.filter(({ name }) => rules[name]?.definition.presets.recommended !== undefined),
    required: false,
  });
  return isCancel(answer) ? [] : answer;
}

/** How carefully the edits of a codemod want to be looked at. */
function safetyOf(name: string): string {
  const { fixable, hasSuggestions } = rules[name]?.meta ?? {};
  if (!fixable) return 'review';
  return hasSuggestions === true ? 'safe or review' : 'safe';
}

function tellOfUnsaved(
  changed: readonly FileOutcome[],
  { force }: Look,
  { colors, columns, cwd, out }: Terminal,
): void {
  if (force) return;
  const guard = unsavedGuard();
  const names = changed.filter(({ path }) => guard(path) !== undefined).map(({ path }) => shown(path, cwd));
  if (names.length === 0) return;
  const text = `Not changed without --force, because git has neither committed nor staged them as they are: ${names.join(', ')}`;
  out(`${colors.out.yellow(fitted(text, columns))}\n\n`);
}

async function agreed(changed: readonly FileOutcome[]): Promise<'all' | 'each' | 'none'> {
  const { isCancel, select } = await import('@clack/prompts');
  const places = changed.reduce((sum, outcome) => sum + outcome.changed.length, 0);
  const answer = await select<'all' | 'each' | 'none'>({
    message: `Write this to ${count(changed.length, 'file')}?`,
    options: [
      { value: 'all', label: `Yes, change ${count(places, 'place')}` },
      { value: 'each', label: 'Decide edit by edit' },
      { value: 'none', label: 'No, write nothing' },
    ],
  });
  return isCancel(answer) ? 'none' : answer;
}
