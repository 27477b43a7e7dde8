/** What the exit code of every command says. */
export const EXIT = {
  done: 0,
  /** Something is left for a person to look at. */
  findings: 1,
  /** Something could not be done, whatever else was found. */
  failed: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
