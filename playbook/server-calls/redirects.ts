/** The calls of a block that leave it by an exception of Next.js's: `redirect()`, and AuthKit's functions that redirect. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  isFunction,
  wrapped,
} from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings.ts';
import { type ReachedCall, callsReachedFrom, frameOfCall, isCallReachable } from '../../analysis/flow/reached-calls.ts';
import { readsOf, variableOf } from '../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { holds } from '../libraries/conditions.ts';
import { type Concern, loaderFor } from '../../analysis/syntax/modules.ts';
import { useAt } from '../libraries/index.ts';
import { type Asked, swallows } from './catches.ts';
import { AUTHKIT, isBehindSignIn } from './server-code.ts';

/** Where the functions of Next.js that redirect come from. */
export const NAVIGATION = 'next/navigation';

const MAY_REDIRECT: Concern = { of: 'code', text: /@workos-inc\/|next\/navigation/u };

export interface Redirect {
  readonly place: Node;
  readonly name: string;
  /** It redirects visitors without a session: by itself, or behind a look at who is there. */
  readonly isForSignedOut: boolean;
  /** It is AuthKit's, and asks for a session by itself. */
  readonly asksForSession: boolean;
  /** The call of `redirect()`; undefined for what has a target of its own. */
  readonly call: Located<TSESTree.CallExpression> | undefined;
}

/** The calls in a block of `try`, or in the body of a callback, whose exception leaves it. */
export function redirectsFrom(block: Node, asked: Asked): readonly Redirect[] {
  const { file, project } = asked;
  const calls = callsReachedFrom(
    { file, node: block },
    // Of other files those that may redirect are worth reading.
    {
      loader: loaderFor(project, MAY_REDIRECT),
      enters: (target) => target.file === file || MAY_REDIRECT.text.test(target.file.text),
    },
  );
  return calls.flatMap((call) => {
    const found = redirectAt(call, asked);
    if (!found) return [];
    return arrivesAt(block, call, asked) ? [found] : [];
  });
}

export function redirectAt(
  call: ReachedCall,
  { evaluator, file: own, project, signedIn, signedOut }: Asked,
): Redirect | undefined {
  const { file, node, via } = call;
  if (node.type !== 'CallExpression') return undefined;
  const use = useAt({ file, node }, project);
  if (
    !use?.entry.leavesByException ||
    use.entry.isRefusal === true ||
    holds(use.entry.leavesByException, { file, node }, evaluator, frameOfCall(call, evaluator)) !== true
  )
    return undefined;
  const asksForSession = use.entry.startsSignIn !== undefined;
  if (!isCallReachable(call, asksForSession ? signedOut : evaluator)) return undefined;
  if (asksForSession && isBehindSignIn(call, project)) return undefined;
  return {
    place: via.find((site) => site.file === own)?.node ?? node,
    name: use.name,
    isForSignedOut: asksForSession || !isCallReachable(call, signedIn),
    asksForSession,
    call: use.library.name === NAVIGATION ? { file, node } : undefined,
  };
}

/** How an exception is on its way: thrown, or as a promise that is rejected and nobody has waited for yet. */
type Flight = 'rejected' | 'thrown';

/** Whether what a call throws arrives in the `catch` of a block: through every helper on the way, past every nearer `catch`. */
function arrivesAt(block: Node, { file, node, via }: ReachedCall, asked: Asked): boolean {
  let flight: Flight | undefined = isAsynchronous({ file, node }, asked) ? 'rejected' : 'thrown';
  for (const site of [{ file, node }, ...[...via].reverse()]) flight = flight && outOf(site, flight, block, asked);
  return flight === 'thrown';
}

/** AuthKit's functions give promises; those of Next.js throw. */
const isAsynchronous = ({ file, node }: Located, { project }: Asked): boolean =>
  node.type === 'CallExpression' && useAt({ file, node }, project)?.library.name === AUTHKIT;

/** How an exception at a place comes out of the helper that the place is in, or out of `block`; undefined where it does not. */
function outOf({ file, node }: Located, start: Flight, block: Node, asked: Asked): Flight | undefined {
  let flight = start;
  let isInCallback = false;
  for (let current: Node = node; current.parent && current !== block; current = current.parent) {
    const { parent } = current;
    if (isFunction(parent)) {
      // A rejected promise leaves a function only as what it returns.
      if (flight === 'rejected' && current !== parent.body) return undefined;
      if (flight === 'rejected' && parent.body.type === 'BlockStatement' && !isReturned(node, parent)) return undefined;
      if (parent.async) flight = 'rejected';
      if (!isCallback(parent)) return flight;
      isInCallback = true;
    } else if (parent.type === 'AwaitExpression') flight = 'thrown';
    else if (parent.type === 'TryStatement' && current === parent.block && current !== block) {
      if (flight === 'thrown' && swallows(parent, { ...asked, file })) return undefined;
    } else if (parent.type === 'VariableDeclarator' || parent.type === 'ExportDefaultDeclaration') {
      // `const load = cache(async () => …)`: the wrapper is the helper. Of any other promise that is kept nobody knows who waits for it.
      if (isInCallback) return flight;
      if (flight === 'rejected' && !isAwaitedLater(parent, block, file)) return undefined;
      flight = 'thrown';
    } else if (parent.type === 'ExpressionStatement' && flight === 'rejected') return undefined;
  }
  return flight;
}

/** `const auth = withAuth(…); await auth;` in the same block. */
function isAwaitedLater(declarator: Node, block: Node, file: SourceFile): boolean {
  if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return false;
  const variable = variableOf(file, declarator.id);
  const isInBlock = contains(block, declarator);
  return (variable ? readsOf(variable) : []).some(
    (read) =>
      wrapped(read).parent?.type === 'AwaitExpression' &&
      enclosingFunction(read) === enclosingFunction(declarator) &&
      (!isInBlock || contains(block, read)),
  );
}

const isCallback = (node: FunctionNode): boolean =>
  node.parent.type === 'CallExpression' && node.parent.arguments.some((argument) => argument === node);

function isReturned(node: Node, within: FunctionNode): boolean {
  for (let current: Node | undefined = node; current && current !== within; current = current.parent)
    if (current.type === 'ReturnStatement') return true;
  return false;
}
