/**
 * Every call that a function may make, each with the chain of calls that leads to it: through helpers here and in other files, callbacks and functions
 * that are handed over by name. A function is entered once for each chain, with the arguments that it is given there: `load(true)` and `load(false)`
 * lead to different calls. Where the chains do not matter, `reached-calls.ts` enters each function once.
 */
import { onceFor } from '../../once.ts';
import { type FunctionNode, type Node, isFunction, unwrap } from '../../syntax/ast.ts';
import { type CallContext, type Ref, contextOfCall, type FunctionRef } from './call-contexts.ts';
import { type Site, isCallback, walkCalls } from './call-walk.ts';
import { type Assumptions, mayRun } from '../reachability.ts';

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

interface ChainOptions<Callee> {
  /** What a callee may be. */
  readonly calleesOf: (callee: Ref) => readonly (Callee | FunctionTarget)[];
  /** The truth of a test, given the arguments of the functions around it; undefined where they do not decide it. */
  readonly truthOf: (test: Ref) => boolean | undefined;
}

const MAX_CHAINS = 2_000;

/** The chains that start in a function, in source order. */
export function callChains<Callee extends { readonly kind: string }>(
  start: FunctionRef,
  { calleesOf, truthOf }: ChainOptions<Callee>,
): readonly CallChain<Callee>[] {
  const found: CallChain<Callee>[] = [];
  const entering = new Set<Node>();
  const decided = new WeakMap<CallContext, Assumptions>();
  /** What the arguments decide of the tests in a function: `load(false)`. */
  const decidedIn = (at: Ref, frame: CallContext): Assumptions => {
    const known = decided.get(frame) ?? { isTrue: onceFor((test: Node) => truthOf({ ...at, node: test, path: [] })) };
    decided.set(frame, known);
    return known;
  };
  /** The functions of the project among what an expression may be; each of the others ends a chain. */
  const targetsOf = (callee: Ref, call: Ref, kind: 'called' | 'handed', sites: readonly Site[]): FunctionRef[] =>
    calleesOf(callee).flatMap((target) => {
      if (!isOfProject(target)) {
        found.push({ link: { kind, callee: target, call }, sites });
        return [];
      }
      if (kind === 'called') entering.add(call.node);
      if (sites.some((site) => site.function === target.at.node)) {
        found.push({ link: { kind: 'recursion', function: target.at.node }, sites });
        return [];
      }
      found.push({ link: { kind: 'entered' }, sites });
      const from = kind === 'called' ? call : callee;
      return [{ ...target.at, frame: contextOfCall(target.at, from) }];
    });
  walkCalls<FunctionNode>(start, {
    enter(sites, { function: owner, node, ref }) {
      if (node.type !== 'CallExpression') return [];
      entering.delete(node);
      if (found.length > MAX_CHAINS || (ref.frame && !mayRun(node, decidedIn(ref, ref.frame), owner))) return undefined;
      if (isFunction(node.callee)) return [];
      const called = targetsOf({ ...ref, node: node.callee }, ref, 'called', sites);
      if (entering.has(node)) return called;
      // `.catch(refresh)`, `pRetry(refresh)`
      const names = node.arguments.map((argument) => unwrap(argument));
      return names.flatMap((name) =>
        name.type === 'Identifier' || name.type === 'MemberExpression'
          ? targetsOf({ ...ref, node: name }, ref, 'handed', sites)
          : [],
      );
    },
    // A function of the project calls its callbacks itself, or does not.
    runs: (node) => isCallback(node) && !entering.has(node.parent),
  });
  return found;
}

const isOfProject = (target: { readonly kind: string }): target is FunctionTarget => target.kind === 'function';
