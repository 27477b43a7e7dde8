/**
 * Where a value in a React hook comes from: through bindings, other files, hooks that wrap hooks, `useMemo`, `useCallback`,
 * refs and state, and the parameters of helpers. It follows data, never names; what it can't follow is `unknown`.
 */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  isFunction,
  propertyName,
  unwrap,
  walkOwnCode,
} from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings.ts';
import { type Path, type Step, declarationOf, writesOf } from '../../../analysis/syntax/declarations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import { type Variable, variableOf } from '../../../analysis/syntax/scopes.ts';
import { type Parameter, type Ref, contextOfCall, givenTo } from './call-contexts.ts';
import { contextValues, declaredBy, hookOf, refValues } from './hooks.ts';
import { isKnownWithout, isObject, lookUp } from './members.ts';
import { type Role, isServerToken, roleOf, roleOfExport, sdkOf } from '../sdk.ts';
import { booleanCall } from './boolean-calls.ts';

export type Origin =
  /** A member of a WorkOS SDK. `at` is the call of the hook. */
  | { readonly kind: 'workos'; readonly role: Role; readonly at: Ref }
  /** A package's function, or what one returned. */
  | { readonly kind: 'package'; readonly module: string; readonly name: string; readonly called: boolean }
  /** What `getAccessToken()` or `refresh()` answered. */
  | { readonly kind: 'answer' }
  | { readonly kind: 'parameter'; readonly function: FunctionNode; readonly index: number; readonly path: Path }
  | { readonly kind: 'function'; readonly at: Ref & { readonly node: FunctionNode } }
  /** The value (`setter`: the function that sets it) of `useState`, `useReducer` or `useTransition`. `at` is the call. */
  | { readonly kind: 'setter' | 'state'; readonly at: Ref }
  /** `ref.current` of a `useRef`, as a whole. */
  | { readonly kind: 'ref'; readonly at: Ref }
  /** An expression that is no name: a literal, an object, an operator … */
  | { readonly kind: 'expression'; readonly at: Ref }
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'unknown' };

const UNKNOWN: Origin = { kind: 'unknown' };
const MAX_HOPS = 60;
const MAX_FRAMES = 12;
/** Of one question. Constants that each hold two of the one before double with every step. */
const MAX_STEPS = 2_000;

interface Search {
  readonly loader: ModuleLoader;
  left: number;
}

/** The origins of an expression: several where it differs between branches. Conditionals and `??` count as expressions at their top. */
export function originsOf(ref: Ref, loader: ModuleLoader): readonly Origin[] {
  return trace(ref, { loader, left: MAX_STEPS }, MAX_HOPS);
}

/** Like `originsOf`, with the arms of conditionals, `??`, `||`, `&&` and `await` taken apart. */
export function alternativeOrigins(ref: Ref, loader: ModuleLoader): readonly Origin[] {
  const search: Search = { loader, left: MAX_STEPS };
  return eachOnce(split(trace(ref, search, MAX_HOPS), search, MAX_HOPS));
}

/** Two arms often come to the same thing. */
function eachOnce(origins: readonly Origin[]): readonly Origin[] {
  const seen = new Map<Node, Set<string>>();
  return origins.filter((origin) => {
    // What a call in progress gives to a function makes it another one.
    if (!('at' in origin) || origin.at.frame) return true;
    const known = seen.get(origin.at.node) ?? new Set();
    const key = `${origin.kind} ${origin.at.path.map(String).join('.')}`;
    const isNew = !known.has(key);
    seen.set(origin.at.node, known.add(key));
    return isNew;
  });
}

function split(origins: readonly Origin[], search: Search, hops: number): readonly Origin[] {
  if (hops <= 0) return [UNKNOWN];
  return origins.flatMap((origin) => {
    if (origin.kind !== 'expression' || origin.at.path.length > 0) return [origin];
    const arms = armsOf(origin.at.node);
    return arms
      ? arms.flatMap((node) => split(trace({ ...origin.at, node }, search, hops - 1), search, hops - 1))
      : [origin];
  });
}

/** The values that an operator may give; undefined for an expression that is none of them. */
export function armsOf(node: Node): Node[] | undefined {
  const inner = unwrap(node);
  if (inner.type === 'ConditionalExpression') return [inner.consequent, inner.alternate];
  if (inner.type === 'LogicalExpression') return inner.operator === '&&' ? [inner.right] : [inner.left, inner.right];
  return undefined;
}

