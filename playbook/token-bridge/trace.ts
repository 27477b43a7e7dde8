/**
 * Where a value in a React hook comes from: through bindings, other files, hooks that wrap hooks, `useMemo`, `useCallback`,
 * refs and state, and the parameters of helpers. It follows data, never names; what it can't follow is `unknown`.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, isFunction, propertyName, unwrap, walkOwnCode } from '../../analysis/ast.ts';
import { definitionOf } from '../../analysis/bindings.ts';
import { type Path, declarationOf, writesOf } from '../../analysis/declarations.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import { type Variable, readsOf, variableOf } from '../../analysis/scopes.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import { reactExport } from '../react.ts';
import { type Role, roleOf, roleOfExport, sdkOf } from './sdk.ts';

/** An expression, the members taken of it, and what the parameters around it stand for. */
export interface Ref {
  readonly file: SourceFile;
  readonly node: Node;
  readonly path: Path;
  readonly frame?: Frame | undefined;
}

/** A call that is being followed: what its function's parameters are. */
export interface Frame {
  readonly function: FunctionNode;
  readonly args: readonly (Ref | undefined)[];
  readonly depth: number;
  readonly upper?: Frame | undefined;
}

export type Origin =
  /** A member of a WorkOS SDK. `at` is the call of the hook. */
  | { readonly kind: 'workos'; readonly role: Role; readonly at: Ref }
  /** A package's function, or what one returned. */
  | { readonly kind: 'package'; readonly module: string; readonly name: string; readonly called: boolean }
  /** What `getAccessToken()` or `refresh()` answered. */
  | { readonly kind: 'answer' }
  | { readonly kind: 'parameter'; readonly function: FunctionNode; readonly index: number; readonly path: Path }
  | { readonly kind: 'function'; readonly at: Ref & { readonly node: FunctionNode } }
  /** The value (`setter`: the function that sets it) of `useState`. `at` is the call. */
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

/** The origins of an expression: several where it differs between branches. Conditionals and `??` count as expressions at their top. */
export function originsOf(ref: Ref, loader: ModuleLoader): readonly Origin[] {
  return trace(ref, loader, MAX_HOPS);
}

/** Like `originsOf`, with the arms of conditionals, `??`, `||`, `&&` and `await` taken apart. */
export function alternativeOrigins(ref: Ref, loader: ModuleLoader): readonly Origin[] {
  return split(originsOf(ref, loader), loader, MAX_HOPS);
}

function split(origins: readonly Origin[], loader: ModuleLoader, hops: number): readonly Origin[] {
  if (hops <= 0) return [UNKNOWN];
  return origins.flatMap((origin) => {
    if (origin.kind !== 'expression' || origin.at.path.length > 0) return [origin];
    const arms = armsOf(origin.at.node);
    return arms ? arms.flatMap((node) => split(trace({ ...origin.at, node }, loader, hops - 1), loader, hops - 1)) : [origin];
  });
}

/** The values that an operator may give; undefined for an expression that is none of them. */
export function armsOf(node: Node): Node[] | undefined {
  const inner = unwrap(node);
  if (inner.type === 'ConditionalExpression') return [inner.consequent, inner.alternate];
  if (inner.type === 'LogicalExpression') return inner.operator === '&&' ? [inner.right] : [inner.left, inner.right];
  return undefined;
}

