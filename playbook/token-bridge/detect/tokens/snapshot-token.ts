/** A fetcher that responds to Convex's forced request with a snapshot of the token: a ref, a state, a closure's value. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  unwrap,
  walkOwnCode,
  contains,
  enclosingFunction,
} from '../../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../../analysis/syntax/source-file.ts';
import { isNullishLiteral } from '../../../../analysis/syntax/objects.ts';
import type { ModuleLoader } from '../../../../analysis/syntax/bindings/modules.ts';
import { type ReachedCall, asksForToken } from '../calls.ts';
import { conditionOf } from '../../values/read-condition.ts';
import { AT_REST, type Condition } from '../../values/conditions.ts';
import { type World, atomsOf, truthIn } from '../../../../analysis/flow/conditions.ts';
import { filesNaming, propsGiven } from './props.ts';
import { copiesToken, isToken, isTokenOrigin, isTokenRef, isTokenState, isTokenStorage } from './held-token.ts';
import type { Project } from '../../../../project/project.ts';
import type { Ref } from '../../../../analysis/flow/calls/call-contexts.ts';
import { hookOf, promiseOf, refAssignments, refValues, usedPromise } from '../../values/hooks.ts';
import { moduleValues, queriedValues } from '../../values/caches.ts';
import { isGivenNothing, isRepeated } from '../../values/lifetime.ts';
import { keptInTable } from '../../values/tables.ts';
import { assignmentsTo, callsThatSet } from '../../values/states.ts';
import { exitsOf, isLoop, pathTo } from '../../../../analysis/flow/paths.ts';
import { type Assumptions, mayRun, truthOfPath } from '../../../../analysis/flow/reachability.ts';
import { type Origin, isValue, originsOf } from '../../values/trace.ts';
import { leavesOf } from '../../../../analysis/flow/origins.ts';
import { expressionAt } from '../../../../analysis/syntax/bindings/expressions.ts';

export interface Snapshot {
  readonly file: SourceFile;
  readonly node: Node;
  readonly of: 'closure' | 'prop' | 'query' | 'ref' | 'state' | 'store' | 'storage' | 'variable';
}

type Answer =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'unknown' };

/**
 * The snapshot that a signed-in fetcher returns when Convex forces a refresh. Undefined when it asks for a token first, and
 * when any value on the way is unknown.
 */
export function staleAnswer(
  fetcher: Origin & { readonly kind: 'function' },
  calls: readonly ReachedCall[],
  project: Project,
): Snapshot | undefined {
  const { at } = fetcher;
  const asking = calls.filter(asksForToken).flatMap(({ sites: [first] }) => (first ? [first.node] : []));
  const of = (node: Node): Ref => ({ ...at, node, path: [] });
  const isAtHand = (node: Node): true | undefined =>
    answersOf(of(node), project, 0).every(({ kind }) => kind === 'snapshot') || undefined;
  const isTrue = (test: Node): boolean | undefined => {
    const node = unwrap(test);
    if (node.type !== 'UnaryExpression' || node.operator !== '!') return truthOf(of(node), project) ?? isAtHand(node);
    const operand = isTrue(node.argument);
    return operand === undefined ? undefined : !operand;
  };
  const assumptions: Assumptions = {
    isTrue,
    isNullish: (value) => {
      const isThere = truthOf(of(value), project) ?? isAtHand(value);
      return isThere === undefined ? undefined : !isThere;
    },
    throws: () => false,
  };
  if ([...asking, ...unfollowedIn(at.node)].some((node) => mayRun(node, assumptions, at.node))) return undefined;
  const answers = exitsOf(at.node)
    .filter(({ kind, when }) => kind !== 'throw' && truthOfPath(when, assumptions) !== false)
    .flatMap(({ argument }) => (argument ? answersOf(of(argument), project, 0) : []));
  return answers.some(({ kind }) => kind === 'unknown')
    ? undefined
    : answers.flatMap((one) => (one.kind === 'snapshot' ? [one.snapshot] : []))[0];
}

