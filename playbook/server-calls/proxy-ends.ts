/** Where a proxy returns nothing, which Next.js takes for `NextResponse.next()`. */
import { type FunctionNode, type Node } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { leaves } from '../../analysis/flow/statements.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { truthOf } from '../../analysis/values/values.ts';

/** Whether a function comes to its end without a `return`. */
export function endsWithout({ file, node: { body } }: Located<FunctionNode>, evaluator: Evaluator): boolean {
  const passes = (node: Node): boolean => {
    if (node.type === 'BlockStatement') {
      const last = node.body.at(-1);
      return !last || (isReachable(evaluator, { file, node: last }) && passes(last));
    }
    if (node.type !== 'IfStatement') return !leaves(node);
    const test = truthOf(evaluator.evaluate({ file, node: node.test }));
    const isPassed = (arm: Node | null): boolean => arm === null || passes(arm);
    return (test !== false && isPassed(node.consequent)) || (test !== true && isPassed(node.alternate));
  };
  return body.type === 'BlockStatement' && passes(body);
}
