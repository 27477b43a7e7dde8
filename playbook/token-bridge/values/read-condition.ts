/**
 * What `isLoading` and `isAuthenticated` depend on: an expression as a formula over the values that the WorkOS hooks return, own
 * state, and whatever else there is (`opaque`). A formula answers questions by trying values, so nothing is guessed.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, isFunction, unwrap } from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import { variableOf } from '../../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Constant, constantOf } from '../../../analysis/flow/constants.ts';
import {
  type SourceValue,
  type Sources,
  conditionOver,
  returnedSources,
  sourcesOf,
} from '../../../analysis/flow/sources.ts';
import type { Atom, Condition } from './conditions.ts';
import { all, any, atomsOf, choose, known, not } from '../../../analysis/flow/conditions.ts';
import { type Ref, argumentOf } from '../../../analysis/flow/call-contexts.ts';
import { isObject } from '../../../analysis/flow/object-members.ts';
import { reactIn } from './hooks.ts';
import { type BridgeReader, mirrored, stateKey } from './states.ts';
import { originsOf } from './trace.ts';
import { booleanCall } from '../../../analysis/flow/boolean-calls.ts';

interface Context {
  readonly loader: ModuleLoader;
  /** The file of the bridge: where `at` has to stand. */
  readonly file: SourceFile;
  readonly depth: number;
  readonly steps: { left: number };
}

const MAX_DEPTH = 40;
/** Of one question. Constants that each hold two of the one before double with every step. */
const MAX_STEPS = 2_000;

/** The truth of an expression. `at` is what stands for it in the bridge's file while the expression itself stands elsewhere. */
export function conditionOf(ref: Ref, file: SourceFile, loader: ModuleLoader, at: Node = ref.node): Condition {
  return build(ref, at, { loader, file, depth: 0, steps: { left: MAX_STEPS } });
}

/** A question about what a hook returns, put together from the answers for its returns. Undefined where one has no answer, or a return can't be told. */
export function conditionOfReturns(
  hook: Ref & { readonly node: FunctionNode },
  loader: ModuleLoader,
  of: (returned: Ref) => Condition | undefined,
): Condition | undefined {
  const sources = returnedSources(hook, hook.node, readerFor(hook.file, loader));
  return sources && conditionOver(sources, (value) => (value.kind === 'value' ? of(value.ref) : undefined));
}

/** Who understands conditions, for one question about the bridge of a file. */
export const readerFor = (file: SourceFile, loader: ModuleLoader): BridgeReader =>
  readerOf({ loader, file, depth: 0, steps: { left: MAX_STEPS } });

const readerOf = (context: Context): BridgeReader => ({
  ...reactIn(context.loader),
  truth: (test, at) => build(test, at, context),
  truthOf: (sources) => truthOf(sources, context),
  equality: (left, right, at) => equality(left, right, at, context),
  placeOf: (ref, at) => placeOf(ref, at, context),
  mayGoOn: () => mayGoOn(context),
});

function mayGoOn({ steps }: Context): boolean {
  steps.left -= 1;
  return steps.left > 0;
}

const placeOf = ({ file, node }: Ref, at: Node, context: Context): Node => (file === context.file ? node : at);

const deeper = (context: Context): Context => ({ ...context, depth: context.depth + 1 });

function truthOf(sources: Sources<Atom>, context: Context): Condition {
  const of = (value: SourceValue<Atom>): Condition => {
    if (value.kind === 'nothing') return known(false);
    return value.kind === 'truth' ? value.of : build(value.ref, value.at, deeper(context));
  };
  return conditionOver(sources, of) ?? known(false);
}

