/**
 * What `isLoading` and `isAuthenticated` depend on: an expression as a formula over the values that the WorkOS hooks return, own
 * state, and whatever else there is (`opaque`). A formula answers questions by trying values, so nothing is guessed.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, enclosingFunction, isFunction, unwrap } from '../../analysis/ast.ts';
import { definitionOf } from '../../analysis/bindings.ts';
import { declarationOf, writesOf } from '../../analysis/declarations.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import { variableOf } from '../../analysis/scopes.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import type { WorkOSValue } from './sdk.ts';
import { type Ref, hookOf, originsOf, setterCalls, truthCall } from './trace.ts';

export interface Atom {
  /** Two atoms of one key are the same value. */
  readonly key: string;
  readonly value: WorkOSValue | 'flag' | 'opaque' | 'ref' | 'state';
  /** The `useState` call of a state, with the member that is read of it; the `useRef` call of a ref. */
  readonly state?: Ref;
  /** What the state has to be: `status === 'busy'`. Its truth counts where this is undefined. */
  readonly equals?: number | string;
  /** Where the bridge's own file reads it. */
  readonly at: Node;
}

export type Condition =
  | { readonly kind: 'known'; readonly value: boolean }
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'if'; readonly test: Condition; readonly then: Condition; readonly otherwise: Condition };

export const known = (value: boolean): Condition => ({ kind: 'known', value });
const not = (of: Condition): Condition => (of.kind === 'known' ? known(!of.value) : { kind: 'not', of });

interface Context {
  readonly loader: ModuleLoader;
  /** The file of the bridge: where `at` has to stand. */
  readonly file: SourceFile;
  readonly depth: number;
}

const MAX_DEPTH = 40;

/** The truth of an expression. `at` is what stands for it in the bridge's file while the expression itself stands elsewhere. */
export function conditionOf(ref: Ref, file: SourceFile, loader: ModuleLoader, at: Node = ref.node): Condition {
  return build(ref, at, { loader, file, depth: 0 });
}

function build(ref: Ref, place: Node, context: Context): Condition {
  const node = unwrap(ref.node);
  const at = ref.file === context.file ? node : place;
  const opaque = (): Condition => ({ kind: 'atom', atom: { key: opaqueKey({ ...ref, node }, context.loader), value: 'opaque', at } });
  if (context.depth > MAX_DEPTH) return opaque();
  const inner: Context = { ...context, depth: context.depth + 1 };
  const of = (child: Node) => build({ ...ref, node: child, path: [] }, at, inner);
  if (ref.path.length > 0) return fromOrigins(ref, at, inner, opaque);
  switch (node.type) {
    case 'Literal':
      return known(Boolean(node.value));
    case 'ObjectExpression':
    case 'ArrayExpression':
      return known(true);
    case 'UnaryExpression':
      if (node.operator === 'void') return known(false);
      return node.operator === '!' ? not(of(node.argument)) : opaque();
    case 'LogicalExpression':
      return logical(node.operator, of(node.left), of(node.right));
    case 'ConditionalExpression':
      return { kind: 'if', test: of(node.test), then: of(node.consequent), otherwise: of(node.alternate) };
    case 'BinaryExpression':
      return comparison(node.operator, node.left, node.right, of, ref) ?? stateComparison(node, ref, of, at, context.loader) ?? opaque();
    case 'AwaitExpression':
      return opaque();
    case 'CallExpression': {
      const truth = truthCall(ref.file, node);
      if (truth) return truth.of.map(of).reduce((left, right) => combine(truth.all ? 'and' : 'or', left, right), known(truth.all));
      return fromOrigins(ref, at, inner, opaque);
    }
    case 'Identifier': {
      const folded = assigned({ ...ref, node }, at, inner);
      if (folded) return folded;
      if (node.name === 'undefined' && !variableOf(ref.file, node)) return known(false);
      return fromOrigins(ref, at, inner, opaque);
    }
    case 'MemberExpression':
      return fromOrigins(ref, at, inner, opaque);
    default:
      return isFunction(node) ? known(true) : opaque();
  }
}

/** `let isLoading = a; if (b) isLoading = c;`, as long as all assignments stand in the block of the declaration. */
function assigned(ref: Ref & { node: TSESTree.Identifier }, at: Node, context: Context): Condition | undefined {
  const variable = variableOf(ref.file, ref.node);
  const writes = variable ? writesOf(variable) : [];
  const declaration = variable && declarationOf(variable);
  const declarator = variable?.defs[0]?.node as Node | undefined;
  if (writes.length === 0 || declarator?.type !== 'VariableDeclarator' || (declaration?.kind !== 'value' && declaration?.kind !== 'empty')) return undefined;
  const of = (node: Node) => build({ ...ref, node, path: [] }, at, context);
  let value = declaration.kind === 'empty' ? known(false) : build({ ...ref, node: declaration.node, path: declaration.path }, at, context);
  for (const write of writes) {
    const assignment = write.parent;
    const statement = assignment?.type === 'AssignmentExpression' && ['=', '||=', '&&='].includes(assignment.operator) ? assignment.parent : undefined;
    if (assignment?.type !== 'AssignmentExpression' || statement?.type !== 'ExpressionStatement') return undefined;
    const block = statement.parent.type === 'BlockStatement' && statement.parent.parent.type === 'IfStatement' ? statement.parent : statement;
    const branch = block.parent;
    const given = assignment.operator === '=' ? of(assignment.right) : combine(assignment.operator === '||=' ? 'or' : 'and', value, of(assignment.right));
    if (statement.parent === declarator.parent.parent) value = given;
    else if (branch.type === 'IfStatement' && branch.parent === declarator.parent.parent) {
      const isThen = branch.consequent === block;
      value = { kind: 'if', test: of(branch.test), then: isThen ? given : value, otherwise: isThen ? value : given };
    } else return undefined;
  }
  return value;
}

