/** What the command line of `codemod` may say. */
import { readArguments, UsageError } from '../usage.ts';

export const help = `Rewrites what violates a rule, and lists what needs a manual change, with the reason.

Usage: npx eslint-plugin-authkit codemod [options] [name…|all] [paths…]

Without a name, on a terminal, it looks first, lets you choose, shows the diff, and asks before it writes.
Without paths it looks at the current folder, with --staged at the whole work tree. In folders, it skips what git ignores, build output, tests and stories.
Rules that authkit.json turns off are left out.

      --list                  list the codemods, and what they change
  -i, --interactive           show each edit, and ask whether to make it
      --dry-run               report what would change; write nothing
      --diff                  print the changes as a diff that 'git apply' accepts; write nothing
      --check                 write nothing, and fail if something would change (for CI)
      --safe                  make only the edits that 'eslint --fix' makes; list the others
      --force                 also change files whose present text git has neither committed nor staged
      --staged                change what is staged for the next commit, there and in the working copy (for pre-commit hooks)
      --stdin-filename <path>  read that file's text from standard input, and print the result
      --json                  print a report as JSON; with --diff, it contains the diffs
      --ignore <pattern>      skip matching files (gitignore syntax); repeatable

Examples:
  npx eslint-plugin-authkit codemod
  npx eslint-plugin-authkit codemod no-sign-out-prefetch --diff
  npx eslint-plugin-authkit codemod all apps/web

Exit codes: 0 done; 1 findings need a manual change, or --check found something to change;
2 something could not be done. A file is written completely or not at all.
Colors follow the terminal, NO_COLOR and FORCE_COLOR.
`;

export interface Options {
  readonly list: boolean;
  readonly interactive: boolean;
  readonly check: boolean;
  readonly diff: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly ignore: readonly string[];
  readonly json: boolean;
  readonly safe: boolean;
  readonly staged: boolean;
  readonly stdinName: string | undefined;
  /** Names and paths. */
  readonly words: readonly string[];
}

function refuseForce(isStaged: boolean, isShown: boolean): void {
  if (isShown) throw new UsageError('--force is for writing: leave out --check, --diff and --dry-run.');
  if (isStaged)
    throw new UsageError('--force and --staged exclude each other: what is staged can be changed without --force.');
}

/** With these nothing is asked. */
const SILENT = ['check', 'diff', 'dry-run', 'json', 'staged', 'stdin-filename'] as const;

/** Reads the arguments. Throws a `UsageError` for what is unknown, or contradicts itself. */
export function optionsFrom(argv: readonly string[]): Options {
  const { positionals, values } = readArguments(argv, {
    list: { type: 'boolean' },
    interactive: { type: 'boolean', short: 'i' },
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
  const { check = false, diff = false, force = false, ignore = [], interactive = false, json = false } = values;
  const { 'dry-run': dryRun = false, list = false, safe = false, staged = false, 'stdin-filename': stdinName } = values;
  if (list && positionals.length > 0) throw new UsageError('--list takes no names and no paths.');
  const silent = interactive ? SILENT.find((name) => values[name] !== undefined) : undefined;
  if (silent !== undefined)
    throw new UsageError(`--interactive and --${silent} exclude each other: one asks, the other does not.`);
  if (force) refuseForce(staged, check || diff || dryRun);
  return {
    list,
    interactive,
    check,
    diff,
    dryRun,
    force,
    ignore,
    json,
    safe,
    staged,
    stdinName,
    words: positionals,
  };
}
