/** The calls of a block that leave it by an exception of Next.js's: `redirect()`, and AuthKit's functions that redirect. */
import type { TSESTree } from '@typescript-eslint/types';
import { promiseMethod } from '../../analysis/flow/exceptions/rejections.ts';
import { type Flight, type Swallows, flightOutOf } from '../../analysis/flow/exceptions/exception-flight.ts';
import { type FunctionNode, type Node, isFunction, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { type ReachedCall, callsReachedFrom, isCallReachable } from '../../analysis/flow/calls/reached-calls.ts';
import { holds } from '../libraries/conditions.ts';
import { type Concern, loaderFor } from '../../analysis/syntax/bindings/modules.ts';
import type { Entry, When } from '../libraries/entry.ts';
import { textWithExports, useAt } from '../libraries/index.ts';
import { createImportTest } from '../../project/modules/imports.ts';
import { type Asked, swallows } from './catches.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';
import { frameOf } from '../../analysis/flow/calls/call-contexts.ts';

/** What may redirect, as far as a guard may be from it that asks another guard: requireAdmin(), requireUser(), withAuth(). */
const MAY_REDIRECT: Concern = { of: 'code', text: /@workos-inc\/|next\/navigation/u, calls: 2 };
const isNearRedirect = createImportTest({ ...MAY_REDIRECT, calls: 1 });

const redirects = ({ isRefusal, leavesByException }: Entry): When | undefined =>
  isRefusal === true ? undefined : leavesByException;

/** Whether a file, or a module that it comes to by calls that are followed, may have such a call. */
export const leadsToRedirect = createImportTest({ ...MAY_REDIRECT, text: textWithExports(redirects) });

export interface Redirect {
  readonly place: Node;
  /** The call as a message names it, with its file where that is another one: `withAuth() (lib/viewer.ts)`. */
  readonly shown: string;
  /** It redirects visitors without a session: by itself, or behind a look at who is there. */
  readonly isForSignedOut: boolean;
  /** It is AuthKit's, and asks for a session by itself. */
  readonly asksForSession: boolean;
  /** The call of `redirect()`; undefined for what has a target of its own. */
  readonly call: Located<TSESTree.CallExpression> | undefined;
}

/** The calls in a block of `try`, or in the body of a callback, whose exception leaves it. */
export const redirectsFrom = (block: Node, asked: Asked): readonly Redirect[] =>
  leavingFrom(block, asked).flatMap(({ flight, redirect }) => (flight === 'thrown' ? [redirect] : []));

/**
 * Whether whom a redirect is for has been redirected before: by the same call, or for want of a session, in a statement that is run in any case
 * before the outermost `try` around it. `const auth = await requireUser(); try { await clientFor(requireUser) } catch {}`
 */
export function isBehindGuard({ call, isForSignedOut, place }: Redirect, asked: Asked): boolean {
  const around: Node[] = [];
  for (let node: Node | undefined = place; node && !isFunction(node); node = node.parent) around.push(node);
  const outermost = around.findLastIndex(({ type }) => type === 'TryStatement');
  const isSame = (before: Redirect): boolean =>
    (isForSignedOut && before.isForSignedOut) || (call !== undefined && before.call?.node === call.node);
  return around.slice(Math.max(outermost, 0)).some((node) => {
    const { parent } = node;
    if (parent?.type !== 'BlockStatement' && parent?.type !== 'Program') return false;
    return parent.body.some(
      (statement) =>
        statement.range[1] <= node.range[0] &&
        IN_ANY_CASE.has(statement.type) &&
        redirectsFrom(statement, asked).some(isSame),
    );
  });
}

const IN_ANY_CASE = new Set(['ExpressionStatement', 'TryStatement', 'VariableDeclaration']);

/** How a redirect leaves code. */
interface Leaving {
  readonly redirect: Redirect;
  readonly flight: Flight;
}

/** The redirects that come out of a function when it is called: thrown, or by the promise that it returns. */
export function redirectsOf(owner: FunctionNode, asked: Asked): readonly Leaving[] {
  const results = new Set(returnedExpressions(owner).map(unwrap));
  return leavingFrom(owner.body, asked).flatMap(({ flight, redirect }): readonly Leaving[] => {
    if (flight === 'thrown') return [{ redirect, flight: owner.async ? 'rejected' : 'thrown' }];
    return results.has(redirect.place) ? [{ redirect, flight }] : [];
  });
}

function leavingFrom(block: Node, asked: Asked): readonly Leaving[] {
  const { file, project } = asked;
  const calls = callsReachedFrom(
    { file, node: block },
    // Of other files those that may redirect are worth reading.
    {
      loader: loaderFor(project, MAY_REDIRECT),
      enters: (target) => target.file === file || isNearRedirect(project, target.file.text, target.file.path),
    },
  );
  return calls.flatMap((call) => {
    const redirect = redirectAt(call, asked);
    const flight = redirect && flightTo(block, call, asked);
    return flight ? [{ redirect, flight }] : [];
  });
}

/** The redirects of a promise: its own call, and what runs in the `then()` behind it. */
export function promisedIn(promise: Node, asked: Asked): readonly Redirect[] {
  const node = unwrap(promise);
  if (node.type !== 'CallExpression') return [];
  // `Promise.all([audit(), signOut()])`
  const [list] = node.arguments;
  if (list?.type === 'ArrayExpression' && promiseMethod(node) === 'all')
    return list.elements.flatMap((one) => (one && one.type !== 'SpreadElement' ? promisedIn(one, asked) : []));
  const callee = unwrap(node.callee);
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (callee.type !== 'MemberExpression' || (name !== 'then' && name !== 'finally')) {
    return leavingFrom(node, asked).flatMap(({ redirect }) => (redirect.place === node ? [redirect] : []));
  }
  const [argument, other] = node.arguments;
  const next = argument && unwrap(argument);
  return [
    ...(other ? [] : promisedIn(callee.object, asked)),
    ...(isFunction(next) ? redirectsFrom(next.body, asked) : []),
  ];
}

function redirectAt(
  call: ReachedCall,
  { evaluator, file: own, project, signedIn, signedOut }: Asked,
): Redirect | undefined {
  const { file, node, via } = call;
  if (node.type !== 'CallExpression') return undefined;
  const use = useAt({ file, node }, project);
  const when = use && redirects(use.entry);
  if (!when || holds(when, { file, node }, evaluator, frameOf(call.ref, evaluator)) !== true) return undefined;
  const asksForSession = use.entry.startsSignIn !== undefined;
  if (!isCallReachable(call, asksForSession ? signedOut : evaluator)) return undefined;
  return {
    place: via.find((site) => site.file === own)?.node ?? node,
    shown: `${use.name}()${file === own ? '' : ` (${project.display(file.path)})`}`,
    isForSignedOut: asksForSession || !isCallReachable(call, signedIn),
    asksForSession,
    call: use.entry.redirectsTo === 'url' ? { file, node } : undefined,
  };
}

/** How what a call throws leaves a block: through every helper on the way, past every nearer `catch`. */
function flightTo(block: Node, { file, node, via }: ReachedCall, asked: Asked): Flight | undefined {
  const isSwallowing: Swallows = (statement, part) =>
    swallows(statement.node, { ...asked, file: statement.file }, part);
  let flight: Flight | undefined = isAsynchronous({ file, node }, asked) ? 'rejected' : 'thrown';
  for (const site of [{ file, node }, ...[...via].reverse()])
    flight = flight && flightOutOf(site, flight, block, isSwallowing);
  return flight;
}

/** AuthKit's functions give promises; those of Next.js throw. */
const isAsynchronous = ({ file, node }: Located, { project }: Asked): boolean =>
  node.type === 'CallExpression' && useAt({ file, node }, project)?.library.name === AUTHKIT;
