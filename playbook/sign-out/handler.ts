/** What a route handler's `GET` does: whether it signs people out, and whether it answers a prefetch before it does. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  hasNode,
  isFunction,
  propertyName,
  unwrap,
  walk,
} from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, defineExport, definitionOf } from '../../analysis/syntax/bindings.ts';
import { declarationOf } from '../../analysis/syntax/declarations.ts';
import { type Evaluator, createEvaluator } from '../../analysis/values/evaluate.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { iterationBy } from '../../analysis/values/iterations.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import { variableOf } from '../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Part, type Value, alternativesOf, isNullish } from '../../analysis/values/values.ts';
import { boundFunction, handlerFunction, hasOtherMethods } from './handler-function.ts';
import { isForEverybody, isMainPath } from './main-path.ts';
import { endsBeforeWork, isEnding, isGuarded, isRedirect, refuses } from './refusal.ts';
import { type Params, type RequestKind, requestOf } from './request.ts';
import { LOGOUT_PATH, LOGOUT_URL, isSignOutExport, sessionEndAt } from './session-end.ts';

export interface HandlerFacts {
  /** The call that ends the session, in the words of a message: `signOut()`. Undefined when none is seen. */
  readonly signsOutBy?: string;
  /** Whether it signs out everybody who comes with a session: not only in a case of its own, such as a session that is stale. */
  readonly isForEverybody: () => boolean;
  /** The function that is the export itself; undefined where something makes or wraps it. */
  readonly handler?: Located<FunctionNode>;
  /** Where the handler sends the browser on, without signing out itself: the router follows it. */
  readonly redirects: () => readonly Value[];
  /** Every prefetch gets an answer before anything else happens, or the handler does nothing on GET. */
  readonly isHarmless: () => boolean;
}

const MAX_HELPERS = 5;

/** A longer handler is not read: whether a place is reached is asked of all that stands before it. */
const MAX_HANDLER = 20_000;

/**
 * What `GET` of an App Router route handler does; undefined when the file exports none.
 * A handler that cannot be read (made by a package's function) has no facts but that it is there.
 */
export function getHandlerFacts(file: SourceFile, loader: ModuleLoader, params: Params = {}): HandlerFacts | undefined {
  const definition = defineExport(file, 'GET', [], loader);
  return definition.kind === 'unknown' ? undefined : factsOf(definition, loader, { isApi: false, params });
}

/** The same of a Pages Router API route: its default export is asked with every method, `GET` among them. */
export function apiHandlerFacts(file: SourceFile, loader: ModuleLoader, params: Params = {}): HandlerFacts | undefined {
  const definition = defineExport(file, 'default', [], loader);
  return definition.kind === 'unknown' ? undefined : factsOf(definition, loader, { isApi: true, params });
}

function factsOf(
  definition: Definition,
  loader: ModuleLoader,
  route: Pick<RequestKind, 'isApi' | 'params'>,
): HandlerFacts {
  const asked = (kind: Pick<RequestKind, 'isPrefetch' | 'method'>): Evaluator =>
    createEvaluator({
      loader,
      interpret: requestOf({ ...route, ...kind }),
      isEnding: (callee) => isEnding(loader, callee),
    });
  const prefetch = asked({ method: 'GET', isPrefetch: true });
  if (definition.kind === 'export') return isSignOutExport(definition) ? SIGN_OUT_ITSELF : UNREADABLE;
  const bound = boundFunction(definition, loader);
  if (bound) return withoutHandler(factsOf(bound, loader, route));
  const handler = handlerFunction(definition, loader);
  if (!handler || lengthOf(handler.node) > MAX_HANDLER) {
    return { ...UNREADABLE, isHarmless: () => isMadeByBetterAuth(definition, loader) || hasOtherMethods(definition) };
  }
  const isTurnedAway = () => isTurnedAwayOutside(definition, prefetch);
  const own = definition.kind === 'value' && unwrap(definition.node) === handler.node ? { handler } : {};
  const endAt = endIn(handler);
  const end = reachedIn(handler, prefetch, MAX_HELPERS, endAt);
  if (end !== undefined) {
    if (isTurnedAway()) return { ...UNREADABLE, isHarmless: () => true };
    const isForAll = () => reachedIn(handler, prefetch, MAX_HELPERS, endAt, isForEverybody) !== undefined;
    return { ...own, signsOutBy: end, redirects: () => [], isForEverybody: isForAll, isHarmless: () => false };
  }
  return {
    ...own,
    redirects: () => {
      const redirect = isTurnedAway() ? undefined : reachedIn(handler, prefetch, MAX_HELPERS, redirectAt);
      return redirect ? [redirect] : [];
    },
    isForEverybody: () => false,
    isHarmless: () => {
      if (isTurnedAway() || endsBeforeWork(handler, prefetch) || refuses(handler, prefetch)) return true;
      const click = asked({ method: 'GET', isPrefetch: false });
      // Whatever ends the session is there, and out of reach of a prefetch.
      const isReserved = [click, asked({ method: 'POST', isPrefetch: false })].some(
        (other) => reachedIn(handler, other, MAX_HELPERS, endAt) !== undefined,
      );
      return isReserved || isGuarded(handler, prefetch, click);
    },
  };
}

