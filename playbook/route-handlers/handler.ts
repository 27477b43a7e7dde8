/** What a route handler does when it is asked with `GET`, and whether it answers a prefetch before it does. */
import { type FunctionNode, type Node, literalText, unwrap, walk } from '../../analysis/syntax/ast.ts';
import {
  type Definition,
  type Located,
  defineExport,
  definitionOf,
} from '../../analysis/syntax/bindings/definitions.ts';
import type { Path } from '../../analysis/syntax/bindings/declarations.ts';
import { functionAt } from '../../analysis/syntax/functions.ts';
import { environmentOf } from '../../analysis/values/environment.ts';
import { type Evaluator, type EvaluatorOptions, createEvaluator } from '../../analysis/values/evaluate.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import type { Concern, ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Value } from '../../analysis/values/values.ts';
import { isEnding, knownDefinition } from '../libraries/index.ts';
import { boundFunction, handlerFunction, hasOtherMethods } from './handler-function.ts';
import {
  type Asked,
  type Condition,
  type ExportDefinition,
  type Search,
  MAX_HANDLER,
  lengthOf,
  reachedIn,
} from './reached-in.ts';
import { endsBeforeWork, isGuarded, refuses } from './rejected-requests.ts';
import { type RequestKind, requestOf } from './request.ts';
import { switchedOff } from './switches.ts';
import { redirectAt } from './redirects.ts';

/** What handlers are asked: whether they end the session, or start a sign-in. */
export interface HandlerQuestion<Done> {
  /** Unique. */
  readonly name: string;
  /**
   * What a node does of it; undefined for any other node. `handler` gives the function that is asked, or whose helper this is in: to be called
   * only where it matters, for what a helper does not do for any handler is remembered for all of them.
   */
  readonly doneAt: (place: Located, evaluator: Evaluator, handler: () => Located<FunctionNode>) => Done | undefined;
  /** The same of an export of a package that stands as the handler itself: `export { signOut as GET } from '…'`. */
  readonly doneByExport: (definition: ExportDefinition, loader: ModuleLoader) => Done | undefined;
  /** Whether a place is on the way of the visitors who are asked about: those who are signed in, say. */
  readonly isOnTheWay: Condition;
  /** What helpers have to do with it: others are not followed. */
  readonly concern: Concern;
  /** What expressions are for the visitors who are asked about, besides what the request shows. */
  readonly interpret?: NonNullable<EvaluatorOptions['interpret']>;
  /** Whether an argument may be what makes a helper do it. */
  readonly isMadeBy?: (argument: Value) => boolean;
}

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

const OF_REDIRECTS: Concern = { of: 'code', text: /redirect|location/iu };

type Route = Pick<RequestKind, 'isApi' | 'isEdge' | 'params' | 'prefetcher' | 'search'>;

/** What is known of the prefetch that a handler is asked with: of the router, and with nothing in the path, if it does not say. */
export type PrefetchOf = Partial<Pick<RequestKind, 'params' | 'prefetcher' | 'search'>>;

/**
 * What `GET` of an App Router route handler does, or an API route of the Pages Router (its default export is asked with every method);
 * undefined when the file exports none. A handler that cannot be read (made by a package's function) has no facts but that it is there.
 */
export function handlerFacts<Done>(
  file: SourceFile,
  isApi: boolean,
  question: HandlerQuestion<Done>,
  loader: ModuleLoader,
  { params = {}, prefetcher = 'router', search }: PrefetchOf = {},
): HandlerFacts<Done> | undefined {
  const definition = defineExport(file, isApi ? 'default' : 'GET', [], loader);
  return definition.kind === 'unknown'
    ? undefined
    : factsOf(definition, question, loader, { isApi, isEdge: isEdge(file, loader), params, prefetcher, search });
}

