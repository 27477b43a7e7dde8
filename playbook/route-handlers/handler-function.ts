/** Which function is behind a route handler that something else made: a wrapper, a factory, a chain of methods. */
import type { TSESTree } from '@typescript-eslint/types';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import { type FunctionNode, type Node, isFunction, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import type { Path } from '../../analysis/syntax/bindings/declarations.ts';
import { functionAt } from '../../analysis/syntax/functions.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';

/** Wrappers and factories around one another. */
const MAX_MAKERS = 5;

/** What `handler.bind(null, options)` calls. */
export function boundFunction(definition: Definition, loader: ModuleLoader): Definition | undefined {
  const callee =
    definition.kind === 'value' && definition.node.type === 'CallExpression'
      ? unwrap(definition.node.callee)
      : undefined;
  if (definition.kind !== 'value' || callee?.type !== 'MemberExpression' || propertyName(callee) !== 'bind')
    return undefined;
  return definitionOf({ file: definition.file, node: callee.object }, loader);
}

const OTHER_METHOD = /^(?:delete|head|options|patch|post|put)$/u;

/** The methods of a router's chain, the last one first: `nc().get(…).post(…)` of next-connect and its like. */
function chainOf(node: Node): { method: string; call: TSESTree.CallExpression; before: Node }[] {
  const call = unwrap(node);
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : undefined;
  const method = callee?.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (call.type !== 'CallExpression' || callee?.type !== 'MemberExpression' || method === undefined) return [];
  return [{ method, call, before: callee.object }, ...chainOf(callee.object)];
}

/** Whether a handler is a chain that names methods, and none that answers a `GET`. */
export function hasOtherMethods(definition: Definition): boolean {
  const methods = definition.kind === 'value' ? chainOf(definition.node).map(({ method }) => method) : [];
  return (
    methods.some((method) => OTHER_METHOD.test(method)) &&
    !methods.some((method) => /^(?:all|any|get|use)$/u.test(method))
  );
}

/** The function behind a handler: itself, or the one that a wrapper is given (`withAuth(async () => …)`) or makes. */
export function handlerFunction(
  definition: Definition,
  loader: ModuleLoader,
  makers: number = MAX_MAKERS,
): Located<FunctionNode> | undefined {
  if (definition.kind !== 'value' || makers === 0) return undefined;
  const { file, path } = definition;
  const node = unwrap(definition.node);
  if (isFunction(node)) return path.length === 0 ? { file, node } : undefined;
  if (node.type !== 'CallExpression') return undefined;
  const again = (expression: Node, members: Path = []): Located<FunctionNode> | undefined =>
    handlerFunction(definitionOf({ file, node: expression }, loader, members), loader, makers - 1);
  const [last] = chainOf(node);
  if (last && OTHER_METHOD.test(last.method)) return again(last.before);
  // `route({ GET: async () => … }).GET` is the function of that name.
  for (const argument of node.arguments) {
    const inner = again(argument, path);
    if (inner) return inner;
  }
  // const makeHandler = () => async () => signOut(), const makeHandlers = () => ({ GET: … })
  const maker = functionAt({ file, node: node.callee }, loader);
  if (!maker) return undefined;
  for (const result of returnedExpressions(maker.node)) {
    const made = handlerFunction(definitionOf({ file: maker.file, node: result }, loader, path), loader, makers - 1);
    if (made) return made;
  }
  return undefined;
}
