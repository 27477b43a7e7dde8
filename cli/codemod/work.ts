/** Runs codemods over the working copy, or over what is staged. */
import { discover, discoverStaged, type Discovery, type Request } from '../files/discover.ts';
import type { FoundFile } from '../files/read.ts';
import { configured, projectOfRun, type RunProject } from '../files/project.ts';
import type { NotLookedAt } from '../files/problem.ts';
import { isScript } from '../files/skip.ts';
import { stagedFiles } from '../files/git/staged.ts';
import { progressOf } from '../output/progress.ts';
import type { Terminal } from '../output/terminal.ts';
import { shown } from '../output/words.ts';
import { runPlans } from './plans.ts';
import { type FileOutcome, type NamedCodemod, runCodemods, type RunOptions } from './run.ts';
import type { Signals } from './signals.ts';
import { plainlyStaged, runOnStaged, stageTransaction } from './staged.ts';
import { unsavedGuard } from './unsaved-guard.ts';

export interface Rewritten {
  /** Where the names in a diff start. Absolute. */
  readonly base: string;
  readonly found: Discovery & Pick<NotLookedAt, 'limited'>;
  readonly outcomes: readonly FileOutcome[];
  /** Files (absolute) whose edits a formatter may want to lay out again. */
  readonly unformatted: readonly string[];
}

export interface RunRequest extends Request {
  readonly write: boolean;
  readonly safe: boolean;
  readonly force: boolean;
  readonly accepts?: RunOptions['accepts'];
}

/** Runs codemods over files and folders. */
export async function rewrite(
  codemods: readonly NamedCodemod[],
  request: RunRequest,
  { isInterrupted }: Signals,
  terminal: Terminal,
): Promise<Rewritten> {
  const { accepts, cwd, force, safe, write } = request;
  const all = discover(request);
  const project = projectOfRun(all, cwd);
  const found = { ...all, files: configured(all.files, project.projectFor, cwd) };
  tellOfThoseThatAreOff(codemods, found.files, project, terminal);
  const guard = write ? (force ? () => undefined : unsavedGuard()) : undefined;
  const limited = new Set<string>();
  const onLimit = (path: string) => limited.add(path);
  const progress = progressOf(terminal, found.files.length, 'Looked at');
  const { tick } = progress;
  const planned = await runPlans(codemods, found.files, {
    cwd,
    project,
    safe,
    write: guard,
    tick,
    onLimit,
    isInterrupted,
  });
  const runOver = (
    { projectFor, read }: RunProject,
    files: readonly FoundFile[],
    onEach: RunOptions['tick'] = () => undefined,
  ): Promise<FileOutcome[]> =>
    runCodemods(codemods, files, {
      projectFor,
      read,
      safe,
      ...(accepts && { accepts }),
      write: guard,
      isBlocked: planned.isBlocked,
      tick: onEach,
      onLimit,
      isInterrupted,
    });
  const rest = planned.files.length - planned.concerned.length;
  let outcomes = await runOver(planned.project, planned.concerned, (done) => {
    tick(rest + done);
  });
  const made = outcomes.filter(({ after, before, written }) => (guard ? written : after !== before));
  // Scripts have to agree with what convex.json says: what has come into it may be missing in them.
  if (made.some(({ path }) => !isScript(path)) && !isInterrupted()) {
    const texts = new Map(made.map(({ after, path }) => [path, after]));
    const scripts = planned.files.filter(({ path }) => isScript(path));
    limited.clear();
    const again = await runOver(planned.project.over(texts), scripts);
    outcomes = [...made.map((outcome) => ({ ...outcome, left: [], problems: [] })), ...again];
  }
  progress.end();
  return resultOf(cwd, { ...found, limited: [...limited] }, planned.together(outcomes), project);
}

/** A codemod that was named, and that every configuration turns off, would do nothing without a word. */
function tellOfThoseThatAreOff(
  codemods: readonly NamedCodemod[],
  files: readonly FoundFile[],
  { projectFor }: RunProject,
  { colors, cwd, err }: Terminal,
): void {
  const named = codemods.filter(({ isNamed }) => isNamed === true);
  if (named.length === 0) return;
  const configurations = [...new Set(files.map(({ path }) => projectFor(path).configuration))];
  for (const { name } of named) {
    const isOff = configurations.every(({ rules }) => rules.get(name)?.level === 'off');
    if (!isOff || configurations.length === 0) continue;
    const where = [...new Set(configurations.flatMap((each) => each.files))].map((path) => shown(path, cwd)).join(', ');
    err(`${colors.err.yellow('note:')} ${name} is off in ${where}.\n`);
  }
}

/** Runs codemods over what is staged for the next commit. */
export async function rewriteStaged(
  codemods: readonly NamedCodemod[],
  request: RunRequest,
  _signals: Signals,
  terminal: Terminal,
): Promise<Rewritten> {
  const { cwd, safe, write } = request;
  const all = discoverStaged(request);
  const { workTree } = all;
  const project = projectOfRun(all, cwd);
  const found = { ...all, files: configured(all.files, project.projectFor, cwd) };
  const hasPlans = codemods.some(({ codemod }) => codemod.plan !== undefined);
  const planned = await runPlans(codemods, hasPlans ? plainlyStaged(workTree, found.files) : [], {
    cwd,
    project,
    safe,
    write: write ? () => undefined : undefined,
    afterWrite: (changes) => stageTransaction(workTree, stagedFiles(workTree).files, changes),
  });
  const { projectFor } = planned.project;
  const present = found.files.filter(({ path }) => !planned.texts.has(path) || planned.texts.get(path) !== undefined);
  // By now other blobs are staged.
  const files = write && planned.texts.size > 0 ? configured(discoverStaged(request).files, projectFor, cwd) : present;
  const progress = progressOf(terminal, files.length, 'Looked at');
  const outcomes = await runOnStaged(codemods, files, {
    workTree,
    projectFor,
    safe,
    write,
    texts: write ? new Map() : planned.texts,
    isBlocked: planned.isBlocked,
    tick: progress.tick,
  });
  progress.end();
  return resultOf(workTree.root, found, planned.together(outcomes), project);
}

function resultOf(
  base: string,
  found: Rewritten['found'],
  outcomes: readonly FileOutcome[],
  { projectFor }: Pick<RunProject, 'projectFor'>,
): Rewritten {
  const unformatted = outcomes
    .filter(({ after, before, path }) => hasLongerLines(before, after, projectFor(path).formattingOf(path).printWidth))
    .map(({ path }) => path);
  return { base, found, outcomes, unformatted };
}

/** Whether a text that kept to a width no longer does. Undefined: nothing is known of a formatter. */
function hasLongerLines(before: string, after: string, width: number | undefined): boolean {
  const isLong = (line: string) => line.length > (width ?? Number.POSITIVE_INFINITY);
  if (before === after || width === undefined || before.split(/\r?\n/u).some(isLong)) return false;
  return after.split(/\r?\n/u).some(isLong);
}
