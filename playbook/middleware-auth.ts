/** The option `middlewareAuth` of AuthKit's proxy, by which it sends visitors without a session to sign in before any page runs. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Located } from '../analysis/syntax/bindings/definitions.ts';
import type { Evaluator } from '../analysis/values/evaluate.ts';
import { type PropertyValue, propertyOf } from '../analysis/values/values.ts';
import { truthOf } from '../analysis/values/comparisons.ts';

export interface MiddlewareAuth {
  /** `enabled`: off where the option is not given, undefined where it is not known. */
  readonly isEnabled: boolean | undefined;
  readonly property: PropertyValue | undefined;
}

/** What a call of `authkitProxy()` or `authkitMiddleware()` is given. */
export function middlewareAuthOf(
  { file, node }: Located<TSESTree.CallExpression>,
  evaluator: Evaluator,
): MiddlewareAuth {
  const [argument] = node.arguments;
  const from = argument && { file, node: argument };
  const options = from && evaluator.evaluate(from);
  const property = options?.type === 'object' ? propertyOf(options, 'middlewareAuth') : options ? undefined : 'absent';
  if (property === 'absent') return { isEnabled: false, property: undefined };
  const enabled = from && property && evaluator.member(property.value, 'enabled', from);
  return { isEnabled: enabled && truthOf(enabled), property };
}
