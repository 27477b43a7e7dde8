/** A codemod that has no rule and no single file: all it does is its plan. */
import type { Codemod } from '../transform.ts';
import type { Planner } from './plan.ts';

/** Makes it. Under jscodeshift, which hands over one file at a time, it throws and says what to run. */
export function createPlannedCodemod(name: string, plan: Planner): Codemod {
  const transform = (): never => {
    throw new Error(`${name} changes several files together. Run: npx eslint-plugin-authkit codemod ${name}`);
  };
  return Object.assign(transform, {
    parser: 'tsx' as const,
    plan,
    run: ({ source }: { readonly source: string }) => ({ text: source, changed: [], left: [] }),
    mayConcern: () => false,
  });
}
