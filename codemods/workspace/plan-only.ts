/** A codemod that has no rule and no single file: all it does is its plan. */
import type { TextCodemod } from '../text-side.ts';
import type { Planner } from './plan.ts';

/**
 * Makes it. Under jscodeshift, which hands over one file at a time, it throws and says what to run. `isText`: which files that are no scripts it
 * may change, by their base names.
 */
export function createPlannedCodemod(
  name: string,
  plan: Planner,
  isText: (name: string) => boolean = () => false,
): TextCodemod {
  const transform = (): never => {
    throw new Error(`${name} changes several files together. Run: npx eslint-plugin-authkit codemod ${name}`);
  };
  return Object.assign(transform, {
    parser: 'tsx' as const,
    plan,
    isText,
    run: ({ source }: { readonly source: string }) => ({ text: source, changed: [], left: [] }),
    mayConcern: () => false,
  });
}
