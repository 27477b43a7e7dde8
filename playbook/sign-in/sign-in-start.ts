/** What a handler is asked here: whether its GET starts a sign-in, for visitors without a session (PLAYBOOK 6). */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  isFunction,
  propertyName,
  unwrap,
  walkOwnCode,
  unwrapAwait,
} from '../../analysis/syntax/ast.ts';
import { assumptionsOf } from '../../analysis/flow/flow-values.ts';
import { leavesOf } from '../../analysis/flow/origins.ts';
import { stepsTo } from '../../analysis/flow/paths.ts';
import { truthOfPath } from '../../analysis/flow/reachability.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { alternativesOf } from '../../analysis/values/values.ts';
import { holds } from '../libraries/conditions.ts';
import { knownExport, useAt } from '../libraries/index.ts';
import { hrefPathsOf } from '../links/hrefs.ts';
import { madeResponse } from '../made-response.ts';
import type { HandlerQuestion } from '../route-handlers/handler.ts';
import { mayRedirect, redirectAt, redirectsTo } from '../route-handlers/redirects.ts';
import { isRedirect } from '../route-handlers/responses.ts';
import { asksForFailure, asksForNoSession, asksForSession } from '../route-handlers/session-tests.ts';
import { valueNamed } from '../../analysis/syntax/objects.ts';

export interface SignInStart {
  /** In the words of a message, where the handler's text does not say it: `withAuth() with ensureSignedIn`. */
  readonly what?: string | undefined;
  /** The version of authkit-nextjs from which on it sets a cookie; undefined for what sets none. */
  readonly setsCookieSince?: string | undefined;
  /** Whether the handler sends the browser to the URL, or only returns it. */
  readonly sendsAway: boolean;
}

export const SIGN_IN_START: HandlerQuestion<SignInStart> = {
  name: 'sign-in',
  doneAt: startAt,
  doneByExport: () => undefined,
  isOnTheWay: isForSignedOut,
  concern: {
    of: 'code',
    text: /workos|authkit|[aA]uthorizationUrl|getSign(?:In|Up)Url|ensureSignedIn|\/authorize\b/u,
  },
};

/** The path of WorkOS where a sign-in begins, where someone writes it out (workos/workos-node src/user-management, src/sso). */
const AUTHORIZE_PATH = /(?:user_management|sso)\/authorize\b/u;

function startAt(place: Located, evaluator: Evaluator, handler: () => Located<FunctionNode>): SignInStart | undefined {
  const { file, node } = place;
  if (node.type === 'CallExpression') {
    const { loader } = evaluator.options;
    const known = useAt({ file, node }, loader);
    if (known?.entry.startsSignIn === 'always') {
      return {
        setsCookieSince: known.entry.writesCookie?.since,
        sendsAway: [handler(), place].some(mayRedirect),
      };
    }
    if (sendsToAuthorizationUrl({ file, node }, loader)) return { what: 'authkit()', sendsAway: true };
    // withAuth({ ensureSignedIn: true }), in a handler that sends who is signed in to a page of the app
    const isDemanded =
      known?.entry.startsSignIn !== undefined && holds(known.entry.startsSignIn, { file, node }, evaluator) === true;
    if (known && isDemanded && !returnsData(handler(), loader) && sendsToPages(handler(), evaluator))
      return {
        what: `${known.name.slice(known.name.lastIndexOf('.') + 1)}() with ensureSignedIn`,
        setsCookieSince: known.entry.writesCookie?.since,
        sendsAway: true,
      };
  }
  const isAuthorize = redirectsTo(place, (text) => AUTHORIZE_PATH.test(text), evaluator);
  return isAuthorize ? { what: 'the redirect to the sign-in of WorkOS', sendsAway: true } : undefined;
}

/** `redirect(authorizationUrl)` and `handleAuthkitHeaders(request, headers, { redirect: authorizationUrl })` of `authkit(request)`. */
function sendsToAuthorizationUrl({ file, node }: Located<TSESTree.CallExpression>, loader: ModuleLoader): boolean {
  const callee = { file, node: node.callee };
  const isOfAuthKit = (expression: Node): boolean => isAuthorizationUrl({ file, node: expression }, loader);
  if (isRedirect(callee, loader) || madeResponse({ file, node }, loader)?.kind === 'redirect')
    return node.arguments.some(isOfAuthKit);
  if (knownExport(callee, loader)?.entry.sendsSessionHeaders !== true) return false;
  return node.arguments.some((argument) => {
    const target = valueNamed(argument, 'redirect');
    return target !== undefined && isOfAuthKit(target);
  });
}

/** Variables that hold one another. */
const MAX_HOPS = 3;

