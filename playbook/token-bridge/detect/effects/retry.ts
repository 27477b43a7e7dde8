/** Whether a forced refresh is tried again when it fails, and whether a delay and an end keep that from being a loop. */
import {
  type FunctionNode,
  type Node,
  contains,
  isFunction,
  hasNode,
  unwrap,
  ownNodesOf,
} from '../../../../analysis/syntax/ast.ts';
import { type Loop, isLoop } from '../../../../analysis/flow/paths.ts';
import { type Assumptions, mayRun } from '../../../../analysis/flow/reachability.ts';
import { handlersAround } from '../../../../analysis/flow/exceptions/rejections.ts';
import { isAtOnce, isInTimer, isTimer, startsTimer } from '../../../../analysis/flow/timers.ts';
import type { ModuleLoader } from '../../../../analysis/syntax/bindings/modules.ts';
import type { Site } from '../../../../analysis/flow/calls/call-walk.ts';
import type { ReachedCall } from '../calls.ts';
import { retriesOf } from '../guards.ts';
import { originsOf } from '../../values/trace.ts';
import { isNullishLiteral } from '../../../../analysis/syntax/objects.ts';

export interface Retry {
  /** `delayed` is a retry with a delay and an end, which is fine. */
  readonly kind: 'delayed' | 'noDelay' | 'noEnd';
  readonly by: 'catch' | 'interval' | 'loop' | 'recursion';
  /** The loop, the handler, the call: what repeats. */
  readonly node: Node;
  readonly site: Site;
}

/** How a forced refresh is retried; `all` are the calls of the same fetcher. Undefined when it is not. */
export function retryOf(forced: ReachedCall, all: readonly ReachedCall[], loader: ModuleLoader): Retry | undefined {
  for (const site of forced.sites) {
    const around = repeated(site, loader);
    if (around) return around;
  }
  const handled = afterFailure(forced, all, loader);
  if (handled) return handled;
  for (const recursion of all) {
    const retry =
      recursion.what.kind === 'recursion' ? recursive(forced, recursion, recursion.what.function, loader) : undefined;
    if (retry) return retry;
  }
  return forced.sites.some(({ node }) => isInTimer(node)) ? firstSite(forced, 'delayed') : undefined;
}

function firstSite(forced: ReachedCall, kind: Retry['kind']): Retry | undefined {
  const site = forced.sites.at(-1);
  return site && { kind, by: 'catch', node: site.node, site };
}

function repeated(site: Site, loader: ModuleLoader): Retry | undefined {
  for (let current: Node | undefined = site.node; current && current !== site.function; current = current.parent) {
    if (isLoop(current) && contains(current.body, site.node)) {
      const hasEnd = !isEndless(current, site.node) || leavesOnFailure(current.body, site.node);
      const kind = !hasDelay(current.body, site, loader) ? 'noDelay' : hasEnd ? 'delayed' : 'noEnd';
      return { kind, by: 'loop', node: current, site };
    }
    const retries = current.type === 'CallExpression' ? retriesOf(current) : undefined;
    if (retries) return { kind: retries, by: 'loop', node: current, site };
    if (current.type === 'CallExpression' && current !== site.node && isTimer(current, 'setInterval')) {
      return { kind: comparesNumbers(current) ? 'delayed' : 'noEnd', by: 'interval', node: current, site };
    }
  }
  return undefined;
}