function trace(ref: Ref, loader: ModuleLoader, hops: number): readonly Origin[] {
  if (hops <= 0) return [UNKNOWN];
  const node = unwrap(ref.node);
  const held = ref.path.length === 0 ? refOfCurrent({ ...ref, node }, loader) : undefined;
  if (held) return [{ kind: 'ref', at: held }];
  if (node.type === 'Identifier') {
    const variable = variableOf(ref.file, node);
    if (variable && writesOf(variable).length > 0) return assignedValues(ref, variable).flatMap((one) => trace(one, loader, hops - 1));
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
      return traceParameter(ref, definition, loader, hops - 1);
    case 'value':
      return traceValue({ ...ref, file: definition.file, node: definition.node, path: [...definition.path, ...ref.path] }, loader, hops - 1);
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

/** What a callee may be: like `alternativeOrigins`, with what a ref holds in place of the ref. */
export function calleesOf(ref: Ref, loader: ModuleLoader): readonly Origin[] {
  return alternativeOrigins(ref, loader).flatMap((origin) =>
    origin.kind === 'ref' ? refValues(origin.at).flatMap((value) => alternativeOrigins(value, loader)) : [origin],
  );
}

function traceParameter(
  ref: Ref,
  { function: owner, index, path }: { function: FunctionNode; index: number; path: Path },
  loader: ModuleLoader,
  hops: number,
): readonly Origin[] {
  for (let frame = ref.frame; frame; frame = frame.upper) {
    if (frame.function !== owner) continue;
    const argument = frame.args[index];
    return argument ? trace({ ...argument, path: [...argument.path, ...path, ...ref.path] }, loader, hops) : [UNKNOWN];
  }
  return index === 0 && isAnswered(owner, ref, loader, hops)
    ? [{ kind: 'answer' }]
    : [{ kind: 'parameter', function: owner, index, path: [...path, ...ref.path] }];
}

// `getAccessToken().then((token) => …)`
function isAnswered(callback: FunctionNode, ref: Ref, loader: ModuleLoader, hops: number): boolean {
  const call = callback.parent;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || call.arguments[0] !== callback) return false;
  const before: Ref = { ...ref, node: call.callee.object, path: [] };
  return propertyName(call.callee) === 'then' && trace(before, loader, hops).some(({ kind }) => kind === 'answer');
}

function traceValue(ref: Ref, loader: ModuleLoader, hops: number): readonly Origin[] {
  const node = unwrap(ref.node);
  if (isFunction(node)) return ref.path.length === 0 ? [{ kind: 'function', at: { ...ref, node } }] : [UNKNOWN];
  if (node.type === 'CallExpression') return traceCall({ ...ref, node }, loader, hops);
  if (ref.path.length === 0) return [{ kind: 'expression', at: { ...ref, node } }];
  if (node.type === 'ObjectExpression') return traceMember({ ...ref, node }, loader, hops);
  const arms = armsOf(node);
  if (arms) return arms.flatMap((arm) => trace({ ...ref, node: arm }, loader, hops - 1));
  return [{ kind: 'expression', at: { ...ref, node } }];
}

function traceMember(ref: Ref & { node: TSESTree.ObjectExpression }, loader: ModuleLoader, hops: number): readonly Origin[] {
  const member = memberOf(ref, ref.path, loader);
  return member ? trace(member, loader, hops - 1) : [UNKNOWN];
}

/** The expression that a property of an object literal holds, through spreads; undefined when it can't be told. */
export function memberOf(ref: Ref & { readonly node: TSESTree.ObjectExpression }, path: Path, loader: ModuleLoader): Ref | undefined {
  const [first, ...rest] = path;
  if (typeof first !== 'string') return undefined;
  for (const property of [...ref.node.properties].reverse()) {
    if (property.type === 'SpreadElement') {
      const spread: Ref = { ...ref, node: property.argument, path };
      if (mayHold(spread, first, loader)) return spread;
      continue;
    }
    const name = propertyName(property);
    if (name === undefined) return undefined;
    if (name === first) return { ...ref, node: property.value, path: rest };
  }
  return undefined;
}

function mayHold(spread: Ref, name: string, loader: ModuleLoader): boolean {
  const whole = originsOf({ ...spread, path: [] }, loader);
  return !whole.every(
    (origin) =>
      origin.kind === 'expression' &&
      origin.at.node.type === 'ObjectExpression' &&
      origin.at.node.properties.every((property) => property.type === 'Property' && ![name, undefined].includes(propertyName(property))),
  );
}

function traceCall(ref: Ref & { node: TSESTree.CallExpression }, loader: ModuleLoader, hops: number): readonly Origin[] {
  const { file, node, path } = ref;
  const hook = hookOf(ref, loader);
  const [first] = node.arguments;
  switch (hook) {
    case 'useContext':
    case 'use': {
      const values = first ? contextValues({ ...ref, node: first, path: [] }, loader) : [];
      if (values.length > 0) return values.flatMap((value) => trace({ ...value, path }, loader, hops - 1));
      return first && hook === 'use' ? trace({ ...ref, node: first }, loader, hops - 1) : [UNKNOWN];
    }
    case 'useCallback':
    case 'useEffectEvent':
    case 'cache':
      return first ? trace({ ...ref, node: first }, loader, hops - 1) : [UNKNOWN];
    case 'useMemo':
      return first ? returnsOf({ ...ref, node: first, path: [] }, path, loader, hops - 1) : [UNKNOWN];
    case 'useState':
    case 'useReducer': {
      const [slot, ...rest] = path;
      if (slot === '1') return [{ kind: 'setter', at: { ...ref, path: [] } }];
      return slot === '0' ? [{ kind: 'state', at: { ...ref, path: rest } }] : [UNKNOWN];
    }
    case 'useRef': {
      const [slot, ...rest] = path;
      if (slot !== 'current') return [UNKNOWN];
      if (rest.length === 0) return [{ kind: 'ref', at: { ...ref, path: [] } }];
      return refValues({ ...ref, path: [] }).flatMap((value) => trace({ ...value, path: [...value.path, ...rest] }, loader, hops - 1));
    }
    case undefined:
      break;
    default:
      return [UNKNOWN];
  }
  if (path.length === 0 && isTruthOf(ref)) return [{ kind: 'expression', at: ref }];
  return calleesOf({ file, node: node.callee, path: [], frame: ref.frame }, loader).flatMap((callee): readonly Origin[] => {
    if (callee.kind === 'function') return returnsOf(callee.at, path, loader, hops - 1, ref);
    if (callee.kind === 'package') return [{ ...callee, called: true }];
    if (callee.kind === 'workos' && path.length === 0 && ['ask', 'forced'].includes(callee.role.kind)) return [{ kind: 'answer' }];
    // What a WorkOS hook returned. `createClient()` of authkit-js gives the same members as the hook of authkit-react.
    if (callee.kind !== 'workos' || callee.at.path.length > 0) return [UNKNOWN];
    const definition = definitionOf({ file: callee.at.file, node: callee.at.node }, loader);
    const sdk = definition.kind === 'export' && definition.path.length === 0 ? sdkOf(definition.module) : undefined;
    const steps = path.filter((step) => typeof step === 'string');
    if (definition.kind !== 'export' || !sdk || steps.length < path.length) return [UNKNOWN];
    if (!/^use[A-Z]|^createClient$/u.test(definition.name)) return [{ kind: 'package', module: definition.module, name: definition.name, called: true }];
    return [{ kind: 'workos', role: roleOf(sdk, definition.name, steps), at: ref }];
  });
}

/** The values that the providers of a context hand down, as far as they stand in the file of its `createContext()`. */
function contextValues(ref: Ref, loader: ModuleLoader): Ref[] {
  const definition = definitionOf({ file: ref.file, node: ref.node }, loader);
  if (definition.kind !== 'value' || definition.path.length > 0) return [];
  const created: Ref = { file: definition.file, node: unwrap(definition.node), path: [] };
  const variable = hookOf(created, loader) === 'createContext' ? declaredBy(created) : undefined;
  return (variable?.references ?? []).flatMap(({ identifier }): Ref[] => {
    const name = identifier.parent.type === 'JSXMemberExpression' ? identifier.parent : identifier;
    const element = name.parent;
    if (element.type !== 'JSXOpeningElement') return [];
    return element.attributes.flatMap((attribute): Ref[] => {
      const value = attribute.type === 'JSXAttribute' && attribute.name.name === 'value' ? attribute.value : null;
      return value?.type === 'JSXExpressionContainer' ? [{ file: created.file, node: value.expression, path: [] }] : [];
    });
  });
}

/** `Boolean(x)`, `[x, y].some(Boolean)`, `[x, y].every(Boolean)`: JavaScript's own words for what a condition says. */
function isTruthOf({ file, node }: Ref & { node: TSESTree.CallExpression }): boolean {
  return truthCall(file, node) !== undefined;
}

/** The expressions that such a call takes the truth of, and how. */
export function truthCall(file: SourceFile, { arguments: [first], callee }: TSESTree.CallExpression): { readonly of: readonly Node[]; readonly all: boolean } | undefined {
  if (!first) return undefined;
  if (isBoolean(file, callee)) return { of: [first], all: true };
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'ArrayExpression' || !isBoolean(file, first)) return undefined;
  const name = propertyName(callee);
  const of = callee.object.elements.filter((element) => element !== null && element.type !== 'SpreadElement');
  if (of.length < callee.object.elements.length || (name !== 'some' && name !== 'every')) return undefined;
  return { of, all: name === 'every' };
}