// An edit of what is bound would be one of something else as well.
const withoutHandler = ({ handler: _, ...facts }: HandlerFacts): HandlerFacts => facts;

const lengthOf = ({ range: [start, end] }: Node): number => end - start;

/** Made by a package's function: nothing is known but that it is there. */
const UNREADABLE: HandlerFacts = { redirects: () => [], isForEverybody: () => false, isHarmless: () => false };

/** `export { signOut as GET } from '@workos-inc/authkit-nextjs'` */
const SIGN_OUT_ITSELF: HandlerFacts = { ...UNREADABLE, signsOutBy: 'signOut()', isForEverybody: () => true };

/**
 * Better Auth's endpoint for signing out takes `POST` alone (better-auth/better-auth
 * packages/better-auth/src/api/routes/sign-out.ts).
 */
function isMadeByBetterAuth(definition: Definition, loader: ModuleLoader): boolean {
  if (definition.kind !== 'value' || definition.node.type !== 'CallExpression') return false;
  const maker = definitionOf({ file: definition.file, node: definition.node.callee }, loader);
  return maker.kind === 'export' && maker.module.startsWith('better-auth');
}

/** Whether the function of the project that wraps a handler answers a request by the router itself. */
function isTurnedAwayOutside(definition: Definition, prefetch: Evaluator): boolean {
  if (definition.kind !== 'value' || definition.node.type !== 'CallExpression') return false;
  const { loader } = prefetch.options;
  const wrapper = definitionOf({ file: definition.file, node: definition.node.callee }, loader);
  if (wrapper.kind !== 'value' || wrapper.path.length > 0 || !isFunction(wrapper.node)) return false;
  const { file, node: owner } = wrapper;
  const calls: Node[] = [];
  walk(owner, (node) => {
    if (node.type !== 'CallExpression') return;
    const callee = definitionOf({ file, node: node.callee }, loader);
    if (callee.kind === 'parameter' && callee.function === owner && callee.path.length === 0) calls.push(node);
  });
  return calls.length > 0 && calls.every((node) => !isReachable(prefetch, { file, node }));
}

type Question<T> = (place: Located, evaluator: Evaluator) => T | undefined;
type Condition = (place: Located, handler: Node, evaluator: Evaluator) => boolean;

const SENDS_AWAY = /redirect|location/iu;

/** Asks a place of a handler what ends the session there: the logout URL does where the browser is sent to it, and not where it is told. */
function endIn(handler: Located<FunctionNode>): Question<string> {
  const sourceOf = ({ file, node }: Located): string => file.text.slice(...node.range);
  return (place, evaluator) => {
    const end = sessionEndAt(place, evaluator);
    if (end === LOGOUT_URL) {
      const owner = { file: place.file, node: enclosingFunction(place.node) ?? place.node };
      return [handler, owner].some((one) => SENDS_AWAY.test(sourceOf(one))) ? end : undefined;
    }
    const target = end === undefined ? redirectAt(place, evaluator) : undefined;
    const leadsToLogout =
      target &&
      alternativesOf(target).some((value) =>
        partsOf(value).some((part) => part.kind === 'known' && part.text.includes(LOGOUT_PATH)),
      );
    return leadsToLogout === true ? 'the redirect to the logout of WorkOS' : end;
  };
}

