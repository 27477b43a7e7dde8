/**
 * Every call that a function may make, each with the chain of calls that leads to it: through helpers here and in other files, callbacks and functions
 * that are handed over by name. A function is entered once for each chain, with the arguments that it is given there: `load(true)` and `load(false)`
 * lead to different calls. Where the chains do not matter, `reached-calls.ts` enters each function once.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, childrenOf, isFunction, unwrap } from '../syntax/ast.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { type Ref, contextOfCall } from './call-contexts.ts';
import { type Assumptions, mayRun } from './reachability.ts';

type FunctionRef = Ref & { readonly node: FunctionNode };

/** A function on the way, and the call in it that leads on. */
export interface Site {
  readonly file: SourceFile;
  readonly function: FunctionNode;
  readonly node: Node;
  /** The arguments of the functions around it. */
  readonly ref: Ref;
}

/** What is at the end of a chain. */
type Link<Callee> =
  /** A callee that is no function of the project. `handed`: a call is given it by name, and may call it. */
  | { readonly kind: 'called' | 'handed'; readonly callee: Callee; readonly call: Ref }
  /** A function of the project, whose own calls follow. */
  | { readonly kind: 'entered' }
  /** A function that is on the way already. */
  | { readonly kind: 'recursion'; readonly function: FunctionNode };

interface CallChain<Callee> {
  readonly link: Link<Callee>;
  /** From the function that is asked about to the call; the last one is the call itself. */
  readonly sites: readonly Site[];
}

interface FunctionTarget {
  readonly kind: 'function';
  readonly at: FunctionRef;
}

/** What a callee may be. */
type Target<Callee> = Callee | FunctionTarget;

interface ChainOptions<Callee> {
  readonly calleesOf: (callee: Ref) => readonly Target<Callee>[];
  /** The truth of a test, given the arguments of the functions around it; undefined where they do not decide it. */
  readonly truthOf: (test: Ref) => boolean | undefined;
}

const MAX_CHAINS = 2_000;
const MAX_SITES = 12;

interface Walk<Callee> extends ChainOptions<Callee> {
  readonly found: CallChain<Callee>[];
}

/** The chains that start in a function, in source order. */
export function callChains<Callee extends { readonly kind: string }>(
  start: FunctionRef,
  options: ChainOptions<Callee>,
): readonly CallChain<Callee>[] {
  const walk: Walk<Callee> = { ...options, found: [] };
  enter(start, [], walk);
  return walk.found;
}

function enter<Callee extends { readonly kind: string }>(
  at: FunctionRef,
  sites: readonly Site[],
  walk: Walk<Callee>,
): void {
  if (sites.length >= MAX_SITES) return;
  const assumptions = at.frame ? decidedBy(at, walk) : {};
  const stack: Node[] = [...at.node.params, at.node.body].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (walk.found.length > MAX_CHAINS) return;
    if (isFunction(node) && !isCallback(node)) continue;
    let children = childrenOf(node);
    if (node.type === 'CallExpression') {
      if (at.frame && !mayRun(node, assumptions, at.node)) continue;
      // A function of the project calls its callbacks itself, or does not.
      if (visitCall(node, at, sites, walk))
        children = children.filter((child) => !isFunction(child) || child === node.callee);
    }
    stack.push(...children.reverse());
  }
}

/** What the arguments decide of the tests in a function: `load(false)`. */
function decidedBy<Callee>(at: Ref, { truthOf }: ChainOptions<Callee>): Assumptions {
  const truths = new Map<Node, boolean | undefined>();
  return {
    isTrue(test) {
      if (!truths.has(test)) truths.set(test, truthOf({ ...at, node: test, path: [] }));
      return truths.get(test);
    },
  };
}

/** A function that is handed to a call (or called on the spot) runs there; any other runs when it is called by name. */
const isCallback = ({ parent }: FunctionNode): boolean =>
  parent.type === 'CallExpression' || parent.type === 'NewExpression';

/** Whether a call enters a function of the project. */
function visitCall<Callee extends { readonly kind: string }>(
  node: TSESTree.CallExpression,
  at: FunctionRef,
  before: readonly Site[],
  walk: Walk<Callee>,
): boolean {
  if (isFunction(node.callee)) return false;
  const call: Ref = { file: at.file, node, path: [], frame: at.frame };
  const sites = [...before, { file: at.file, function: at.node, node, ref: call }];
  let isEntered = false;
  for (const target of walk.calleesOf({ ...call, node: node.callee })) {
    if (isOfProject(target)) {
      isEntered = true;
      follow(target.at, call, sites, walk);
    } else walk.found.push({ link: { kind: 'called', callee: target, call }, sites });
  }
  if (isEntered) return true;
  // `.catch(refresh)`, `pRetry(refresh)`
  for (const argument of node.arguments) {
    const name = unwrap(argument);
    if (name.type !== 'Identifier' && name.type !== 'MemberExpression') continue;
    for (const target of walk.calleesOf({ ...call, node: name })) {
      if (isOfProject(target)) follow(target.at, { ...call, node: name }, sites, walk);
      else walk.found.push({ link: { kind: 'handed', callee: target, call }, sites });
    }
  }
  return false;
}

const isOfProject = <Callee extends { readonly kind: string }>(target: Target<Callee>): target is FunctionTarget =>
  target.kind === 'function';

function follow<Callee extends { readonly kind: string }>(
  target: FunctionRef,
  call: Ref,
  sites: readonly Site[],
  walk: Walk<Callee>,
): void {
  if (sites.some((site) => site.function === target.node)) {
    walk.found.push({ link: { kind: 'recursion', function: target.node }, sites });
    return;
  }
  walk.found.push({ link: { kind: 'entered' }, sites });
  enter({ ...target, frame: contextOfCall(target, call) }, sites, walk);
}
