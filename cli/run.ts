/** From arguments to an exit code: which command, what a person reads when it fails. */
import { printable } from '../analysis/texts/redact.ts';
import pkg from '../package.json' with { type: 'json' };
import { closest } from '../project/configuration/closest.ts';
import { EXIT, type ExitCode } from './command.ts';
import { commands } from './commands.ts';
import type { Terminal } from './output/terminal.ts';
import { fitted } from './output/wrap.ts';
import { UsageError } from './usage.ts';

/** Runs one command line. Never throws (unless `AUTHKIT_RETHROW=1` asks for the stack of a bug). */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first = '--help', ...rest] = argv;
  try {
    if (first === '--help' || first === '-h' || first === 'help') {
      terminal.out(
        fitted(argv.length > 0 && rest[0] !== undefined ? await helpOf(rest[0]) : overview(), terminal.columns),
      );
      // Called with nothing at all it did nothing, and a script should see that.
      return argv.length > 0 ? EXIT.done : EXIT.failed;
    }
    if (first === '--version' || first === '-v' || first === '-V') {
      terminal.out(`${pkg.version}\n`);
      return EXIT.done;
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      terminal.out(fitted(await helpOf(first), terminal.columns));
      return EXIT.done;
    }
    return await (await load(first)).run(rest, terminal);
  } catch (error) {
    return explain(error, first, terminal);
  }
}

async function load(name: string) {
  const entry = commands.find((command) => command.name === name);
  if (entry) return entry.load();
  const meant = closest(
    name,
    commands.map((command) => command.name),
  );
  const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
  throw new UsageError(
    name.startsWith('-') ? `Unknown option '${name}'. A command comes first.` : `There is no command '${name}'.${hint}`,
  );
}

async function helpOf(name: string): Promise<string> {
  return (await load(name)).help;
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return `${[
    'Finds and fixes what breaks sign-in with WorkOS AuthKit and Convex in Next.js apps.',
    '',
    'Usage: npx eslint-plugin-authkit <command>',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    '<command> --help explains a command. --version prints the version.',
  ].join('\n')}\n`;
}

function explain(error: unknown, command: string, terminal: Terminal): ExitCode {
  const label = terminal.colors.err.red('error:');
  if (error instanceof UsageError) {
    const known = commands.some(({ name }) => name === command);
    terminal.err(`${label} ${error.message.split('\n').map(printable).join('\n')}\n`);
    if (error.showHelp) terminal.err(`See: npx eslint-plugin-authkit ${known ? `${command} ` : ''}--help\n`);
    return EXIT.failed;
  }
  if (terminal.env['AUTHKIT_RETHROW'] === '1') throw error;
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  terminal.err(
    `${label} ${printable(message)}\nThis is a bug in eslint-plugin-authkit. Please report it with the output of the same command under AUTHKIT_RETHROW=1.\n`,
  );
  return EXIT.failed;
}
