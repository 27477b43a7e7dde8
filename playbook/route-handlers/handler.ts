/** What a route handler does when it is asked with `GET`, and whether it answers a prefetch before it does. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  hasNode,
  isFunction,
  propertyName,
  unwrap,
  walk,
} from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, defineExport, definitionOf } from '../../analysis/syntax/bindings.ts';
import { functionAt, functionOf } from '../../analysis/syntax/functions.ts';
import { declarationOf } from '../../analysis/syntax/declarations.ts';
import { environmentOf } from '../../analysis/values/environment.ts';
import { type Evaluator, type EvaluatorOptions, createEvaluator } from '../../analysis/values/evaluate.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { iterationBy } from '../../analysis/values/iterations.ts';
import { type Concern, type ModuleLoader, loaderFor } from '../../analysis/syntax/modules.ts';
import { variableOf } from '../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Value, alternativesOf, isNullish } from '../../analysis/values/values.ts';
import { isEnding } from '../libraries/index.ts';
import { boundFunction, handlerFunction, hasOtherMethods } from './handler-function.ts';
import { endsBeforeWork, isGuarded, refuses } from './rejected-requests.ts';
import { type Params, type RequestKind, requestOf } from './request.ts';
import { isRedirect } from './responses.ts';
import { switchedOff } from './switches.ts';

/** What handlers are asked: whether they end the session, or start a sign-in. */
export interface HandlerQuestion<Done> {
  /** What a node does of it; undefined for any other node. `handler` is the function that is asked, or the helper that it calls. */
  readonly doneAt: (place: Located, evaluator: Evaluator, handler: Located<FunctionNode>) => Done | undefined;
  /** The same of an export of a package that stands as the handler itself: `export { signOut as GET } from '…'`. */
  readonly doneByExport: (definition: ExportDefinition, loader: ModuleLoader) => Done | undefined;
  /** Whether a place is on the way of the visitors who are asked about: those who are signed in, say. */
  readonly isOnTheWay: Condition;
  /** What helpers have to do with it: others are not followed. */
  readonly concern: Concern;
}

export type ExportDefinition = Extract<Definition, { kind: 'export' }>;

/** Whether something holds for a place in a handler, or in a helper of it. */
export type Condition = (place: Located, handler: Node, evaluator: Evaluator) => boolean;

export interface HandlerFacts<Done> {
  /** What the handler does of what is asked; undefined when nothing is seen. */
  readonly done?: Done;
  /** Whether it is done at a place for which a further condition holds. */
  readonly isDoneWhere: (condition: Condition) => boolean;
  /** The function that is the export itself; undefined where something makes or wraps it. */
  readonly handler?: Located<FunctionNode>;
  /** Where the handler sends the browser on, without doing it itself: the router follows it. */
  readonly redirects: () => readonly Value[];
  /** Every prefetch gets an answer before anything else happens, or the handler does nothing on GET. */
  readonly isHarmless: () => boolean;
}

const MAX_HELPERS = 5;

const OF_REDIRECTS: Concern = { of: 'code', text: /redirect|location/iu, calls: MAX_HELPERS };

/** A longer handler is not read: whether a place is reached is asked of all that stands before it. */
const MAX_HANDLER = 20_000;

type Route = Pick<RequestKind, 'isApi' | 'params'>;

/**
 * What `GET` of an App Router route handler does, or an API route of the Pages Router (its default export is asked with every method);
 * undefined when the file exports none. A handler that cannot be read (made by a package's function) has no facts but that it is there.
 */
export function handlerFacts<Done>(
  file: SourceFile,
  isApi: boolean,
  question: HandlerQuestion<Done>,
  loader: ModuleLoader,
  params: Params = {},
): HandlerFacts<Done> | undefined {
  const definition = defineExport(file, isApi ? 'default' : 'GET', [], loader);
  return definition.kind === 'unknown' ? undefined : factsOf(definition, question, loader, { isApi, params });
}

