/** `codemod` with a person: it looks first, shows what it would do, and writes what was agreed to. */
import { EXIT, type ExitCode } from '../../command.ts';
import { rules } from '../../../rules/index.ts';
import { SECRETS_HIDDEN } from '../../output/hide-secrets.ts';
import { ask, askSeveral } from '../../output/ask.ts';
import type { Terminal } from '../../output/terminal.ts';
import { count, shown } from '../../output/words.ts';
import { fitted } from '../../output/wrap.ts';
import { colored, unifiedDiff } from '../output/diff.ts';
import { exitCodeOf, print } from '../output/print.ts';
import { isChanged, readable, reportOf } from '../output/report.ts';
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
  const diffs = changed.map((outcome) => unifiedDiff(outcome, cwd));
  for (const { text } of diffs) out(`${colored(text, terminal.colors.out)}\n`);
  if (diffs.some(({ hidesSecrets }) => hidesSecrets)) out(`${fitted(SECRETS_HIDDEN, terminal.columns)}\n\n`);
  const report = reportOf(chosen, planned, { cwd, staged: false, words: [], write: false });
  if (report.outcomes.some(({ left }) => left.length > 0)) out(`${readable(report, terminal)}\n`);
  const writable = withoutUnsaved(changed, look, terminal);
  if (writable.length === 0) return nothingWritten(terminal);
  switch (await agreedTo(writable, terminal)) {
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

async function choose(
  codemods: readonly NamedCodemod[],
  outcomes: readonly FileOutcome[],
  terminal: Terminal,
): Promise<readonly NamedCodemod[]> {
  const offered = codemods.filter(({ name }) => outcomes.some(({ changed }) => changed.some(({ by }) => by === name)));
  // Several codemods may leave one place.
  const left = new Set(outcomes.flatMap((outcome) => outcome.left.map(({ line }) => `${outcome.path}:${String(line)}`)))
    .size;
  const manual = left === 0 ? '' : ` ${count(left, 'finding')} ${left === 1 ? 'needs' : 'need'} a manual change.`;
  const how = terminal.isPlain ? '' : ' (space: choose, enter: show the diff, q: quit; nothing is written yet)';
  const options = offered.map((entry) => ({
    value: entry,
    label: `${entry.name}  ${numbersOf(entry.name, outcomes, terminal)}`,
    // What `all` stands for.
    isChosen: rules[entry.name]?.definition.presets.recommended !== undefined,
  }));
  return (await askSeveral(`What do you want to change?${manual}${how}`, options, terminal)) ?? [];
}

/** What a codemod would change, and how carefully that wants to be looked at. */
function numbersOf(name: string, outcomes: readonly FileOutcome[], { symbols }: Terminal): string {
  const byFile = outcomes
    .map(({ changed }) => changed.filter(({ by }) => by === name))
    .filter(({ length }) => length > 0);
  const all = byFile.flat();
  const safe = all.filter(({ safety }) => safety === 'safe').length;
  const care =
    safe === all.length
      ? 'safe'
      : safe === 0
        ? 'review'
        : `${String(safe)} safe, ${String(all.length - safe)} to review`;
  return `${count(all.length, 'place')} in ${count(byFile.length, 'file')} ${symbols.dot} ${care}`;
}

/** The files that may be written; says which may not. */
function withoutUnsaved(
  changed: readonly FileOutcome[],
  { force }: Look,
  { colors, columns, cwd, out }: Terminal,
): readonly FileOutcome[] {
  if (force) return changed;
  const guard = unsavedGuard();
  const unsaved = new Set(changed.filter(({ path }) => guard(path) !== undefined));
  if (unsaved.size === 0) return changed;
  const names = [...unsaved].map(({ path }) => shown(path, cwd));
  const text = `Not changed without --force, because git has neither committed nor staged them as they are: ${names.join(', ')}`;
  out(`${colors.out.yellow(fitted(text, columns))}\n\n`);
  return changed.filter((outcome) => !unsaved.has(outcome));
}

async function agreedTo(changed: readonly FileOutcome[], terminal: Terminal): Promise<'all' | 'each' | 'none'> {
  const places = changed.reduce((sum, outcome) => sum + outcome.changed.length, 0);
  const answer = await ask<'all' | 'each' | 'none'>(
    {
      message: `Write this to ${count(changed.length, 'file')}?`,
      choices: [
        { key: 'y', label: `yes, change ${count(places, 'place')}`, value: 'all' },
        { key: 'e', label: 'decide edit by edit', value: 'each' },
        { key: 'n', label: 'no, write nothing', value: 'none' },
      ],
      enter: 'y',
    },
    terminal,
  );
  return answer ?? 'none';
}
