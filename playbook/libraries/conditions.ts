/** Whether a call does what its row says only under an option: `withAuth({ ensureSignedIn: true })`. */
import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type Frame, alternativesOf, knownText } from '../../analysis/values/values.ts';
import { isNullish, truthOf } from '../../analysis/values/comparisons.ts';
import type { When } from './entry.ts';

/** True where the condition holds, false where it does not, undefined where the code does not tell. `frame`: what the parameters around are. */
export function holds(
  when: When | undefined,
  call: { readonly file: SourceFile; readonly node: TSESTree.CallExpression },
  evaluator: Evaluator,
  frame?: Frame,
): boolean | undefined {
  if (when === undefined) return false;
  if (when === 'always') return true;
  const { file, node } = call;
  const before = node.arguments.slice(0, when.argument + 1);
  if (before.some(({ type }) => type === 'SpreadElement')) return undefined;
  const options = node.arguments[when.argument];
  if (!options) return 'unless' in when;
  const from = { file, node: options };
  const value = evaluator.member(evaluator.evaluate(from, frame), when.option, from);
  if (!('unless' in when)) return truthOf(value);
  const known = alternativesOf(value).map((one) => (isNullish(one) === true ? '' : knownText(one)));
  if (known.every((text) => text === when.unless)) return false;
  return known.every((text) => text !== undefined && text !== when.unless) ? true : undefined;
}