function factsOf<Done>(
  definition: Definition,
  question: HandlerQuestion<Done>,
  loader: ModuleLoader,
  route: Route,
): HandlerFacts<Done> {
  if (definition.kind === 'export') {
    const done = question.doneByExport(definition, loader);
    return done === undefined ? UNREADABLE : { ...UNREADABLE, done, isDoneWhere: () => true };
  }
  const bound = boundFunction(definition, loader);
  if (bound) return withoutHandler(factsOf(bound, question, loader, route));
  const handler = handlerFunction(definition, loader);
  if (!handler || lengthOf(handler.node) > MAX_HANDLER) {
    return { ...UNREADABLE, isHarmless: () => isMadeByBetterAuth(definition, loader) || hasOtherMethods(definition) };
  }
  const own = definition.kind === 'value' && unwrap(definition.node) === handler.node ? { handler } : {};
  return { ...own, ...factsOfFunction(handler, definition, question, loader, route) };
}

function factsOfFunction<Done>(
  handler: Located<FunctionNode>,
  definition: Definition,
  { concern, doneAt, isOnTheWay }: HandlerQuestion<Done>,
  loader: ModuleLoader,
  route: Route,
): HandlerFacts<Done> {
  const asked = (
    kind: Pick<RequestKind, 'isPrefetch' | 'method'>,
    interpret?: NonNullable<EvaluatorOptions['interpret']>,
  ): Evaluator => {
    const request = requestOf({ ...route, ...kind });
    return createEvaluator({
      loader,
      // Only a production build prefetches.
      environment: environmentOf({ NODE_ENV: 'production' }),
      interpret: (...expression) => interpret?.(...expression) ?? request(...expression),
      isEnding: (call) => isEnding(call, loader),
    });
  };
  const prefetch = asked({ method: 'GET', isPrefetch: true });
  const isTurnedAway = () => isTurnedAwayOutside(definition, prefetch);
  const search: Search<Done> = { ask: (place, evaluator) => doneAt(place, evaluator, handler), isOnTheWay, concern };
  const isSwitchedOff = (): boolean => {
    const off = asked({ method: 'GET', isPrefetch: true }, switchedOff);
    return reachedIn(handler, off, search) === undefined && refuses(handler, off);
  };
  const done = reachedIn(handler, prefetch, search);
  if (done !== undefined) {
    if (isTurnedAway() || isSwitchedOff()) return { ...UNREADABLE, isHarmless: () => true };
    return {
      done,
      isDoneWhere: (condition) => reachedIn(handler, prefetch, { ...search, isWanted: condition }) !== undefined,
      redirects: () => [],
      isHarmless: () => false,
    };
  }
  return {
    redirects: () => {
      const redirect = isTurnedAway()
        ? undefined
        : reachedIn(handler, prefetch, {
            ask: redirectAt,
            isOnTheWay,
            concern: OF_REDIRECTS,
          });
      return redirect ? [redirect] : [];
    },
    isDoneWhere: () => false,
    isHarmless: () => {
      if (isTurnedAway() || endsBeforeWork(handler, prefetch) || refuses(handler, prefetch)) return true;
      const click = asked({ method: 'GET', isPrefetch: false });
      // What is asked about is there, and out of reach of a prefetch.
      const isReserved = [click, asked({ method: 'POST', isPrefetch: false })].some(
        (other) => reachedIn(handler, other, search) !== undefined,
      );
      return isReserved || isGuarded(handler, prefetch, click);
    },
  };
}

// An edit of what is bound would be one of something else as well.
const withoutHandler = <Done>({ handler: _, ...facts }: HandlerFacts<Done>): HandlerFacts<Done> => facts;

const lengthOf = ({ range: [start, end] }: Node): number => end - start;

