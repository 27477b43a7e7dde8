/** `check`: the recommended preset over files, without an ESLint config. */
import { dirname, resolve, sep } from 'node:path';
import type { ESLint } from 'eslint';
import { takeLimits } from '../../analysis/limits.ts';
import { withoutBOM } from '../../analysis/syntax/source-file.ts';
import { printable } from '../../analysis/texts/redact.ts';
import type { Project } from '../../project/project.ts';
import { EXIT, type Command, type ExitCode } from '../command.ts';
import { discoverChanged } from '../files/git/changed.ts';
import { discover, discoverStaged, type Discovery } from '../files/discover.ts';
import { complaintsOf, type Problem } from '../files/problem.ts';
import { configured, type GivenSettings, isTurnedOn, projectOfRun, type RunProject } from '../files/project.ts';
import { largeText, readSource, type ReadResult } from '../files/read.ts';
import { readStaged } from '../files/git/staged.ts';
import { progressOf } from '../output/progress.ts';
import type { Terminal } from '../output/terminal.ts';
import { count, shellWord, shown } from '../output/words.ts';
import { readConvexEnv, readInput } from '../triage/evidence/inputs.ts';
import { UsageError } from '../usage.ts';
import { rewriteFile } from '../write/replace-file.ts';
import { readBaseline, type TextOf, withoutKnown, writeBaseline } from './baseline.ts';
import { detailsIn } from './details.ts';
import type { Explain } from './formats/format.ts';
import { formatterOf } from './formats/formats.ts';
import { isText, mayHaveFindings, mayHaveMessages } from './ask-rules.ts';
import * as lint from './lint.ts';
import { help, type Options, optionsFrom } from './options.ts';
import { errorsOnly, failed, resultOf, withoutHidden, withoutSource } from './results.ts';
import { type Checked, summaryOf } from './summary.ts';

export const check: Command = { help, run };

async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const start = performance.now();
  const options = optionsFrom(argv);
  const { cwd } = terminal;
  const settings = await givenSettings(options, terminal);
  const found = find(options, cwd);
  const root = commonFolder([`${cwd}${sep}`, ...found.files.map(({ path }) => path)]);
  const project = { ...projectOfRun(found, root, settings), ...(found.read && { read: found.read }) };
  const files = configured(found.files, project.projectFor, cwd);
  refuseRulesThatAreOff(
    options,
    files.map(({ path }) => project.projectFor(path)),
    cwd,
  );
  const baseline = options.baseline?.write === false ? readBaseline(options.baseline.path, cwd) : undefined;
  const { fix, levels, strict } = options;
  // Programs that read a format have no use for a number of findings that they do not get.
  const hidden = strict || options.format !== 'stylish' ? new Set<string>() : lint.rulesOnlyInStrict(levels);
  const eslintFor = remembered((each: Project) =>
    lint.createESLint(root, { fix, hidden, levels, strict, settings, project: each }),
  );
  // What was fixed has another text by then.
  const detailOf = detailsIn(fix ? { ...project, read: readSource } : project);
  const print = await formatterOf({
    name: options.format,
    eslint: () => lint.createESLint(root, { fix: false }),
    context: {
      cwd,
      colors: terminal.colors.out,
      columns: terminal.columns,
      symbols: terminal.symbols,
      rules: lint.RULES_META,
      explain: options.explain ? await explainFor(terminal) : undefined,
      detailOf,
    },
  });
  const checked = await checkFiles({ ...found, files }, { ...project, eslintFor, hidden, options, terminal });
  const textOf = (path: string) => textIn(project.read({ path, named: true }));
  if (options.baseline?.write === true) return written(options.baseline.path, checked, textOf, terminal);
  const compared = baseline
    ? withoutKnown(checked.results, baseline, textOf)
    : { results: checked.results, known: 0, gone: 0 };
  const results = compared.results.map(withoutSource).map(options.quiet ? errorsOnly : (result) => result);
  const problems = [...found.problems, ...checked.unwritten];
  terminal.out(await print(results));
  if (options.format === 'stylish') {
    const outcome = { ...checked, ...compared, results, problems, elapsed: performance.now() - start };
    terminal.out(await summaryOf(outcome, found, { ...project, options, terminal }));
  }
  terminal.err(complaintsOf({ ...found, limited: checked.limited, problems }, terminal));
  if (problems.length > 0) return EXIT.failed;
  return exitCodeOf(compared.results, results, options, terminal);
}

/** Loaded for who wants to see why. */
async function explainFor(terminal: Terminal): Promise<Explain> {
  const [{ explainerFor }, { explanationOf }] = await Promise.all([
    import('./explain/explained.ts'),
    import('./explain/explanation.ts'),
  ]);
  return { lines: explainerFor(terminal), data: explanationOf };
}

