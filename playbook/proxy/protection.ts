/** Protection that does not protect: paths that are opened although their pages need a user, or none that is guarded at all. */
import type { TSESTree } from '@typescript-eslint/types';
import { replace } from '../../analysis/edits/edits.ts';
import { type Node, hasNode, nodesOf, propertyName } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import { type SourceFile, positionAt } from '../../analysis/syntax/source-file.ts';
import { iterationBy } from '../../analysis/values/iterations.ts';
import type { App, Project } from '../../project/project.ts';
import { createImportTest } from '../../project/modules/imports.ts';
import { proxyFilesOf } from '../../project/proxy-files.ts';
import { type AppRoute, appRoutesOf } from '../../project/routes/route-files.ts';
import type { ProxyFinding } from './findings.ts';
import { samplePaths } from './matcher/sample-paths.ts';
import { type OpenPath, type ProxyOptions, readOpenPath, readProxyOptions } from './options.ts';
import { type Reliance, relianceOf } from './reliance.ts';
import { readerOf } from './session-readers.ts';

/** Finds open paths that are no patterns, and pages that fail for the signed-out visitors that a proxy lets through. */
export function findOpenRoutes(file: SourceFile, app: App, project: Project): readonly ProxyFinding[] {
  const options = readProxyOptions(file, project);
  if (!options) return [];
  const invalid = (options.openPaths ?? []).flatMap((path) => invalidPath(path, options, file));
  if (invalid.length > 0) return invalid;
  if (options.isEnabled === false) return unprotected(options, app, project);
  if (options.isEnabled !== true || !options.openPaths) return [];
  return options.openPaths.flatMap(
    (path) => openedRoute(path, options, app, project) ?? openedAdmin(path, options, app, project) ?? [],
  );
}

/** What path-to-regexp refuses makes AuthKit throw on every request: it reads all of them each time. */
function invalidPath({ node, pattern, text }: OpenPath, { call }: ProxyOptions, file: SourceFile): ProxyFinding[] {
  if (pattern.kind !== 'invalid') return [];
  const meant = text.replace(/\/\*{1,2}$/u, '/:path*');
  const instead = readOpenPath(meant).kind === 'regexp' ? meant : text;
  const written = node && file.text.slice(...node.range);
  const edits =
    node && instead !== text && written?.slice(1, -1) === text
      ? [replace(node, `${written.slice(0, 1)}${instead}${written.slice(-1)}`)]
      : undefined;
  return [
    {
      messageId: 'invalidPath',
      range: (node ?? call.callee).range,
      data: {
        path: text,
        reason: pattern.message,
        instead,
        advice: instead === text ? 'Correct the pattern' : `Write '${instead}'`,
      },
      ...(edits
        ? { fix: { safety: 'review', edits }, fixMessageId: 'writePath' }
        : { unfixable: 'which paths are meant is for a person to say' }),
    },
  ];
}

function openedRoute(path: OpenPath, { call }: ProxyOptions, app: App, project: Project): ProxyFinding | undefined {
  const { pattern } = path;
  if (pattern.kind !== 'regexp') return undefined;
  for (const route of appRoutesOf(project.facts, app)) {
    if (!samplePaths(route.segments, []).every(pattern.matches)) continue;
    const reliance = relianceOf(route, project);
    if (!reliance) continue;
    return {
      messageId: 'openPath',
      range: (path.node ?? call.callee).range,
      data: { path: path.text, ...shown(route, reliance, project) },
      unfixable: 'whether the path or the page is meant to be public is for a person to say',
    };
  }
  return undefined;
}

/** What a page that asks who is there names. Those that it lists are others. */
const ASKER =
  /auth|clerk|cookies|forbidden|guard|notFound|permission(?!s)|protect|redirect|require|role(?!s)|session(?!s)|sign-?in|unauthorized|user(?!s)/iu;

/** What a module that asks who is there, or sends visitors away, has in its own. */
const asksElsewhere = createImportTest({
  of: 'code',
  text: /\b(?:Authenticated|ensureSignedIn|forbidden|isAdmin|notFound|permission|redirect|unauthorized|useAuth|useConvexAuth|useSession|useUser|withAuth)\b/u,
});

/** Whether a page or layout may ask who is there: by itself, or by what it imports. Layouts outside of the area may hold providers. */
function mayAsk(path: string, project: Project): boolean {
  const text = project.facts.text(path) ?? '';
  return (/[\\/]admin[\\/]/iu.test(path) && asksItself(path, project)) || asksElsewhere(project, text, path);
}

function asksItself(path: string, project: Project): boolean {
  const file = project.sourceFile(path);
  return !file || hasNode(file.ast, (node) => namesAsker(node, file) || letsThrough({ file, node }, project));
}

/** `await assertManager();`, and `if (!(await users.canManage())) …`: a call of the app's own that is made for nothing else. */
function letsThrough({ file, node }: Located, project: Project): boolean {
  const { parent } = node;
  const isWhole = parent?.type === 'ExpressionStatement' && node.type === 'AwaitExpression';
  const isTest = parent !== undefined && 'test' in parent && parent.test === node;
  if (!isWhole && !isTest) return false;
  const result = node.type === 'UnaryExpression' && node.operator === '!' ? node.argument : node;
  const made = definitionOf({ file, node: result }, project);
  return (
    made.kind === 'value' &&
    made.path.length === 0 &&
    made.node.type === 'CallExpression' &&
    definitionOf({ file: made.file, node: made.node.callee }, project).kind === 'value'
  );
}

