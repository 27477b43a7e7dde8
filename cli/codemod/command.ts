/** `codemod`: rewrites what can be rewritten, and lists what it leaves. */
import { basename, resolve } from 'node:path';
import { codemods } from '../../codemods/index.ts';
import { EXIT, type Command, type ExitCode } from '../command.ts';
import { openProject } from '../../project/project.ts';
import {
  discover,
  discoverStaged,
  type Discovery,
  type FoundFile,
  patternFilter,
  type Request,
} from '../files/discover.ts';
import { stagedFiles } from '../files/staged.ts';
import { configured, projectOfRun, type RunProject } from '../files/project.ts';
import { readStream } from '../files/read.ts';
import { isScript } from '../files/skip.ts';
import { progressOf } from '../output/progress.ts';
import type { Terminal } from '../output/terminal.ts';
import { shown } from '../output/words.ts';
import { readArguments, UsageError } from '../usage.ts';
import { choose } from './choose.ts';
import { complaints, hasProblems, isChanged, leftReadable, machineReadable, readable, type Report } from './report.ts';
import { runPlans } from './plans.ts';
import { doesText, type FileOutcome, type NamedCodemod, runCodemods } from './run.ts';
import { listenForSignals, type Signals } from './signals.ts';
import { plainlyStaged, runOnStaged, stageTransaction } from './staged.ts';
import { unsavedGuard } from './unsaved-guard.ts';

const help = `Rewrites what violates a rule, and lists what needs a manual change, with the reason.

Usage: npx eslint-plugin-authkit codemod [options] <name…|all> [paths…]

Without paths it looks at the current folder, with --staged at the whole work tree. In folders, it skips what git ignores, build output, tests and stories.
Rules that authkit.json turns off are left out. Without a name it asks, on a terminal.

      --list                   list the codemods
      --dry-run                report what would change; write nothing
      --diff                   print the changes as a diff that 'git apply' accepts; write nothing
      --check                  write nothing, and fail if something would change (for CI)
      --safe                   make only the edits that 'eslint --fix' makes; list the others
      --force                  also change files whose present text git has neither committed nor staged
      --staged                 change what is staged for the next commit, there and in the working copy (for pre-commit hooks)
      --stdin-filename <path>  read that file's text from standard input, and print the result
      --json                   print a report as JSON; with --diff, it contains the diffs
      --ignore <pattern>       skip matching files (gitignore syntax); repeatable

Exit codes: 0 done; 1 findings need a manual change, or --check found something to change;
2 something could not be done. A file is written completely or not at all.
Colors follow the terminal, NO_COLOR and FORCE_COLOR.
`;

export const codemod: Command = { help, run };

interface Mode {
  readonly check: boolean;
  readonly diff: boolean;
  readonly json: boolean;
}

interface StdinMode extends Mode {
  readonly dryRun: boolean;
  readonly safe: boolean;
  readonly ignore: readonly string[];
}

async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { positionals, values } = readArguments(argv, {
    list: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    diff: { type: 'boolean' },
    check: { type: 'boolean' },
    json: { type: 'boolean' },
    safe: { type: 'boolean' },
    force: { type: 'boolean' },
    ignore: { type: 'string', multiple: true },
    staged: { type: 'boolean' },
    'stdin-filename': { type: 'string' },
  });
  const {
    check = false,
    diff = false,
    'dry-run': dryRun = false,
    force = false,
    ignore = [],
    json = false,
    list = false,
    safe = false,
    staged = false,
    'stdin-filename': stdinName,
  } = values;
  if (list) {
    if (positionals.length > 0) throw new UsageError('--list takes no names and no paths.');
    terminal.out(listOf(json));
    return EXIT.done;
  }
  const { entries, paths } = await choose(positionals, terminal);
  const { cwd } = terminal;
  const loaded = await Promise.all(
    entries.map(async ({ isConditional, isNamed, load, name }) => ({
      name,
      codemod: await load(),
      isStrict: isConditional,
      isNamed,
    })),
  );
  const isText = (name: string) => loaded.some((entry) => doesText(entry.codemod, name));
  if (stdinName !== undefined) {
    if (paths.length > 0 || staged)
      throw new UsageError('--stdin-filename takes one text from standard input; leave out the paths and --staged.');
    return await rewriteStdin(loaded, stdinName, { check, diff, dryRun, ignore, json, safe }, terminal);
  }
  const write = !dryRun && !diff && !check;
  const request = { cwd, paths, ignore, isText, write, safe, force };
  const signal = listenForSignals();
  const { base, found, outcomes } = await (staged ? rewriteStaged : rewrite)(loaded, request, signal, terminal);
  const report = {
    ...found,
    codemods: entries.map(({ name }) => name),
    files: found.files.length,
    outcomes,
    write,
    staged,
    cwd,
    base,
  };
  await print(report, { check, diff, json }, terminal);
  signal.pass(terminal);
  return exitCodeOf(report, check);
}

