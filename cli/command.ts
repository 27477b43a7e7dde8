/** What a command is, and what its exit code says. */
import type { Terminal } from './output/terminal.ts';

export interface Command {
  readonly help: string;
  /** May throw a `UsageError`; everything else it throws is a bug. */
  readonly run: (argv: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}

export const EXIT = {
  done: 0,
  /** Something is left for a person to look at. */
  findings: 1,
  /** Something could not be done, whatever else was found. */
  failed: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