/** What may ask for a token where we can't see it, or again and again: something that is waited for, a loop. */
function unfollowedIn({ body }: FunctionNode): Node[] {
  const found: Node[] = [];
  walkOwnCode(body, (node) => {
    const isWaited =
      node.type === 'AwaitExpression' &&
      /^(?:VariableDeclarator|(?:Expression|Return)Statement)$/u.test(node.parent.type);
    if (isWaited || isLoop(node)) found.push(node);
  });
  return found;
}

function truthOf(test: Ref, project: Project): boolean | undefined {
  const condition = conditionOf({ ...test, path: [] }, project);
  return truthIn(condition, forcedWorld(condition, test.file, project));
}

/** A signed-in page whose snapshots hold a token, at a forced request. */
function forcedWorld(condition: Condition, file: SourceFile, project: Project): World {
  const world = new Map(AT_REST).set('flag', true);
  for (const { key, state, value } of atomsOf(condition)) {
    if (
      state &&
      ((value === 'ref' && isTokenRef(state, project)) || (value === 'state' && isTokenState(state, project, file)))
    )
      world.set(key, true);
  }
  return world;
}

function answersOf(ref: Ref, project: Project, depth: number): Answer[] {
  const node = unwrap(ref.node);
  const of = (child: Node) => answersOf({ ...ref, node: child }, project, depth + 1);
  if (depth > 20) return [{ kind: 'unknown' }];
  if (ref.path.length === 0) {
    if (node.type === 'Literal') return [{ kind: node.value ? 'unknown' : 'nothing' }];
    if (node.type === 'Identifier' && node.name === 'undefined') return [{ kind: 'nothing' }];
    if (node.type === 'AwaitExpression') return of(node.argument);
    if (node.type === 'LogicalExpression' || node.type === 'ConditionalExpression')
      return chosen(node, ref, of, project);
  }
  const kept = ref.path.length === 0 ? keptOutside({ ...ref, node }, project) : undefined;
  if (kept) return [{ kind: 'snapshot', snapshot: { file: ref.file, node, of: kept } }];
  return originsOf({ ...ref, node }, project).flatMap((origin): Answer[] => {
    const of = kindOfCopy(origin, { ...ref, node }, project);
    if (of) return [{ kind: 'snapshot', snapshot: { file: ref.file, node, of } }];
    if (origin.kind !== 'expression' || (origin.at.node === node && origin.at.path.length === ref.path.length))
      return [{ kind: 'unknown' }];
    return answersOf(origin.at, project, depth + 1);
  });
}

/** Whether a variable of the module, a query, or a promise of an earlier render keeps a token. */
function keptOutside(ref: Ref, project: Project): 'closure' | 'query' | 'ref' | 'variable' | undefined {
  const holds = (values: readonly Ref[] | undefined) => values?.some((value) => isToken(value, project)) === true;
  const table = keptInTable(ref, project) ?? keptInTable(named(ref, project), project);
  const values = (moduleValues(ref) ?? table?.values)?.map((value) => ({ ...value, node: promiseOf(value.node) }));
  if (holds(values)) return table?.in ?? 'variable';
  if (holds([usedPromise(ref, project) ?? []].flat())) return 'closure';
  return holds(queriedValues(ref, project)) ? 'query' : undefined;
}

/** Where a returned token is kept; undefined for what is not a copy of one. */
function kindOfCopy(origin: Origin, ref: Ref, project: Project): Snapshot['of'] | undefined {
  switch (origin.kind) {
    case 'workos':
      return isValue(origin, 'token.value') ? 'closure' : undefined;
    case 'ref':
      return isTokenRef(origin.at, project) && !isShortLived(ref.node, origin.at, project) ? 'ref' : undefined;
    case 'state':
      if (hookOf(origin.at, project) === undefined)
        return holdsTokenEverywhere(origin.at, ref.file, project) ? 'store' : undefined;
      return isTokenState(origin.at, project, ref.file) ? 'state' : undefined;
    case 'unknown':
      return isTokenStorage(named(ref, project), project) ? 'storage' : undefined;
    case 'parameter':
      if (propsGiven(origin, project).some((value) => isToken(value, project))) return 'prop';
      return isTokenOrigin(origin, project, 0) && !mayEmpty(origin, ref) ? 'closure' : undefined;
    default:
      return undefined;
  }
}

