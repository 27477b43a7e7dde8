/** What the command line of `check` may say. */
import type { Level } from '../../project/configuration/configuration.ts';
import { hintAt } from '../output/near-names.ts';
import { rules } from '../../rules/index.ts';
import { readArguments, UsageError } from '../usage.ts';
import { FORMATS } from './formats/formats.ts';

export const help = `Runs the recommended rules. Needs no ESLint config and does not read one; what authkit.json says counts (docs/configuration.md).

Usage: npx eslint-plugin-authkit check [options] [paths…]

Without paths it checks the current folder. In folders, it skips what git ignores, build output, tests and stories.
It reads scripts, convex.json, and the env files next to a package.json even if git ignores them; no value of a secret is printed.

  -f, --format <name>         stylish (default), ${FORMATS.filter((name) => name !== 'stylish').join(', ')}, or an installed ESLint formatter
      --json                  the same as --format json
      --explain               also print why each finding is reported, and what its edit changes
      --strict                run the rules of the preset strict as well
      --rule <name[:level]>   set a rule's level: off, warn or error (default); repeatable
      --changed               check only files that differ from the last commit
      --since <ref>           check only files that have changed since the branch left this commit
      --staged                check what is staged for the next commit, as it is staged
      --convex-env <file|->   the output of 'npx convex env list': every variable of the deployment
      --baseline <file>       do not report the findings that this file lists
      --write-baseline        write all present findings to that file
      --fix                   apply the fixes that are safe
      --quiet                 report errors only
      --max-warnings <n>      fail if there are more warnings
      --ignore <pattern>      skip matching files (gitignore syntax); repeatable

Examples:
  npx eslint-plugin-authkit check apps/web
  npx eslint-plugin-authkit check --since origin/main --format github
  npx convex env list | npx eslint-plugin-authkit check --convex-env -

Exit codes: 0 no errors; 1 errors, or too many warnings; 2 something could not be checked.
Colors follow the terminal, NO_COLOR and FORCE_COLOR.
`;

export interface Options {
  readonly format: string;
  readonly explain: boolean;
  readonly fix: boolean;
  readonly quiet: boolean;
  readonly strict: boolean;
  readonly staged: boolean;
  /** What to compare with, and the option that says so. */
  readonly since: { readonly ref: string; readonly option: '--changed' | '--since' } | undefined;
  readonly convexEnv: string | undefined;
  readonly baseline: { readonly path: string; readonly write: boolean } | undefined;
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
    explain: { type: 'boolean' },
    strict: { type: 'boolean' },
    rule: { type: 'string', multiple: true },
    changed: { type: 'boolean' },
    staged: { type: 'boolean' },
    since: { type: 'string' },
    'convex-env': { type: 'string' },
    baseline: { type: 'string' },
    'write-baseline': { type: 'boolean' },
    fix: { type: 'boolean' },
    quiet: { type: 'boolean' },
    'max-warnings': { type: 'string' },
    ignore: { type: 'string', multiple: true },
  });
  refuseContradictions(values);
  const { baseline, changed, fix = false, json = false, quiet = false, rule = [], since, staged = false } = values;
  const { 'convex-env': convexEnv, explain = false, ignore = [], 'max-warnings': limit, strict = false } = values;
  return {
    format: json ? 'json' : (values.format ?? 'stylish'),
    explain,
    fix,
    quiet,
    strict,
    staged,
    since:
      changed === true
        ? { ref: 'HEAD', option: '--changed' }
        : since === undefined
          ? undefined
          : { ref: since, option: '--since' },
    convexEnv,
    baseline: baseline === undefined ? undefined : { path: baseline, write: values['write-baseline'] === true },
    maxWarnings: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
    ignore,
    levels: new Map(rule.map(levelOf)),
    paths: positionals,
  };
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** Options that exclude each other, and what to do instead where that is not plain. */
const EXCLUDING: readonly (readonly [string, string, string?])[] = [
  ['staged', 'since'],
  ['staged', 'changed'],
  ['changed', 'since'],
  ['staged', 'fix', 'codemod all --staged --safe fixes what is staged'],
  ['staged', 'write-baseline', 'a baseline holds what is in the working copy'],
  ['quiet', 'write-baseline', 'a baseline holds warnings as well'],
];

function refuseContradictions(values: Values): void {
  const { format, 'max-warnings': limit } = values;
  const isGiven = (name: string) => values[name] !== undefined;
  if (isGiven('json') && isGiven('format') && format !== 'json')
    throw new UsageError(`--json and --format ${String(format)} exclude each other.`);
  if (typeof limit === 'string' && !/^\d+$/u.test(limit))
    throw new UsageError(`--max-warnings takes a number, not '${limit}'.`);
  for (const [one, other, instead] of EXCLUDING) {
    if (!isGiven(one) || !isGiven(other)) continue;
    throw new UsageError(`--${one} and --${other} exclude each other${instead === undefined ? '' : `: ${instead}`}.`);
  }
  if (isGiven('write-baseline') && !isGiven('baseline'))
    throw new UsageError(
      '--write-baseline needs the file to write: check --baseline authkit-baseline.json --write-baseline',
    );
  if (isGiven('explain') && isGiven('format') && format !== 'stylish' && format !== 'json')
    throw new UsageError(
      `--explain and --format ${String(format)} exclude each other: stylish and json have room for it.`,
    );
}

const LEVELS = ['off', 'warn', 'error'] as const;

function levelOf(text: string): [string, Level] {
  const [given = '', ...levels] = text.split(':');
  const levelName = levels.length === 0 ? 'error' : levels.join(':');
  const name = given.replace(/^authkit\//u, '');
  if (!Object.hasOwn(rules, name))
    throw new UsageError(`There is no rule '${name}'. ${hintAt(name, Object.keys(rules))}`);
  const level = LEVELS.find((each, index) => each === levelName || String(index) === levelName);
  if (level === undefined)
    throw new UsageError(`--rule ${name} takes a level of ${LEVELS.join(', ')}, not '${levelName}'.`);
  return [name, level];
}
