/** `check`: the recommended preset over files, without an ESLint config. */
import { dirname, sep } from 'node:path';
import type { ESLint } from 'eslint';
import { EXIT, type Command, type ExitCode } from '../command.ts';
import { discover, type Discovery } from '../files/discover.ts';
import { complaintsOf, type Problem } from '../files/problem.ts';
import type { Project } from '../../project/project.ts';
import { configured, projectOfRun, type RunProject } from '../files/project.ts';
import { progressOf } from '../output/progress.ts';
import type { Terminal } from '../output/terminal.ts';
import { count } from '../output/words.ts';
import { readArguments, UsageError } from '../usage.ts';
import { replaceFile } from '../write.ts';
import { formatterOf } from './format.ts';
import { createESLint, errorsOnly, failed, isText, lintFile, mayHaveFindings, resultOf } from './lint.ts';
import { summarize } from './summary.ts';

const help = `Reports what departs from the playbook. Needs no ESLint config, and heeds none.

Usage: npx eslint-plugin-authkit check [options] [paths…]

Without paths it looks at the folder it runs in. In folders, it leaves out what git ignores, build output, tests and stories.
It reads scripts, convex.json, and the env files beside a package.json, which git may ignore; no value of a secret is printed.

  -f, --format <name>     stylish (default), json, html, or any installed ESLint formatter
      --json              the same as --format json
      --fix               apply the fixes that are safe
      --quiet             errors only, no warnings
      --max-warnings <n>  fail when there are more warnings
      --ignore <pattern>  leave out besides, as a line in .gitignore would; may be repeated

Exit codes: 0 no errors; 1 errors, or too many warnings; 2 something could not be checked.
Colours follow the terminal, NO_COLOR and FORCE_COLOR.
`;

export const check: Command = { help, run };

interface Options {
  readonly format: string;
  readonly fix: boolean;
  readonly quiet: boolean;
  readonly maxWarnings: number;
  readonly ignore: readonly string[];
  readonly paths: readonly string[];
}

async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = optionsFrom(argv);
  const { cwd } = terminal;
  const all = discover({ cwd, paths: options.paths, ignore: options.ignore, isText });
  const root = commonFolder([`${cwd}${sep}`, ...all.files.map(({ path }) => path)]);
  const project = projectOfRun(all, root);
  const found = { ...all, files: configured(all.files, project.projectFor, cwd) };
  const eslintFor = remembered((each: Project) => createESLint(root, { fix: options.fix, project: each }));
  const eslint = remembered(() => createESLint(root, { fix: false }));
  const print = await formatterOf({
    name: options.format,
    color: terminal.colors.out.isColorSupported,
    eslint: () => eslint(root),
  });
  const { results: checked, unwritten } = await checkFiles(found, { ...project, eslintFor, terminal });
  const results = checked.map(options.quiet ? errorsOnly : (result) => result);
  terminal.out(await print(results));
  if (options.format === 'stylish') terminal.out(summaryOf(results, options.paths, terminal));
  const problems = [...found.problems, ...unwritten];
  terminal.err(complaintsOf(problems, found.loops, terminal));
  if (problems.length > 0) return EXIT.failed;
  return exitCodeOf(checked, results, options, terminal);
}

function optionsFrom(argv: readonly string[]): Options {
  const { positionals, values } = readArguments(argv, {
    format: { type: 'string', short: 'f' },
    json: { type: 'boolean' },
    fix: { type: 'boolean' },
    quiet: { type: 'boolean' },
    'max-warnings': { type: 'string' },
    ignore: { type: 'string', multiple: true },
  });
  const { fix = false, format, ignore = [], json = false, 'max-warnings': limit, quiet = false } = values;
  if (json && format !== undefined && format !== 'json')
    throw new UsageError(`--json and --format ${format} exclude each other.`);
  if (limit !== undefined && !/^\d+$/u.test(limit))
    throw new UsageError(`--max-warnings takes a number, not '${limit}'.`);
  return {
    format: json ? 'json' : (format ?? 'stylish'),
    fix,
    quiet,
    maxWarnings: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
    ignore,
    paths: positionals,
  };
}

interface Context extends RunProject {
  /** The ESLint for a project's configuration. */
  readonly eslintFor: (project: Project) => Promise<ESLint>;
  readonly terminal: Terminal;
}

/** A function that is called once for each argument. */
function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.has(key) ? (made.get(key) as Value) : make(key);
    made.set(key, value);
    return value;
  };
}

interface Checked {
  readonly results: readonly ESLint.LintResult[];
  readonly unwritten: readonly Problem[];
}

// A file without needles never reaches ESLint, so its syntax is looked at only when it was named: no finding can hide in it.
async function checkFiles({ files }: Discovery, { eslintFor, projectFor, read, terminal }: Context): Promise<Checked> {
  const progress = progressOf(terminal, files.length, 'Checked');
  const results: ESLint.LintResult[] = [];
  const unwritten: Problem[] = [];
  for (const file of files) {
    const { path } = file;
    const source = read(file);
    const project = projectFor(path);
    if (!source.ok) results.push(failed(path, `This file ${source.message}`));
    else if (file.named || mayHaveFindings(source.text, path, project)) {
      const result = await lintFile(await eslintFor(project), path, source.text, project);
      results.push(result);
      // Without --fix there is no output.
      const written = result.output === undefined ? undefined : replaceFile(path, source.text, result.output);
      if (written?.ok === false) unwritten.push({ path, message: written.message });
    } else results.push(resultOf(path, []));
    progress.tick(results.length);
  }
  progress.end();
  return { results, unwritten };
}

function summaryOf(
  results: readonly ESLint.LintResult[],
  paths: readonly string[],
  { colors: { out } }: Terminal,
): string {
  const lines = summarize({ results, paths });
  if (lines.length === 0) return `${out.green('✔')} ${count(results.length, 'file')} checked, no findings.\n`;
  return `${lines.map((line) => out.bold(line)).join('\n')}\n`;
}

function exitCodeOf(
  all: readonly ESLint.LintResult[],
  results: readonly ESLint.LintResult[],
  options: Options,
  terminal: Terminal,
): ExitCode {
  if (results.some(({ fatalErrorCount }) => fatalErrorCount > 0)) return EXIT.failed;
  // As ESLint: --quiet hides warnings, but they count.
  const warnings = all.reduce((sum, { warningCount }) => sum + warningCount, 0);
  if (warnings > options.maxWarnings) {
    terminal.err(`${count(warnings, 'warning')}, and --max-warnings allows ${String(options.maxWarnings)}.\n`);
    return EXIT.findings;
  }
  return results.some(({ errorCount }) => errorCount > 0) ? EXIT.findings : EXIT.done;
}

/** The deepest folder that contains all paths. A folder among them ends with a separator. */
function commonFolder([first = sep, ...rest]: readonly string[]): string {
  let folder = dirname(`${first}x`);
  for (const path of rest)
    while (folder !== dirname(folder) && !path.startsWith(folder + sep)) folder = dirname(folder);
  return folder;
}
