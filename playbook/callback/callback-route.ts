/** What stands at a callback path, and whether it finishes a sign-in (PLAYBOOK §5). */
import { join, relative } from 'node:path';
import { type Export, exportsOf } from '../../analysis/syntax/bindings/exports.ts';
import type { Node } from '../../analysis/syntax/ast.ts';
import { defineExport, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { App, Project, Route } from '../../project/project.ts';
import { foldersUp } from '../../project/folders.ts';
import { perProject } from '../../project/memos/per-project.ts';
import { proxyFilesOf } from '../../project/proxy-files.ts';
import { makesCallbackHandler } from '../callback-handler.ts';
import { knownExport, libraryOf } from '../libraries/index.ts';
import { mayBeRedirected, rewrittenAt } from '../rewrites.ts';
import { mayFinishSignIn } from '../workos-modules.ts';

export type CallbackRoute =
  /** It finishes sign-ins, or it may. */
  | { readonly kind: 'right' }
  /** `export const GET = handleAuth`, `export const POST = handleAuth()`: it is reported where it stands. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'other'; readonly file: string; readonly reason: 'handler' | 'method' | 'page' }
  | { readonly kind: 'none' }
  /** A rewrite, no routes at all: no one can tell. */
  | { readonly kind: 'unknown' };

/**
 * What serves a callback path in an app. `isAskedItself`: the URL's host is this app's server and nothing in front of it, so that a path outside of
 * the `basePath` comes to no route.
 */
export function callbackRoute(app: App, path: string, project: Project, isAskedItself = false): CallbackRoute {
  if (app.appDir === undefined && app.pagesDir === undefined) return { kind: 'unknown' };
  if (
    isAskedItself &&
    isOutside(app, path) &&
    !mayServeOtherwise(app, project) &&
    !mayBeRewrittenInFront(app, project) &&
    !rewrittenAt(project, app, path, 'redirect')
  )
    return mayBeRedirected(project, app, path) ? { kind: 'unknown' } : { kind: 'none' };
  const route = project.servingRoute(app, path);
  if (route) return judgeRoute(route, project);
  if (mayServeOtherwise(app, project) || mayBeRedirected(project, app, path)) return { kind: 'unknown' };
  return redirected(app, path, project);
}

const isOutside = ({ basePath }: App, path: string): boolean =>
  basePath !== '' && path !== basePath && !path.startsWith(`${basePath}/`);

/** What a redirect of the config leads to, which keeps the code in the query. */
function redirected(app: App, path: string, project: Project): CallbackRoute {
  const target = rewrittenAt(project, app, path, 'redirect');
  if (!target) return { kind: 'none' };
  const route = target.pathname === undefined ? undefined : project.servingRoute(app, target.pathname);
  if (route) return judgeRoute(route, project);
  // It may be another site, or redirect once more.
  return target.pathname === undefined || rewrittenAt(project, app, target.pathname, 'redirect')
    ? { kind: 'unknown' }
    : { kind: 'none' };
}

/** Whether a route finishes sign-ins. */
export function judgeRoute(route: Route, project: Project): CallbackRoute {
  const other = (reason: 'handler' | 'method' | 'page'): CallbackRoute => ({ kind: 'other', file: route.path, reason });
  if (route.kind === 'page' || route.kind === 'pages-page') return other('page');
  const file = project.sourceFile(route.path);
  if (!file) return { kind: 'unknown' };
  const { named, stars } = exportsOf(file);
  const name = route.kind === 'api' ? 'default' : 'GET';
  const exported = named.get(name);
  if (!exported) {
    if (stars.length > 0) return { kind: 'right' };
    return handlerOfOtherMethod(named, file, project) ? { kind: 'broken' } : other('method');
  }
  if (uncalledHandler(exported, file, project)) return { kind: 'broken' };
  if (makesCallbackHandler(defineExport(file, name, [], project), project)) return { kind: 'right' };
  return mayFinishSignIn(file, project) ? { kind: 'right' } : other('handler');
}

/** A route handler's default export is never called (vercel/next.js `packages/next/src/server/route-modules/app-route/module.ts`). */
const NOT_GET = ['POST', 'PUT', 'PATCH', 'DELETE', 'default'] as const;

/** The export under another name than `GET` that is what a handler factory returns. */
export function handlerOfOtherMethod(
  named: ReadonlyMap<string, Export>,
  file: SourceFile,
  project: Project,
): { readonly method: string; readonly node: Node } | undefined {
  for (const method of NOT_GET) {
    const exported = named.get(method);
    if (exported?.kind !== 'local') continue;
    const { node } = exported;
    if (makesCallbackHandler(definitionOf({ file, node }, project), project)) return { method, node };
  }
  return undefined;
}

/** The name of the factory that is exported in place of the handler that it makes. */
export function uncalledHandler(exported: Export, file: SourceFile, project: Project): string | undefined {
  if (exported.kind === 'from') {
    const entry = libraryOf(exported.module)?.exports[exported.name];
    return entry?.finishesSignIn === 'handler-factory' ? exported.name : undefined;
  }
  const known = knownExport({ file, node: exported.node }, project);
  return known?.entry.finishesSignIn === 'handler-factory' ? known.name : undefined;
}

/** Where the route would stand: `app/callback/route.ts`. */
export function callbackFile(app: App, path: string, project: Project): string {
  const folder =
    app.appDir ?? join(app.root, app.pagesDir?.includes(join(app.root, 'src')) === true ? 'src/app' : 'app');
  return project.display(join(folder, path, 'route.ts'));
}

/** The URL paths of an app that certainly finish sign-ins. */
function callbackPathsOf(app: App, project: Project): readonly { readonly path: string; readonly file: string }[] {
  return project.routesOf(app).flatMap((route) => {
    if (route.kind !== 'route' || route.pattern.includes('[')) return [];
    if (!isNamed(route, project)) return [];
    return judgeRoute(route, project).kind === 'right' ? [{ path: route.pattern, file: route.path }] : [];
  });
}

/** Whether a route of an app finishes sign-ins, or may: false where every handler is seen, and none does. */
export const mayHaveCallback = perProject('may have a callback', (project, app: App): boolean => {
  if (mayServeOtherwise(app, project)) return true;
  const may = (route: Route): boolean => !['none', 'other'].includes(judgeRoute(route, project).kind);
  const routes = project.routesOf(app);
  // Most name what finishes a sign-in, and no other has to be parsed.
  return routes.filter((route) => isNamed(route, project)).some(may) || routes.some(may);
});

const isNamed = ({ path }: Route, { facts }: Project): boolean =>
  /handleAuth|authenticateWith/u.test(facts.text(path) ?? '');

// The proxy and the config may serve a path that no file stands for.
function mayServeOtherwise(app: App, project: Project): boolean {
  const { facts } = project;
  const config = app.configPath === undefined ? '' : (facts.text(app.configPath) ?? '');
  if (config.includes('rewrites') || (config.includes('basePath') && app.basePath === '')) return true;
  return proxyFilesOf(facts, app).some((path) =>
    /\.rewrite\(|createMiddleware|\bhandleAuth\b|authenticateWith/u.test(facts.text(path) ?? ''),
  );
}

/** Whether the platform may take a path for another one before it asks the app: rewrites and routes of `vercel.json`, or of `netlify.toml`. */
const mayBeRewrittenInFront = ({ root }: App, { cwd, facts }: Project): boolean =>
  foldersUp(root, cwd).some((folder) =>
    facts
      .namesIn(folder, ['vercel.json', 'vercel.ts', 'netlify.toml'])
      .some((name) => /rewrites|routes|redirects/u.test(facts.text(join(folder, name)) ?? '')),
  );

/** In words, after "but": `no route serves it`, `app/callback/page.tsx is a page`. */
export function describe(found: CallbackRoute, app: App, project: Project): string {
  if (found.kind !== 'other') return 'no route serves it';
  const file = project.display(found.file) || relative(app.root, found.file);
  switch (found.reason) {
    case 'page':
      return `${file} is a page`;
    case 'method':
      return `${file} exports no GET`;
    case 'handler':
      return `${file} does not finish a sign-in`;
  }
}

/** What to do about a path that is no callback: use the one that there is, or write one. */
export function advise(path: string, found: CallbackRoute, app: App, project: Project): string {
  const { basePath } = app;
  const [only, ...others] = callbackPathsOf(app, project);
  if (only && others.length === 0) return `Use '${basePath}${only.path}' (${project.display(only.file)}).`;
  const own = isOutside(app, path) ? path : path.slice(basePath.length);
  const file =
    found.kind === 'other' && found.reason !== 'page' ? project.display(found.file) : callbackFile(app, own, project);
  return `Export GET = handleAuth() from ${file}`;
}
