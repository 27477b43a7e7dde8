/** A pseudo-terminal, by `script` of util-linux: what a person sees, and types. */
import { spawn } from 'node:child_process';
import { runCommand } from './commands.ts';

/** Whether this machine can make one. */
export const hasTerminal = runCommand('sh', ['-c', 'script --version'], '.').stdout.includes('util-linux');

const ESCAPES = new RegExp(
  `${String.fromCodePoint(27)}(?:\\[[\\d;?]*[A-Za-z]|\\][^${String.fromCodePoint(7)}]*${String.fromCodePoint(7)})`,
  'gu',
);

const TO_LINE_START = `${String.fromCodePoint(27)}[1G`;

export interface Shown {
  /** Without colors and cursor movements. */
  readonly text: string;
  readonly status: number | null;
}

export interface TerminalOptions {
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed, each when a text has appeared after what was typed before. */
  readonly typed?: readonly (readonly [appears: RegExp | string, keys: string])[];
}

export const KEYS = { enter: '\r', space: ' ', down: '\u001B[B', interrupt: '\u0003' } as const;

/** Runs a command (words that need no quoting) on a terminal to its end. */
export async function onTerminal(
  cwd: string,
  command: readonly string[],
  { columns = 100, env = {}, typed = [] }: TerminalOptions = {},
): Promise<Shown> {
  const line = `stty cols ${String(columns)} rows 40; ${command.map((word) => `'${word}'`).join(' ')}`;
  const { AUTHKIT_RETHROW: _, CI: __, NO_COLOR: ___, NODE_OPTIONS: ____, ...inherited } = process.env;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { ...inherited, LC_ALL: 'C.UTF-8', TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let raw = '';
  let output = '';
  let from = 0;
  const steps = [...typed];
  const type = () => {
    const [next] = steps;
    const shown = output.slice(from);
    if (!next || !(typeof next[0] === 'string' ? shown.includes(next[0]) : next[0].test(shown))) return;
    steps.shift();
    from = output.length;
    child.stdin.write(next[1]);
  };
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (data: string) => {
    // A sequence may come in two pieces.
    raw += data;
    output = raw.replaceAll(ESCAPES, '');
    type();
  });
  // A terminal that hangs up ends what still asks.
  const limit = setTimeout(() => child.kill('SIGHUP'), 100_000);
  const status = await new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code);
    });
  });
  clearTimeout(limit);
  // A prompt goes back to the beginning of its line, and erases what is there.
  const lines = raw.replaceAll(TO_LINE_START, '\r').replaceAll(ESCAPES, '').replaceAll(/\r+\n/gu, '\n');
  return { text: lines.replaceAll(/^.*\r/gmu, ''), status };
}
