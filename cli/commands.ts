/** The commands there are. Listing them loads none of them. */
import type { Command } from './command.ts';

export interface CommandEntry {
  readonly name: string;
  /** One line of the overview. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'check',
    summary: 'report mistakes in sign-in code; needs no ESLint config',
    load: async () => (await import('./check/command.ts')).check,
  },
  {
    name: 'codemod',
    summary: 'fix what can be fixed, and list the rest',
    load: async () => (await import('./codemod/command.ts')).codemod,
  },
  {
    name: 'triage',
    summary: 'lead from a HAR, a log, a token or an error text to the line',
    load: async () => (await import('./triage/command.ts')).triage,
  },
  {
    name: 'init',
    summary: 'add the plugin to an ESLint or Oxlint config; shows the edit first',
    load: async () => (await import('./init/command.ts')).init,
  },
  {
    name: 'explain',
    summary: 'print the page of a rule',
    load: async () => (await import('./explain/command.ts')).explain,
  },
];
