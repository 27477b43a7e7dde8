/** What a route handler's `GET` does: whether it signs people out, and whether it answers a prefetch before it does. */
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
} from '../../analysis/ast.ts';
import { type Definition, type Located, defineExport, definitionOf } from '../../analysis/bindings.ts';
import { type Evaluator, createEvaluator } from '../../analysis/evaluate.ts';
import { isReachable } from '../../analysis/flow.ts';
import { iterationBy } from '../../analysis/iterations.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import { type Value, alternativesOf, isNullish, knownText } from '../../analysis/values.ts';
import { boundFunction, handlerFunction, hasOtherMethods } from './handler-function.ts';
import { type Params, requestOf } from './request.ts';
import { isSignOutExport, sessionEndAt } from './session-end.ts';

export interface HandlerFacts {
  /** The call that ends the session, in the words of a message: `signOut()`. Undefined when none is seen. */
  readonly signsOutBy?: string;
  /** Where the handler sends the browser on, without signing out itself: the router follows it. */
  readonly redirects: readonly Value[];
  /** Every prefetch gets an answer before anything else happens, or the handler does nothing on GET. */
  readonly isHarmless: () => boolean;
}

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
  const bound = boundFunction(definition, loader);
  if (bound) return factsOf(bound, loader, params);
  const handler = handlerFunction(definition, loader);
  if (!handler) return { ...UNREADABLE, isHarmless: () => isMadeByBetterAuth(definition, loader) || hasOtherMethods(definition) };
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
  const helper = helperOf({ file, node: node.callee }, evaluator);
  if (!helper || (helper.file === file && contains(helper.node, handler.node))) return undefined;
  return reachedIn(helper, evaluator, helpers - 1, ask);
}

/** The function of the project that a call calls: by its name, or out of a list of handlers (`handlers[action]()`). */
function helperOf(callee: Located, evaluator: Evaluator): Located<FunctionNode> | undefined {
  const definition = definitionOf(callee, evaluator.options.loader);
  if (definition.kind === 'value' && definition.path.length === 0 && isFunction(definition.node)) return { file: definition.file, node: definition.node };
  if (definition.kind === 'export') return undefined;
  const [only, other] = alternativesOf(evaluator.evaluate(callee)).filter((value) => isNullish(value) !== true);
  return only?.type === 'function' && !other ? { file: only.from.file, node: only.node } : undefined;
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

/** Whether all that the handler does is to answer with what is written there, or to send the browser to a page of the app. */
function refuses({ file, node }: Located<FunctionNode>, evaluator: Evaluator): boolean {
  const statements = node.body.type === 'BlockStatement' ? node.body.body : [node.body];
  const [only, second] = statements;
  if (!only || second) return false;
  const argument = only.type === 'ReturnStatement' ? only.argument : only.type === 'ExpressionStatement' ? only.expression : only;
  const answer = argument && unwrap(argument.type === 'AwaitExpression' ? argument.argument : argument);
  if (answer?.type !== 'CallExpression' && answer?.type !== 'NewExpression') return false;
  if (/\bstatus\b['"]?\s*:\s*(?:404|405|501)\b/u.test(file.text.slice(...answer.range)) || isStillAnswer(file, answer)) return true;
  const [target] = answer.arguments;
  const path = target && isRedirect({ file, node: answer.callee }, evaluator) ? knownText(evaluator.evaluate({ file, node: target })) : undefined;
  return path?.startsWith('/') === true && !path.startsWith('/api/') && !/(?:sign|log)-?o(?:ut|ff)/iu.test(path);
}

/** `new Response('<form method="post">…')`, `NextResponse.json({ … })`: nothing is called for it, and no cookie is set by it. */
function isStillAnswer(file: SourceFile, answer: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const maker = file.text.slice(...answer.callee.range);
  const isAnswer = answer.type === 'NewExpression' ? /^(?:Next)?Response$/u.test(maker) : /^(?:Next)?Response\.json$/u.test(maker);
  if (!isAnswer || /cookie|clear-site/iu.test(file.text.slice(...answer.range))) return false;
  return !answer.arguments.some((argument) => hasNode(argument, ({ type }) => /^(?:Await|Call|New|TaggedTemplate)Expression$/u.test(type)));
}
