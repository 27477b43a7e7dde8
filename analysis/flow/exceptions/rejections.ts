/** Whether a failure leaves a function: a `throw` or a rejected promise that nothing catches on the way out. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  isFunction,
  propertyName,
  walkOwnCode,
  ownNodesOf,
  wrapped,
} from '../../syntax/ast.ts';
import { readsOf, variableOf } from '../../syntax/bindings/scopes.ts';
import type { ModuleLoader } from '../../syntax/bindings/modules.ts';
import type { SourceFile } from '../../syntax/source-file.ts';
import { rejectedBy } from '../promises.ts';
import { onlyThrows } from './only-throws.ts';
import { parameterFor } from '../../syntax/functions.ts';

/** A `throw` in a function's own code, outside of its handlers, that no `try` around it catches. */
export const uncaughtThrow = (owner: FunctionNode): Node | undefined =>
  ownNodesOf(owner, 'ThrowStatement').find(
    (node) => !isCaught(node) && handlersAround({ function: owner, node }).length === 0,
  );

/** A call whose promise may reject, in the function that it is made in. */
interface Failing {
  readonly file: SourceFile;
  readonly function: FunctionNode;
  readonly node: Node;
}

interface Search {
  readonly loader: ModuleLoader;
  /** How many helpers may still be looked into that are given a promise. */
  readonly helpers: number;
}

/** Whether the rejection of a call's promise leaves the function. False when it is caught, and when it goes where we can't follow. */
export const escapes = (failing: Failing, loader: ModuleLoader): boolean => leaves(failing, { loader, helpers: 3 });

function leaves(failing: Failing, search: Search): boolean {
  const { file, function: owner, node } = failing;
  for (let current = wrapped(node); current !== owner;) {
    const { parent } = current;
    if (!parent) return false;
    switch (parent.type) {
      case 'AwaitExpression':
        return isUncaught(parent, failing, search);
      case 'ReturnStatement':
        return leavesFunction(parent, failing, search);
      case 'ArrowFunctionExpression':
        return parent.body === current && leavesFunction(current, failing, search);
      case 'ConditionalExpression':
        if (parent.test === current) return false;
        break;
      case 'VariableDeclarator': {
        // `const pending = getAccessToken();` fails where it is awaited.
        const variable = parent.id.type === 'Identifier' ? variableOf(file, parent.id) : undefined;
        return (variable ? readsOf(variable) : []).some(
          (read) => enclosingFunction(read) === owner && leaves({ file, function: owner, node: read }, search),
        );
      }
      case 'LogicalExpression':
        break;
      case 'MemberExpression': {
        const call = parent.parent;
        if (call.type !== 'CallExpression' || call.callee !== parent) return false;
        const next = handles(call, propertyName(parent)) ? handedOnBy(call, propertyName(parent), file) : call;
        if (!next) return false;
        current = wrapped(next);
        continue;
      }
      case 'ArrayExpression': {
        const call = parent.parent;
        if (call.type !== 'CallExpression' || !isPromiseCombinator(call)) return false;
        current = wrapped(call);
        continue;
      }
      case 'CallExpression':
        if (!isPromiseCombinator(parent) && !leavesHelper(parent, current, failing, search)) return false;
        break;
      default:
        return false;
    }
    current = wrapped(parent);
  }
  return false;
}

/** Whether the rejection of a promise that a function of the project is given leaves that function: `withTimeout(getAccessToken())`. */
function leavesHelper(
  call: TSESTree.CallExpression,
  promise: Node,
  { file }: Failing,
  { helpers, loader }: Search,
): boolean {
  const helper = helpers > 0 ? parameterFor({ file, node: call }, promise, loader) : undefined;
  return (
    helper !== undefined &&
    readsOf(helper.variable).some((node) =>
      leaves({ file: helper.file, function: helper.node, node }, { loader, helpers: helpers - 1 }),
    )
  );
}

/** Code that runs where something has failed. */
interface Handler {
  readonly handler: Node;
  /** What has failed. */
  readonly tried: Node;
}

/** The handlers (of `try` and of promises) that a node of a function is in, the innermost first. */
export function handlersAround({ function: owner, node }: Pick<Failing, 'function' | 'node'>): Handler[] {
  const found: Handler[] = [];
  for (let current: Node = node; current !== owner && current.parent; current = current.parent) {
    const { parent } = current;
    if (current.type === 'CatchClause' && parent.type === 'TryStatement')
      found.push({ handler: current.body, tried: parent.block });
    if (isFunction(current) && parent.type === 'CallExpression' && parent.callee.type === 'MemberExpression') {
      const method = propertyName(parent.callee);
      const position = parent.arguments.findIndex((argument) => argument === current);
      if ((method === 'catch' && position === 0) || (method === 'then' && position === 1))
        found.push({ handler: current.body, tried: parent.callee.object });
    }
  }
  return found;
}

/**
 * Whether the failure of a call or an element certainly goes no further: a `try` around it catches it, or a method of the promise
 * (`.catch()`, `Promise.allSettled()`) takes it. Unlike `escapes` it believes of everything else that the failure leaves the function.
 */