/** Whether an expression may be the `authorizationUrl` of `authkit(request)`: itself, or `session.user ? home : authorizationUrl`. */
function isAuthorizationUrl({ file, node }: Located, loader: ModuleLoader, hops = MAX_HOPS): boolean {
  return leavesOf(node).some((leaf) => {
    if (leaf.type !== 'Identifier' && leaf.type !== 'MemberExpression') return false;
    const made = definitionOf({ file, node: leaf }, loader);
    if (made.kind !== 'value') return false;
    if (made.node.type !== 'CallExpression')
      return hops > 0 && made.path.length === 0 && isAuthorizationUrl(made, loader, hops - 1);
    if (made.path.at(-1) !== 'authorizationUrl') return false;
    return knownExport({ file: made.file, node: made.node.callee }, loader)?.entry.returnsSessionHeaders === true;
  });
}

/**
 * Whether a place is on the way of visitors without a session, in a handler that is there to sign in: one that asks for a session and has
 * something else for those who have it (data, a file) only turns the others away.
 */
function isForSignedOut({ file, node }: Located, handler: Node, evaluator: Evaluator): boolean {
  const known = assumptionsOf(evaluator, file);
  const isTrue = (test: Node): boolean | undefined => known.isTrue?.(test) ?? isTrueSignedOut({ file, node: test });
  return (
    stepsTo(node, handler).every(({ kind, when }) => kind === 'past' || truthOfPath(when, { isTrue }) !== false) &&
    !servesSignedIn({ file, node: handler }, evaluator.options.loader)
  );
}

/** What a test comes out as without a session; undefined where it asks for something else. */
function isTrueSignedOut(test: Located): boolean | undefined {
  if (asksForSession(test)) return false;
  return asksForNoSession(test) || undefined;
}

/** Whether a handler asks for a session, and returns something else than a redirect to those who have one. */
function servesSignedIn(handler: Located, loader: ModuleLoader): boolean {
  const { asksForSession: asks, results } = resultsIn(handler);
  return asks && results.some((result) => !leadsElsewhere(result, loader));
}

/** Whether a handler redirects, and only to fixed pages of the app: what redirects to a file, or to a page of some record, is no way to sign in. */
function sendsToPages({ file, node: handler }: Located, evaluator: Evaluator): boolean {
  const pages = new Set<boolean>();
  walkOwnCode(handler, (node) => {
    if (node.type !== 'CallExpression') return;
    const callee = unwrap(node.callee);
    const isMethod = callee.type === 'MemberExpression' && propertyName(callee) === 'redirect';
    if (!isMethod && !isRedirect({ file, node: callee }, evaluator.options.loader)) return;
    const target = redirectAt({ file, node }, evaluator);
    pages.add(target !== undefined && alternativesOf(target).every((value) => hrefPathsOf(value).length > 0));
  });
  return pages.has(true) && !pages.has(false);
}

const returnsData = (handler: Located, loader: ModuleLoader): boolean =>
  resultsIn(handler).results.some((result) => !leadsElsewhere(result, loader));

/** What a handler returns, except where something went wrong. */
function resultsIn({ file, node: handler }: Located): { asksForSession: boolean; results: readonly Located[] } {
  let asks = false;
  const results: Located[] = [];
  walkOwnCode(handler, (node) => {
    if (node.type === 'CatchClause') return false;
    if (node.type === 'IfStatement') {
      const test: Located = { file, node: node.test };
      if (asksForSession(test) || asksForNoSession(test)) asks = true;
      else if (asksForFailure(test)) return false;
    }
    if (node.type === 'ReturnStatement' && node.argument) results.push({ file, node: node.argument });
    return node.type !== 'ReturnStatement';
  });
  return { asksForSession: asks, results };
}

/** Whether a result sends the browser elsewhere, or is what a function of the project makes, which may. */
function leadsElsewhere({ file, node }: Located, loader: ModuleLoader): boolean {
  const result = unwrapAwait(node);
  if (result.type !== 'CallExpression' && result.type !== 'NewExpression') return false;
  const callee = { file, node: result.callee };
  if (isRedirect(callee, loader) || knownExport(callee, loader)?.entry.sendsSessionHeaders === true) return true;
  const response = madeResponse({ file, node: result }, loader);
  if (response?.kind === 'redirect') return true;
  const init = response?.init;
  if (init) return /\blocation\b/iu.test(file.text.slice(...init.range));
  const target = unwrap(result.callee);
  // res.redirect(url)
  if (target.type === 'MemberExpression' && propertyName(target) === 'redirect') return true;
  const made = definitionOf(callee, loader);
  return made.kind === 'value' && isFunction(made.node);
}
