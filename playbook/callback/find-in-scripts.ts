/** Callbacks as scripts have them: route handlers that finish nothing, and redirect URIs that lead to no callback. */
import { dirname } from 'node:path';
import { callNamed } from '../../analysis/edits/call.ts';
import { type Edit, replace } from '../../analysis/edits/edits.ts';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import { type Node, type Range, isFunction, unwrapAwait } from '../../analysis/syntax/ast.ts';
import { definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { type Export, exportsOf } from '../../analysis/syntax/bindings/exports.ts';
import { readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { createEvaluator } from '../../analysis/values/evaluate.ts';
import { perProject } from '../../project/memos/per-project.ts';
import type { App, Project } from '../../project/project.ts';
import { isRunByHand } from '../../project/modules/hand-run.ts';
import { createImportTest } from '../../project/modules/imports.ts';
import { proxyFilesOf, proxyFolderOf, proxyNameOf, runningProxiesOf } from '../../project/proxy-files.ts';
import { isTestFile, runningFilesBelow } from '../../project/modules/source-files.ts';
import { holds } from '../libraries/conditions.ts';
import { OF_WORKOS, type Use, useAt, usesOf, workosLoader } from '../libraries/index.ts';
import { registrationOf } from '../redirect-uri/convex-json/preview-registration.ts';
import { convexJsonFor } from '../redirect-uri/convex-json/registered.ts';
import { locationOf, optionText } from '../redirect-uri/detect/locations.ts';
import { mayHaveSink } from '../redirect-uri/evaluate/sinks.ts';
import type { SinkUse } from '../redirect-uri/evaluate/sink-use.ts';
import { usesIn } from '../redirect-uri/evaluate/sink-uses.ts';
import { isNextDev } from '../redirect-uri/hosting/dev-server.ts';
import { isConvexVariable, isVercelHost } from '../redirect-uri/hosting/hosts.ts';
import type { RedirectUri } from '../redirect-uri/evaluate/redirect-uri.ts';
import {
  advise,
  callbackFile,
  callbackRoute,
  describe,
  handlerOfOtherMethod,
  judgeRoute,
  mayHaveCallback,
  uncalledHandler,
} from './callback-route.ts';
import type { CallbackFinding } from './findings.ts';
import { isGivenByEnv, soleApp } from './known-uris.ts';
import { middlewareAuthOf } from '../middleware-auth.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';

/** What a file of AuthKit's, or of WorkOS's, has in its text. */
const OF_AUTHKIT = /authkit|handleAuth|WORKOS_REDIRECT_URI|getAuthorizationUrl/u;

/** Whether a file may have one of these faults: a route handler, a redirect URI, or in an app without a callback what starts a sign-in. */
export function mayHaveFault(text: string, path: string, open: () => Project): boolean {
  if (!OF_AUTHKIT.test(text)) return false;
  if (/[\\/]route\.[^\\/]+$/u.test(path) || mayHaveSink(text, path)) return true;
  const project = open();
  const app = project.appOf(path);
  return app !== undefined && !mayHaveCallback(project, app);
}

/** Finds what keeps sign-ins from being finished, as far as a script says it. */
export function findInvalidCallback(file: SourceFile, project: Project): readonly CallbackFinding[] {
  if (isTestFile(file.path)) return [];
  const app = project.appOf(file.path);
  const found = [...(app ? brokenHandler(file, app, project) : []), ...wrongPaths(file, project)];
  return app && found.length === 0 ? missingCallback(file, app, project) : found;
}

function brokenHandler(file: SourceFile, app: App, project: Project): readonly CallbackFinding[] {
  if (project.routeOfFile(app, file.path)?.kind !== 'route') return [];
  const { named, stars } = exportsOf(file);
  const get = named.get('GET');
  const uncalled = get && uncalledHandler(get, file, project);
  if (uncalled !== undefined) return [uncalledFinding(get, uncalled, file)];
  const returned = get && returnedHandler(get, file, project);
  if (returned) return [returned];
  // Another module may export `GET`.
  if (get || stars.length > 0) return [];
  const other = handlerOfOtherMethod(named, file, project);
  return other ? [wrongMethod(other.node, other.method, file, project)] : [];
}

/** `GET = () => handleAuth()`: it returns the handler, and never calls it. */
function returnedHandler(exported: Export, file: SourceFile, project: Project): CallbackFinding | undefined {
  const definition = exported.kind === 'local' ? definitionOf({ file, node: exported.node }, project) : undefined;
  if (definition?.kind !== 'value' || definition.file !== file || !isFunction(definition.node)) return undefined;
  for (const result of returnedExpressions(definition.node)) {
    const made = unwrapAwait(result);
    const use = made.type === 'CallExpression' ? useAt({ file, node: made }, project) : undefined;
    if (use?.entry.finishesSignIn !== 'handler-factory') continue;
    return {
      messageId: 'returnedHandler',
      range: made.range,
      data: { name: use.name },
      unfixable: 'the request has to be handed on',
    };
  }
  return undefined;
}

function uncalledFinding(exported: Export | undefined, name: string, file: SourceFile): CallbackFinding {
  const node = exported?.kind === 'local' ? exported.node : undefined;
  const init = node?.parent?.type === 'VariableDeclarator' ? node.parent.init : undefined;
  const call = init && callNamed(init);
  const statement = file.ast.body.find(({ type }) => type === 'ExportNamedDeclaration');
  return {
    messageId: 'uncalledHandler',
    range: ((call && init) ?? node ?? statement ?? file.ast).range,
    data: { name },
    ...(call
      ? { fix: { safety: 'review', edits: [call] }, fixMessageId: 'callHandler' }
      : { unfixable: 'the handler has to be made in a statement of its own' }),
  };
}

function wrongMethod(node: Node, method: string, file: SourceFile, project: Project): CallbackFinding {
  const exported = method === 'default' ? exportAsGet(node, file) : renamedToGet(node, file);
  return {
    ...(method === 'default'
      ? { messageId: 'defaultExport', data: {} }
      : { messageId: 'wrongMethod', data: { file: project.display(file.path), method } }),
    range: node.range,
    ...(exported
      ? { fix: { safety: 'review', edits: [exported] }, fixMessageId: 'exportGet' }
      : { unfixable: 'the name is used elsewhere' }),
  };
}

function renamedToGet(node: Node, file: SourceFile): Edit | undefined {
  const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
  const isAlone = variable && readsOf(variable).length === 0 && node.parent?.type === 'VariableDeclarator';
  return isAlone ? replace(node, 'GET') : undefined;
}

/** `export default handleAuth();` → `export const GET = handleAuth();` */
function exportAsGet(node: Node, { ast, scopes, text }: SourceFile): Edit | undefined {
  if (node.type !== 'CallExpression' || node.parent.type !== 'ExportDefaultDeclaration') return undefined;
  const range: Range = [node.parent.range[0], node.range[0]];
  const isTaken = scopes.acquire(ast)?.childScopes.some(({ set }) => set.has('GET'));
  // No parenthesis or comment is between them.
  return isTaken !== true && /^export\s+default\s+$/u.test(text.slice(...range))
    ? { range, text: 'export const GET = ' }
    : undefined;
}

/** Redirect URIs that are given in code, and whose path is no callback. */
function wrongPaths(file: SourceFile, project: Project): readonly CallbackFinding[] {
  const findings = new Map<string, CallbackFinding>();
  const app = soleApp(file.path, project);
  // Such a script listens itself, for as long as someone signs in.
  if (isRunByHand(file, project)) return [];
  for (const use of app ? usesIn(file, project) : []) {
    if (use.sink.kind === 'callback' || use.sink.kind === 'sign-out') continue;
    for (const sent of sentBy(use)) {
      const finding = app && wrongPath(use, sent, app);
      if (finding) findings.set(finding.range.join(), finding);
    }
  }
  return [...findings.values()];
}

const sentBy = (use: SinkUse): readonly RedirectUri[] =>
  (['local', 'preview', 'production'] as const).flatMap((deployment) => use.sentOn(deployment));

function wrongPath(use: SinkUse, sent: RedirectUri, app: App): CallbackFinding | undefined {
  const { project } = use;
  const { host, path } = sent;
  // Of a host that may be another app's nothing is known; a variable alone is reported where it is set.
  const isOwn =
    host.kind === 'origin' ||
    host.kind === 'header' ||
    host.kind === 'localhost' ||
    (host.kind === 'variable' && !isConvexVariable(host.name));
  if (!isOwn || path === undefined || path === '/') return undefined;
  // Where previews have another path registered, it is that which is wrong, and `consistent-preview-host` reports it.
  if (host.kind === 'variable' && isVercelHost(host.name) && differsFromRegistered(path, use)) return undefined;
  const isAskedItself =
    host.kind === 'localhost'
      ? isNextDev(host.host, app, project)
      : host.kind === 'variable' && isVercelHost(host.name);
  const found = callbackRoute(app, path, project, isAskedItself);
  if (found.kind !== 'none' && found.kind !== 'other') return undefined;
  return {
    messageId: 'wrongPath',
    range: locationOf(sent, use),
    data: {
      what: optionText(use.sink),
      path,
      found: describe(found, app, project),
      advice: advise(path, found, app, project),
    },
    unfixable: 'a route has to be written, or another path registered',
  };
}

function differsFromRegistered(path: string, { file, project }: SinkUse): boolean {
  const json = convexJsonFor(file.path, project);
  const paths = (json && registrationOf(json))?.redirectUris.map((uri) => uri.path) ?? [];
  return paths.length > 0 && !paths.includes(undefined) && !paths.includes(path);
}

/** An app that starts sign-ins and has no route that finishes one: reported in its proxy, or where it has none, at the first start. */
function missingCallback(file: SourceFile, app: App, project: Project): readonly CallbackFinding[] {
  // Nearly every app has one, which is known for all of its files.
  if (mayHaveCallback(project, app)) return [];
  const use = usesOf(file, workosLoader(project)).find(
    ({ entry }) => entry.proxy !== undefined || entry.startsSignIn !== undefined,
  );
  if (!use || !isPlaceOfReport(file, app, project)) return [];
  if (soleApp(file.path, project) !== app || isGivenByEnv(app, project) || givesPath(app, project)) return [];
  const [start, end]: Range = use.node.type === 'JSXOpeningElement' ? use.node.range : use.node.callee.range;
  const meant = project.routesOf(app).find(({ segments }) => /callback$/iu.test(segments.at(-1) ?? ''));
  const shown = meant && describe(judgeRoute(meant, project), app, project);
  return [
    {
      messageId: 'noCallback',
      range: [start, end],
      data: {
        found: shown === undefined ? '' : ` (${shown})`,
        file: callbackFile(app, meant?.pattern ?? '/callback', project),
      },
      unfixable: 'a route has to be written',
    },
  ];
}

/** Whether a file is the one in which a missing callback is reported. */
function isPlaceOfReport(file: SourceFile, app: App, project: Project): boolean {
  const starts = (one: SourceFile) => usesOf(one, workosLoader(project)).some((use) => startsSignIn(use, project));
  const others = startingFiles(project, app).filter((path) => path !== file.path);
  if (others.length === 0 && !starts(file)) return false;
  const isProxy = (path: string) => dirname(path) === proxyFolderOf(app) && proxyNameOf(app, path) !== undefined;
  if (isProxy(file.path)) return true;
  const proxies = runningProxiesOf(project.facts, app).map(({ path }) => project.sourceFile(path));
  const isToldThere = proxies.some(
    (proxy) => proxy && usesOf(proxy, workosLoader(project)).some(({ entry }) => entry.proxy !== undefined),
  );
  return !isToldThere && starts(file) && others.every((path) => file.path < path);
}

/** Whether a file has something of WorkOS's, from its packages or from a module that hands it on. */
const isOfWorkOS = createImportTest(OF_WORKOS);

const MAX_FILES = 3_000;
const MAY_START = /getSignInUrl|getSignUpUrl|getAuthorizationUrl|ensureSignedIn|authkitProxy|authkitMiddleware/u;

const startingFiles = perProject('starts sign-in', (project, app: App): readonly string[] =>
  [...runningFilesBelow(app.root, project.facts, MAX_FILES)].filter((path) => {
    const text = project.facts.text(path) ?? '';
    if (!MAY_START.test(text) || !isOfWorkOS(project, text, path)) return false;
    const file = project.sourceFile(path);
    return file !== undefined && usesOf(file, workosLoader(project)).some((use) => startsSignIn(use, project));
  }),
);

function startsSignIn({ entry, file, library, node }: Use, project: Project): boolean {
  if (!library.modules.includes(AUTHKIT) || node.type !== 'CallExpression') return false;
  const evaluator = createEvaluator({ loader: project });
  if (holds(entry.startsSignIn, { file, node }, evaluator) === true) return true;
  return entry.proxy === 'factory' && middlewareAuthOf({ file, node }, evaluator).isEnabled === true;
}

/** Whether the proxy says which path is the callback: what is wrong with it is reported there. */
function givesPath(app: App, project: Project): boolean {
  return proxyFilesOf(project.facts, app).some((path) => {
    const file = project.sourceFile(path);
    return (
      file !== undefined &&
      usesIn(file, project).some(
        (use) => use.sink.kind === 'proxy' && sentBy(use).some(({ host }) => host.kind !== 'absent'),
      )
    );
  });
}
