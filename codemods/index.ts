/** Which codemods there are. Listing them loads none of them. */
import type { Codemod } from './transform.ts';

export type { Codemod, CodemodInput, CodemodResult, LeftFinding, PlacedFinding, TransformFile, TransformOptions } from './transform.ts';

export interface CodemodEntry {
  /** The name of the rule whose findings it rewrites. */
  readonly name: string;
  /** What it does to the code, in the imperative; no full stop. */
  readonly description: string;
  /** Loads the codemod and what it needs. */
  readonly load: () => Promise<Codemod>;
}

export const codemods: readonly CodemodEntry[] = [
  {
    name: 'no-hardcoded-redirect-host',
    description: "make redirect URIs name the preview's own host on previews",
    load: async () => (await import('./no-hardcoded-redirect-host.ts')).default,
  },
  {
    name: 'no-sign-out-prefetch',
    description: 'add prefetch={false} to links that would sign people out by being seen',
    load: async () => (await import('./no-sign-out-prefetch.ts')).default,
  },
];

/** The codemod of a name; undefined when there is none. */
export function codemodNamed(name: string): CodemodEntry | undefined {
  return codemods.find((entry) => entry.name === name);
}