function namesAsker(node: Node, file: SourceFile): boolean {
  switch (node.type) {
    case 'ThrowStatement':
      return true;
    case 'ImportDeclaration':
      return ASKER.test(node.source.value);
    case 'JSXIdentifier':
      return ASKER.test(node.name);
    case 'Identifier':
      return ASKER.test(node.name) && !isType(node) && !isListed(node, file);
    case 'Literal':
      // `fetch('/api/session')`
      return node.parent.type === 'CallExpression' && ASKER.test(node.raw);
    case 'TemplateElement':
      return node.parent.parent.type === 'CallExpression' && ASKER.test(node.value.raw);
    case 'MemberExpression':
      return isOneAsked(node);
    default:
      return false;
  }
}

/** `permissions.includes('admin')`: those of one user. */
const isOneAsked = (node: TSESTree.MemberExpression): boolean =>
  /^(?:every|has|includes|some)$/u.test(propertyName(node) ?? '') &&
  nodesOf(node.object, 'Identifier').some(({ name }) => /permission|role/iu.test(name));

const isType = ({ parent }: TSESTree.Identifier): boolean =>
  parent.type === 'TSTypeReference' || (parent.type === 'ImportSpecifier' && parent.importKind === 'type');

/** `rows.map((user) => user.email)` */
const isListed = (node: TSESTree.Identifier, file: SourceFile): boolean =>
  variableOf(file, node)?.defs.some(({ node: owner }) => iterationBy(owner) !== undefined) ?? false;

/** A whole area of the name of administrators, whose pages do not check who the user is. It is the one name that says so by itself (PLAYBOOK §5). */
function openedAdmin(path: OpenPath, { call }: ProxyOptions, app: App, project: Project): ProxyFinding | undefined {
  const { pattern, text } = path;
  if (pattern.kind !== 'regexp' || !/\/admin(?:\/:\w+\*|\(\.\*\)|\/\(\.\*\))$/iu.test(text)) return undefined;
  const open = appRoutesOf(project.facts, app).find(
    ({ around, kind, path: own, segments }) =>
      kind === 'page' &&
      segments.some((segment) => segment.toLowerCase() === 'admin') &&
      samplePaths(segments, []).every(pattern.matches) &&
      !mayAsk(own, project) &&
      !around.some((frame) => mayAsk(frame.path, project)),
  );
  return (
    open && {
      messageId: 'openAdmin',
      range: (path.node ?? call.callee).range,
      data: { path: text, route: open.pattern },
      unfixable: 'whether the path or the page is meant to be public is for a person to say',
    }
  );
}

function unprotected(options: ProxyOptions, app: App, project: Project): readonly ProxyFinding[] {
  const { call, enabledNode, openPaths } = options;
  for (const route of appRoutesOf(project.facts, app)) {
    const reliance = relianceOf(route, project);
    // With `ensureSignedIn` the page protects itself, and another rule says why it can't.
    if (reliance?.kind !== 'unchecked') continue;
    return [
      {
        messageId: 'unprotected',
        range: (enabledNode ?? call.callee).range,
        data: shown(route, reliance, project),
        unfixable: 'which paths are public is for a person to say',
      },
    ];
  }
  // A list of what is public, where nothing else is private either, and that does not say itself that all is public.
  if (!enabledNode || !openPaths?.length || openPaths.some(opensAll) || protectsItself(openPaths, app, project))
    return [];
  return [
    {
      messageId: 'unusedPaths',
      range: enabledNode.range,
      data: {},
      unfixable: 'whether the proxy or the pages are meant to protect is for a person to say',
    },
  ];
}

/** `/(.*)`, `/:path*` */
const opensAll = ({ pattern }: OpenPath): boolean =>
  pattern.kind === 'regexp' && ['/', '/any', '/any/path'].every(pattern.matches);

/** Whether a route that is not listed as public asks for the session by itself: then the list says what it leaves open, and is right. */
const protectsItself = (openPaths: readonly OpenPath[], app: App, project: Project): boolean =>
  appRoutesOf(project.facts, app).some(
    (route) => readerOf(route, project) !== undefined && !isOpened(route, openPaths),
  );

const isOpened = ({ segments }: AppRoute, openPaths: readonly OpenPath[]): boolean =>
  openPaths.some(({ pattern }) => pattern.kind === 'regexp' && samplePaths(segments, []).every(pattern.matches));

/** Whether a file is a page or a handler that the proxy opens to everyone by its path. */
export function isOpenRoute({ path }: SourceFile, project: Project): boolean {
  const app = project.appOf(path);
  const route = app && appRoutesOf(project.facts, app).find((one) => one.path === path);
  const [proxyPath] = app ? proxyFilesOf(project.facts, app) : [];
  const proxy = proxyPath === undefined ? undefined : project.sourceFile(proxyPath);
  const openPaths = proxy && readProxyOptions(proxy, project)?.openPaths;
  return route !== undefined && openPaths !== undefined && isOpened(route, openPaths);
}

const shown = ({ pattern }: AppRoute, { file, node }: Reliance, project: Project) => ({
  route: pattern,
  place: `${project.display(file.path)}:${String(positionAt(file.text, node.range[0]).line)}`,
});
