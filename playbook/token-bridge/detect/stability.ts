/** When a value that a hook makes is another one in the next render: never, in each, or with the values that it depends on. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, enclosingFunction, isFunction, unwrap } from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { isNamedForReact } from '../../react.ts';
import { isKept, isMadeOnce, mayKeep } from '../values/singletons.ts';
import { type Bridge, enclosingHookCall } from './bridge.ts';
import type { WorkOSValue } from '../../libraries/entry.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { hookOf, isEffect } from '../values/hooks.ts';
import { isOfStore } from '../values/stores.ts';
import { armsOf } from '../../../analysis/flow/origins.ts';
import { originsOf } from '../values/trace.ts';
import { expressionAt } from '../../../analysis/syntax/bindings/expressions.ts';

export type Change =
  /** Recreated in every render. `created`: an object that the code makes; `object`: one that a hook returns. `hook`: the one without deps that is around it. */
  | { readonly kind: 'eachRender'; readonly at: Node; readonly cause: 'function' | 'created' | 'object' }
  | { readonly kind: 'eachRender'; readonly at: Node; readonly cause: 'noDeps'; readonly hook: string }
  /** Replaced when a value of a WorkOS hook is. */
  | { readonly kind: 'with'; readonly value: WorkOSValue; readonly at: Node }
  | { readonly kind: 'withState'; readonly state: Ref; readonly at: Node }
  /** An expression that is no object: only its truth may change. */
  | { readonly kind: 'primitive'; readonly ref: Ref; readonly at: Node };

interface Context extends StabilityContext {
  /** What has been looked at: constants that each hold two of the one before would double with every step. */
  readonly seen: Set<Node>;
}

export interface StabilityContext {
  readonly loader: ModuleLoader;
  readonly file: SourceFile;
  /** Whether React's compiler memoises what the bridge's hook makes. */
  readonly isCompiled: () => boolean;
}

const MAX_DEPTH = 30;

const CREATING: ReadonlySet<string> = new Set(['ArrayExpression', 'NewExpression', 'ObjectExpression']);

/** The changes of the bridge's `fetchAccessToken` from render to render. Empty: stable, or unknown. */
export function changesOfFetcher(bridge: Bridge, given: StabilityContext): Change[] {
  const context: Context = { ...given, seen: new Set() };
  if (bridge.name === 'setAuth') return changesOfCall(bridge, context);
  const changes = changesOf(bridge.fetcher, bridge.fetcher.node, context, 0);
  const around = enclosingHookCall(bridge.file, bridge.object, context.loader);
  const isInside = bridge.fetcher.node.type !== 'Identifier';
  if (around?.hook !== 'useMemo' || isInside || !around.call.arguments[1]) return changes;
  // `useMemo(() => ({ fetchAccessToken }), deps)` hands out the one it has until its deps change.
  const ofMemo = depsOf({ file: bridge.file, node: around.call, path: [] }, around.call, context, 0);
  return changes.flatMap((change) => (ofMemo.length === 0 ? [] : change.kind === 'eachRender' ? ofMemo : [change]));
}

/** When `setAuth()` is called again: with the deps of the effect around it. A call in a handler is made once. */
function changesOfCall({ file, home, object }: Bridge, context: Context): Change[] {
  const around = enclosingHookCall(file, object, context.loader);
  const call: Ref | undefined = around && { file, node: around.call, path: [] };
  if (call && isEffect(call, context.loader)) return depsOf(call, call.node, context, 0);
  return enclosingFunction(object) === home && isNamedForReact(home)
    ? [{ kind: 'eachRender', at: object, cause: 'function' }]
    : [];
}

/** The changes of what a hook's call depends on. */
export function changesOfDeps(call: Ref, given: StabilityContext): Change[] {
  return depsOf(call, call.node, { ...given, seen: new Set() }, 0);
}

