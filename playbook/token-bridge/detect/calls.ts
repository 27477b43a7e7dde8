/** Every call that a fetcher reaches: through helpers here and in other files, callbacks, refs and wrappers. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  childrenOf,
  contains,
  isFunction,
  unwrap,
} from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Assumptions, mayRun } from '../../../analysis/flow/reachability.ts';
import { conditionOf } from '../values/read-condition.ts';
import { type Ref, contextOfCall } from '../../../analysis/flow/call-contexts.ts';
import type { ForcedKind, TokenMeaning } from '../../libraries/entry.ts';
import { type Origin, alternativeOrigins, calleesOf, memberOf, originsOf } from '../values/trace.ts';

/** A function on the way, and the call in it that leads on. */
export interface Site {
  readonly file: SourceFile;
  readonly function: FunctionNode;
  readonly node: Node;
  /** The arguments of the functions around it. */
  readonly ref: Ref;
}

export type CallKind =
  | Extract<TokenMeaning, { kind: 'ask' }>
  | { readonly kind: 'forced'; readonly by: ForcedKind }
  /** A state of the hook's own is set. `state` is its call of `useState`, `useReducer` or `useTransition`. */
  | { readonly kind: 'setState'; readonly state: Ref }
  /** The function is on the way already. */
  | { readonly kind: 'recursion'; readonly function: FunctionNode }
  | { readonly kind: 'package'; readonly module: string; readonly name: string }
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'project' | 'unknown' };

export interface ReachedCall {
  readonly what: CallKind;
  /** From the fetcher's own code to the call; the last one is the call itself. */
  readonly sites: readonly Site[];
}

const MAX_CALLS = 2_000;
const MAX_SITES = 12;

interface Walk {
  readonly loader: ModuleLoader;
  readonly found: ReachedCall[];
}

/** The calls reachable from a function, in source order, each with the way to it. */
export function callsFrom(start: Origin & { readonly kind: 'function' }, loader: ModuleLoader): ReachedCall[] {
  const walk: Walk = { loader, found: [] };
  visitFunction(start.at, [], walk);
  return walk.found;
}

function visitFunction(at: Ref & { readonly node: FunctionNode }, sites: readonly Site[], walk: Walk): void {
  if (sites.length >= MAX_SITES) return;
  const assumptions = at.frame ? decidedBy(at, walk.loader) : {};
  const parts: Node[] = [...at.node.params, at.node.body];
  for (const part of parts) visit(part, at, { assumptions, sites }, walk);
}

function visit(
  root: Node,
  at: Ref & { readonly node: FunctionNode },
  { assumptions, sites }: { readonly assumptions: Assumptions; readonly sites: readonly Site[] },
  walk: Walk,
): void {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (walk.found.length > MAX_CALLS) return;
    if (isFunction(node) && !isCallback(node)) continue;
    let children = childrenOf(node);
    if (node.type === 'CallExpression') {
      if (at.frame && !mayRun(node, assumptions, at.node)) continue;
      const isFollowed = visitCall(node, at, sites, walk);
      // A function of the project calls its callbacks itself, or does not.
      if (isFollowed) children = children.filter((child) => !isFunction(child) || child === node.callee);
    }
    stack.push(...children.reverse());
  }
}

/** What the call that is followed decides of the tests in a function: `load(false)`. */
function decidedBy(at: Ref, loader: ModuleLoader): Assumptions {
  const truths = new Map<Node, boolean | undefined>();
  return {
    isTrue(test) {
      if (!truths.has(test)) {
        const condition = conditionOf({ ...at, node: test, path: [] }, loader);
        truths.set(test, condition.kind === 'known' ? condition.value : undefined);
      }
      return truths.get(test);
    },
  };
}

/** A function that is handed to a call (or called on the spot) runs there; any other runs when it is called by name. */
function isCallback(node: FunctionNode): boolean {
  const { parent } = node;
  return parent.type === 'CallExpression' || parent.type === 'NewExpression';
}

