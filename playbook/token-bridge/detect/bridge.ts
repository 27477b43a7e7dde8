/** Finds bridges: objects with `fetchAccessToken` next to `isLoading` or `isAuthenticated`, as Convex's `useAuth` returns them, and their counterpart under Convex's provider for AuthKit. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  childrenOf,
  contains,
  enclosingFunction,
  isFunction,
  unwrap,
  wrapped,
  attributeNamed,
} from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { conditionOf, conditionOfReturns } from '../values/read-condition.ts';
import type { Condition } from '../values/conditions.ts';
import { known } from '../../../analysis/flow/conditions.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { usesOf } from '../../libraries/index.ts';
import { hookOf } from '../values/hooks.ts';
import { isObject } from '../../../analysis/flow/object-members.ts';
import { type Origin, calleesOf, memberOf, originsOf } from '../values/trace.ts';
import { propertyNamed } from '../../../analysis/syntax/objects.ts';

export interface Bridge {
  readonly file: SourceFile;
  /** The object as a whole: an object literal, or a call of `Object.assign()` and the like. */
  readonly object: Node;
  /** What the fetcher is called: `getAccessToken` in a hook for `ConvexProviderWithAuthKit`, which asks it without a flag and catches. */
  readonly name: 'fetchAccessToken' | 'getAccessToken' | 'setAuth';
  /** The hook (or component) whose object it is. */
  readonly home: FunctionNode;
  /** The value of `fetchAccessToken`. */
  readonly fetcher: Ref;
  /** The functions that it may be. */
  readonly functions: readonly Extract<Origin, { kind: 'function' }>[];
  readonly isLoading: Condition;
  readonly isAuthenticated: Condition;
  /** The expressions of both, for edits. */
  readonly loading: Ref | undefined;
  readonly authenticated: Ref | undefined;
}

const FETCHER = 'fetchAccessToken';

interface Shape {
  readonly fetcher: Exclude<Bridge['name'], 'setAuth'>;
  readonly authenticated: string;
}

const BRIDGE: Shape = { fetcher: FETCHER, authenticated: 'isAuthenticated' };
/** `dist/index.js` of `@convex-dev/workos` 0.0: `useAuth()` gives `{ isLoading, user, getAccessToken }`, and the deps of its fetcher are `[getAccessToken]`. */
const ADAPTER: Shape = { fetcher: 'getAccessToken', authenticated: 'user' };

/** The bridges that a file holds, whatever their token comes from. */
export function bridgesOf(file: SourceFile, loader: ModuleLoader): Bridge[] {
  const adapters = file.text.includes(ADAPTED) ? hooksOfAdapter(file, loader) : [];
  return [
    ...objectsWith(file, FETCHER).map((object) => bridgeAt(file, object, BRIDGE, loader)),
    ...(adapters.length > 0 ? objectsWith(file, ADAPTER.fetcher) : [])
      .map((object) => bridgeAt(file, object, ADAPTER, loader))
      .filter((bridge) => bridge !== undefined && adapters.includes(bridge.home)),
  ].filter((bridge) => bridge !== undefined);
}

/** What the hook as a whole says, where it returns several objects: `if (loading) return { isLoading: true, … };` is part of it. */
function ofWholeHook(bridge: Bridge, shape: Shape, loader: ModuleLoader): Bridge {
  const { file, home } = bridge;
  const { isAuthenticated: own, isLoading: ownLoading } = bridge;
  // What is returned to signed-out users says nothing about the others.
  if ((ownLoading.kind === 'known' && ownLoading.value) || (own.kind === 'known' && !own.value)) return bridge;
  const returned: Node[] = [];
  const ask = (name: string, otherwise: boolean) =>
    conditionOfReturns({ file, node: home, path: [] }, loader, (one) => {
      returned.push(one.node);
      return isObject(one.node) && one.path.length === 0
        ? conditionFor(flagOf(one, name, loader), otherwise, file, loader)
        : undefined;
    });
  const [isLoading, isAuthenticated] = [ask('isLoading', false), ask(shape.authenticated, true)];
  return isLoading && isAuthenticated && returned.includes(bridge.object)
    ? { ...bridge, isLoading, isAuthenticated }
    : bridge;
}

const conditionFor = (ref: Ref | undefined, otherwise: boolean, file: SourceFile, loader: ModuleLoader): Condition =>
  ref ? conditionOf(ref, loader, file) : known(otherwise);

const ADAPTED = 'ConvexProviderWithAuthKit';

/** The hooks that a file hands to Convex's own provider for AuthKit: `<ConvexProviderWithAuthKit useAuth={useWorkOS}>`. */
function hooksOfAdapter(file: SourceFile, loader: ModuleLoader): FunctionNode[] {
  return usesOf(file, loader).flatMap(({ entry, node: element }) => {
    if (entry.tokenProvider !== 'adapted' || element.type !== 'JSXOpeningElement') return [];
    const value = attributeNamed(element, 'useAuth')?.value;
    if (value?.type !== 'JSXExpressionContainer') return [];
    return originsOf({ file, node: value.expression, path: [] }, loader).flatMap((origin) =>
      origin.kind === 'function' && origin.at.file === file ? [origin.at.node] : [],
    );
  });
}

