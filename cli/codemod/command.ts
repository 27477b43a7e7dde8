/** `codemod`: rewrites what can be rewritten, and lists what it leaves. */
import type { Command, ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';
import type { Terminal } from '../output/terminal.ts';
import { UsageError } from '../usage.ts';
import { allCodemods, chosenCodemods, loadCodemods, namesWanted, readWords } from './choose.ts';
import { listOf } from './output/list.ts';
import { help, type Options, optionsFrom } from './options.ts';
import { exitCodeOf, print } from './output/print.ts';
import { reportOf } from './output/report.ts';
import { doesText } from './run.ts';
import { listenForSignals } from './signals.ts';
import { rewriteStdin } from './stdin.ts';
import { rewrite, rewriteStaged } from './work.ts';

export const codemod: Command = { help, run };

async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = optionsFrom(argv);
  if (options.list) {
    terminal.out(listOf(options.json, terminal));
    return EXIT.done;
  }
  const { names, paths } = readWords(options.words, terminal.cwd);
  const asks = options.interactive || (names.size === 0 && isForPerson(options) && terminal.interactive());
  if (asks && !terminal.interactive())
    throw new UsageError('--interactive needs a terminal on which it can ask.', { showHelp: false });
  if (names.size === 0 && !asks) throw new UsageError(namesWanted(paths));
  const loaded = await loadCodemods(names.size === 0 ? allCodemods() : chosenCodemods(names));
  if (options.stdinName !== undefined) {
    if (paths.length > 0 || options.staged)
      throw new UsageError('--stdin-filename takes one text from standard input; leave out the paths and --staged.');
    return await rewriteStdin(loaded, options.stdinName, options, terminal);
  }
  const { ignore, safe, staged } = options;
  const isText = (name: string) => loaded.some((entry) => doesText(entry.codemod, name));
  const request = { cwd: terminal.cwd, paths, ignore, isText, safe, force: options.force };
  if (asks) {
    const { runAsking } = await import('./interactive/run-asking.ts');
    return await runAsking(loaded, request, { isChosen: names.size > 0, editByEdit: options.interactive }, terminal);
  }
  const write = !options.dryRun && !options.diff && !options.check;
  const signal = listenForSignals();
  const done = await (staged ? rewriteStaged : rewrite)(loaded, { ...request, write }, signal, terminal);
  const report = reportOf(loaded, done, { write, staged, safe, cwd: terminal.cwd, words: options.words });
  await print(report, options, terminal);
  signal.pass(terminal);
  return exitCodeOf(report, options.check);
}

/** Whether nothing on the command line says that a program reads what is printed. */
function isForPerson({ check, diff, dryRun, json, staged, stdinName }: Options): boolean {
  return !check && !diff && !dryRun && !json && !staged && stdinName === undefined;
}
