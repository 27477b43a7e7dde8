/**
 * Routes that read the session and that a proxy of the app's own passes on without AuthKit: `if (pathname.startsWith('/api')) return
 * NextResponse.next()`. The matcher covers them, and `withAuth()` throws there all the same: it looks for a header that AuthKit sets
 * (workos/authkit-nextjs 4.3.2 `src/session.ts` `getSessionFromHeader`).
 */
import {
  type FunctionNode,
  type Node,
  type Range,
  contains,
  literalText,
  unwrapAwait,
  walk,
} from '../../analysis/syntax/ast.ts';
import { type Located } from '../../analysis/syntax/bindings/definitions.ts';
import { importsOf } from '../../analysis/syntax/bindings/imports.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Variable, readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import { assumptionsOf, isReachable } from '../../analysis/flow/flow-values.ts';
import { leavesOf } from '../../analysis/flow/origins.ts';
import { type Exit, exitsOf, stepsTo } from '../../analysis/flow/paths.ts';
import { type Assumptions, truthOfPath } from '../../analysis/flow/reachability.ts';
import { atomsOf } from '../../analysis/flow/conditions.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import type { App, Project } from '../../project/project.ts';
import type { ProxyName } from '../../project/proxy-files.ts';
import { type AppRoute, appRoutesOf } from '../../project/routes/route-files.ts';
import { madeResponse } from '../made-response.ts';
import { mayBeWorkOS } from '../workos-modules.ts';
import { OF_MODE_OR_HOST, asksForMode } from './certain-calls.ts';
import type { ProxyFinding } from './findings.ts';
import { covers } from './matcher/coverage.ts';
import { mayRewrite } from './matcher/find-gaps.ts';
import { readMatcher } from './matcher/read-matcher.ts';
import { samplePaths } from './matcher/sample-paths.ts';
import { exportRange, ownProxyOf } from './proxy-exports.ts';
import { requestEvaluator } from './request-evaluator.ts';
import { type RouteReader, readerOf } from './session-readers.ts';
import { expressionAt } from '../../analysis/syntax/bindings/expressions.ts';

/** So many paths of a dynamic route are tried. */
const MAX_PATHS = 8;

interface Bypass {
  readonly route: AppRoute;
  readonly reader: RouteReader;
}

/**
 * Finds the ways out of a proxy by which routes that read the session are passed on without AuthKit. Requests that do not take such a way may
 * be refused or redirected, by their cookies or their method; none comes to the route with AuthKit.
 */
export function findBypassedRoutes(
  file: SourceFile,
  name: ProxyName,
  app: App,
  project: Project,
): readonly ProxyFinding[] {
  const proxy = ownProxyOf(file, name, project);
  const matcher = readMatcher(file);
  // A base path, a locale or a slash at the end makes paths that tests compare differently.
  const config = app.configPath === undefined ? '' : (project.facts.text(app.configPath) ?? '');
  if (!proxy || !matcher || app.basePath !== '' || app.locales.length > 0 || config.includes('trailingSlash'))
    return [];
  const ways = waysOf(proxy, file, project);
  const own: OwnProxy = { file, node: proxy, ways, suspects: suspectsIn(proxy, file, project) };
  // Who writes AuthKit's header by hand knows what `withAuth()` looks for.
  if (!ways.some(({ kind }) => kind === 'bare') || /x-workos/iu.test(file.text)) return [];
  if (mayRewrite(file, app, project)) return [];
  const found = new Map<Way, Bypass[]>();
  for (const route of appRoutesOf(project.facts, app)) {
    if (
      route.segments[0]?.startsWith('[') ||
      (matcher !== 'everything' && covers(matcher, route.segments, app) !== true)
    )
      continue;
    const way = bareWayFor(route, own, project);
    const reader = way && readerOf(route, project);
    if (reader) found.set(way, [...(found.get(way) ?? []), { route, reader }]);
  }
  return [...found].flatMap(([way, [first, ...others]]) =>
    first ? [findingOf(way, first, others, exportRange(file, name), project)] : [],
  );
}

function findingOf(
  { exit }: Way,
  { reader, route }: Bypass,
  others: readonly Bypass[],
  head: Range,
  project: Project,
): ProxyFinding {
  const more = new Set(others.map((other) => other.route.pattern).filter((pattern) => pattern !== route.pattern)).size;
  return {
    messageId: 'bypassedRoute',
    range: exit.kind === 'end' ? head : exit.node.range,
    data: {
      route: route.pattern,
      others: more === 0 ? '' : ` and ${String(more)} more ${more === 1 ? 'route' : 'routes'}`,
      reader: `${reader.name}()`,
      place: `${project.display(reader.path)}:${String(reader.line)}`,
    },
    unfixable: 'needs a manual change: the proxy may do more on this path',
  };
}

interface OwnProxy extends Located<FunctionNode> {
  readonly ways: readonly Way[];
  /** Where it may come to AuthKit. */
  readonly suspects: readonly Node[];
}

/** One way out of a proxy: `bare` with nothing of AuthKit's in it; `own` with a response that runs no route; else it may be AuthKit's. */
interface Way {
  readonly exit: Exit;
  /** What is returned there, one arm of it; undefined for nothing. */
  readonly arm: Node | undefined;
  readonly kind: 'bare' | 'own' | 'unknown';
}