function bridgeAt(
  file: SourceFile,
  object: TSESTree.ObjectExpression,
  shape: Shape,
  loader: ModuleLoader,
): Bridge | undefined {
  const home = homeOf(file, object, loader);
  if (!home) return undefined;
  const whole: Ref = { file, node: wholeOf(file, object, home), path: [] };
  const fetcher = memberOf(whole, [shape.fetcher], loader);
  const [loading, authenticated] = ['isLoading', shape.authenticated].map((name) => flagOf(whole, name, loader));
  if (!fetcher || (!loading && !authenticated)) return undefined;
  const bridge: Bridge = {
    file,
    object: whole.node,
    name: shape.fetcher,
    home,
    fetcher,
    functions: functionsOf(fetcher, loader),
    isLoading: conditionFor(loading, false, file, loader),
    isAuthenticated: conditionFor(authenticated, true, file, loader),
    loading,
    authenticated,
  };
  return ofWholeHook(bridge, shape, loader);
}

/** The functions that a fetcher may be, each once. */
export function functionsOf(fetcher: Ref, loader: ModuleLoader): Bridge['functions'] {
  const functions = calleesOf(fetcher, loader).flatMap((origin) => (origin.kind === 'function' ? [origin] : []));
  return functions.filter(({ at }, index) => functions.findIndex((other) => other.at.node === at.node) === index);
}

/** The object that an object literal becomes a part of: by a spread, by `Object.assign()`, itself or by the name of its constant. */
function wholeOf(file: SourceFile, object: Node, home: FunctionNode): Node {
  let whole = object;
  for (let hops = 0; hops < 5; hops += 1) {
    const outer = wrapped(whole).parent;
    const declared =
      outer?.type === 'VariableDeclarator' && outer.id.type === 'Identifier' ? variableOf(file, outer.id) : undefined;
    const uses = declared ? readsOf(declared) : [whole];
    const [use, second] = uses;
    const slot = use && !second ? wrapped(use).parent : undefined;
    const next = slot?.type === 'SpreadElement' ? slot.parent : slot;
    if (
      !next ||
      !isObject(next) ||
      (next.type === 'ObjectExpression') !== (slot?.type === 'SpreadElement') ||
      enclosingFunction(next) !== enclosingFunction(object) ||
      !contains(home, next)
    )
      break;
    whole = next;
  }
  return whole;
}

function flagOf(whole: Ref, name: string, loader: ModuleLoader): Ref | undefined {
  const member = memberOf(whole, [name], loader);
  // A spread of something unknown is no proof that the name is in it.
  if (!member || (member.path.length > 0 && originsOf(member, loader).every(({ kind }) => kind === 'unknown')))
    return undefined;
  return member;
}

/** The outermost function that is not a callback of a hook: what React (or the compiler) calls the hook or component. */
function homeOf(file: SourceFile, object: Node, loader: ModuleLoader): FunctionNode | undefined {
  let home = enclosingFunction(object);
  while (home) {
    const call = home.parent;
    if (call.type !== 'CallExpression' || call.callee === home) break;
    if (!/^use[A-Z]/u.test(hookOf({ file, node: call, path: [] }, loader) ?? '')) break;
    home = enclosingFunction(call);
  }
  return home;
}

/** Object literals with a property of a name. Looks only into nodes whose text has it, so a long file costs little. */
function objectsWith(file: SourceFile, name: string): TSESTree.ObjectExpression[] {
  const places: number[] = [];
  for (let index = file.text.indexOf(name); index !== -1; index = file.text.indexOf(name, index + 1))
    places.push(index);
  const found: TSESTree.ObjectExpression[] = [];
  const stack: Node[] = [file.ast];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const [start, end] = node.range;
    if (node.type !== 'Program' && !places.some((place) => start <= place && place < end)) continue;
    if (node.type === 'ObjectExpression' && propertyNamed(node, name)) found.push(node);
    stack.push(...childrenOf(node));
  }
  return found.sort((a, b) => a.range[0] - b.range[0]);
}

/** The callback of the `useMemo` (or another hook) that an expression is in, with the hook's call. */
export function enclosingHookCall(
  file: SourceFile,
  node: Node,
  loader: ModuleLoader,
): { readonly hook: string; readonly call: TSESTree.CallExpression } | undefined {
  const callback = enclosingFunction(node);
  const call = callback?.parent;
  if (call?.type !== 'CallExpression' || unwrap(call.arguments[0] ?? call) !== callback || !isFunction(callback))
    return undefined;
  const hook = hookOf({ file, node: call, path: [] }, loader);
  return hook === undefined ? undefined : { hook, call };
}