function build(ref: Ref, place: Node, context: Context): Condition {
  const node = unwrap(ref.node);
  const at = placeOf({ ...ref, node }, place, context);
  const opaque = (): Condition => ({
    kind: 'atom',
    atom: { key: opaqueKey({ ...ref, node }, context.loader), value: 'opaque', at },
  });
  if (context.depth > MAX_DEPTH || !mayGoOn(context)) return opaque();
  const inner = deeper(context);
  const of = (child: Node) => build({ ...ref, node: child, path: [] }, at, inner);
  const named = () => fromSources({ ...ref, node }, at, inner) ?? fromOrigins({ ...ref, node }, at, inner, opaque);
  if (ref.path.length > 0) return named();
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
      return choose(of(node.test), of(node.consequent), of(node.alternate));
    case 'BinaryExpression':
      return (
        comparison({ ...ref, node }, of) ??
        numberOfState({ ...ref, node }, of, context.loader) ??
        equalityOf({ ...ref, node }, at, inner) ??
        opaque()
      );
    case 'AwaitExpression':
      return opaque();
    case 'CallExpression': {
      const truth = booleanCall({ ...ref, node }, context.loader);
      if (!truth) return named();
      return (truth.all ? all : any)(truth.of.map((one) => build(one, at, inner)));
    }
    case 'Identifier': {
      if (node.name === 'undefined' && !variableOf(ref.file, node)) return known(false);
      const argument = argumentOf(ref, context.loader);
      return argument ? build(argument, at, inner) : named();
    }
    case 'MemberExpression':
      return named();
    default:
      return isFunction(node) ? known(true) : opaque();
  }
}

/** A name that stands for several things, each under its condition. */
function fromSources(ref: Ref, at: Node, context: Context): Condition | undefined {
  const sources = sourcesOf(ref, at, readerOf(context));
  const [only] = sources;
  return sources.length > 1 || only?.value.kind === 'nothing' ? truthOf(sources, context) : undefined;
}

/** `pending > 0` of a state of the hook's own. */
function numberOfState(
  ref: Ref & { readonly node: TSESTree.BinaryExpression },
  of: (node: Node) => Condition,
  loader: ModuleLoader,
): Condition | undefined {
  const { left, operator, right } = ref.node;
  const value = unwrap(right);
  if (value.type !== 'Literal' || typeof value.value !== 'number') return undefined;
  const [origin, second] = originsOf({ ...ref, node: left, path: [] }, loader);
  if (origin?.kind !== 'state' || second) return undefined;
  const comparison = `${operator} ${String(value.value)}`;
  if (['> 0', '>= 1', '!== 0', '!= 0'].includes(comparison)) return of(left);
  return ['=== 0', '== 0', '< 1', '<= 0'].includes(comparison) ? not(of(left)) : undefined;
}

/** `status === 'busy'` */
function equalityOf(
  { node, ...ref }: Ref & { readonly node: TSESTree.BinaryExpression },
  at: Node,
  context: Context,
): Condition | undefined {
  if (!/^[!=]==?$/u.test(node.operator)) return undefined;
  const isEqual = equality({ ...ref, node: node.left, path: [] }, { ...ref, node: node.right, path: [] }, at, context);
  return node.operator.startsWith('=') ? isEqual : not(isEqual);
}

function equality(left: Ref, right: Ref, at: Node, context: Context): Condition {
  const [one, other] = [constantOf(left, context.loader), constantOf(right, context.loader)];
  if (one && other) return known(one.value === other.value);
  const constant = one ?? other;
  const unequal: Condition = {
    kind: 'atom',
    atom: { key: `opaque ${left.file.path} ${left.node.range.join()} ${right.node.range.join()}`, value: 'opaque', at },
  };
  if (!constant) return unequal;
  if (typeof constant.value === 'boolean') {
    const truth = build(one ? right : left, at, deeper(context));
    return constant.value ? truth : not(truth);
  }
  const of = (value: SourceValue<Atom>): Condition | undefined => {
    if (value.kind === 'truth') return undefined;
    return value.kind === 'nothing'
      ? known(constant.value === undefined)
      : equalTo(constant, value.ref, value.at, context);
  };
  return conditionOver(sourcesOf(one ? right : left, at, readerOf(context)), of) ?? unequal;
}

