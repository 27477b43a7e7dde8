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
    summary: 'report what departs from the playbook; needs no ESLint config',
    load: async () => (await import('./check/command.ts')).check,
  },
  {
    name: 'codemod',
    summary: 'rewrite what can be rewritten, and list the rest',
    load: async () => (await import('./codemod/command.ts')).codemod,
  },
  {
    name: 'triage',
    summary: 'say whether Convex takes a token, and which line is why not',
    load: async () => (await import('./triage/command.ts')).triage,
  },
];