function changesOf(ref: Ref, place: Node, context: Context, depth: number): Change[] {
  const node = unwrap(ref.node);
  if (depth > MAX_DEPTH || context.seen.has(node)) return [];
  if (armsOf(node)) context.seen.add(node);
  const at = ref.file === context.file ? node : place;
  const next = (child: Ref) => changesOf(child, at, context, depth + 1);
  if (ref.path.length === 0) {
    const arms = armsOf(node);
    if (arms) return arms.flatMap((arm) => next({ ...ref, node: arm }));
    if (isFunction(node) || CREATING.has(node.type)) return createdAt(ref, node, at, context, depth);
    if (['UnaryExpression', 'BinaryExpression', 'TemplateLiteral'].includes(node.type))
      return [{ kind: 'primitive', ref, at }];
  }
  const memo = memoCall({ ...ref, node }, context.loader);
  if (memo) return depsOf(memo, at, context, depth);
  return originsOf(ref, context.loader).flatMap((origin): Change[] => {
    switch (origin.kind) {
      case 'workos':
        return origin.role.kind === 'value' ? workosChange(origin.role.name, at) : [];
      case 'state':
        return [{ kind: 'withState', state: origin.at, at }];
      case 'function':
        // The actions of a store are made once, with it.
        if (isOfStore(origin.at, context.loader)) return [];
        return createdAt(
          origin.at,
          origin.at.node,
          origin.at.file === context.file ? origin.at.node : at,
          context,
          depth,
        );
      case 'expression':
        if (origin.at.node === node || (CREATING.has(origin.at.node.type) && mayKeep(ref, context.loader))) return [];
        return changesOf(origin.at, at, context, depth + 1);
      default:
        return [];
    }
  });
}

// useAccessToken() returns a new object in each render; what useAuth() returns is renewed by its provider.
function workosChange(value: WorkOSValue, at: Node): Change[] {
  return value === 'token' ? [{ kind: 'eachRender', at, cause: 'object' }] : [{ kind: 'with', value, at }];
}

/** The call of `useCallback` or `useMemo` that an expression is, or names. */
function memoCall(ref: Ref, loader: ModuleLoader): Ref | undefined {
  const call = ref.path.length === 0 ? { ...ref, ...expressionAt(ref, loader) } : undefined;
  return call && ['useCallback', 'useMemo'].includes(hookOf(call, loader) ?? '') ? call : undefined;
}

function depsOf(memo: Ref, at: Node, context: Context, depth: number): Change[] {
  const call = memo.node as TSESTree.CallExpression;
  const place = memo.file === context.file ? call : at;
  const deps = call.arguments[1] && unwrap(call.arguments[1]);
  if (!deps)
    return [{ kind: 'eachRender', at: place, cause: 'noDeps', hook: hookOf(memo, context.loader) ?? 'useCallback' }];
  if (deps.type !== 'ArrayExpression') return [];
  return deps.elements.flatMap((element) => {
    if (!element || element.type === 'SpreadElement') return [];
    const own = memo.file === context.file ? element : at;
    return changesOf({ ...memo, node: element, path: [] }, own, context, depth + 1).map((change) => ({
      ...change,
      at: own,
    }));
  });
}

/** What React's compiler makes the deps of a function: the values of the hook that it reads. */
function capturedBy(ref: Ref, at: Node, context: Context, depth: number): Change[] {
  const scope = ref.file.scopes.acquire(ref.node);
  return (scope?.through ?? []).flatMap(({ identifier }) => {
    if (identifier.type !== 'Identifier') return [];
    const variable = variableOf(ref.file, identifier);
    const declared = variable?.defs[0]?.node as Node | undefined;
    if (!declared || !enclosingFunction(declared)) return [];
    return changesOf(
      { ...ref, node: identifier, path: [] },
      ref.file === context.file ? identifier : at,
      context,
      depth + 1,
    );
  });
}

/** A literal (function, object) is new whenever the function around it runs. */
function createdAt(ref: Ref, node: Node, at: Node, context: Context, depth: number): Change[] {
  const { file } = ref;
  const hook = enclosingHookCall(file, node, context.loader);
  // `useCallback(() => …)`: the function is the hook's own argument.
  const own = node.parent?.type === 'CallExpression' && node.parent.arguments[0] === node ? node.parent : undefined;
  const ownHook = own && hookOf({ file, node: own, path: [] }, context.loader);
  if (own && (ownHook === 'useCallback' || ownHook === 'useMemo')) {
    return depsOf({ ...ref, node: own, path: [] }, at, context, depth);
  }
  if (own && ownHook !== undefined) return [];
  if (hook?.hook === 'useMemo') return depsOf({ ...ref, node: hook.call, path: [] }, at, context, depth);
  if (hook || !enclosingFunction(node) || isKept({ file, node }) || isMadeOnce({ file, node }, context.loader))
    return [];
  if (context.isCompiled()) return isFunction(node) ? capturedBy({ ...ref, node }, at, context, depth) : [];
  return [{ kind: 'eachRender', at, cause: isFunction(node) ? 'function' : 'created' }];
}