export function isCaught(node: Node): boolean {
  for (let current = node; current.parent && !isFunction(current); current = current.parent) {
    const { parent } = current;
    if (parent.type === 'TryStatement') {
      if (parent.block === current && keepsFailure(parent)) return true;
    } else if (isTaken(current, parent)) return true;
  }
  return false;
}

/** Whether the failure of a promise is taken where it stands: by a handler (`.catch()`), or as a result (`Promise.allSettled()`). */
export function isTaken(promise: Node, parent: Node): boolean {
  if (parent.type === 'MemberExpression' && parent.object === promise) {
    const { parent: call } = parent;
    return call.type === 'CallExpression' && call.callee === parent && takesFailure(call, propertyName(parent));
  }
  return parent.type === 'CallExpression' && parent.callee !== promise && promiseMethod(parent) === 'allSettled';
}

const takesFailure = (call: TSESTree.CallExpression, method: string | undefined): boolean =>
  (method === 'then' || method === 'catch') && handles(call, method);

/** Whether a call on a promise takes its failure: `.catch(f)`, `.then(f, g)`; or is no method of a promise that we know. */
function handles(call: TSESTree.CallExpression, method: string | undefined): boolean {
  switch (method) {
    case 'finally':
      return false;
    case 'then':
      return call.arguments[1] !== undefined && !throwsItself(call.arguments[1]);
    case 'catch':
      return !(call.arguments[0] && throwsItself(call.arguments[0]));
    default:
      return true;
  }
}

/** The promise that is rejected with the failure which a handler takes: `new Promise((resolve, reject) => promise.then(resolve, reject))`. */
function handedOnBy(call: TSESTree.CallExpression, method: string | undefined, file: SourceFile): Node | undefined {
  const handler = method === 'then' ? call.arguments[1] : method === 'catch' ? call.arguments[0] : undefined;
  return handler && rejectedBy(handler, file);
}

/** The method of `Promise` that a call calls: `all` of `Promise.all([…])`. */
export function promiseMethod(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object } = node.callee;
  return object.type === 'Identifier' && object.name === 'Promise' ? propertyName(node.callee) : undefined;
}

const isPromiseCombinator = (node: Node): boolean => ['all', 'race', 'resolve'].includes(promiseMethod(node) ?? '');

/** An `await`: its failure is thrown there, and caught by a `try` around it. */
function isUncaught(awaited: Node, failing: Failing, search: Search): boolean {
  for (let current: Node = awaited; current !== failing.function && current.parent; current = current.parent) {
    const { parent } = current;
    if (isFunction(current)) return leavesCallback(current, failing, search);
    if (parent.type !== 'TryStatement' || parent.finalizer === current) continue;
    // A `return` in `finally` takes the failure's place.
    if (parent.finalizer && returnsItself(parent.finalizer)) return false;
    if (parent.block === current && keepsFailure(parent, throwsIn(failing.file, search.loader))) return false;
  }
  return true;
}

/** A promise that is returned without `await`: no `try` around it catches. */
function leavesFunction(returned: Node, failing: Failing, search: Search): boolean {
  const nearest = enclosingFunction(returned);
  return nearest === failing.function || (nearest !== undefined && leavesCallback(nearest, failing, search));
}

// A callback of `.then()` hands its promise on to the chain; where any other goes is not ours to know.
function leavesCallback(callback: Node, failing: Failing, search: Search): boolean {
  const call = callback.parent;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || !contains(failing.function, call))
    return false;
  const isLink = ['then', 'catch', 'finally'].includes(propertyName(call.callee) ?? '');
  return isLink && leaves({ ...failing, node: call }, search);
}

const returnsItself = ({ body }: TSESTree.BlockStatement): boolean =>
  body.some(({ type }) => type === 'ReturnStatement');

const keepsFailure = ({ handler }: TSESTree.TryStatement, isThrow = isOwnThrow): boolean =>
  handler !== null && !throwsItself(handler.body, isThrow);

const isOwnThrow = (node: Node): boolean => node.type === 'ThrowStatement' || promiseMethod(node) === 'reject';

/** A `throw`, or the call of a function that does nothing else: `return report(error)`. */
export const throwsIn =
  (file: SourceFile, loader: ModuleLoader) =>
  (node: Node): boolean =>
    isOwnThrow(node) || onlyThrows({ file, node }, loader);

/**
 * Whether a handler throws, or returns a rejection; `isThrow` says which of its code counts. What is tried in it counts where nothing catches it, and
 * what handles that does not: it lets another failure through.
 */
export function throwsItself(handler: Node, isThrow = isOwnThrow): boolean {
  let found = false;
  walkOwnCode(handler, (node) => {
    found ||= isThrow(node);
    const isTried = node.parent?.type === 'TryStatement' && node.parent.block === node && node.parent.handler !== null;
    return !found && node.type !== 'CatchClause' && !(isTried && node !== handler);
  });
  return found;
}