/** Made by a package's function: nothing is known but that it is there. */
const UNREADABLE: HandlerFacts<never> = { redirects: () => [], isDoneWhere: () => false, isHarmless: () => false };

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
  const wrapper = functionAt({ file: definition.file, node: definition.node.callee }, loader);
  if (!wrapper) return false;
  const { file, node: owner } = wrapper;
  const calls: Node[] = [];
  walk(owner, (node) => {
    if (node.type !== 'CallExpression') return;
    const callee = definitionOf({ file, node: node.callee }, loader);
    if (callee.kind === 'parameter' && callee.function === owner && callee.path.length === 0) calls.push(node);
  });
  return calls.length > 0 && calls.every((node) => !isReachable(prefetch, { file, node }));
}

/** What is looked for in a handler and in the helpers that it calls. */
interface Search<T> {
  readonly ask: (place: Located, evaluator: Evaluator) => T | undefined;
  readonly isOnTheWay: Condition;
  readonly concern: Concern;
  /** Further conditions of a place that counts. */
  readonly isWanted?: Condition;
}

/** The first answer to a question of each node that is reached when people are signed in and nothing fails. */
function reachedIn<T>(
  handler: Located<FunctionNode>,
  evaluator: Evaluator,
  search: Search<T>,
  helpers: number = MAX_HELPERS,
): T | undefined {
  const { file } = handler;
  const { ask, isOnTheWay, isWanted } = search;
  let found: T | undefined;
  walk(handler.node, (node) => {
    if (found !== undefined || node.type === 'CatchClause') return false;
    if (node !== handler.node && isFunction(node) && !iterationBy(node)) return false;
    const answer =
      ask({ file, node }, evaluator) ??
      (node.type === 'CallExpression' ? inHelper({ file, node }, handler, evaluator, search, helpers) : undefined);
    if (
      answer === undefined ||
      !isOnTheWay({ file, node }, handler.node, evaluator) ||
      !isReachable(evaluator, { file, node })
    )
      return true;
    if (isWanted?.({ file, node }, handler.node, evaluator) !== false) found = answer;
    return true;
  });
  return found;
}

function inHelper<T>(
  { file, node }: Located<TSESTree.CallExpression>,
  handler: Located<FunctionNode>,
  evaluator: Evaluator,
  search: Search<T>,
  helpers: number,
): T | undefined {
  if (helpers === 0) return undefined;
  const helper = helperOf({ file, node: node.callee }, evaluator, search.concern);
  if (!helper || lengthOf(helper.node) > MAX_HANDLER || (helper.file === file && contains(helper.node, handler.node)))
    return undefined;
  return reachedIn(helper, evaluator, search, helpers - 1);
}

/** The function of the project that a call calls: by its name, or out of a list of handlers (`handlers[action]()`). */
function helperOf(callee: Located, evaluator: Evaluator, concern: Concern): Located<FunctionNode> | undefined {
  const definition = definitionOf(callee, loaderFor(evaluator.options.loader, concern));
  const called = functionOf(definition);
  if (called) return called;
  // To evaluate every callee would be expensive; only one that is looked up may depend on the path.
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

/** Where a place of a handler sends the browser: `redirect('/x')`, `NextResponse.redirect(url)`, `res.redirect(307, '/x')`, `headers: { Location: '/x' }`. */
export function redirectAt({ file, node }: Located, evaluator: Evaluator): Value | undefined {
  if (node.type === 'Property')
    return propertyName(node)?.toLowerCase() === 'location'
      ? evaluator.evaluate({ file, node: node.value })
      : undefined;
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const isMethod = callee.type === 'MemberExpression' && propertyName(callee) === 'redirect';
  if (!isMethod && !isRedirect({ file, node: callee }, evaluator.options.loader)) return undefined;
  const values = node.arguments.map((argument) => evaluator.evaluate({ file, node: argument }));
  return values.find(({ type }) => type === 'text' || type === 'url' || type === 'oneOf');
}