/** Whether the parameter is that of another function, which takes the token away as well: `keep(null)`. */
const mayEmpty = (origin: Origin & { readonly kind: 'parameter' }, { node }: Ref): boolean =>
  !contains(origin.function, node) && isGivenNothing({ file: origin.file, node: origin.function }, origin.index);

const isShortLived = (read: Node, ref: Ref, project: Project): boolean =>
  refAssignments(ref).some((node) => isRepeated({ file: ref.file, node })) || isEmptiedAround(read, ref, project);

/**
 * Whether the function that reads a ref empties it as well: a request in flight, which ends with it, a token that is given out once, or one that a
 * forced request takes away first.
 */
function isEmptiedAround(read: Node, ref: Ref, project: Project): boolean {
  const reader = enclosingFunction(read);
  const emptied = refAssignments(ref).flatMap(({ left, right }) =>
    isNullishLiteral(right) && reader && contains(reader, left) ? [left] : [],
  );
  const isRequested = emptied.length > 0 && refValues(ref).some((value) => isRequest(value, project));
  const whenForced: Assumptions = {
    isTrue: (test) => truthOf({ ...ref, node: test }, project),
    throws: () => false,
  };
  const isForced = (left: Node): boolean =>
    left.range[0] < read.range[0] && reader !== undefined && truthOfPath(pathTo(left, reader), whenForced) === true;
  return isRequested || emptied.some((left) => contains(branchOf(left), read) || isForced(left));
}

/** The block or the statement alone that a test leads to; with `finally`, all of its statement. */
function branchOf(node: Node): Node {
  const { parent } = node;
  if (!parent || parent.type === 'IfStatement') return node;
  if (node.type === 'BlockStatement') return parent.type === 'TryStatement' ? parent : node;
  return branchOf(parent);
}

/** What a call gives back and nothing has waited for, by whatever name. */
function isRequest({ file, node }: Ref, loader: ModuleLoader): boolean {
  const made = expressionAt({ file, node }, loader);
  return !!made && leavesOf(made.node).some(({ type }) => type === 'CallExpression' || type === 'NewExpression');
}

/** Whether a store is set to a token: in the file of the bridge; in other files to nothing but what the hook returns, for when they renew it is not known here. */
function holdsTokenEverywhere(state: Ref, file: SourceFile, project: Project): boolean {
  const writers = filesNaming(state.file, project).filter(
    (other) =>
      other.path !== file.path &&
      (callsThatSet(state, other, project).length > 0 || assignmentsTo(state, other, project).length > 0),
  );
  return (
    writers.every((other) => copiesToken(state, other, project)) &&
    [file, ...writers].some((other) => isTokenState(state, project, other))
  );
}

function chosen(
  node: TSESTree.ConditionalExpression | TSESTree.LogicalExpression,
  ref: Ref,
  of: (child: Node) => Answer[],
  project: Project,
): Answer[] {
  const truth = truthOf({ ...ref, node: node.type === 'LogicalExpression' ? node.left : node.test }, project);
  if (node.type === 'ConditionalExpression') {
    return [...(truth === false ? [] : of(node.consequent)), ...(truth === true ? [] : of(node.alternate))];
  }
  if (node.operator === '&&')
    return [...(truth === false ? [] : of(node.right)), ...(truth === true ? [] : [{ kind: 'nothing' } as const])];
  const left = of(node.left);
  if (left.every(({ kind }) => kind === 'snapshot')) return left;
  return [...left.filter(({ kind }) => kind !== 'nothing'), ...of(node.right)];
}

/** The value of a constant. */
function named(ref: Ref, project: Project): Ref {
  const value = expressionAt(ref, project);
  return value ? { ...ref, ...value, path: [] } : ref;
}
