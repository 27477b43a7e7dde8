/** `init`: sets the plugin up in a project, after showing what it would write. */
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { EXIT, type Command, type ExitCode } from '../command.ts';
import { colored, unifiedDiff } from '../codemod/output/diff.ts';
import { discover } from '../files/discover.ts';
import { reasonOf } from '../files/problem.ts';
import { agreed, askSeveral } from '../output/ask.ts';
import type { Terminal } from '../output/terminal.ts';
import { count, shown } from '../output/words.ts';
import { fitted } from '../output/wrap.ts';
import { readArguments, UsageError } from '../usage.ts';
import { detect, type Detected } from './detect.ts';
import type { Extras } from './extras.ts';
import { planOf } from './plan.ts';
import { runESLint } from './run-eslint.ts';
import type { FileEdit, Plan } from './step.ts';

const help = `Sets the plugin up: the line in your ESLint or Oxlint config, and a script. It shows the edits, and asks.

Usage: npx eslint-plugin-authkit init [options] [folder]

It finds the config (eslint.config.*, .oxlintrc.json), the package manager, hooks and CI by looking at files, and installs nothing.

      --hook              also a pre-commit hook: fixes what is staged, and checks it
      --ci                also a workflow for GitHub
      --skill             also the skill for coding agents
      --run-eslint        run your ESLint before and after, and undo the edit if it fails then.
                          This runs your ESLint config, which is code; nothing else here does
      --yes               ask nothing; without --run-eslint no code of yours is run
      --dry-run           show the edits; write nothing

Exit codes: 0 done; 1 something is left to do by hand, or nothing was written; 2 it could not be done.
`;

export const init: Command = { help, run };

async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { asks, dryRun, folder, given, runsESLint } = readFlags(argv, terminal);
  const detected = detectIn(folder, terminal);
  const isGiven = Object.values(given).includes(true);
  const extras = asks && !isGiven ? await extrasFrom(detected, terminal) : given;
  if (!extras) return nothingWritten(terminal);
  const plan = planOf(detected, extras);
  show(detected, plan, terminal);
  if (plan.edits.length === 0 || dryRun) {
    if (isLeft(plan)) terminal.out(nextSteps(plan));
    return isLeft(plan) ? EXIT.findings : EXIT.done;
  }
  if (asks && (await agreed(`Write this to ${count(plan.edits.length, 'file')}?`, terminal)) !== true)
    return nothingWritten(terminal);
  const mayCheck = plan.isConfigEdited && detected.isInstalled;
  const checks = mayCheck && (runsESLint || (asks ? await agreed(RUN_ESLINT, terminal) : false));
  if (checks === undefined) return nothingWritten(terminal);
  if (runsESLint && !detected.isInstalled)
    terminal.err('note: ESLint is not run: eslint-plugin-authkit has to be installed first.\n');
  return writePlan(detected, plan, checks, terminal);
}

interface Flags {
  /** Whether to ask before anything is written. */
  readonly asks: boolean;
  readonly dryRun: boolean;
  readonly runsESLint: boolean;
  readonly folder: string;
  /** The extras that the command line names. */
  readonly given: Extras;
}

function readFlags(argv: readonly string[], terminal: Terminal): Flags {
  const { positionals, values } = readArguments(argv, {
    hook: { type: 'boolean' },
    ci: { type: 'boolean' },
    skill: { type: 'boolean' },
    'run-eslint': { type: 'boolean' },
    yes: { type: 'boolean', short: 'y' },
    'dry-run': { type: 'boolean' },
  });
  const {
    ci = false,
    'dry-run': dryRun = false,
    hook = false,
    'run-eslint': runsESLint = false,
    skill = false,
    yes = false,
  } = values;
  if (dryRun && (yes || runsESLint))
    throw new UsageError(`--dry-run and --${yes ? 'yes' : 'run-eslint'} exclude each other: nothing is written.`);
  const asks = !yes && !dryRun;
  if (asks && !terminal.interactive())
    throw new UsageError(
      'init asks before it writes, and this is no terminal: pass --yes, or --dry-run to see the edits.',
      {
        showHelp: false,
      },
    );
  const [folder = '.', second] = positionals;
  if (second !== undefined) throw new UsageError('init takes one folder.');
  return { asks, dryRun, folder, runsESLint, given: { ci, hook, skill } };
}

const RUN_ESLINT =
  'Run your ESLint before and after, and undo the edit if it fails? (This runs your ESLint config, which is code.)';

function detectIn(folder: string, { cwd }: Terminal): Detected {
  const path = resolve(cwd, folder);
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new UsageError(`There is no folder '${folder}'.`, { showHelp: false });
  const detected = detect(path);
  if (!detected)
    throw new UsageError('There is no package.json here or in a folder above: is the app in another folder?', {
      showHelp: false,
    });
  if (detected.manifestProblem !== undefined) {
    const manifest = shown(join(detected.root, 'package.json'), cwd);
    throw new UsageError(`${manifest} can't be read: ${detected.manifestProblem}. Nothing was written.`, {
      showHelp: false,
    });
  }
  return detected;
}

