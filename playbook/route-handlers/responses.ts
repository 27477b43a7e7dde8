/** What a handler responds with: which calls answer through the response of an API route, send the browser elsewhere, or turn it away. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { knownExport } from '../libraries/index.ts';

/** The calls of a chain on the response that an API route is given, the last one first: `res.status(405).end()`. */
export function calledOnResponse(
  { file, node }: Located,
  handler: FunctionNode,
  loader: ModuleLoader,
): readonly { readonly method: string; readonly call: TSESTree.CallExpression }[] {
  const calls: { method: string; call: TSESTree.CallExpression }[] = [];
  let current = unwrap(node);
  while (current.type === 'CallExpression') {
    const callee = unwrap(current.callee);
    const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
    if (callee.type !== 'MemberExpression' || method === undefined) return [];
    calls.push({ method, call: current });
    current = unwrap(callee.object);
  }
  const root = definitionOf({ file, node: current }, loader);
  const isResponse =
    root.kind === 'parameter' && root.function === handler && root.index === 1 && root.path.length === 0;
  return isResponse ? calls : [];
}

/** Whether a callee is `redirect` of `next/navigation`, or one that is made of it. */
export const isRedirect = (callee: Located, loader: ModuleLoader): boolean =>
  knownExport(callee, loader)?.entry.redirectsTo !== undefined;

/** Whether a callee is `notFound` of `next/navigation`, or its kin. */
export const isRefusal = (callee: Located, loader: ModuleLoader): boolean =>
  knownExport(callee, loader)?.entry.isRefusal === true;