/** Prints the text that standard input becomes; what was left is told on stderr, where it is in nobody's way. */
async function rewriteStdin(
  codemods: readonly NamedCodemod[],
  name: string,
  mode: StdinMode,
  terminal: Terminal,
): Promise<ExitCode> {
  const { colors, cwd, err, out } = terminal;
  const path = resolve(cwd, name);
  if (!isScript(name) && !codemods.some(({ codemod }) => doesText(codemod, basename(name)))) {
    throw new UsageError(`'${name}' is not the name of a JavaScript or TypeScript file.`, { showHelp: false });
  }
  const source = await readStream(process.stdin);
  const projectFor = (file: string) => openProject({ cwd, path: file });
  const named = patternFilter(cwd, mode.ignore)(path) ? [{ path, named: true }] : [];
  const files = configured(named, projectFor, cwd);
  const outcomes = await runCodemods(codemods, files, {
    projectFor,
    read: () => source,
    safe: mode.safe,
    write: undefined,
    tick: () => undefined,
  });
  // Of a file that is left out, nobody else tells why there is nothing to print.
  const problems = files.length > 0 || source.ok ? [] : [{ path, message: source.message }];
  const names = codemods.map((each) => each.name);
  const report = {
    codemods: names,
    files: files.length,
    outcomes,
    problems,
    loops: [],
    skipped: [],
    write: false,
    staged: false,
    cwd,
    base: cwd,
  };
  if (mode.check || mode.diff || mode.dryRun || mode.json) await print(report, mode, terminal);
  else {
    // An editor that gets nothing keeps what it has.
    if (!hasProblems(report) && source.ok) out(outcomes[0]?.after ?? source.text);
    err(leftReadable(report, colors.err));
    err(complaints(report, terminal));
  }
  return exitCodeOf(report, mode.check);
}

interface Rewritten extends Pick<Report, 'base'> {
  readonly found: Discovery;
  readonly outcomes: readonly FileOutcome[];
}

interface RunRequest extends Request {
  readonly write: boolean;
  readonly safe: boolean;
  readonly force: boolean;
}

async function rewrite(
  codemods: readonly NamedCodemod[],
  request: RunRequest,
  { isInterrupted }: Signals,
  terminal: Terminal,
): Promise<Rewritten> {
  const { cwd, force, safe, write } = request;
  const all = discover(request);
  const project = projectOfRun(all, cwd);
  const found = { ...all, files: configured(all.files, project.projectFor, cwd) };
  tellOfThoseThatAreOff(codemods, found.files, project, terminal);
  const guard = write ? (force ? () => undefined : unsavedGuard()) : undefined;
  const planned = await runPlans(codemods, found.files, { cwd, project, safe, write: guard });
  const progress = progressOf(terminal, planned.files.length, 'Looked at');
  const outcomes = await runCodemods(codemods, planned.files, {
    ...planned.project,
    safe,
    write: guard,
    isBlocked: planned.isBlocked,
    tick: progress.tick,
    isInterrupted,
  });
  progress.end();
  return { base: cwd, found, outcomes: planned.together(outcomes) };
}

/** A codemod that was named, and that every configuration turns off, would do nothing without a word. */
function tellOfThoseThatAreOff(
  codemods: readonly NamedCodemod[],
  files: readonly FoundFile[],
  { projectFor }: RunProject,
  { colors, cwd, err }: Terminal,
): void {
  const configurations = [...new Set(files.map(({ path }) => projectFor(path).configuration))];
  for (const { isNamed, name } of codemods) {
    const isOff = configurations.every(({ rules }) => rules.get(name)?.level === 'off');
    if (isNamed !== true || !isOff || configurations.length === 0) continue;
    const where = [...new Set(configurations.flatMap((each) => each.files))].map((path) => shown(path, cwd)).join(', ');
    err(`${colors.err.yellow('note:')} ${name} is off in ${where}.\n`);
  }
}

async function rewriteStaged(
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
  return { base: workTree.root, found, outcomes: planned.together(outcomes) };
}

function listOf(json: boolean): string {
  if (json)
    return `${JSON.stringify(
      codemods.map(({ description, name }) => ({ name, description })),
      undefined,
      2,
    )}\n`;
  const width = Math.max(...codemods.map(({ name }) => name.length));
  return codemods.map(({ description, name }) => `${name.padEnd(width)}  ${description}\n`).join('');
}

async function print(report: Report, { diff, json }: Mode, terminal: Terminal): Promise<void> {
  const { colors, err, out } = terminal;
  // Loaded for who wants to see one.
  const { colored, unifiedDiff } = diff ? await import('./diff.ts') : {};
  const diffOf = unifiedDiff && ((outcome: Report['outcomes'][number]) => unifiedDiff(outcome, report.base));
  if (json) out(machineReadable(report, diffOf));
  else if (diffOf && colored) {
    for (const outcome of report.outcomes) {
      if (isChanged(outcome)) out(colored(diffOf(outcome), colors.out));
    }
    // stdout is a patch.
    err(readable(report, colors.err));
  } else out(readable(report, colors.out));
  err(complaints(report, terminal));
}

function exitCodeOf(report: Report, check: boolean): ExitCode {
  if (hasProblems(report)) return EXIT.failed;
  const isLeft = (outcome: Report['outcomes'][number]) => outcome.left.length > 0 || (check && isChanged(outcome));
  return report.outcomes.some(isLeft) ? EXIT.findings : EXIT.done;
}
