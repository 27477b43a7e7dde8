/** What the command line of `check` may say. */
import type { Level } from '../../project/configuration/configuration.ts';
import { closest } from '../../project/configuration/closest.ts';
import plugin from '../../index.ts';
import { readArguments, UsageError } from '../usage.ts';
import { FORMATS } from './formats/formats.ts';

export const help = `Runs the recommended rules. Needs no ESLint config and does not read one; what authkit.json says counts (docs/configuration.md).

Usage: npx eslint-plugin-authkit check [options] [paths…]

Without paths it checks the current folder. In folders, it skips what git ignores, build output, tests and stories.
It reads scripts, convex.json, and the env files next to a package.json even if git ignores them; no value of a secret is printed.

  -f, --format <name>     ${FORMATS.join(', ')},
                          or any installed ESLint formatter; default: stylish
      --json              the same as --format json
      --strict            run the rules of the preset strict as well
      --rule <name[:level]>  set a rule's level: off, warn or error (default); repeatable
      --staged            check what is staged for the next commit, as it is staged
      --since <ref>       check only files that have changed since the branch left this commit
      --fix               apply the fixes that are safe
      --quiet             report errors only
      --max-warnings <n>  fail if there are more warnings
      --ignore <pattern>  skip matching files (gitignore syntax); repeatable

Exit codes: 0 no errors; 1 errors, or too many warnings; 2 something could not be checked.
Colors follow the terminal, NO_COLOR and FORCE_COLOR.
`;

export interface Options {
  readonly format: string;
  readonly fix: boolean;
  readonly quiet: boolean;
  readonly strict: boolean;
  readonly staged: boolean;
  readonly since: string | undefined;
  readonly maxWarnings: number;
  readonly ignore: readonly string[];
  /** By the rules' names. */
  readonly levels: ReadonlyMap<string, Level>;
  readonly paths: readonly string[];
}

/** Reads the arguments. Throws a `UsageError` for what is unknown, or contradicts itself. */
export function optionsFrom(argv: readonly string[]): Options {
  const { positionals, values } = readArguments(argv, {
    format: { type: 'string', short: 'f' },
    json: { type: 'boolean' },
    strict: { type: 'boolean' },
    rule: { type: 'string', multiple: true },
    staged: { type: 'boolean' },
    since: { type: 'string' },
    fix: { type: 'boolean' },
    quiet: { type: 'boolean' },
    'max-warnings': { type: 'string' },
    ignore: { type: 'string', multiple: true },
  });
  const { fix = false, format, ignore = [], json = false, rule = [], since, staged = false } = values;
  const { 'max-warnings': limit, quiet = false, strict = false } = values;
  if (json && format !== undefined && format !== 'json')
    throw new UsageError(`--json and --format ${format} exclude each other.`);
  if (limit !== undefined && !/^\d+$/u.test(limit))
    throw new UsageError(`--max-warnings takes a number, not '${limit}'.`);
  if (staged && since !== undefined) throw new UsageError('--staged and --since exclude each other.');
  if (staged && fix)
    throw new UsageError('--staged and --fix exclude each other: codemod all --staged --safe fixes what is staged.');
  return {
    format: json ? 'json' : (format ?? 'stylish'),
    fix,
    quiet,
    strict,
    staged,
    since,
    maxWarnings: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
    ignore,
    levels: new Map(rule.map(levelOf)),
    paths: positionals,
  };
}

const LEVELS = ['off', 'warn', 'error'] as const;

function levelOf(text: string): [string, Level] {
  const [given = '', levelName = 'error'] = text.split(':');
  const name = given.replace(/^authkit\//u, '');
  if (!Object.hasOwn(plugin.rules, name)) {
    const meant = closest(name, Object.keys(plugin.rules));
    throw new UsageError(`There is no rule '${name}'.${meant === undefined ? '' : ` Did you mean '${meant}'?`}`);
  }
  const level = LEVELS.find((each, index) => each === levelName || String(index) === levelName);
  if (level === undefined)
    throw new UsageError(`--rule ${name} takes a level of ${LEVELS.join(', ')}, not '${levelName}'.`);
  return [name, level];
}
