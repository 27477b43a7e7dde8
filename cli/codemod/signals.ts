/** Ctrl-C, heard between two files: what has been changed until then is reported, and no file is left half written. */
import type { Terminal } from '../output/terminal.ts';

export interface Signals {
  readonly isInterrupted: () => boolean;
  /** Ends the process by the signal that came, as a shell expects it; does nothing where none did. */
  readonly pass: (terminal: Terminal) => void;
}

const HEARD = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens until `pass` is called. */
export function listenForSignals(): Signals {
  let heard: NodeJS.Signals | undefined;
  const hear = (signal: NodeJS.Signals) => {
    heard ??= signal;
  };
  for (const signal of HEARD) process.on(signal, hear);
  return {
    isInterrupted: () => heard !== undefined,
    pass({ err }) {
      for (const signal of HEARD) process.off(signal, hear);
      if (heard === undefined) return;
      err(`${heard}: the files that are not listed were not looked at.\n`);
      process.kill(process.pid, heard);
    },
  };
}
