/**
 * The states of a hook's own: what a call of `setState` or `dispatch` leaves there, and what an effect keeps there. A reducer is run with the
 * action that it is given, as far as its code can be followed.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, enclosingFunction, isFunction, unwrap, wrapped, nodesOf } from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Atom, Condition } from './conditions.ts';
import { all, known } from '../../../analysis/flow/conditions.ts';
import { pathTo } from '../../../analysis/flow/paths.ts';
import {
  type Reader,
  type Source,
  type Sources,
  conditionFor,
  returnedSources,
  sourcesOf,
  under,
} from '../../../analysis/flow/sources.ts';
import type { Ref, CallRef, FunctionRef } from '../../../analysis/flow/calls/call-contexts.ts';
import { hookOf, reactIn, refAssignments, setterCalls, isEffect } from './hooks.ts';
import { isKnownWithout } from '../../../analysis/flow/object-members.ts';
import { initialOfStore, storeCalls, storeMadeBy } from './stores.ts';
import { calleesOf, originsOf } from './trace.ts';

/** Who understands what bridges test. */
export type BridgeReader = Reader<Atom>;

/** What a call sets a state to: an expression, or what a function makes of the state before it. */
export type Update =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'value'; readonly ref: Ref }
  | { readonly kind: 'result'; readonly of: FunctionRef };

/** What a call sets a state to. Undefined for a reducer that is not known, and for a state that is not set by what it is given. */
export function updateBy(state: Ref, call: CallRef, loader: ModuleLoader): Update | undefined {
  const [given] = call.node.arguments;
  if (given?.type === 'SpreadElement') return undefined;
  const argument: Ref | undefined = given && { ...call, node: given, path: [] };
  const hook = hookOf(state, loader);
  if (hook === 'useReducer') {
    const [written] = state.node.type === 'CallExpression' ? state.node.arguments : [];
    const reducer = written && functionOf({ ...state, node: written, path: [] }, loader);
    return reducer && { kind: 'result', of: calledWith(reducer, [before(state), argument], call) };
  }
  const isOfStore = hook === undefined && storeMadeBy(state, loader) !== undefined;
  if (hook !== 'useState' && !isOfStore) return undefined;
  if (!argument) return isOfStore ? undefined : { kind: 'nothing' };
  const updater = functionOf(argument, loader);
  return updater
    ? { kind: 'result', of: calledWith(updater, [before(state)], call) }
    : { kind: 'value', ref: argument };
}

/** The calls that set a state: for a hook's, in its own file; for a store's, in the file that is asked about. */
export function callsThatSet(state: Ref, file: SourceFile, loader: ModuleLoader): CallRef[] {
  if (hookOf(state, loader) !== undefined) return setterCalls(state).map((node) => ({ ...state, node, path: [] }));
  const isSetter = (callee: Ref): boolean =>
    calleesOf(callee, loader).some((origin) => origin.kind === 'setter' && isSamePlace(origin.at, state));
  return storeCalls(state, file, isSetter, reactIn(loader));
}

/** The same file may have been parsed twice. */
const isSamePlace = (a: Ref, b: Ref): boolean => a.file.path === b.file.path && a.node.range[0] === b.node.range[0];

/** The assignments that put a value into a ref, or into a member of an object that a store keeps: `state.token = token`. */
export function assignmentsTo(state: Ref, file: SourceFile, loader: ModuleLoader): TSESTree.AssignmentExpression[] {
  if (hookOf(state, loader) === 'useRef') return refAssignments(state);
  if (storeMadeBy(state, loader)?.kind !== 'object') return [];
  return nodesOf(file.ast, 'AssignmentExpression').filter(
    ({ left }) =>
      left.type === 'MemberExpression' &&
      originsOf({ file, node: left, path: [] }, loader).some(
        (origin) => origin.kind === 'state' && stateKey(origin.at) === stateKey(state),
      ),
  );
}

/** What the atoms of a state, or of a member of it, have for a key. */
export const stateKey = ({ file, node, path }: Ref): string =>
  `state ${file.path} ${String(node.range[0])} ${path.map(String).join('.')}`;

/** The state before a call, as the function that is called with it sees it. */
const before = ({ file, node }: Ref): Ref => ({ file, node, path: ['0'] });

function functionOf(ref: Ref, loader: ModuleLoader): FunctionRef | undefined {
  const node = unwrap(ref.node);
  if (
    node.type !== 'Identifier' &&
    node.type !== 'MemberExpression' &&
    node.type !== 'CallExpression' &&
    !isFunction(node)
  )
    return undefined;
  const [origin, second] = calleesOf({ ...ref, node }, loader);
  return origin?.kind === 'function' && !second ? origin.at : undefined;
}

