/**
 * The states of a hook's own: what a call of `setState` or `dispatch` leaves there, and what an effect keeps there. A reducer is run with the
 * action that it is given, as far as its code can be followed.
 */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  enclosingFunction,
  isFunction,
  unwrap,
  wrapped,
} from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import type { Atom, Condition } from './conditions.ts';
import { all, known } from '../../../analysis/flow/conditions.ts';
import { pathTo } from '../../../analysis/flow/paths.ts';
import {
  type Reader,
  type Sources,
  conditionFor,
  returnedSources,
  sourcesOf,
  under,
} from '../../../analysis/flow/sources.ts';
import type { Ref } from '../../../analysis/flow/call-contexts.ts';
import { hookOf, setterCalls } from './hooks.ts';
import { calleesOf } from './trace.ts';

/** Who understands what bridges test. */
export type BridgeReader = Reader<Atom>;

/** What a call sets a state to: an expression, or what a function makes of the state before it. */
export type Update =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'value'; readonly ref: Ref }
  | { readonly kind: 'result'; readonly of: Ref & { readonly node: FunctionNode } };

/** What a call sets a state to. Undefined for a reducer that can't be told, and for a state that is not set by what it is given. */
export function updateBy(
  state: Ref,
  call: Ref & { readonly node: TSESTree.CallExpression },
  loader: ModuleLoader,
): Update | undefined {
  const [given] = call.node.arguments;
  if (given?.type === 'SpreadElement') return undefined;
  const argument: Ref | undefined = given && { ...call, node: given, path: [] };
  switch (hookOf(state, loader)) {
    case 'useState': {
      const updater = argument && functionOf(argument, loader);
      if (updater) return { kind: 'result', of: calledWith(updater, [before(state)], call) };
      return argument ? { kind: 'value', ref: argument } : { kind: 'nothing' };
    }
    case 'useReducer': {
      const [written] = state.node.type === 'CallExpression' ? state.node.arguments : [];
      const reducer = written && functionOf({ ...state, node: written, path: [] }, loader);
      return reducer && { kind: 'result', of: calledWith(reducer, [before(state), argument], call) };
    }
    default:
      return undefined;
  }
}

/** The state before a call, as the function that is called with it sees it. */
const before = ({ file, node }: Ref): Ref => ({ file, node, path: ['0'] });

function functionOf(ref: Ref, loader: ModuleLoader): (Ref & { readonly node: FunctionNode }) | undefined {
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

function calledWith(
  callee: Ref & { readonly node: FunctionNode },
  args: readonly (Ref | undefined)[],
  call: Ref,
): Ref & { readonly node: FunctionNode } {
  return {
    ...callee,
    frame: { function: callee.node, args, depth: (call.frame?.depth ?? 0) + 1, upper: callee.frame ?? call.frame },
  };
}

/** What a call leaves in a state, or in the member of it that the path of `state` names. Undefined where that can't be told. */
export function setTo(
  state: Ref,
  call: Ref & { readonly node: TSESTree.CallExpression },
  at: Node,
  reader: BridgeReader,
): Sources<Atom> | undefined {
  const update = updateBy(state, call, reader.loader);
  switch (update?.kind) {
    case undefined:
      return undefined;
    case 'nothing':
      return [{ value: update, when: known(true) }];
    case 'value':
      return sourcesOf({ ...update.ref, path: state.path }, at, reader);
    case 'result':
      return returnedSources({ ...update.of, path: state.path }, at, reader);
  }
}

/** Whether a value is what the state held before: `return state;`, and the other members of `{ ...state, busy: true }`. */
export function isUnchanged({ node, path }: Ref, state: Ref): boolean {
  const steps = ['0', ...state.path];
  return node === state.node && path.length === steps.length && path.every((step, index) => step === steps[index]);
}

/** What a state starts with. Undefined where that can't be told. */
export function initialOf(state: Ref, at: Node, reader: BridgeReader): Sources<Atom> | undefined {
  const [first, second, third] = state.node.type === 'CallExpression' ? state.node.arguments : [];
  const hook = hookOf(state, reader.loader);
  const isReducer = hook === 'useReducer';
  const initializer = isReducer ? third : hook === 'useState' ? first : undefined;
  const maker = initializer && functionOf({ ...state, node: initializer, path: [] }, reader.loader);
  const given = isReducer ? second : first;
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
  const name = hookOf({ ...state, node: hook, path: [] }, reader.loader);
  if (name !== 'useEffect' && name !== 'useLayoutEffect') return undefined;
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
