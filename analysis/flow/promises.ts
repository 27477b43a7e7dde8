/**
 * What promises come to: `Promise.race([load(), timeout])`, `load().catch(() => null)`, `new Promise((resolve) => load().then(resolve))`. A promise is
 * followed as its value, as `await` is.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, isFunction, propertyName, unwrap } from '../syntax/ast.ts';
import { isGlobal, readsOf, variableOf } from '../syntax/bindings/scopes.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { CallRef, Ref } from './calls/call-contexts.ts';
import { returnedExpressions } from './paths.ts';

/** The values that the promise of a call may come to; undefined for any other call, and where one of them is not in sight. */
export function settledValues(ref: CallRef): readonly Ref[] | undefined {
  const { file, node } = ref;
  const { callee } = node;
  if (callee.type !== 'MemberExpression') return undefined;
  const method = propertyName(callee);
  const promise: Ref = { ...ref, node: callee.object };
  switch (method) {
    case 'then':
      return handled(ref, node.arguments.slice(0, 2));
    case 'catch': {
      const results = handled(ref, node.arguments.slice(0, 1));
      return results && [promise, ...results];
    }
    case 'finally':
      return [promise];
    default:
      return isGlobal(file, callee.object, 'Promise') ? combined(ref, method) : undefined;
  }
}

function combined(ref: CallRef, method: string | undefined): readonly Ref[] | undefined {
  const [first] = ref.node.arguments;
  if (!first) return undefined;
  if (method === 'resolve') return [{ ...ref, node: first }];
  const list = unwrap(first);
  if (list.type !== 'ArrayExpression') return undefined;
  const items = list.elements.flatMap((one) => (one && one.type !== 'SpreadElement' ? [one] : []));
  if (items.length < list.elements.length) return undefined;
  if (method === 'race' || method === 'any') return items.map((node) => ({ ...ref, node }));
  const [index, ...path] = ref.path;
  const item = method === 'all' && typeof index === 'string' ? items[Number(index)] : undefined;
  return item && [{ ...ref, node: item, path }];
}

/** What the handlers of a promise return: functions that are written where they are handed over. */
function handled(ref: CallRef, handlers: readonly Node[]): readonly Ref[] | undefined {
  const functions = handlers.map((handler) => unwrap(handler)).filter((handler) => isFunction(handler));
  if (functions.length === 0 || functions.length < handlers.length) return undefined;
  return functions.flatMap(returnedExpressions).map((node) => ({ ...ref, node }));
}

/** What `new Promise((resolve) => …)` is resolved with; undefined for any other expression, and where that is not in sight. */
export function resolvedValues(ref: Ref): readonly Ref[] | undefined {
  const { file, node } = ref;
  const executor =
    node.type === 'NewExpression' && isGlobal(file, node.callee, 'Promise') ? node.arguments[0] : undefined;
  if (!executor || !isFunction(executor)) return undefined;
  const values = readsOfSettler(executor, 0, file).map((read) => resolvedBy(read));
  return values.length > 0 && values.every((value) => value !== undefined)
    ? values.map((value) => ({ ...ref, node: value }))
    : undefined;
}

/** The value of `resolve(value)` and of `promise.then(resolve)`. */
function resolvedBy(read: Node): Node | undefined {
  const call = read.parent;
  if (call?.type !== 'CallExpression') return undefined;
  if (call.callee === read) return call.arguments[0];
  const { arguments: given, callee } = call;
  return callee.type === 'MemberExpression' && propertyName(callee) === 'then' && given[0] === read
    ? callee.object
    : undefined;
}

/** Where `resolve` (0) or `reject` (1) of an executor is read. */
function readsOfSettler(executor: FunctionNode, index: number, file: SourceFile): readonly Node[] {
  const parameter = executor.params[index];
  const variable = parameter?.type === 'Identifier' ? variableOf(file, parameter) : undefined;
  return variable ? readsOf(variable) : [];
}

/** The `new Promise(…)` that a handler rejects: `promise.then(resolve, reject)`, `(error) => { clearTimeout(timer); reject(error); }`. */
export function rejectedBy(handler: Node, file: SourceFile): TSESTree.NewExpression | undefined {
  const own = unwrap(handler);
  for (let node: Node | undefined = own.parent; node; node = node.parent) {
    const made = isFunction(node) ? node.parent : undefined;
    if (!isFunction(node) || made?.type !== 'NewExpression' || made.arguments[0] !== node) continue;
    if (!isGlobal(file, made.callee, 'Promise')) return undefined;
    const rejects = readsOfSettler(node, 1, file).some(
      (read) => read === own || (read.parent?.type === 'CallExpression' && statementOf(read.parent) === own),
    );
    return rejects ? made : undefined;
  }
  return undefined;
}

/** The function of which a call is a statement of its own, or the whole. */
function statementOf(call: TSESTree.CallExpression): Node | undefined {
  const { parent } = call;
  if (parent.type === 'ArrowFunctionExpression' && parent.body === call) return parent;
  const block = parent.type === 'ExpressionStatement' ? parent.parent : undefined;
  return block?.type === 'BlockStatement' ? block.parent : undefined;
}
