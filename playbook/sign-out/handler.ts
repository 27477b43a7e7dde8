/** What a route handler's `GET` does: whether it signs people out, and whether it answers a prefetch before it does. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  isFunction,
  propertyName,
  resultsOf,
  unwrap,
  walk,
} from '../../analysis/ast.ts';
import { type Definition, type Located, defineExport, definitionOf } from '../../analysis/bindings.ts';
import { type Evaluator, type EvaluatorOptions, createEvaluator } from '../../analysis/evaluate.ts';
import { isReachable } from '../../analysis/flow.ts';
import { iterationBy } from '../../analysis/iterations.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import { type Value, knownText, literal, text } from '../../analysis/values.ts';
import type { ServedRoute } from '../../project/project.ts';
import { UNKNOWN_SEGMENT } from './paths.ts';
import { isSignOutExport, sessionEndAt } from './session-end.ts';

export interface HandlerFacts {
  /** The call that ends the session, in the words of a message: `signOut()`. Undefined when none is seen. */
  readonly signsOutBy?: string;
  /** Where the handler sends the browser on, without signing out itself: the router follows it. */
  readonly redirects: readonly Value[];
  /** Every prefetch gets an answer before anything else happens, or the handler does nothing on GET. */
  readonly isHarmless: () => boolean;
}

/** What stands in the dynamic segments of the path that is asked for. */
type Params = ServedRoute['params'];

const MAX_HELPERS = 5;

/**
 * What `GET` of an App Router route handler does; undefined when the file exports none.
 * A handler that cannot be read (made by a package's function) has no facts but that it is there.
 */
export function getHandlerFacts(file: SourceFile, loader: ModuleLoader, params: Params = {}): HandlerFacts | undefined {
  const definition = defineExport(file, 'GET', [], loader);
  return definition.kind === 'unknown' ? undefined : factsOf(definition, loader, params);
}

/** The same of a Pages Router API route: its default export is asked with every method, `GET` among them. */
export function apiHandlerFacts(file: SourceFile, loader: ModuleLoader, params: Params = {}): HandlerFacts | undefined {
  const definition = defineExport(file, 'default', [], loader);
  return definition.kind === 'unknown' ? undefined : factsOf(definition, loader, params);
}

function factsOf(definition: Definition, loader: ModuleLoader, params: Params): HandlerFacts {
  const prefetch = createEvaluator({ loader, interpret: requestOf({ isPrefetch: true, params }) });
  if (definition.kind === 'export') {
    return isSignOutExport(definition) ? { signsOutBy: 'signOut()', redirects: [], isHarmless: () => false } : UNREADABLE;
  }
  const handler = handlerFunction(definition, loader);
  if (!handler) return { ...UNREADABLE, isHarmless: () => isMadeByBetterAuth(definition, loader) };
  if (isTurnedAwayOutside(definition, prefetch)) return { redirects: [], isHarmless: () => true };
  const end = reachedIn(handler, prefetch, MAX_HELPERS, sessionEndAt);
  if (end !== undefined) return { signsOutBy: end, redirects: [], isHarmless: () => false };
  const redirect = reachedIn(handler, prefetch, MAX_HELPERS, redirectAt);
  return {
    redirects: redirect ? [redirect] : [],
    isHarmless: () => endsBeforeWork(handler, prefetch) || refuses(handler, prefetch) || isGuarded(handler, prefetch, params),
  };
}

/** Made by a package's function: nothing is known but that it is there. */
const UNREADABLE: HandlerFacts = { redirects: [], isHarmless: () => false };

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

/** The function behind a handler: itself, or the one that a wrapper is given (`withAuth(async () => …)`). */
function handlerFunction(definition: Definition, loader: ModuleLoader): Located<FunctionNode> | undefined {
  if (definition.kind !== 'value' || definition.path.length > 0) return undefined;
  const { file } = definition;
  const node = unwrap(definition.node);
  if (isFunction(node)) return { file, node };
  if (node.type !== 'CallExpression') return undefined;
  for (const argument of node.arguments) {
    const inner = handlerFunction(definitionOf({ file, node: argument }, loader), loader);
    if (inner) return inner;
  }
  // const makeHandler = () => async () => signOut()
  const maker = definitionOf({ file, node: node.callee }, loader);
  if (maker.kind !== 'value' || maker.path.length > 0 || !isFunction(maker.node)) return undefined;
  const made = resultsOf(maker.node).find(isFunction);
  return made && { file: maker.file, node: made };
}