/** Whether a value that can't be taken apart further is a constant. */
function equalTo({ value }: Constant, ref: Ref, at: Node, context: Context): Condition | undefined {
  const own = constantOf(ref, context.loader);
  if (own) return known(own.value === value);
  if (ref.path.length === 0 && (isObject(ref.node) || isFunction(ref.node))) return known(false);
  const [origin, second] = originsOf(ref, context.loader);
  if (origin?.kind === 'state' && !second && (typeof value === 'string' || typeof value === 'number')) {
    const { at: state } = origin;
    const atom: Condition = {
      kind: 'atom',
      atom: { key: `${stateKey(state)} = ${String(value)}`, value: 'state', state, equals: value, at },
    };
    const mirror = mirrored(state, at, atom, readerOf(context));
    const kept =
      mirror &&
      conditionOver(mirror, (one) => {
        if (one.kind === 'truth') return one.of;
        return one.kind === 'nothing' ? known(false) : equalTo({ value }, one.ref, one.at, deeper(context));
      });
    return kept && hangsOnLoading(kept) ? kept : atom;
  }
  return { kind: 'atom', atom: { key: `${opaqueKey(ref, context.loader)} = ${String(value)}`, value: 'opaque', at } };
}

const hangsOnLoading = (condition: Condition): boolean =>
  atomsOf(condition).some(({ value }) => value === 'token.loading' || value === 'auth.loading');

/** Two reads of one constant are one value. */
function opaqueKey(ref: Ref, loader: ModuleLoader): string {
  const definition = definitionOf({ file: ref.file, node: ref.node }, loader);
  const path = [...('path' in definition ? definition.path : []), ...ref.path].map(String).join('.');
  if (definition.kind === 'value') return `opaque ${definition.file.path} ${String(definition.node.range[0])} ${path}`;
  if (definition.kind === 'parameter')
    return `opaque ${definition.file.path} ${String(definition.function.range[0])} ${String(definition.index)} ${path}`;
  return `opaque ${ref.file.path} ${String(ref.node.range[0])} ${path}`;
}

function logical(operator: string, left: Condition, right: Condition): Condition {
  if (operator === '&&') return all([left, right]);
  // `a ?? b` is `a || b` but for a falsy `a` that is no nullish one, where `b` does not count: `loading ?? false`.
  return any([left, right]);
}

function comparison(
  { file, node }: Ref & { readonly node: TSESTree.BinaryExpression },
  of: (node: Node) => Condition,
): Condition | undefined {
  const { left, operator, right } = node;
  if (!/^[!=]==?$/u.test(operator)) return undefined;
  const isEqual = operator.startsWith('=');
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const value = unwrap(other);
    const isNothing =
      (value.type === 'Literal' && value.value === null && value.raw === 'null') ||
      (value.type === 'Identifier' && value.name === 'undefined' && !variableOf(file, value));
    if (isNothing) return isEqual ? not(of(one)) : of(one);
    if (value.type === 'Literal' && typeof value.value === 'boolean')
      return value.value === isEqual ? of(one) : not(of(one));
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
      if (role.kind === 'value' && role.name !== 'token')
        return { kind: 'atom', atom: { key: role.name, value: role.name, at } };
      return role.kind === 'ask' || role.kind === 'forced' ? known(true) : opaque();
    }
    // Convex's own request: `fetchAccessToken({ forceRefreshToken })`.
    case 'parameter':
      return origin.path[0] === 'forceRefreshToken'
        ? { kind: 'atom', atom: { key: 'flag', value: 'flag', at } }
        : opaque();
    case 'ref':
      return { kind: 'atom', atom: { key: `ref ${stateKey(origin.at)}`, value: 'ref', state: origin.at, at } };
    case 'state': {
      const { at: call } = origin;
      const own: Condition = { kind: 'atom', atom: { key: stateKey(call), value: 'state', state: call, at } };
      const mirror = mirrored(call, at, own, readerOf(context));
      const kept = mirror && truthOf(mirror, context);
      return kept && hangsOnLoading(kept) ? kept : own;
    }
    case 'expression':
      // The same node again is an expression that was not taken apart above.
      return origin.at.path.length > 0 || origin.at.node === ref.node ? opaque() : build(origin.at, at, context);
    case 'function':
    case 'setter':
      return known(true);
    default:
      return opaque();
  }
}