const isBoolean = (file: SourceFile, node: Node): boolean => node.type === 'Identifier' && node.name === 'Boolean' && !variableOf(file, node);

/** What a call of a function gives, member by member. */
function returnsOf(callee: Ref, path: Path, loader: ModuleLoader, hops: number, call?: Ref): readonly Origin[] {
  const target = unwrap(callee.node);
  if (!isFunction(target)) return [UNKNOWN];
  const frame = call ? frameOf({ ...callee, node: target }, call) : callee.frame;
  if (frame && frame.depth > MAX_FRAMES) return [UNKNOWN];
  return returnedExpressions(target).flatMap((node) => trace({ file: callee.file, node, path, frame }, loader, hops));
}

/** The frame of a call of a function of the project. */
export function frameOf(callee: Ref & { readonly node: FunctionNode }, call: Ref): Frame {
  const args = call.node.type === 'CallExpression' ? call.node.arguments : [];
  return {
    function: callee.node,
    args: args.map((node) => (node.type === 'SpreadElement' ? undefined : { file: call.file, node, path: [], frame: call.frame })),
    depth: (call.frame?.depth ?? 0) + 1,
    upper: callee.frame ?? call.frame,
  };
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

/** The name of React's hook that a call calls. */
export function hookOf({ file, node }: Ref, loader: ModuleLoader): string | undefined {
  return node.type === 'CallExpression' ? reactExport({ file, node: node.callee }, loader) : undefined;
}

/** What a variable is given: its initial value and all assignments. */
function assignedValues(ref: Ref, variable: Variable): Ref[] {
  const declaration = declarationOf(variable);
  const first: Ref[] = declaration.kind === 'value' ? [{ ...ref, node: declaration.node, path: [...declaration.path, ...ref.path] }] : [];
  const assigned = writesOf(variable).flatMap((write): Ref[] => {
    const { parent } = write;
    return parent?.type === 'AssignmentExpression' && parent.left === write ? [{ ...ref, node: parent.right }] : [];
  });
  return [...first, ...assigned];
}

/** The variable that a hook's call is declared with: `x` of `const x = useRef()`. */
export function declaredBy(ref: Ref, slot?: number): Variable | undefined {
  const declarator = ref.node.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.init !== ref.node) return undefined;
  const { id } = declarator;
  const name = slot === undefined ? id : id.type === 'ArrayPattern' ? id.elements[slot] : undefined;
  return name?.type === 'Identifier' ? variableOf(ref.file, name) : undefined;
}