function trace(ref: Ref, search: Search, hops: number): readonly Origin[] {
  search.left -= 1;
  if (hops <= 0 || search.left <= 0) return [UNKNOWN];
  const { loader } = search;
  const node = unwrap(ref.node);
  const held = ref.path.length === 0 ? refOfCurrent({ ...ref, node }, loader) : undefined;
  if (held) return [{ kind: 'ref', at: held }];
  if (node.type === 'Identifier') {
    const variable = variableOf(ref.file, node);
    if (variable && writesOf(variable).length > 0)
      return assignedValues(ref, variable).flatMap((one) => trace(one, search, hops - 1));
  }
  const definition = definitionOf({ file: ref.file, node }, loader);
  switch (definition.kind) {
    case 'export': {
      const path = [...definition.path, ...ref.path];
      const sdk = sdkOf(definition.module);
      if (sdk && path.length === 0) return [{ kind: 'workos', role: roleOfExport(definition.name), at: ref }];
      return [{ kind: 'package', module: definition.module, name: definition.name, called: false }];
    }
    case 'global':
      return [{ kind: 'global', name: definition.name }];
    case 'parameter':
      return traceParameter(ref, definition, search, hops - 1);
    case 'value':
      return traceValue(
        { ...ref, file: definition.file, node: definition.node, path: [...definition.path, ...ref.path] },
        search,
        hops - 1,
      );
    case 'unknown':
      return [UNKNOWN];
  }
}

/** The `useRef` call of `ref.current`, which holds another value at another time, however often it is assigned. */
function refOfCurrent({ file, node }: Ref, loader: ModuleLoader): Ref | undefined {
  if (node.type !== 'MemberExpression' || propertyName(node) !== 'current') return undefined;
  const definition = definitionOf({ file, node: node.object }, loader);
  if (definition.kind !== 'value' || definition.path.length > 0) return undefined;
  const call: Ref = { file: definition.file, node: unwrap(definition.node), path: [] };
  return hookOf(call, loader) === 'useRef' ? call : undefined;
}

/** What a callee may be: like `alternativeOrigins`, with what a ref holds in place of the ref, and the function that a state was made with. */
export function calleesOf(ref: Ref, loader: ModuleLoader): readonly Origin[] {
  return eachOnce(calleesIn(ref, { loader, left: MAX_STEPS }, MAX_HOPS));
}

function calleesIn(ref: Ref, search: Search, hops: number): readonly Origin[] {
  const alternatives = (one: Ref) => split(trace(one, search, hops), search, hops);
  return alternatives(ref).flatMap((origin) => {
    if (origin.kind === 'ref') return refValues(origin.at).flatMap(alternatives);
    return origin.kind === 'state' ? (madeOnce(origin.at, search, hops) ?? [origin]) : [origin];
  });
}

/** `const [fetcher] = useState(() => async () => …)`: nobody can set another. */
function madeOnce(state: Ref, search: Search, hops: number): readonly Origin[] | undefined {
  const [maker] = state.node.type === 'CallExpression' ? state.node.arguments : [];
  if (!maker || state.path.length > 0 || hookOf(state, search.loader) !== 'useState' || declaredBy(state, 1))
    return undefined;
  return returnsOf({ ...state, node: maker }, [], search, hops - 1);
}

function traceParameter(ref: Ref, parameter: Parameter, search: Search, hops: number): readonly Origin[] {
  const { function: owner, index, path } = parameter;
  const given = givenTo(ref, parameter);
  if (given) return given === 'unknown' ? [UNKNOWN] : trace(given, search, hops);
  const awaited = index === 0 ? promisedTo(owner, ref) : undefined;
  const values = awaited ? trace({ ...awaited, path: [...path, ...ref.path] }, search, hops) : [];
  return values.some(({ kind }) => kind === 'answer')
    ? values
    : [{ kind: 'parameter', function: owner, index, path: [...path, ...ref.path] }];
}

/** The promise whose value a callback is given: `getAccessToken().then((token) => …)`. */
function promisedTo(callback: FunctionNode, ref: Ref): Ref | undefined {
  const call = callback.parent;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || call.arguments[0] !== callback)
    return undefined;
  return propertyName(call.callee) === 'then' ? { ...ref, node: call.callee.object, path: [] } : undefined;
}

function traceValue(ref: Ref, search: Search, hops: number): readonly Origin[] {
  const node = unwrap(ref.node);
  if (isFunction(node)) return ref.path.length === 0 ? [{ kind: 'function', at: { ...ref, node } }] : [UNKNOWN];
  const path = withoutRest(ref.path);
  if (!path) return [UNKNOWN];
  const isWhole = isObject(node);
  if (isWhole && path.length > 0) {
    const member = memberOf({ ...ref, node }, path, search.loader);
    return member ? trace(member, search, hops - 1) : [UNKNOWN];
  }
  if (node.type === 'CallExpression' && !isWhole) return traceCall({ ...ref, node, path }, search, hops);
  const arms = path.length > 0 ? armsOf(node) : undefined;
  return arms
    ? arms.flatMap((arm) => trace({ ...ref, node: arm, path }, search, hops - 1))
    : [{ kind: 'expression', at: { ...ref, node, path } }];
}

/** The path without the rest elements on it (`{ user, ...rest }`, `rest.loading`); undefined for what a rest leaves out. */
function withoutRest(path: Path): Path | undefined {
  const steps: Step[] = [];
  for (const [index, step] of path.entries()) {
    const next = path[index + 1];
    if (typeof step === 'string' || next === undefined) steps.push(step);
    else if (typeof next === 'string' && step.omit.includes(next)) return undefined;
  }
  return steps;
}