/**
 * The request that the handler is asked with: a `GET`, and where `isPrefetch`, one by the router. Only `RSC` tells that
 * for sure (PLAYBOOK 1: Next 15 leaves `Next-Router-Prefetch` out for `prefetch={true}`); `Purpose` is never sent.
 */
function requestOf({ isPrefetch, params }: { isPrefetch: boolean; params: Params }): NonNullable<EvaluatorOptions['interpret']> {
  const hasParams = Object.keys(params).length > 0;
  return ({ file, node }, evaluator, frame) => {
    const from = { file, node };
    const param = hasParams ? paramAt(from, evaluator, params) : undefined;
    if (param !== undefined) return text(param, from);
    if (node.type === 'MemberExpression' && propertyName(node) === 'method') return text('GET', from);
    // const { method } = request
    if (node.type === 'Identifier' && /method/iu.test(node.name)) {
      const definition = definitionOf(from, evaluator.options.loader);
      return definition.kind === 'parameter' && definition.path.at(-1) === 'method' ? text('GET', from) : undefined;
    }
    if (node.type !== 'CallExpression') return undefined;
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return undefined;
    const method = propertyName(callee);
    const [argument] = node.arguments;
    if (!argument || (method !== 'get' && method !== 'has')) return undefined;
    const header = knownText(evaluator.evaluate({ file, node: argument }, frame))?.toLowerCase();
    if (header === undefined) return undefined;
    if (header === 'rsc') {
      if (method === 'has') return literal(isPrefetch, from);
      return isPrefetch ? text('1', from) : literal(null, from);
    }
    const fetched = Object.hasOwn(SENT_BY_FETCH, header) ? SENT_BY_FETCH[header] : undefined;
    if (fetched) return method === 'has' ? literal(true, from) : text(fetched[isPrefetch ? 'router' : 'browser'], from);
    if (!/^(?:next-router-prefetch|next-router-segment-prefetch|purpose|sec-purpose|x-middleware-prefetch)$/u.test(header)) return undefined;
    return literal(method === 'has' ? false : null, from);
  };
}

/** `(await params).action` of a route handler, `req.query.action` of an API route: what the path has there. */
function paramAt({ file, node }: Located, evaluator: Evaluator, params: Params): string | undefined {
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined;
  const definition = definitionOf({ file, node }, evaluator.options.loader);
  if (definition.kind !== 'parameter' || definition.path.length !== 2) return undefined;
  const [holder, name] = definition.path;
  const isParams = definition.index === 1 ? holder === 'params' : holder === 'query';
  const value = isParams && typeof name === 'string' && Object.hasOwn(params, name) ? params[name] : undefined;
  return typeof value === 'string' && value !== UNKNOWN_SEGMENT ? value : undefined;
}

/** What browsers send with the router's `fetch`, and with a navigation of their own (the Fetch Metadata standard). */
const SENT_BY_FETCH: Readonly<Record<string, { readonly browser: string; readonly router: string }>> = {
  'sec-fetch-dest': { router: 'empty', browser: 'document' },
  'sec-fetch-mode': { router: 'cors', browser: 'navigate' },
};

/** The first answer to a question of each node that is reached when people are signed in and nothing fails. */
function reachedIn<T>(
  handler: Located<FunctionNode>,
  evaluator: Evaluator,
  helpers: number,
  ask: (place: Located, evaluator: Evaluator) => T | undefined,
): T | undefined {
  const { file } = handler;
  let found: T | undefined;
  walk(handler.node, (node) => {
    if (found !== undefined || node.type === 'CatchClause') return false;
    if (node !== handler.node && isFunction(node) && !iterationBy(node)) return false;
    const answer = ask({ file, node }, evaluator) ?? (node.type === 'CallExpression' ? inHelper({ file, node }, handler, evaluator, helpers, ask) : undefined);
    if (answer !== undefined && isMainPath(node, handler.node) && isReachable(evaluator, { file, node })) found = answer;
    return true;
  });
  return found;
}

function inHelper<T>(
  { file, node }: Located<TSESTree.CallExpression>,
  handler: Located<FunctionNode>,
  evaluator: Evaluator,
  helpers: number,
  ask: (place: Located, evaluator: Evaluator) => T | undefined,
): T | undefined {
  if (helpers === 0) return undefined;
  const definition = definitionOf({ file, node: node.callee }, evaluator.options.loader);
  if (definition.kind !== 'value' || definition.path.length > 0 || !isFunction(definition.node)) return undefined;
  if (definition.file === file && contains(definition.node, handler.node)) return undefined;
  return reachedIn({ file: definition.file, node: definition.node }, evaluator, helpers - 1, ask);
}

