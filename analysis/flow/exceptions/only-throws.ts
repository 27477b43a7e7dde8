/** Calls that give nothing back, because all that their function does in the end is throw: `fail('no token')`. */
import { unwrap } from '../../syntax/ast.ts';
import type { Located } from '../../syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../syntax/bindings/modules.ts';
import { functionAt } from '../../syntax/functions.ts';
import { exitsOf } from '../paths.ts';

/** Whether an expression is such a call. */
export function onlyThrows({ file, node }: Located, loader: ModuleLoader): boolean {
  const call = unwrap(node);
  if (call.type !== 'CallExpression') return false;
  const called = functionAt({ file, node: call.callee }, loader)?.node;
  return (
    called !== undefined &&
    (called.returnType?.typeAnnotation.type === 'TSNeverKeyword' ||
      exitsOf(called).every(({ kind }) => kind === 'throw'))
  );
}