const partsOf = (value: Value): readonly Part[] =>
  value.type === 'text' ? value.parts : value.type === 'url' ? value.href.parts : [];

/** The first answer to a question of each node that is reached when people are signed in and nothing fails. */
function reachedIn<T>(
  handler: Located<FunctionNode>,
  evaluator: Evaluator,
  helpers: number,
  ask: Question<T>,
  isWanted: Condition = () => true,
): T | undefined {
  const { file } = handler;
  let found: T | undefined;
  walk(handler.node, (node) => {
    if (found !== undefined || node.type === 'CatchClause') return false;
    if (node !== handler.node && isFunction(node) && !iterationBy(node)) return false;
    const answer =
      ask({ file, node }, evaluator) ??
      (node.type === 'CallExpression'
        ? inHelper({ file, node }, handler, evaluator, helpers, ask, isWanted)
        : undefined);
    if (
      answer === undefined ||
      !isMainPath({ file, node }, handler.node, evaluator) ||
      !isReachable(evaluator, { file, node })
    )
      return true;
    if (isWanted({ file, node }, handler.node, evaluator)) found = answer;
    return true;
  });
  return found;
}

function inHelper<T>(
  { file, node }: Located<TSESTree.CallExpression>,
  handler: Located<FunctionNode>,
  evaluator: Evaluator,
  helpers: number,
  ask: Question<T>,
  isWanted: Condition,
): T | undefined {
  if (helpers === 0) return undefined;
  const helper = helperOf({ file, node: node.callee }, evaluator);
  if (!helper || lengthOf(helper.node) > MAX_HANDLER || (helper.file === file && contains(helper.node, handler.node)))
    return undefined;
  return reachedIn(helper, evaluator, helpers - 1, ask, isWanted);
}

/** The function of the project that a call calls: by its name, or out of a list of handlers (`handlers[action]()`). */
function helperOf(callee: Located, evaluator: Evaluator): Located<FunctionNode> | undefined {
  const definition = definitionOf(callee, evaluator.options.loader);
  if (definition.kind === 'value' && definition.path.length === 0 && isFunction(definition.node))
    return { file: definition.file, node: definition.node };
  // To evaluate every callee would be dear; only one that is looked up may hang on the path.
  if (definition.kind === 'export' || !isLookedUp(callee)) return undefined;
  const [only, other] = alternativesOf(evaluator.evaluate(callee)).filter((value) => isNullish(value) !== true);
  return only?.type === 'function' && !other ? { file: only.from.file, node: only.node } : undefined;
}

// handlers[action](), const handler = handlers[action] ?? fallback
function isLookedUp({ file, node }: Located): boolean {
  const callee = unwrap(node);
  const variable = callee.type === 'Identifier' ? variableOf(file, callee) : undefined;
  const declaration = variable && declarationOf(variable);
  const made = declaration?.kind === 'value' && declaration.path.length === 0 ? declaration.node : callee;
  return !isFunction(made) && hasNode(made, (one) => one.type === 'MemberExpression' && one.computed);
}

/** Where a place sends the browser: `redirect('/x')`, `NextResponse.redirect(url)`, `res.redirect(307, '/x')`, `headers: { Location: '/x' }`. */
function redirectAt({ file, node }: Located, evaluator: Evaluator): Value | undefined {
  if (node.type === 'Property')
    return propertyName(node)?.toLowerCase() === 'location'
      ? evaluator.evaluate({ file, node: node.value })
      : undefined;
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const isMethod = callee.type === 'MemberExpression' && propertyName(callee) === 'redirect';
  if (!isMethod && !isRedirect({ file, node: callee }, evaluator)) return undefined;
  const values = node.arguments.map((argument) => evaluator.evaluate({ file, node: argument }));
  return values.find(({ type }) => type === 'text' || type === 'url' || type === 'oneOf');
}