async function extrasFrom({ ci, hooks }: Detected, terminal: Terminal): Promise<Extras | undefined> {
  const how = terminal.isPlain ? '' : ' (space: choose, enter: show the edits; nothing is written yet)';
  const answer = await askSeveral<keyof Extras>(
    `In addition to the config and a script, do you want …${how}`,
    [
      { value: 'hook', label: `a pre-commit hook${hooks === undefined ? '' : ` (${hooks})`}`, isChosen: false },
      { value: 'ci', label: ci === 'gitlab' ? 'a job for GitLab' : 'a workflow for GitHub', isChosen: false },
      { value: 'skill', label: 'the skill for coding agents', isChosen: false },
    ],
    terminal,
  );
  return answer && { hook: answer.includes('hook'), ci: answer.includes('ci'), skill: answer.includes('skill') };
}

function nothingWritten({ out }: Terminal): ExitCode {
  out('Nothing was written.\n');
  return EXIT.findings;
}

const CI_NAMES = { github: 'GitHub', gitlab: 'GitLab' } as const;

function show(detected: Detected, { edits, manual, next }: Plan, { colors, columns, cwd, out }: Terminal): void {
  const { eslintConfig, legacyConfig, oxlintConfig, packageManager, typescript } = detected;
  const config = eslintConfig ?? oxlintConfig ?? legacyConfig;
  const found = [
    packageManager,
    ...(typescript === undefined ? [] : [`TypeScript ${typescript}`]),
    config === undefined ? 'no ESLint config (check needs none)' : shown(config, cwd),
    ...(detected.hooks === undefined ? [] : [detected.hooks]),
    ...(detected.ci === undefined ? [] : [CI_NAMES[detected.ci]]),
  ];
  out(`${fitted(`Found: ${found.join(', ')}.`, columns)}\n\n`);
  for (const { after, before, path } of edits) {
    const change = {
      path,
      before: before ?? '',
      after,
      ...(before === undefined && { fate: { kind: 'created' as const } }),
    };
    out(`${colored(unifiedDiff(change, cwd).text, colors.out)}\n`);
  }
  for (const { lines, what } of manual)
    out(
      `${fitted(`${colors.out.yellow('By hand:')} ${what}:`, columns)}\n${lines.map((line) => `  ${line}\n`).join('')}\n`,
    );
  if (edits.length === 0)
    out(isLeft({ manual, next }) ? 'There is nothing to write.\n' : 'Everything is set up already.\n');
}

/** Whether a person has something to do before all works: a config that names a package needs the package. */
const isLeft = ({ manual, next }: Pick<Plan, 'manual' | 'next'>): boolean => manual.length > 0 || next.length > 1;

function nextSteps({ next }: Plan): string {
  const [first = '', ...rest] = next;
  return rest.length === 0 ? `Next: ${first}\n` : `Next:\n${next.map((command) => `  ${command}\n`).join('')}`;
}

function writePlan(detected: Detected, plan: Plan, checks: boolean, terminal: Terminal): ExitCode {
  const { colors, cwd, err, out } = terminal;
  const sample = checks ? sampleOf(detected, cwd) : [];
  const before = checks ? runESLint(detected.root, sample) : undefined;
  if (before?.works === false) {
    err(`${colors.err.red('error:')} Your ESLint fails before any edit: ${before.reason}. Nothing was written.\n`);
    return EXIT.failed;
  }
  const written: FileEdit[] = [];
  for (const edit of plan.edits) {
    const failure = write(edit);
    if (failure !== undefined) {
      undo(written);
      err(
        `${colors.err.red('error:')} ${shown(edit.path, cwd)} could not be written: ${failure}. Nothing was changed.\n`,
      );
      return EXIT.failed;
    }
    written.push(edit);
  }
  const after = before ? runESLint(detected.root, sample) : undefined;
  if (before && after && (!after.works || after.parseErrors > before.parseErrors)) {
    undo(written);
    const reason = after.works ? 'files can no longer be parsed' : after.reason;
    err(`${colors.err.red('error:')} With the edit, your ESLint fails: ${reason}. All is as it was.\n`);
    return EXIT.failed;
  }
  const names = written.map(({ path }) => relative(cwd, path)).join(', ');
  out(`Written: ${names}.${after ? ' ESLint works as before.' : ''}\n${nextSteps(plan)}`);
  return isLeft(plan) ? EXIT.findings : EXIT.done;
}

/** Some of the project's files: a config is right if it loads, and if every rule runs. */
const MAX_SAMPLE = 20;

function sampleOf({ root }: Detected, cwd: string): string[] {
  const { files } = discover({ cwd, paths: [root] });
  return files
    .map(({ path }) => path)
    .sort((a, b) => a.length - b.length)
    .slice(0, MAX_SAMPLE);
}

function write({ after, isExecutable = false, path }: FileEdit): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, after);
    if (isExecutable) chmodSync(path, 0o755);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function undo(written: readonly FileEdit[]): void {
  for (const { before, path } of written) {
    if (before === undefined) rmSync(path, { force: true });
    else writeFileSync(path, before);
  }
}