/** The value that an effect keeps a state at, when nothing else sets it: `useEffect(() => { setBusy(loading); }, [loading])`. */
function mirrored(state: Ref, at: Node, own: Condition, context: Context): Condition | undefined {
  const calls = setterCalls(state);
  const effect = calls[0] && enclosingFunction(calls[0]);
  const hook = effect?.parent;
  if (!effect || hook?.type !== 'CallExpression' || calls.some((call) => enclosingFunction(call) !== effect)) return undefined;
  const name = hookOf({ ...state, node: hook, path: [] }, context.loader);
  if (name !== 'useEffect' && name !== 'useLayoutEffect') return undefined;
  const of = (node: Node): Condition => build({ ...state, node, path: [] }, at, context);
  const value = (call: TSESTree.CallExpression | undefined): Condition | undefined => {
    const given = call?.arguments[0];
    return !given || isFunction(given) ? undefined : of(given);
  };
  if (effect.body.type !== 'BlockStatement') return effect.body === calls[0] ? value(calls[0]) : undefined;
  return settled(effect.body.body, own);

  function settled([statement, ...rest]: readonly TSESTree.Statement[], before: Condition): Condition | undefined {
    if (!statement || statement.type === 'ReturnStatement') return before;
    if (statement.type === 'BlockStatement') return settled([...statement.body, ...rest], before);
    if (statement.type === 'IfStatement') {
      const [then, otherwise] = [settled([statement.consequent, ...rest], before), settled([...(statement.alternate ? [statement.alternate] : []), ...rest], before)];
      return then && otherwise && { kind: 'if', test: of(statement.test), then, otherwise };
    }
    const call = calls.find((one) => statement.type === 'ExpressionStatement' && unwrap(statement.expression) === one);
    const next = call ? value(call) : calls.some((one) => contains(statement, one)) ? undefined : before;
    return next && settled(rest, next);
  }
}

/** `status === 'busy'`, `pending > 0` of a state of the hook's own. */
function stateComparison(node: TSESTree.BinaryExpression, ref: Ref, of: (node: Node) => Condition, at: Node, loader: ModuleLoader): Condition | undefined {
  const value = unwrap(node.right);
  if (value.type !== 'Literal' || (typeof value.value !== 'string' && typeof value.value !== 'number')) return undefined;
  const [origin, second] = originsOf({ ...ref, node: node.left, path: [] }, loader);
  if (origin?.kind !== 'state' || second) return undefined;
  const comparison = `${node.operator} ${String(value.value)}`;
  if (['> 0', '>= 1', '!== 0', '!= 0'].includes(comparison)) return of(node.left);
  if (['=== 0', '== 0', '< 1', '<= 0'].includes(comparison)) return not(of(node.left));
  if (!/^[!=]==?$/u.test(node.operator)) return undefined;
  const { at: state } = origin;
  const atom: Condition = { kind: 'atom', atom: { key: `${stateKey(state)} = ${String(value.value)}`, value: 'state', state, equals: value.value, at } };
  return node.operator.startsWith('=') ? atom : not(atom);
}

/** What the atoms of a state, or of a member of it, have for a key. */
export const stateKey = ({ file, node, path }: Ref): string => `state ${file.path} ${String(node.range[0])} ${path.map(String).join('.')}`;

/** Two reads of one constant are one value. */
function opaqueKey(ref: Ref, loader: ModuleLoader): string {
  const definition = definitionOf({ file: ref.file, node: ref.node }, loader);
  const path = [...('path' in definition ? definition.path : []), ...ref.path].map(String).join('.');
  if (definition.kind === 'value') return `opaque ${definition.file.path} ${String(definition.node.range[0])} ${path}`;
  if (definition.kind === 'parameter') return `opaque ${definition.file.path} ${String(definition.function.range[0])} ${String(definition.index)} ${path}`;
  return `opaque ${ref.file.path} ${String(ref.node.range[0])} ${path}`;
}

function logical(operator: string, left: Condition, right: Condition): Condition {
  if (operator === '&&') return combine('and', left, right);
  // `a ?? b` is `a || b` but for a falsy `a` that is no nullish one, where `b` does not count: `loading ?? false`.
  return combine('or', left, right);
}

function combine(kind: 'and' | 'or', left: Condition, right: Condition): Condition {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind === 'known') return one.value === (kind === 'or') ? one : other;
  }
  return { kind, left, right };
}

