/**
 * Paths from which a proxy of the app's own sends signed-out visitors to the same path again. AuthKit's proxy does not: it adds the path of the
 * redirect URI to `unauthenticatedPaths` by itself, and what starts a sign-in ends on the path that it asks for (workos/authkit-nextjs
 * 4.3.2 `src/session.ts`, `src/authkit-callback-route.ts`).
 */
import { type FunctionNode, type Node, unwrapAwait } from '../../analysis/syntax/ast.ts';
import { defineExport } from '../../analysis/syntax/bindings/definitions.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { exitsOf } from '../../analysis/flow/paths.ts';
import { leaves } from '../../analysis/flow/reachability.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type Value, alternativesOf, knownText, literal, text, objectWith } from '../../analysis/values/values.ts';
import type { App, Project } from '../../project/project.ts';
import type { ProxyName } from '../../project/proxy-files.ts';
import { type AppRoute, appRoutesOf } from '../../project/routes/route-files.ts';
import { useAt, usesOf, workosLoader } from '../libraries/index.ts';
import { makesCallbackHandler } from '../callback-handler.ts';
import { madeResponse } from '../made-response.ts';
import type { ProxyFinding } from './findings.ts';
import { covers } from './matcher/coverage.ts';
import { readMatcher } from './matcher/read-matcher.ts';
import { ownProxyOf } from './proxy-exports.ts';
import { requestEvaluator } from './request-evaluator.ts';
import { valueNamed } from '../../analysis/syntax/objects.ts';

/** Anything that is on no path: the host does not matter. */
const ORIGIN = 'http://localhost:3000';
/** Where AuthKit's `authorizationUrl` leads. */
const WORKOS = 'https://api.workos.com/user_management/authorize';

/** Finds paths on which every way out of the proxy, for a visitor without a session, leads to the same path, or away from the callback. */
export function findSelfRedirects(
  file: SourceFile,
  name: ProxyName,
  app: App,
  project: Project,
): readonly ProxyFinding[] {
  const proxy = ownProxyOf(file, name, project);
  if (!proxy) return [];
  // What comes to the end of the function without a response is passed on.
  if (!leaves(proxy.body)) return [];
  if (!usesOf(file, workosLoader(project)).some(({ entry }) => entry.proxy === 'function')) return [];
  const ways = exitsOf(proxy)
    .filter(({ kind }) => kind === 'return')
    .map(({ argument, node }): Way => ({ node, target: targetOf(argument, file, project) }));
  if (!ways.some(({ target }) => target)) return [];
  const findings: ProxyFinding[] = [];
  for (const route of fixedRoutes(app, project)) {
    if (!isMatched(file, route, app)) continue;
    const finding = redirectFrom(route, { proxy, ways, file, project });
    if (finding && !findings.some(({ range }) => range[0] === finding.range[0])) findings.push(finding);
  }
  return findings;
}

/** A `return` of the proxy, and what it redirects to. */
interface Way {
  readonly node: Node;
  readonly target: Node | undefined;
}

interface Proxy {
  readonly proxy: FunctionNode;
  readonly ways: readonly Way[];
  readonly file: SourceFile;
  readonly project: Project;
}

const fixedRoutes = (app: App, project: Project): readonly AppRoute[] =>
  appRoutesOf(project.facts, app).filter(({ segments }) => !segments.some((segment) => segment.startsWith('[')));

function isMatched(file: SourceFile, route: AppRoute, app: App): boolean {
  const matcher = readMatcher(file);
  return matcher === 'everything' || (matcher !== undefined && covers(matcher, route.segments, app) === true);
}

function redirectFrom(route: AppRoute, { file, project, proxy, ways }: Proxy): ProxyFinding | undefined {
  const evaluator = signedOutOn(route.pattern, proxy, project);
  const isReached = ({ node }: Way) => isReachable(evaluator, { file, node });
  // One way that is no redirect, or that no one can follow, and they may get through. Of most routes there is one, and nothing more to ask.
  if (ways.some((way) => !way.target && isReached(way))) return undefined;
  const reached = ways.filter((way) => way.target && isReached(way));
  const targets = reached.map(({ target }) => (target ? pathsOf(evaluator.evaluate({ file, node: target })) : []));
  const [first] = reached;
  if (!first) return undefined;
  const isLoop = targets.every((paths) => paths.every((path) => path === route.pattern));
  const isCallback =
    finishesSignIn(route, project) && targets.every((paths) => paths.every((path) => path !== undefined));
  if (!isLoop && !isCallback) return undefined;
  return {
    messageId: isLoop ? 'redirectsToItself' : 'guardedCallback',
    range: first.node.range,
    data: { path: route.pattern },
    unfixable: 'where the exception belongs is for a person to say',
  };
}

/** The paths that a redirect leads to on this site, `undefined` for what is not known; for another site its URL. */
function pathsOf(value: Value): readonly (string | undefined)[] {
  return alternativesOf(value).map((one) => {
    const href = knownText(one.type === 'url' ? one.href : one);
    if (href === undefined || !URL.canParse(href, ORIGIN)) return undefined;
    const url = new URL(href, ORIGIN);
    return url.origin === ORIGIN ? url.pathname : url.href;
  });
}

/** The evaluator for a request without a session. */
function signedOutOn(pathname: string, proxy: FunctionNode, project: Project): Evaluator {
  return requestEvaluator({ origin: ORIGIN, path: pathname }, proxy, project, (from) => {
    const { node } = from;
    if (node.type !== 'CallExpression' || !useAt({ ...from, node }, project)?.entry.returnsSessionHeaders)
      return undefined;
    const session = objectWith({ user: literal(null, from) }, true, from);
    return objectWith({ session, authorizationUrl: text(WORKOS, from) }, true, from);
  });
}

/** What a `return` redirects to: `NextResponse.redirect(X)`, `handleAuthkitHeaders(request, headers, { redirect: X })`. */
function targetOf(argument: Node | undefined, file: SourceFile, project: Project): Node | undefined {
  const call = argument && unwrapAwait(argument);
  if (call?.type !== 'CallExpression') return undefined;
  if (madeResponse({ file, node: call }, project)?.kind === 'redirect') return call.arguments[0];
  const options = useAt({ file, node: call }, project)?.entry.sendsSessionHeaders ? call.arguments[2] : undefined;
  return valueNamed(options, 'redirect');
}

function finishesSignIn(route: AppRoute, project: Project): boolean {
  const file = route.kind === 'route' ? project.sourceFile(route.path) : undefined;
  return file !== undefined && makesCallbackHandler(defineExport(file, 'GET', [], project), project);
}