/** Where a call sends the browser: `redirect('/x')`, `NextResponse.redirect(url)`, `res.redirect(307, '/x')`. */
function redirectAt({ file, node }: Located, evaluator: Evaluator): Value | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const isMethod = callee.type === 'MemberExpression' && propertyName(callee) === 'redirect';
  if (!isMethod && !isRedirect({ file, node: callee }, evaluator)) return undefined;
  const values = node.arguments.map((argument) => evaluator.evaluate({ file, node: argument }));
  return values.find(({ type }) => type === 'text' || type === 'url' || type === 'oneOf');
}

function isRedirect(expression: Located, evaluator: Evaluator): boolean {
  const callee = definitionOf(expression, evaluator.options.loader);
  return callee.kind === 'export' && callee.module === 'next/navigation' && /^(?:permanentR|r)edirect$/u.test(callee.name);
}

/**
 * Whether a call is on the way of somebody who is signed in: not in a branch for an absent session or a failed check.
 */
function isMainPath(node: Node, handler: Node): boolean {
  for (let current: Node = node; current.parent && current !== handler; current = current.parent) {
    const { parent } = current;
    if (parent.type === 'IfStatement' && parent.consequent === current && isAbsence(parent.test)) return false;
    if (parent.type === 'IfStatement' && parent.alternate === current && !isAbsence(parent.test)) return false;
  }
  return true;
}

// !session, session === null, !(await withAuth()).user
function isAbsence(test: Node): boolean {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression') return node.operator === '!';
  if (node.type === 'LogicalExpression') return isAbsence(node.left) || isAbsence(node.right);
  return node.type === 'BinaryExpression' && /^={2,3}$/u.test(node.operator) && isNothing(node.right);
}

function isNothing(node: Node): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}

/** The statement that a handler ends with, if it has a block. */
function lastStatement({ node }: Located<FunctionNode>): Node | undefined {
  return node.body.type === 'BlockStatement' ? node.body.body.at(-1) : undefined;
}

/** Whether a request by the router is answered before the handler's end, and any other request is not. */
function isGuarded(handler: Located<FunctionNode>, prefetch: Evaluator, params: Params): boolean {
  const last = lastStatement(handler);
  if (!last || isReachable(prefetch, { file: handler.file, node: last })) return false;
  const click = createEvaluator({ loader: prefetch.options.loader, interpret: requestOf({ isPrefetch: false, params }) });
  return isReachable(click, { file: handler.file, node: last });
}

/** Whether the handler turns every `GET` away: an API route for `POST` alone. */
function endsBeforeWork(handler: Located<FunctionNode>, evaluator: Evaluator): boolean {
  const last = lastStatement(handler);
  return last !== undefined && mentionsMethod(handler) && !isReachable(evaluator, { file: handler.file, node: last });
}

function mentionsMethod({ file, node }: Located<FunctionNode>): boolean {
  return /\bmethod\b/u.test(file.text.slice(...node.range));
}

/** Whether all that the handler does is to answer 404, 405 or 501, or to send the browser to a page of the app. */
function refuses({ file, node }: Located<FunctionNode>, evaluator: Evaluator): boolean {
  const statements = node.body.type === 'BlockStatement' ? node.body.body : [node.body];
  const [only, second] = statements;
  if (!only || second) return false;
  const argument = only.type === 'ReturnStatement' ? only.argument : only.type === 'ExpressionStatement' ? only.expression : only;
  const answer = argument && unwrap(argument.type === 'AwaitExpression' ? argument.argument : argument);
  if (answer?.type !== 'CallExpression' && answer?.type !== 'NewExpression') return false;
  if (/\bstatus\b['"]?\s*:\s*(?:404|405|501)\b/u.test(file.text.slice(...answer.range))) return true;
  const [target] = answer.arguments;
  const path = target && isRedirect({ file, node: answer.callee }, evaluator) ? knownText(evaluator.evaluate({ file, node: target })) : undefined;
  return path?.startsWith('/') === true && !path.startsWith('/api/') && !/(?:sign|log)-?o(?:ut|ff)/iu.test(path);
}