function comparison(
  operator: string,
  left: Node,
  right: Node,
  of: (node: Node) => Condition,
  ref: Ref,
): Condition | undefined {
  if (!/^[!=]==?$/u.test(operator)) return undefined;
  const isEqual = operator.startsWith('=');
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const value = unwrap(other);
    const isNothing =
      (value.type === 'Literal' && value.value === null && value.raw === 'null') ||
      (value.type === 'Identifier' && value.name === 'undefined' && !variableOf(ref.file, value));
    if (isNothing) return isEqual ? not(of(one)) : of(one);
    if (value.type === 'Literal' && typeof value.value === 'boolean') return value.value === isEqual ? of(one) : not(of(one));
    const subject = unwrap(one);
    if (subject.type === 'UnaryExpression' && subject.operator === 'typeof' && value.type === 'Literal') {
      return (value.value === 'undefined') === isEqual ? not(of(subject.argument)) : of(subject.argument);
    }
  }
  return undefined;
}

function fromOrigins(ref: Ref, at: Node, context: Context, opaque: () => Condition): Condition {
  const [origin, second] = originsOf(ref, context.loader);
  if (!origin || second) return opaque();
  switch (origin.kind) {
    case 'workos': {
      const { role } = origin;
      if (role.kind === 'value' && role.name !== 'token') return { kind: 'atom', atom: { key: role.name, value: role.name, at } };
      return role.kind === 'ask' || role.kind === 'forced' ? known(true) : opaque();
    }
    // Convex's own request: `fetchAccessToken({ forceRefreshToken })`.
    case 'parameter':
      return origin.path[0] === 'forceRefreshToken' ? { kind: 'atom', atom: { key: 'flag', value: 'flag', at } } : opaque();
    case 'ref':
      return { kind: 'atom', atom: { key: `ref ${stateKey(origin.at)}`, value: 'ref', state: origin.at, at } };
    case 'state': {
      const { at: call } = origin;
      const own: Condition = { kind: 'atom', atom: { key: stateKey(call), value: call.path.length <= 1 ? 'state' : 'opaque', state: call, at } };
      const mirror = call.path.length === 0 ? mirrored(call, at, own, context) : undefined;
      return mirror && atomsOf(mirror).some(({ value }) => value === 'token.loading' || value === 'auth.loading') ? mirror : own;
    }
    case 'expression':
      // The same node again is an expression that was not taken apart above.
      return origin.at.path.length > 0 || origin.at.node === unwrap(ref.node) ? opaque() : build(origin.at, at, context);
    case 'function':
    case 'setter':
      return known(true);
    default:
      return opaque();
  }
}

/** Every atom of a formula, the first of each key first. */
export function atomsOf(condition: Condition): Atom[] {
  switch (condition.kind) {
    case 'known':
      return [];
    case 'atom':
      return [condition.atom];
    case 'not':
      return atomsOf(condition.of);
    case 'and':
    case 'or':
      return [...atomsOf(condition.left), ...atomsOf(condition.right)];
    case 'if':
      return [...atomsOf(condition.test), ...atomsOf(condition.then), ...atomsOf(condition.otherwise)];
  }
}

export type World = ReadonlyMap<string, boolean>;

/** The value of a formula where every atom has one; an atom without one counts as false. */
export function holds(condition: Condition, world: World): boolean {
  switch (condition.kind) {
    case 'known':
      return condition.value;
    case 'atom':
      return world.get(condition.atom.key) ?? false;
    case 'not':
      return !holds(condition.of, world);
    case 'and':
      return holds(condition.left, world) && holds(condition.right, world);
    case 'or':
      return holds(condition.left, world) || holds(condition.right, world);
    case 'if':
      return holds(condition.test, world) ? holds(condition.then, world) : holds(condition.otherwise, world);
  }
}

const MAX_FREE = 8;

/**
 * Every world that agrees with what is fixed, the atoms that are left free taking each value. Empty when there are too
 * many of them: then nothing can be said.
 */
export function worldsOf(conditions: readonly Condition[], fixed: World): World[] {
  const free = new Set(conditions.flatMap(atomsOf).map(({ key }) => key).filter((key) => !fixed.has(key)));
  if (free.size > MAX_FREE) return [];
  let worlds: Map<string, boolean>[] = [new Map(fixed)];
  for (const key of free) {
    worlds = worlds.flatMap((world) => [new Map(world).set(key, false), new Map(world).set(key, true)]);
  }
  return worlds;
}

/** The value of a formula when every world agrees on it; undefined when they differ. */
export function truthIn(condition: Condition, fixed: World): boolean | undefined {
  const [first, ...others] = worldsOf([condition], fixed).map((world) => holds(condition, world));
  return first !== undefined && others.every((value) => value === first) ? first : undefined;
}

/** A signed-in page at rest, as the WorkOS hooks describe it. */
export const AT_REST: World = new Map<string, boolean>([
  ['auth.loading', false],
  ['token.loading', false],
  ['token.error', false],
  ['token.value', true],
  ['user', true],
]);
