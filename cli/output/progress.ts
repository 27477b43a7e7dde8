import type { Terminal } from './terminal.ts';

/** Shorter work shows nothing: a line that flashes up is noise. */
const QUIET_MS = 300;
const EVERY_MS = 80;

/** One line on stderr, for long work on a terminal. */
export interface Progress {
  readonly tick: (done: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

export function progressOf(terminal: Terminal, total: number, verb: string): Progress {
  if (!terminal.errIsTTY) return { tick: () => undefined, end: () => undefined };
  let next = Date.now() + QUIET_MS;
  let shown = false;
  return {
    tick(done) {
      const now = Date.now();
      if (now < next) return;
      next = now + EVERY_MS;
      shown = true;
      terminal.err(`\r\u001B[K${verb} ${String(done)} of ${String(total)} files`);
    },
    end() {
      if (shown) terminal.err('\r\u001B[K');
    },
  };
}