const textIn = (source: ReadResult): string | undefined => (source.ok ? withoutBOM(source.text) : undefined);

/** What the command line sets for the deployment. */
async function givenSettings({ convexEnv }: Options, { cwd }: Terminal): Promise<GivenSettings | undefined> {
  if (convexEnv === undefined) return undefined;
  const output = await readInput(convexEnv, { cwd, option: '--convex-env', stdin: process.stdin });
  return { authkit: { env: readConvexEnv(output) } };
}

/** Writes the baseline, and says so. What could not be checked is in no baseline. */
function written(path: string, { results }: Checked, textOf: TextOf, { colors, cwd, err, out }: Terminal): ExitCode {
  const failed = results.flatMap(({ filePath, messages }) =>
    messages.flatMap(({ message, ruleId }) => (ruleId === null ? [{ path: filePath, message }] : [])),
  );
  const number = writeBaseline(path, cwd, results, textOf);
  out(
    `${count(number, 'finding')} written to ${shown(resolve(cwd, path), cwd)}. From now on: check --baseline ${shellWord(path)}\n`,
  );
  for (const each of failed) err(`${colors.err.red('error:')} ${shown(each.path, cwd)}: ${printable(each.message)}\n`);
  return failed.length > 0 ? EXIT.failed : EXIT.done;
}

function find({ ignore, paths, since, staged }: Options, cwd: string): Discovery & Partial<Pick<RunProject, 'read'>> {
  const request = { cwd, paths, ignore, isText };
  if (since !== undefined) return discoverChanged(request, since);
  if (!staged) return discover(request);
  const found = discoverStaged(request);
  const texts = readStaged(found.workTree, found.files);
  return { ...found, read: ({ path }) => texts.get(path) ?? { ok: false, message: 'is not staged' } };
}

// The rules themselves see to what a configuration turns off, so that an option could not turn it on.
function refuseRulesThatAreOff({ levels }: Options, projects: readonly Project[], cwd: string): void {
  for (const { configuration } of new Set(projects)) {
    const off = [...levels].find(([name, level]) => level !== 'off' && configuration.rules.get(name)?.level === 'off');
    const where = configuration.files.map((path) => shown(path, cwd)).join(', ');
    if (off) throw new UsageError(`--rule ${off[0]} contradicts ${where}, where the rule is off.`, { showHelp: false });
  }
}

interface Context extends RunProject {
  /** The ESLint for a project's configuration. */
  readonly eslintFor: (project: Project) => Promise<ESLint>;
  /** Rules whose findings are only counted. */
  readonly hidden: ReadonlySet<string>;
  readonly options: Options;
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

const USES_AUTHKIT = /@workos-inc\/|@convex-dev\/workos/u;

// A file without needles never reaches ESLint, so its syntax is looked at only when it was named: no finding can hide in it.
async function checkFiles({ files }: Discovery, context: Context): Promise<Checked> {
  const { eslintFor, hidden, options, projectFor, read, terminal } = context;
  const progress = progressOf(terminal, files.length, 'Checked');
  const results: ESLint.LintResult[] = [];
  const unwritten: Problem[] = [];
  let usesAuthKit = false;
  let inStrict = 0;
  const limited: string[] = [];
  const fixed: string[] = [];
  for (const file of files) {
    const { path } = file;
    const source = read(file);
    const project = projectFor(path);
    takeLimits();
    if (!source.ok) {
      const large = largeText(file, source);
      const isClean = large !== undefined && !mayHaveFindings(large, path, project, { ...options, hidden });
      results.push(isClean ? resultOf(path, []) : failed(path, `This file ${source.message}`));
    } else if (mayHaveMessages(file, source.text, project, { ...options, hidden })) {
      const all = await lint.lintFile(await eslintFor(project), path, source.text, project);
      const isHidden = (name: string) => hidden.has(name) && !isTurnedOn(project, name);
      const { hidden: number, result } = withoutHidden(all, source.text, isHidden);
      inStrict += number;
      results.push(result);
      // Without --fix there is no output.
      if (result.output !== undefined) {
        const message = rewriteFile(path, source.text, result.output, project);
        if (message === undefined) fixed.push(path);
        else unwritten.push({ path, message });
      }
    } else results.push(resultOf(path, []));
    if (takeLimits().has(path)) limited.push(path);
    usesAuthKit ||= source.ok && USES_AUTHKIT.test(source.text);
    progress.tick(results.length);
  }
  progress.end();
  return { results, unwritten, fixed, usesAuthKit, inStrict, limited };
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