/** The expression that a property of an object holds, through spreads; undefined when it can't be told. */
export function memberOf(ref: Ref, path: Path, loader: ModuleLoader): Ref | undefined {
  const member = lookUp(
    ref,
    path,
    loader,
    (spread, name) =>
      !originsOf({ ...spread, path: [] }, loader).every(
        (origin) => origin.kind === 'expression' && isKnownWithout(origin.at.node, name),
      ),
  );
  return member === 'absent' ? undefined : member;
}

function traceCall(ref: Ref & { node: TSESTree.CallExpression }, search: Search, hops: number): readonly Origin[] {
  const { loader } = search;
  const { file, node, path } = ref;
  const hook = hookOf(ref, loader);
  const [first] = node.arguments;
  switch (hook) {
    case 'useContext':
    case 'use': {
      const values = first ? contextValues({ ...ref, node: first, path: [] }, loader) : [];
      if (values.length > 0) return values.flatMap((value) => trace({ ...value, path }, search, hops - 1));
      return first && hook === 'use' ? trace({ ...ref, node: first }, search, hops - 1) : [UNKNOWN];
    }
    case 'useCallback':
    case 'useDeferredValue':
    case 'useEffectEvent':
    case 'cache':
      return first ? trace({ ...ref, node: first }, search, hops - 1) : [UNKNOWN];
    case 'useMemo':
      return first ? returnsOf({ ...ref, node: first, path: [] }, path, search, hops - 1) : [UNKNOWN];
    case 'useState':
    case 'useTransition':
    case 'useReducer': {
      const [slot, ...rest] = path;
      if (slot === '1') return [{ kind: 'setter', at: { ...ref, path: [] } }];
      return slot === '0' ? [{ kind: 'state', at: { ...ref, path: rest } }] : [UNKNOWN];
    }
    case 'useRef': {
      const [slot, ...rest] = path;
      if (slot !== 'current') return [UNKNOWN];
      if (rest.length === 0) return [{ kind: 'ref', at: { ...ref, path: [] } }];
      return refValues({ ...ref, path: [] }).flatMap((value) =>
        trace({ ...value, path: [...value.path, ...rest] }, search, hops - 1),
      );
    }
    case undefined:
      break;
    default:
      return [UNKNOWN];
  }
  if (path.length === 0 && booleanCall(ref, loader)) return [{ kind: 'expression', at: ref }];
  return calleesIn({ file, node: node.callee, path: [], frame: ref.frame }, search, hops - 1).flatMap(
    (callee): readonly Origin[] => {
      if (callee.kind === 'function') return returnsOf(callee.at, path, search, hops - 1, ref);
      if (callee.kind === 'package') return [{ ...callee, called: true }];
      if (callee.kind === 'workos' && path.length === 0 && ['ask', 'forced'].includes(callee.role.kind))
        return [{ kind: 'answer' }];
      // What a WorkOS hook returned. `createClient()` of authkit-js gives the same members as the hook of authkit-react.
      if (callee.kind !== 'workos' || callee.at.path.length > 0) return [UNKNOWN];
      const definition = definitionOf({ file: callee.at.file, node: callee.at.node }, loader);
      const sdk = definition.kind === 'export' && definition.path.length === 0 ? sdkOf(definition.module) : undefined;
      const steps = path.filter((step) => typeof step === 'string');
      if (definition.kind !== 'export' || !sdk || steps.length < path.length) return [UNKNOWN];
      if (isServerToken(definition.name, steps)) return [{ kind: 'answer' }];
      if (!/^use[A-Z]|^createClient$/u.test(definition.name))
        return [{ kind: 'package', module: definition.module, name: definition.name, called: true }];
      return [{ kind: 'workos', role: roleOf(sdk, definition.name, steps), at: ref }];
    },
  );
}

/** What a call of a function gives, member by member. */
function returnsOf(callee: Ref, path: Path, search: Search, hops: number, call?: Ref): readonly Origin[] {
  const target = unwrap(callee.node);
  if (!isFunction(target)) return [UNKNOWN];
  const frame = call ? contextOfCall({ ...callee, node: target }, call) : callee.frame;
  if (frame && frame.depth > MAX_FRAMES) return [UNKNOWN];
  return returnedExpressions(target).flatMap((node) => trace({ file: callee.file, node, path, frame }, search, hops));
}

/** The expressions that a function returns, in source order. */
export function returnedExpressions(target: FunctionNode): Node[] {
  if (target.body.type !== 'BlockStatement') return [target.body];
  const found: Node[] = [];
  walkOwnCode(target, (node) => {
    if (node.type === 'ReturnStatement' && node.argument) found.push(node.argument);
  });
  return found;
}

/** What a variable is given: its initial value and all assignments. */
function assignedValues(ref: Ref, variable: Variable): Ref[] {
  const declaration = declarationOf(variable);
  const first: Ref[] =
    declaration.kind === 'value' ? [{ ...ref, node: declaration.node, path: [...declaration.path, ...ref.path] }] : [];
  const assigned = writesOf(variable).flatMap((write): Ref[] => {
    const { parent } = write;
    return parent?.type === 'AssignmentExpression' && parent.left === write ? [{ ...ref, node: parent.right }] : [];
  });
  return [...first, ...assigned];
}
