/** `codemod`: rewrites what can be rewritten, and lists what it leaves. */
import { codemods } from '../../codemods/index.ts';
import { EXIT, type Command, type ExitCode } from '../command.ts';
import { discover } from '../files/discover.ts';
import { projectOfRun } from '../files/project.ts';
import { progressOf } from '../output/progress.ts';
import type { Terminal } from '../output/terminal.ts';
import { readArguments, UsageError } from '../usage.ts';
import { choose } from './choose.ts';
import { complaints, hasProblems, machineReadable, readable, type Report } from './report.ts';
import { doesText, runCodemods } from './run.ts';

const help = `Rewrites what departs from the playbook, and lists what it leaves to you and why.

Usage: npx eslint-plugin-authkit codemod [options] <name…|all> [paths…]

Without paths it looks at the folder it runs in. In folders, it leaves out what git ignores, build output, tests and stories.
Without a name it asks, on a terminal.

      --list              list the codemods
      --dry-run           tell what would change; write nothing
      --diff              print the changes as a diff that 'git apply' takes; write nothing
      --check             write nothing, and fail when something would change (for CI)
      --json              print a report as JSON; with --diff, the diffs are in it
      --ignore <pattern>  leave out besides, as a line in .gitignore would; may be repeated

Exit codes: 0 done; 1 findings are left for you to decide, or --check found something to change;
2 something could not be done. A file is written whole or not at all.
Colours follow the terminal, NO_COLOR and FORCE_COLOR.
`;

export const codemod: Command = { help, run };

interface Mode {
  readonly check: boolean;
  readonly diff: boolean;
  readonly json: boolean;
}

async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { positionals, values } = readArguments(argv, {
    list: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    diff: { type: 'boolean' },
    check: { type: 'boolean' },
    json: { type: 'boolean' },
    ignore: { type: 'string', multiple: true },
  });
  const { check = false, diff = false, 'dry-run': dryRun = false, ignore = [], json = false, list = false } = values;
  if (list) {
    if (positionals.length > 0) throw new UsageError('--list takes no names and no paths.');
    terminal.out(listOf(json));
    return EXIT.done;
  }
  const { entries, paths } = await choose(positionals, terminal);
  const { cwd } = terminal;
  const loaded = await Promise.all(entries.map(async ({ load, name }) => ({ name, codemod: await load() })));
  const isText = (name: string) => loaded.some((entry) => doesText(entry.codemod, name));
  const found = discover({ cwd, paths, ignore, isText });
  const write = !dryRun && !diff && !check;
  const progress = progressOf(terminal, found.files.length, 'Looked at');
  const outcomes = runCodemods(loaded, found.files, { ...projectOfRun(found, cwd), write, tick: progress.tick });
  progress.end();
  const report = { ...found, codemods: entries.map(({ name }) => name), files: found.files.length, outcomes, write, cwd };
  await print(report, { check, diff, json }, terminal);
  return exitCodeOf(report, check);
}

function listOf(json: boolean): string {
  if (json) return `${JSON.stringify(codemods.map(({ description, name }) => ({ name, description })), undefined, 2)}\n`;
  const width = Math.max(...codemods.map(({ name }) => name.length));
  return codemods.map(({ description, name }) => `${name.padEnd(width)}  ${description}\n`).join('');
}

async function print(report: Report, { diff, json }: Mode, terminal: Terminal): Promise<void> {
  const { colors, err, out } = terminal;
  // Loaded for who wants to see one.
  const { colored, unifiedDiff } = diff ? await import('./diff.ts') : {};
  const diffOf = unifiedDiff && ((outcome: Report['outcomes'][number]) => unifiedDiff(outcome, report.cwd));
  if (json) out(machineReadable(report, diffOf));
  else if (diffOf && colored) {
    for (const outcome of report.outcomes) {
      if (outcome.after !== outcome.before) out(colored(diffOf(outcome), colors.out));
    }
    // stdout is a patch.
    err(readable(report, colors.err));
  } else out(readable(report, colors.out));
  err(complaints(report, terminal));
}

function exitCodeOf(report: Report, check: boolean): ExitCode {
  if (hasProblems(report)) return EXIT.failed;
  const isLeft = ({ after, before, left }: Report['outcomes'][number]) => left.length > 0 || (check && after !== before);
  return report.outcomes.some(isLeft) ? EXIT.findings : EXIT.done;
}