/** `export const runtime = 'edge'` */
function isEdge(file: SourceFile, loader: ModuleLoader): boolean {
  const runtime = defineExport(file, 'runtime', [], loader);
  const name = runtime.kind === 'value' ? literalText(runtime.node) : undefined;
  return name === 'edge' || name === 'experimental-edge';
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
    return {
      ...UNREADABLE,
      isHarmless: () =>
        knownDefinition(definition, loader)?.entry.signsOutOnPost === true || hasOtherMethods(definition),
    };
  }
  const own = definition.kind === 'value' && unwrap(definition.node) === handler.node ? { handler } : {};
  return { ...own, ...factsOfFunction(handler, definition, question, loader, route) };
}

function factsOfFunction<Done>(
  handler: Located<FunctionNode>,
  definition: Definition,
  { concern, doneAt, doneByExport, interpret: ofVisitor, isMadeBy, isOnTheWay, name }: HandlerQuestion<Done>,
  loader: ModuleLoader,
  route: Route,
): HandlerFacts<Done> {
  const asked = (
    kind: Pick<RequestKind, 'isPrefetch' | 'method'> & Partial<RequestKind>,
    interpret?: NonNullable<EvaluatorOptions['interpret']>,
  ): Asked => {
    const whole = { ...route, ...kind };
    const request = requestOf(whole);
    const evaluator = createEvaluator({
      loader,
      // Only a production build prefetches.
      environment: environmentOf({ NODE_ENV: 'production' }),
      interpret: (...expression) => interpret?.(...expression) ?? ofVisitor?.(...expression) ?? request(...expression),
      isEnding: (call) => isEnding(call, loader),
    });
    return { evaluator, key: JSON.stringify([name, whole, whole.search === undefined, interpret !== undefined]) };
  };
  const prefetched = asked({ method: 'GET', isPrefetch: true });
  const prefetch = prefetched.evaluator;
  const isTurnedAway = () => isTurnedAwayOutside(definition, prefetch);
  const search: Search<Done> = {
    name: 'done',
    ask: (place, evaluator, ofHandler) =>
      doneAt(place, evaluator, () => {
        ofHandler();
        return handler;
      }),
    ofExport: doneByExport,
    isOnTheWay,
    concern,
    ...(isMadeBy && { isMadeBy }),
  };
  const isSwitchedOff = (): boolean => {
    const off = asked({ method: 'GET', isPrefetch: true }, switchedOff);
    return reachedIn(handler, off, search) === undefined && refuses(handler, off.evaluator);
  };
  const done = reachedIn(handler, prefetched, search);
  if (done !== undefined) {
    if (isTurnedAway() || isSwitchedOff()) return { ...UNREADABLE, isHarmless: () => true };
    return {
      done,
      isDoneWhere: (condition) => reachedIn(handler, prefetched, { ...search, isWanted: condition }) !== undefined,
      redirects: () => [],
      isHarmless: () => false,
    };
  }
  return {
    redirects: () => {
      const redirect = isTurnedAway()
        ? undefined
        : reachedIn(handler, prefetched, {
            name: 'redirect',
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
      // What is asked about is there, and out of reach of a prefetch, or of one without a certain query.
      const others = [
        click,
        asked({ method: 'POST', isPrefetch: false }),
        asked({ method: 'GET', isPrefetch: true, search: undefined }),
      ];
      const isReserved = others.some((other) => reachedIn(handler, other, search) !== undefined);
      return isReserved || isGuarded(handler, prefetch, click.evaluator);
    },
  };
}

// An edit of what is bound would be one of something else as well.
const withoutHandler = <Done>({ handler: _, ...facts }: HandlerFacts<Done>): HandlerFacts<Done> => facts;

/** Made by a package's function: nothing is known but that it is there. */
const UNREADABLE: HandlerFacts<never> = { redirects: () => [], isDoneWhere: () => false, isHarmless: () => false };

const isSamePath = (one: Path, other: Path): boolean =>
  one.length === other.length && one.every((step, index) => step === other[index]);

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
    if (callee.kind === 'parameter' && callee.function === owner && isSamePath(callee.path, definition.path))
      calls.push(node);
  });
  return calls.length > 0 && calls.every((node) => !isReachable(prefetch, { file, node }));
}