function calledWith(callee: FunctionRef, args: readonly (Ref | undefined)[], call: Ref): FunctionRef {
  return {
    ...callee,
    frame: { function: callee.node, args, depth: (call.frame?.depth ?? 0) + 1, upper: callee.frame ?? call.frame },
  };
}

/** What a call leaves in a state, or in the member of it that the path of `state` names. Undefined where that is not known. */
export function setTo(state: Ref, call: CallRef, at: Node, reader: BridgeReader): Sources<Atom> | undefined {
  const update = updateBy(state, call, reader.loader);
  switch (update?.kind) {
    case undefined:
      return undefined;
    case 'nothing':
      return [{ value: update, when: known(true) }];
    case 'value':
    case 'result': {
      const isMerged = storeMadeBy(state, reader.loader)?.kind === 'members';
      const path = isMerged ? [] : state.path;
      const sources =
        update.kind === 'value'
          ? sourcesOf({ ...update.ref, path }, at, reader)
          : returnedSources({ ...update.of, path }, at, reader);
      return isMerged ? sources?.flatMap((source) => mergedInto(state, source, at, reader)) : sources;
    }
  }
}

/** What is left of a member of a store whose setter merges what it is given: `set({ busy: true })` leaves the others. */
function mergedInto(state: Ref, { value, when }: Source<Atom>, at: Node, reader: BridgeReader): Sources<Atom> {
  const [first] = state.path;
  if (value.kind !== 'value' || typeof first !== 'string') return [{ value, when }];
  const isElse = isKnownWithout(value.ref.node, first);
  const unchanged: Ref = { ...state, path: ['0', ...state.path] };
  return isElse
    ? [{ value: { kind: 'value', ref: unchanged, at }, when }]
    : under(when, sourcesOf({ ...value.ref, path: state.path }, at, reader));
}

/** Whether a value is what the state held before: `return state;`, and the other members of `{ ...state, busy: true }`. */
export function isUnchanged({ node, path }: Ref, state: Ref): boolean {
  const steps = ['0', ...state.path];
  return node === state.node && path.length === steps.length && path.every((step, index) => step === steps[index]);
}

/** What a state starts with. Undefined where that is not known. */
export function initialOf(state: Ref, at: Node, reader: BridgeReader): Sources<Atom> | undefined {
  const [first, second, third] = state.node.type === 'CallExpression' ? state.node.arguments : [];
  const hook = hookOf(state, reader.loader);
  const isReducer = hook === 'useReducer';
  const initializer = isReducer ? third : hook === 'useState' ? first : undefined;
  const maker = initializer && functionOf({ ...state, node: initializer, path: [] }, reader.loader);
  const given = isReducer ? second : first;
  const store = hook === undefined ? storeMadeBy(state, reader.loader) : undefined;
  if (store) {
    const initial = initialOfStore(store, state.path);
    return initial && sourcesOf(initial, at, reader);
  }
  if (maker) {
    const args = isReducer && given ? [{ ...state, node: given, path: [] }] : [];
    return returnedSources({ ...calledWith(maker, args, state), path: state.path }, at, reader);
  }
  return given && sourcesOf({ ...state, node: given }, at, reader);
}

/** The value that an effect keeps a state at, when nothing else sets it: `useEffect(() => { setBusy(loading); }, [loading])`. `own` is the state's own truth. */
export function mirrored(state: Ref, at: Node, own: Condition, reader: BridgeReader): Sources<Atom> | undefined {
  const calls = setterCalls(state);
  const effect = calls[0] && enclosingFunction(calls[0]);
  const hook = effect?.parent;
  if (!effect || hook?.type !== 'CallExpression' || calls.some((call) => enclosingFunction(call) !== effect))
    return undefined;
  if (!isEffect({ ...state, node: hook, path: [] }, reader.loader)) return undefined;
  let held: Sources<Atom> = [{ value: { kind: 'truth', of: own }, when: known(true) }];
  for (const node of calls) {
    const statement = wrapped(node).parent;
    const isAlone = effect.body === node || statement?.type === 'ExpressionStatement';
    const when = conditionFor(pathTo(node, effect.body), { ...state, path: [] }, at, reader);
    const given = isAlone ? setTo(state, { ...state, node, path: [] }, at, reader) : undefined;
    if (!when || !given) return undefined;
    const before = held;
    held = [
      ...given.flatMap((source) =>
        source.value.kind === 'value' && isUnchanged(source.value.ref, state)
          ? under(all([when, source.when]), before)
          : under(when, [source]),
      ),
      ...before,
    ];
  }
  return held;
}
