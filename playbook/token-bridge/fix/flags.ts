/** `isLoading` from `useAuth()` alone, and `useAccessToken().error` treated as not authenticated. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, unwrap } from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import type { Bridge } from '../detect/bridge.ts';
import { conditionOf } from '../values/read-condition.ts';
import { type EditBuilder, constantInit, put, slice, variableNamed, want } from './edit-builder.ts';
import { type Atom, atomsOf } from '../values/conditions.ts';
import type { Ref } from '../values/call-contexts.ts';

export interface FlagContext {
  readonly builder: EditBuilder;
  readonly bridge: Bridge;
  readonly loader: ModuleLoader;
  /** Whether a value is one that no flag should hang on: the token's `loading`, a state that the fetcher sets. */
  readonly isBad: (atom: Atom) => boolean;
  /** The pattern of `useAuth()`. */
  readonly auth: TSESTree.ObjectPattern | undefined;
  /** The pattern of `useAccessToken()`; undefined for an SDK without an error. */
  readonly token: TSESTree.ObjectPattern | undefined;
}

interface OfFlag extends FlagContext {
  readonly flag: 'isAuthenticated' | 'isLoading';
}

/** Edits both flags; answers a reason when they can't be. */
export function rewriteFlags(context: FlagContext): string | undefined {
  return rewriteLoading(context) ?? rewriteAuthenticated(context);
}

function rewriteLoading(context: FlagContext): string | undefined {
  const { bridge, builder } = context;
  const { loading } = bridge;
  if (!loading || !atomsOf(bridge.isLoading).some(context.isBad)) return undefined;
  if (loading.file !== builder.file || loading.path.length > 0 || !contains(builder.home, loading.node))
    return 'isLoading comes from another hook';
  const target = expressionOf(builder, loading.node);
  const text = without(target, { ...context, flag: 'isLoading' }) ?? loadingOfAuth(context);
  if (text === undefined) return 'there is no loading of useAuth() for isLoading';
  replaceValue(builder, target, text);
  return undefined;
}

function loadingOfAuth({ auth, builder }: FlagContext): string | undefined {
  return auth && want(builder, auth, 'loading');
}

const MAX_DEPTH = 30;

/** An expression without the operands that hang on bad values; undefined when nothing is left. */
function without(node: Node, context: OfFlag, depth = 0): string | undefined {
  const { builder, loader } = context;
  if (depth > MAX_DEPTH) return undefined;
  const inner = unwrap(node);
  const ref: Ref = { file: builder.file, node: inner, path: [] };
  const atoms = atomsOf(conditionOf(ref, builder.file, loader));
  if (!atoms.some(context.isBad)) return slice(builder.file, inner);
  if (inner.type === 'LogicalExpression') {
    const sides = [inner.left, inner.right].map((side) => ({
      side: unwrap(side),
      text: without(side, context, depth + 1),
    }));
    const [left, right] = sides;
    if (left?.text !== undefined && right?.text !== undefined) {
      return sides.map(({ side, text }) => grouped(side, text ?? '', inner.operator)).join(` ${inner.operator} `);
    }
    if (inner.operator === '??') return left?.text;
    // `tokenLoading && !hasToken` says nothing without its left; `!!user && !refreshing` does without its right.
    return inner.operator === '||' || context.flag === 'isAuthenticated' ? (left?.text ?? right?.text) : undefined;
  }
  const init = constantInit(builder, inner);
  const text = init && without(init, context, depth + 1);
  return text === undefined || !init ? undefined : grouped(unwrap(init), text, '&&');
}

function grouped(node: Node, text: string, operator: string): string {
  const isLogical = node.type === 'LogicalExpression' && node.operator !== operator && / (?:\|\||&&|\?\?) /u.test(text);
  return isLogical && (operator === '&&' || node.operator === '??') ? `(${text})` : text;
}

function rewriteAuthenticated(context: FlagContext): string | undefined {
  const { bridge, builder, token } = context;
  const { authenticated } = bridge;
  if (!authenticated) return undefined;
  const atoms = atomsOf(bridge.isAuthenticated);
  const needsError = token !== undefined && !atoms.some(({ value }) => value === 'token.error');
  // A loading in isAuthenticated goes with isLoading, where that constant is rewritten.
  const isBad = (atom: Atom): boolean => atom.value === 'state' && context.isBad(atom);
  if (!needsError && !atoms.some(isBad)) return undefined;
  if (
    authenticated.file !== builder.file ||
    authenticated.path.length > 0 ||
    !contains(builder.home, authenticated.node)
  ) {
    return 'isAuthenticated comes from another hook';
  }
  const error = needsError ? want(builder, token, 'error') : undefined;
  if (needsError && error === undefined) return "the name 'error' is taken, or read of the rest of useAccessToken()";
  const resolved = expressionOf(builder, authenticated.node);
  const isTooEarly = needsError && token.range[0] > resolved.range[0];
  const target = isTooEarly ? authenticated.node : resolved;
  const rest = atoms.some(isBad)
    ? without(target, { ...context, isBad, flag: 'isAuthenticated' })
    : slice(builder.file, unwrap(target));
  if (rest === undefined) return 'nothing would be left of isAuthenticated';
  const test = error === undefined ? rest : `${operand(unwrap(target), rest)} && !${error}`;
  replaceValue(builder, target, test);
  return undefined;
}

function operand(node: Node, text: string): string {
  const isLoose =
    (node.type === 'LogicalExpression' && node.operator !== '&&' && / (?:\|\||\?\?) /u.test(text)) ||
    [
      'ConditionalExpression',
      'AssignmentExpression',
      'ArrowFunctionExpression',
      'SequenceExpression',
      'YieldExpression',
    ].includes(node.type);
  return isLoose ? `(${text})` : text;
}

/** What a flag says: the constant's value where it is the name of one that the hook declares. */
function expressionOf(builder: EditBuilder, node: Node): Node {
  let current = node;
  for (let hops = 0; hops < 5; hops += 1) {
    const init = constantInit(builder, current);
    if (!init) break;
    current = init;
  }
  return current;
}

function replaceValue(builder: EditBuilder, target: Node, text: string): void {
  const property = target.parent;
  const isShorthand = property?.type === 'Property' && property.shorthand && property.value === target;
  if (isShorthand) put(builder, property.range, `${slice(builder.file, property.key)}: ${text}`);
  else put(builder, target.range, text);
  // Names that the new text repeats are still in use.
  for (const [name] of text.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)) {
    const variable = variableNamed(builder, name);
    if (variable) builder.used.add(variable);
  }
}