function waysOf(proxy: FunctionNode, file: SourceFile, project: Project): readonly Way[] {
  return exitsOf(proxy).flatMap((exit): Way[] => {
    if (exit.kind === 'throw') return [];
    if (!exit.argument) return [{ exit, arm: undefined, kind: 'bare' }];
    return leavesOf(exit.argument).map((arm) => ({ exit, arm, kind: kindOf({ file, node: arm }, project) }));
  });
}

function kindOf({ file, node: arm }: Located, project: Project): Way['kind'] {
  const call = expressionAt({ file, node: unwrapAwait(arm) }, project, 'CallExpression', 'NewExpression');
  const made = call?.file === file ? madeResponse(call, project) : undefined;
  if (made?.kind === 'body' || made?.kind === 'redirect') return 'own';
  return made?.name === 'NextResponse.next' ? 'bare' : 'unknown';
}

/** Every place in a proxy that may come to AuthKit: reads of what is imported or loaded, and of what the file makes of that. */
function suspectsIn(proxy: FunctionNode, file: SourceFile, project: Project): readonly Node[] {
  const imported = importsOf(file).filter(({ module }) => mayBeWorkOS(module, file, project));
  const places = new Set([
    ...imported.flatMap(({ variable }) => readsOf(variable)),
    ...lazyRequestsIn(file).filter((node) => mayLoadWorkOS({ file, node }, project)),
  ]);
  // A set is walked in the order of its members, those added meanwhile included.
  for (const place of places) {
    const made = contains(proxy, place) ? functionsAround(place, proxy, file) : madeOf(place, file);
    for (const variable of made) for (const read of readsOf(variable)) places.add(read);
  }
  return [...places].filter((place) => contains(proxy, place));
}

/** What loads a module where it stands: `import('…')`, `require('…')`. */
function lazyRequestsIn(file: SourceFile): readonly Node[] {
  if (!/\b(?:import|require)\s*\(/u.test(file.text)) return [];
  const found: Node[] = [];
  walk(file.ast, (node) => {
    const isRequest =
      node.type === 'ImportExpression' ||
      node.type === 'TSExternalModuleReference' ||
      (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require');
    if (isRequest) found.push(node);
  });
  return found;
}

function mayLoadWorkOS({ file, node }: Located, project: Project): boolean {
  const source =
    node.type === 'ImportExpression'
      ? node.source
      : node.type === 'TSExternalModuleReference'
        ? node.expression
        : node.type === 'CallExpression'
          ? node.arguments[0]
          : undefined;
  const module = literalText(source);
  return module === undefined || mayBeWorkOS(module, file, project);
}

/** The function declarations of a proxy that a place is in: they may be called above it. */
function functionsAround(place: Node, proxy: FunctionNode, file: SourceFile): readonly Variable[] {
  const found: Variable[] = [];
  for (let current = place.parent; current && current !== proxy; current = current.parent) {
    const variable = current.type === 'FunctionDeclaration' && current.id ? variableOf(file, current.id) : undefined;
    if (variable) found.push(variable);
  }
  return found;
}

/** The variables of the module that the statement around a place declares. */
function madeOf(place: Node, { ast, scopes }: SourceFile): readonly Variable[] {
  const statement = ast.body.find((each) => contains(each, place));
  if (!statement) return [];
  return scopes.scopes
    .filter(({ type }) => (type as string) === 'module' || (type as string) === 'global')
    .flatMap(({ variables }) => variables)
    .filter(({ defs }) => defs.some(({ name }) => contains(statement, name)));
}

/** The way without AuthKit that requests of a route take, where they have no other one to the route. */
function bareWayFor({ segments }: AppRoute, proxy: OwnProxy, project: Project): Way | undefined {
  let found: Way | undefined;
  for (const path of samplePaths(segments, []).slice(0, MAX_PATHS)) {
    const way = bareWay(proxy, requestEvaluator({ path }, proxy.node, project));
    if (!way) return undefined;
    found ??= way;
  }
  return found;
}

function bareWay({ file, suspects, ways }: OwnProxy, evaluator: Evaluator): Way | undefined {
  const assumptions = assumptionsOf(evaluator, file);
  const isReached = (node: Node): boolean => isReachable(evaluator, { file, node });
  const reached = ways.filter(
    ({ arm, exit }) => truthOfPath(exit.when, assumptions) !== false && (!arm || isReached(arm)),
  );
  if (reached.some(({ kind }) => kind === 'unknown')) return undefined;
  const bare = reached.filter(({ kind }) => kind === 'bare');
  // What `authkit()` has returned before may be in the response; `no-dropped-session-headers` reports where it is not.
  const mayHaveRun = suspects.some(
    (suspect) => bare.some(({ exit }) => suspect.range[0] < exit.node.range[1]) && isReached(suspect),
  );
  return mayHaveRun
    ? undefined
    : bare.find(({ arm, exit }) => !isForMode({ file, node: arm ?? exit.node }, assumptions, evaluator));
}

/**
 * Whether a way is taken in some mode of the app, or on some host alone: `if (isE2E) return NextResponse.next()`. There routes may do without
 * the session, too.
 */
function isForMode({ file, node }: Located, assumptions: Assumptions, { options: { loader } }: Evaluator): boolean {
  return stepsTo(node)
    .filter(({ kind, when }) => kind === 'into' && truthOfPath(when, assumptions) === undefined)
    .some(({ when }) => atomsOf(when).some((test) => asksForMode(test.node, file, loader, OF_MODE_OR_HOST)));
}
