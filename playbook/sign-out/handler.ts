/** What a route handler's `GET` does: whether it signs people out, and whether it answers a prefetch before it does. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  isFunction,
  literalText,
  propertyName,
  unwrap,
  walkOwnCode,
} from '../../analysis/ast.ts';
import { type Definition, type Located, defineExport, definitionOf } from '../../analysis/bindings.ts';
import { type Evaluator, type EvaluatorOptions, createEvaluator } from '../../analysis/evaluate.ts';
import { isReachable } from '../../analysis/flow.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import { alternativesOf, knownText, literal, text } from '../../analysis/values.ts';

export interface HandlerFacts {
  /** The call that ends the session, in the words of a message: `signOut()`. Undefined when none is seen. */
  readonly signsOutBy?: string;
  /** The place of that call, if it stands in the handler's own file. */
  readonly signOutCall?: Node;
  /** Every prefetch gets an answer before anything else happens, or the handler does nothing on GET. */
  readonly isHarmless: () => boolean;
}

const AUTHKIT = new Set(['@workos-inc/authkit-nextjs', '@workos/authkit-tanstack-react-start', '@workos-inc/authkit-remix']);
const MAX_HELPERS = 5;

/**
 * What `GET` of an App Router route handler does; undefined when the file exports none.
 * A handler that cannot be read (made by a package's function) has no facts but that it is there.
 */
export function getHandlerFacts(file: SourceFile, loader: ModuleLoader): HandlerFacts | undefined {
  const definition = defineExport(file, 'GET', [], loader);
  return definition.kind === 'unknown' ? undefined : factsOf(definition, loader);
}

/** The same of a Pages Router API route: its default export is asked with every method, `GET` among them. */
export function apiHandlerFacts(file: SourceFile, loader: ModuleLoader): HandlerFacts | undefined {
  const definition = defineExport(file, 'default', [], loader);
  return definition.kind === 'unknown' ? undefined : factsOf(definition, loader);
}

function factsOf(definition: Definition, loader: ModuleLoader): HandlerFacts {
  const handler = handlerFunction(definition, loader);
  if (!handler) return { isHarmless: () => false };
  const prefetch = createEvaluator({ loader, interpret: requestOf({ isPrefetch: true }) });
  const call = signOutCallIn(handler, prefetch, MAX_HELPERS);
  if (call) {
    return {
      signsOutBy: call.name,
      ...(call.located.file === handler.file && { signOutCall: call.located.node }),
      isHarmless: () => false,
    };
  }
  return {
    isHarmless: () => endsBeforeWork(handler, prefetch) || refuses(handler, prefetch) || isGuarded(handler, loader, prefetch),
  };
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
  return undefined;
}

/**
 * The request that the handler is asked with: a `GET`, and where `isPrefetch`, one by the router. Only `RSC` tells that
 * for sure (PLAYBOOK 1: Next 15 leaves `Next-Router-Prefetch` out for `prefetch={true}`); `Purpose` is never sent.
 */
function requestOf({ isPrefetch }: { isPrefetch: boolean }): NonNullable<EvaluatorOptions['interpret']> {
  return ({ file, node }) => {
    const from = { file, node };
    if (node.type === 'MemberExpression' && propertyName(node) === 'method') return text('GET', from);
    if (node.type === 'BinaryExpression' && node.operator === 'in') return undefined;
    if (node.type !== 'CallExpression') return undefined;
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return undefined;
    const method = propertyName(callee);
    const header = literalText(node.arguments[0])?.toLowerCase();
    if (header === undefined || (method !== 'get' && method !== 'has')) return undefined;
    if (header === 'rsc') {
      if (method === 'has') return literal(isPrefetch, from);
      return isPrefetch ? text('1', from) : literal(null, from);
    }
    if (!/^(?:next-router-prefetch|next-router-segment-prefetch|purpose|sec-purpose|x-middleware-prefetch)$/u.test(header)) return undefined;
    return literal(method === 'has' ? false : null, from);
  };
}

interface SignOutCall {
  readonly located: Located;
  readonly name: string;
}