/** The assignments to `current` of a ref, with the initial value first. */
export function refValues(ref: Ref): Ref[] {
  const initial = ref.node.type === 'CallExpression' ? ref.node.arguments[0] : undefined;
  const values: Ref[] = initial ? [{ ...ref, node: initial, path: [] }] : [];
  return [...values, ...refAssignments(ref).map((node) => ({ ...ref, node: node.right, path: [] }))];
}

export function refAssignments(ref: Ref): TSESTree.AssignmentExpression[] {
  const variable = declaredBy(ref);
  return (variable ? readsOf(variable) : []).flatMap((read) => {
    const member = read.parent;
    const assignment = member?.type === 'MemberExpression' && member.object === read ? member.parent : undefined;
    return assignment?.type === 'AssignmentExpression' && assignment.left === member ? [assignment] : [];
  });
}

/** What a state is set to in its file: by calls, and by promises (`getAccessToken().then(setToken)`). */
export function setterValues(state: Ref, loader: ModuleLoader): Origin[] {
  const given = setterCalls(state).flatMap(({ arguments: [value] }) => (value ? alternativeOrigins({ ...state, node: value, path: [] }, loader) : []));
  const variable = declaredBy(state, 1);
  const awaited = (variable ? readsOf(variable) : []).flatMap((read): readonly Origin[] => {
    const call = read.parent;
    const isHandler = call?.type === 'CallExpression' && call.arguments[0] === read && call.callee.type === 'MemberExpression' && propertyName(call.callee) === 'then';
    return isHandler && call.callee.type === 'MemberExpression' ? originsOf({ ...state, node: call.callee.object, path: [] }, loader) : [];
  });
  return [...given, ...awaited];
}

/** The calls of a state's setter that stand in its file. */
export function setterCalls(ref: Ref): TSESTree.CallExpression[] {
  const variable = declaredBy(ref, 1);
  return (variable ? readsOf(variable) : []).flatMap((read) =>
    read.parent?.type === 'CallExpression' && read.parent.callee === read ? [read.parent] : [],
  );
}
