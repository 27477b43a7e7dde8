/** `codemod --stdin-filename`: one text in, and what becomes of it out, for editors. */
import { basename, resolve } from 'node:path';
import { openProject } from '../../project/project.ts';
import type { ExitCode } from '../command.ts';
import { patternFilter } from '../files/discover.ts';
import { configured } from '../files/project.ts';
import { readStream } from '../files/read.ts';
import { isScript } from '../files/skip.ts';
import type { Terminal } from '../output/terminal.ts';
import { UsageError } from '../usage.ts';
import type { Options } from './options.ts';
import { exitCodeOf, print } from './output/print.ts';
import { complaints, hasProblems, leftReadable } from './output/report.ts';
import { doesText, type NamedCodemod, runCodemods } from './run.ts';

/** Prints the text that standard input becomes; what was left is reported on stderr, where it is in no one's way. */
export async function rewriteStdin(
  codemods: readonly NamedCodemod[],
  name: string,
  mode: Options,
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
  // Of a file that is left out, nothing else says why there is nothing to print.
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
    words: [],
    unformatted: [],
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
