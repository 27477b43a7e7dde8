/** Both flags from `useAuth()` alone: `isLoading` and `isAuthenticated` without what comes of the token. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, isFunction, unwrap } from '../../../analysis/syntax/ast.ts';
import { readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { Bridge } from '../detect/bridge.ts';
import { conditionOf } from '../values/read-condition.ts';
import { type EditBuilder, constantInit, put, slice, want, variablesIn } from './edit-builder.ts';
import type { Atom } from '../values/conditions.ts';
import { atomsOf } from '../../../analysis/flow/conditions.ts';

export interface FlagContext {
  readonly builder: EditBuilder;
  readonly bridge: Bridge;
  readonly loader: ModuleLoader;
  /** Whether a flag must not depend on a value: what comes of the token, a state that the fetcher sets. */
  readonly isBad: (atom: Atom) => boolean;
  /** The pattern of `useAuth()`. */
  readonly auth: TSESTree.ObjectPattern | undefined;
}

type OfFlag = FlagContext & Stripping;

export interface Stripping extends Pick<FlagContext, 'builder' | 'isBad' | 'loader'> {
  readonly flag: 'isAuthenticated' | 'isLoading';
}

/** Edits both flags; returns a reason when they can't be. */
export function rewriteFlags(context: FlagContext): string | undefined {
  return rewriteFlag({ ...context, flag: 'isLoading' }) ?? rewriteFlag({ ...context, flag: 'isAuthenticated' });
}

function rewriteFlag(context: OfFlag): string | undefined {
  const { bridge, builder, flag } = context;
  const [condition, written] =
    flag === 'isLoading' ? [bridge.isLoading, bridge.loading] : [bridge.isAuthenticated, bridge.authenticated];
  if (!written || !atomsOf(condition).some(context.isBad)) return undefined;
  if (written.file !== builder.file || written.path.length > 0 || !contains(builder.home, written.node))
    return `${flag} comes from another hook`;
  const target = expressionOf(builder, written.node, bridge.object);
  const rest = without(target, context);
  if (rest === 'foreign') return `${flag} depends on something else as well`;
  const text = rest?.text ?? ofAuth(context);
  if (text === undefined) return `there is no value of useAuth() for ${flag}`;
  replaceValue(builder, target, text);
  return undefined;
}

/** What `useAuth()` itself says of a flag. */
function ofAuth({ auth, builder, flag }: OfFlag): string | undefined {
  const name = auth && want(builder, auth, flag === 'isLoading' ? 'loading' : 'user');
  return name === undefined || flag === 'isLoading' ? name : `!!${name}`;
}

const MAX_DEPTH = 30;

/** What is left of an expression. */
export interface Rest {
  readonly text: string;
  /** Its outermost operator, as far as one matters for parentheses. */
  readonly operator: 'loose' | '&&' | '??' | '||' | undefined;
}

/**
 * An expression without the operands that depend on bad values: undefined when nothing is left, `foreign` when what has to go depends on something
 * that `isAuthenticated` must not lose.
 */
export function without(node: Node, context: Stripping, depth = 0): Rest | 'foreign' | undefined {
  const { builder, loader } = context;
  const inner = unwrap(node);
  const atoms = atomsOf(conditionOf({ file: builder.file, node: inner, path: [] }, loader));
  if (!atoms.some(context.isBad)) return { text: slice(builder.file, inner), operator: operatorOf(inner) };
  const init = depth > MAX_DEPTH ? undefined : constantInit(builder, inner);
  if (init) return without(init, context, depth + 1);
  if (inner.type !== 'LogicalExpression' || depth > MAX_DEPTH) {
    const isForeign = atoms.some(
      (atom) => !context.isBad(atom) && atom.value !== 'user' && atom.value !== 'auth.loading',
    );
    return isForeign && context.flag === 'isAuthenticated' ? 'foreign' : undefined;
  }
  const left = without(inner.left, context, depth + 1);
  const right = without(inner.right, context, depth + 1);
  if (left === 'foreign' || right === 'foreign') return 'foreign';
  if (left && right) return joined(left, inner.operator, right);
  if (inner.operator === '??') return left;
  // `tokenLoading && !hasToken` says nothing without its left; `!!user && !refreshing` does without its right.
  return inner.operator === '||' || context.flag === 'isAuthenticated' ? (left ?? right) : undefined;
}

function operatorOf(node: Node): Rest['operator'] {
  if (node.type === 'LogicalExpression') return node.operator;
  return [
    'ConditionalExpression',
    'AssignmentExpression',
    'ArrowFunctionExpression',
    'SequenceExpression',
    'YieldExpression',
  ].includes(node.type)
    ? 'loose'
    : undefined;
}

/** Two operands with an operator between them; parentheses where the language asks for them, and where `&&` is an operand of `||`. */
function joined(left: Rest, operator: '&&' | '??' | '||', right: Rest): Rest {
  const operand = (one: Rest, isRight: boolean): string =>
    one.operator === undefined || (one.operator === operator && !isRight) ? one.text : `(${one.text})`;
  return { text: `${operand(left, false)} ${operator} ${operand(right, true)}`, operator };
}

/** What a flag says: the value of the constant where it is the name of one that only flags read. */
function expressionOf(builder: EditBuilder, node: Node, object: Node): Node {
  let current = node;
  for (let hops = 0; hops < 5; hops += 1) {
    const init = constantInit(builder, current);
    const name = unwrap(current);
    const variable = name.type === 'Identifier' ? variableOf(builder.file, name) : undefined;
    if (!init || !variable || !readsOf(variable).every((read) => isOfFlags(read, object, builder))) break;
    current = init;
  }
  return current;
}

/** Whether a read is in the bridge's object, in another constant, or among dependencies. */
function isOfFlags(read: Node, object: Node, { home }: EditBuilder): boolean {
  if (contains(object, read) || read.parent?.type === 'ArrayExpression') return true;
  for (let current: Node | undefined = read.parent; current && current !== home; current = current.parent) {
    if (isFunction(current)) return false;
    if (current.type === 'VariableDeclarator') return current.id.type === 'Identifier';
  }
  return false;
}

function replaceValue(builder: EditBuilder, target: Node, text: string): void {
  const property = target.parent;
  const isShorthand = property?.type === 'Property' && property.shorthand && property.value === target;
  if (isShorthand) put(builder, property.range, `${slice(builder.file, property.key)}: ${text}`);
  else put(builder, target.range, text);
  // Names that the new text repeats are still in use.
  for (const variable of variablesIn(text, builder)) builder.used.add(variable);
}