/** `while (true)`, and `while (!token)` where nothing but a refresh that went well brings a token. */
function isEndless(loop: Loop, tried: Node): boolean {
  if (loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') return false;
  if (!loop.test || (loop.test.type === 'Literal' && Boolean(loop.test.value))) return true;
  const waited = missing(loop.test);
  const writes = waited === undefined ? [] : writesIn(loop.body, waited);
  return writes.length > 0 && writes.every((write) => isOfSuccess(write, tried));
}

/** The name in `!token`, `token === undefined`, `token == null`. */
function missing(test: Node): string | undefined {
  const node = unwrap(test);
  const subject =
    node.type === 'UnaryExpression' && node.operator === '!'
      ? node.argument
      : node.type === 'BinaryExpression' && isNullishLiteral(node.right) && /^===?$/u.test(node.operator)
        ? node.left
        : undefined;
  return subject?.type === 'Identifier' ? subject.name : undefined;
}

const writesIn = (body: Node, name: string): Node[] =>
  ownNodesOf(body, 'AssignmentExpression').filter(({ left }) => left.type === 'Identifier' && left.name === name);

/** Whether a write is the refresh's own result, or comes after it in the same `try`. */
function isOfSuccess(write: Node, tried: Node): boolean {
  if (contains(write, tried)) return true;
  for (let current: Node | undefined = write; current; current = current.parent) {
    if (current.type === 'CatchClause') return false;
    if (current.type === 'BlockStatement' && current.parent.type === 'TryStatement' && current.parent.block === current)
      return contains(current, tried);
  }
  return false;
}

/** Whether a loop has a way out that does not lead through a refresh that went well. */
function leavesOnFailure(body: Node, tried: Node): boolean {
  const assumptions: Assumptions = {
    throws: () => true,
    // `const token = await refresh().catch(() => null); if (token) return token;`
    isTrue: (test) => (asksForAnswer(test, tried) ? false : undefined),
  };
  const exits = ownNodesOf(body, 'BreakStatement', 'ReturnStatement', 'ThrowStatement');
  return exits.some((exit) => mayRun(exit, assumptions, body));
}

/** Whether a test checks the variable that holds the refresh's result. */
function asksForAnswer(test: Node, tried: Node): boolean {
  const node = unwrap(test);
  const name =
    node.type === 'BinaryExpression' && isNullishLiteral(node.right) && node.operator.startsWith('!')
      ? unwrap(node.left)
      : node;
  if (name.type !== 'Identifier') return false;
  for (let current: Node | undefined = tried; current && !isFunction(current); current = current.parent) {
    const target =
      current.type === 'VariableDeclarator'
        ? current.id
        : current.type === 'AssignmentExpression'
          ? current.left
          : undefined;
    if (target) return target.type === 'Identifier' && target.name === name.name;
  }
  return false;
}

/** Whether something in a piece of code waits: a promise of a timer, or an awaited function that we can't see into. */
export function hasDelay(code: Node, site: Site, loader: ModuleLoader, before = Infinity): boolean {
  return hasNode(
    code,
    (node) => node.type === 'AwaitExpression' && node.range[1] <= before && waits(unwrap(node.argument), site, loader),
  );
}

function waits(node: Node, site: Site, loader: ModuleLoader): boolean {
  if (node.type === 'NewExpression') return startsTimer(node);
  if (node.type !== 'CallExpression') return false;
  return originsOf({ file: site.file, node: node.callee, path: [], frame: site.ref.frame }, loader).some((origin) => {
    if (origin.kind === 'function') return startsTimer(origin.at.node);
    if (origin.kind === 'workos') return false;
    // `promise.catch(…)`, `Promise.race([refresh(), timeout])` wait for no longer than the promise does.
    return origin.kind === 'package' || (origin.kind === 'unknown' && node.callee.type === 'Identifier');
  });
}

/** Whether a piece of code compares a number: `attempts < 3`. */
export const comparesNumbers = (code: Node): boolean =>
  hasNode(
    code,
    (node) =>
      node.type === 'BinaryExpression' &&
      (/^[<>]=?$/u.test(node.operator) || (/^[!=]==?$/u.test(node.operator) && isNumber(node.right))),
  );

const isNumber = (node: Node): boolean => node.type === 'Literal' && typeof node.value === 'number';

/** `try { refresh() } catch { refresh() }` and `refresh().catch(() => refresh())`. */
function afterFailure(forced: ReachedCall, all: readonly ReachedCall[], loader: ModuleLoader): Retry | undefined {
  for (const site of forced.sites) {
    for (const { handler, tried } of handlersAround(site)) {
      const isAgain = all.some(
        (other) =>
          other.what.kind === 'forced' &&
          other !== forced &&
          other.sites.some(({ node, file }) => file === site.file && contains(tried, node)),
      );
      if (!isAgain) continue;
      const isDelayed = isInTimer(site.node) || hasDelay(handler, site, loader, site.node.range[0]);
      return { kind: isDelayed ? 'delayed' : 'noDelay', by: 'catch', node: site.node, site };
    }
  }
  return undefined;
}

const isSum = (node: Node): boolean => ['BinaryExpression', 'UpdateExpression'].includes(node.type);

/** `attempts += 1`, `attempts.current++` */
const changesCounter = (code: Node): boolean =>
  hasNode(
    code,
    (node) =>
      node.type === 'UpdateExpression' || (node.type === 'AssignmentExpression' && /^[+-]=$/u.test(node.operator)),
  );

/** A function on the way that calls itself after the refresh has failed. */
function recursive(
  forced: ReachedCall,
  recursion: ReachedCall,
  target: FunctionNode,
  loader: ModuleLoader,
): Retry | undefined {
  const index = forced.sites.findIndex((site) => site.function === target);
  const from = recursion.sites.findIndex((site) => site.function === target);
  const [tried, again] = [forced.sites[index], recursion.sites[from]];
  const last = recursion.sites.at(-1);
  if (!tried || !again || !last || !comesAfter(again, tried)) return undefined;
  const way = recursion.sites.slice(from);
  const byTimer = last.node.type === 'CallExpression' && isTimer(last.node, 'setTimeout') && !isAtOnce(last.node);
  const isDelayed = byTimer || isInTimer(last.node) || way.some((site) => hasDelay(site.function.body, site, loader));
  const call = last.node;
  const counts =
    way.some(
      (site) => changesCounter(site.function.body) || (call.type === 'CallExpression' && call.arguments.some(isSum)),
    ) && way.some((site) => comparesNumbers(site.function.body));
  return { kind: !isDelayed ? 'noDelay' : counts ? 'delayed' : 'noEnd', by: 'recursion', node: call, site: last };
}

function comesAfter(again: Site, tried: Site): boolean {
  if (handlersAround(again).some((handler) => contains(handler.tried, tried.node))) return true;
  let isReturned = false;
  for (let current: Node | undefined = tried.node; current && current !== tried.function; current = current.parent) {
    isReturned ||=
      current.type === 'ReturnStatement' || (isFunction(tried.function) && tried.function.body === current);
  }
  return !isReturned && again.node.range[0] > tried.node.range[1];
}