function visitCall(
  node: TSESTree.CallExpression,
  at: Ref & { readonly node: FunctionNode },
  sites: readonly Site[],
  walk: Walk,
): boolean {
  const here = (ref: Ref): Site[] => [...sites, { file: at.file, function: at.node, node, ref }];
  const ref: Ref = { file: at.file, node, path: [], frame: at.frame };
  if (isFunction(node.callee)) return false;
  let isFollowed = false;
  for (const origin of calleesOf({ ...ref, node: node.callee }, walk.loader)) {
    if (origin.kind === 'function') {
      isFollowed = true;
      follow(origin, ref, here(ref), walk);
    } else walk.found.push({ what: kindOf(origin, ref, walk.loader), sites: here(ref) });
  }
  if (!isFollowed) visitArguments(node, ref, here, walk);
  return isFollowed;
}

function follow(origin: Origin & { kind: 'function' }, call: Ref, sites: readonly Site[], walk: Walk): void {
  const { node } = origin.at;
  if (sites.some((site) => site.function === node)) {
    walk.found.push({ what: { kind: 'recursion', function: node }, sites });
    return;
  }
  walk.found.push({ what: { kind: 'project' }, sites });
  visitFunction({ ...origin.at, frame: contextOfCall(origin.at, call) }, sites, walk);
}

// `.catch(refresh)`, `pRetry(refresh)`: a function handed over by name is called, too.
function visitArguments(node: TSESTree.CallExpression, ref: Ref, here: (ref: Ref) => Site[], walk: Walk): void {
  for (const argument of node.arguments) {
    const value = unwrap(argument);
    if (value.type !== 'Identifier' && value.type !== 'MemberExpression') continue;
    for (const origin of calleesOf({ ...ref, node: value }, walk.loader)) {
      if (origin.kind === 'function') follow(origin, { ...ref, node: value }, here(ref), walk);
      else if (origin.kind === 'workos' && (origin.role.kind === 'forced' || origin.role.kind === 'ask')) {
        walk.found.push({ what: origin.role, sites: here(ref) });
      }
    }
  }
}

function kindOf(origin: Origin, call: Ref, loader: ModuleLoader): CallKind {
  switch (origin.kind) {
    case 'workos': {
      const { role } = origin;
      if (role.kind === 'forced') return role;
      if (role.kind !== 'ask') return { kind: 'unknown' };
      const [options] = (call.node as TSESTree.CallExpression).arguments;
      const isForced = role.mayForce && options && forcesRefresh({ ...call, node: options }, loader);
      return isForced === true ? { kind: 'forced', by: 'forceRefresh' } : role;
    }
    case 'setter':
      return { kind: 'setState', state: origin.at };
    case 'package':
      return { kind: 'package', module: origin.module, name: origin.name };
    case 'global':
      return { kind: 'global', name: origin.name };
    default:
      return { kind: 'unknown' };
  }
}

/** Whether options may hold a `forceRefresh` that is not false. */
function forcesRefresh(options: Ref, loader: ModuleLoader): boolean {
  return alternativeOrigins(options, loader).some((origin) => {
    if (origin.kind !== 'expression' || origin.at.node.type !== 'ObjectExpression') return false;
    const member = memberOf(origin.at, ['forceRefresh'], loader);
    // `...(forceRefreshToken && { forceRefresh: true })` has it somewhere inside.
    const values = !member
      ? []
      : member.path.length === 0
        ? [member]
        : originsOf(member, loader).flatMap((one) => (one.kind === 'expression' ? [one.at] : []));
    return values.some(({ node }) => {
      const value = unwrap(node);
      return (
        !(value.type === 'Literal' && !value.value) && !(value.type === 'Identifier' && value.name === 'undefined')
      );
    });
  });
}

/** The place of a call in a file: the call itself, or the one in this file that leads to it. */
export function placeIn(file: SourceFile, { sites }: ReachedCall): Node | undefined {
  return sites.findLast((site) => site.file === file)?.node;
}

/** Whether a call asks for a token, by force or not. */
export const asksForToken = ({ what: { kind } }: ReachedCall): boolean => kind === 'ask' || kind === 'forced';

/** What a piece of the fetcher's own code leads to. */
export const callsIn = (code: Node, calls: readonly ReachedCall[]): readonly ReachedCall[] =>
  calls.filter(({ sites: [first] }) => first !== undefined && contains(code, first.node));