/** The first call that ends the session and is reached when people are signed in and nothing fails. */
function signOutCallIn(handler: Located<FunctionNode>, evaluator: Evaluator, helpers: number): SignOutCall | undefined {
  const { file } = handler;
  let found: SignOutCall | undefined;
  walkOwnCode(handler.node, (node) => {
    if (found) return false;
    if (node.type === 'CatchClause') return false;
    if (node.type !== 'CallExpression' && node.type !== 'AwaitExpression') return true;
    if (node.type === 'AwaitExpression') return true;
    const call = signOutCallAt({ file, node }, handler, evaluator, helpers);
    if (call && isMainPath(node, handler.node) && isReachable(evaluator, { file, node })) found = call;
    return true;
  });
  return found;
}

function signOutCallAt(
  call: Located<TSESTree.CallExpression>,
  handler: Located<FunctionNode>,
  evaluator: Evaluator,
  helpers: number,
): SignOutCall | undefined {
  const { file, node } = call;
  const { loader } = evaluator.options;
  const callee = unwrap(node.callee);
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  const definition = definitionOf({ file, node: callee }, loader);
  if (definition.kind === 'export' && AUTHKIT.has(definition.module)) {
    const name = definition.path.length === 0 ? definition.name : definition.path[0];
    return name === 'signOut' ? { located: call, name: 'signOut()' } : undefined;
  }
  if (method === 'getLogoutUrl') return { located: call, name: 'getLogoutUrl()' };
  const cookie = clearedCookie(node, method, evaluator, file);
  if (cookie !== undefined) return { located: call, name: `the deletion of the cookie '${cookie}'` };
  if (definition.kind !== 'value' || definition.path.length > 0 || !isFunction(definition.node) || helpers === 0) return undefined;
  if (definition.file === file && contains(definition.node, handler.node)) return undefined;
  const helper = signOutCallIn({ file: definition.file, node: definition.node }, evaluator, helpers - 1);
  return helper && { located: call, name: helper.name };
}

/** The name of a session cookie that a call clears: `cookies().delete('wos-session')`, `.set(name, '', { maxAge: 0 })`. */
function clearedCookie(
  node: TSESTree.CallExpression,
  method: string | undefined,
  evaluator: Evaluator,
  file: SourceFile,
): string | undefined {
  const [first, second, third] = node.arguments;
  if (!first || (method !== 'delete' && method !== 'set')) return undefined;
  const valueOf = (argument: Node) => alternativesOf(evaluator.evaluate({ file, node: argument }));
  const names = valueOf(first).map((value) => {
    if (value.type === 'object') {
      const name = value.properties.get('name');
      return name && knownText(name.value);
    }
    return knownText(value) ?? (value.type === 'text' && value.parts.some((part) => part.kind === 'env' && part.name === 'WORKOS_COOKIE_NAME') ? 'wos-session' : undefined);
  });
  const session = names.find((name) => name !== undefined && /sess/iu.test(name));
  if (session === undefined) return undefined;
  if (method === 'delete') return session;
  const isEmptied = second !== undefined && valueOf(second).every((value) => knownText(value) === '');
  const ends = third ?? second;
  const expires = ends !== undefined && /max-?age['"]?\s*:\s*(?:0|-\d)|new Date\(0\)/iu.test(file.text.slice(...ends.range));
  return isEmptied || expires ? session : undefined;
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
function isGuarded(handler: Located<FunctionNode>, loader: ModuleLoader, prefetch: Evaluator): boolean {
  const last = lastStatement(handler);
  if (!last || isReachable(prefetch, { file: handler.file, node: last })) return false;
  const click = createEvaluator({ loader, interpret: requestOf({ isPrefetch: false }) });
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
  const callee = definitionOf({ file, node: answer.callee }, evaluator.options.loader);
  const [target] = answer.arguments;
  const isRedirect = callee.kind === 'export' && callee.module === 'next/navigation' && /^(?:permanentR|r)edirect$/u.test(callee.name);
  const path = isRedirect && target ? knownText(evaluator.evaluate({ file, node: target })) : undefined;
  return path?.startsWith('/') === true && !path.startsWith('/api/') && !/(?:sign|log)-?o(?:ut|ff)/iu.test(path);
}
