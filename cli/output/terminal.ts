/** Where a command writes to, and in which colours. */
import picocolors from 'picocolors';
import { isPlain, symbolsFor, type Symbols } from './symbols.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** For each stream: one may be a terminal while the other goes to a file. */
  readonly colors: { readonly out: Colors; readonly err: Colors };
  /** Whether a person can be asked. Not a plain property: looking at stdin loads what reads it. */
  readonly interactive: () => boolean;
  /** Whether a line on stderr can be written over. */
  readonly errIsTTY: boolean;
  /** How wide stdout is. Undefined where it is no terminal: lines stay whole for programs that read them. */
  readonly columns: number | undefined;
  readonly symbols: Symbols;
  /** Whether it shows ASCII alone, or has no cursor to move. */
  readonly isPlain: boolean;
}

const DEFAULT_COLUMNS = 80;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { env, stderr, stdout } = process;
  return {
    cwd: process.cwd(),
    env,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    colors: {
      out: picocolors.createColors(wantsColor(stdout.isTTY, env)),
      err: picocolors.createColors(wantsColor(stderr.isTTY, env)),
    },
    interactive: () => process.stdin.isTTY && stdout.isTTY && !env['CI'],
    errIsTTY: stderr.isTTY && env['TERM'] !== 'dumb',
    // A terminal that does not know its width says 0.
    columns: stdout.isTTY ? stdout.columns || DEFAULT_COLUMNS : undefined,
    symbols: symbolsFor(env),
    isPlain: isPlain(env),
  };
}

/**
 * Colours on a terminal alone. `NO_COLOR` (no-color.org) and `FORCE_COLOR` (force-color.org) override that when they are
 * not empty; of both, `FORCE_COLOR` wins, as in Node.js. picocolors' own test would colour the logs of any CI, too.
 */
export function wantsColor(isTTY: boolean | undefined, env: Readonly<Record<string, string | undefined>>): boolean {
  const { FORCE_COLOR: force = '', NO_COLOR: no = '', TERM: term } = env;
  if (force !== '') return force !== '0' && force !== 'false';
  if (no !== '') return false;
  return isTTY === true && term !== 'dumb';
}
