/** From a rule to its codemod. */
import type { AuthKitRule } from '../rules/create-rule.ts';
import { isTextRule } from '../rules/on-text.ts';
import { transformBothSides } from './text-side.ts';
import { transformFor, type Codemod } from './transform.ts';

/** The codemod of a rule; a rule that looks at files that are no scripts has one that edits them as well. */
export function codemodOf(rule: AuthKitRule): Codemod {
  return isTextRule(rule) ? transformBothSides(rule) : transformFor(rule);
}
