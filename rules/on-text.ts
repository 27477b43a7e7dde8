/** Rules that look at files that are no scripts, for programs without ESLint. */
import type { AuthKitRule } from './create-rule.ts';
import type { TextSide } from './definition.ts';

/** A rule with another side. */
export interface TextRule extends AuthKitRule {
  readonly textSide: TextSide;
}

/** Whether a rule has another side. */
export function isTextRule(rule: AuthKitRule): rule is TextRule {
  return rule.textSide !== undefined;
}
