/** Whether a callback path has a route that finishes the sign-in. */
import { basename, dirname, join, relative } from 'node:path';
import { exportsOf } from '../../analysis/syntax/exports.ts';
import type { App, Project } from '../../project/project.ts';

export type CallbackRoute =
  /** A route handler with a `GET`, whose file is told (absolute), or one that can't be looked into. */
  | { readonly kind: 'served'; readonly handler?: string }
  /** A page, or a handler without `GET`. */
  | { readonly kind: 'wrong'; readonly file: string }
  | { readonly kind: 'none' }
  /** A rewrite, a base path, several apps: nobody can tell. */
  | { readonly kind: 'unknown' };

/** What serves a callback path in an app. The file is relative to the app's root. */
export function callbackRoute(app: App, path: string, project: Project): CallbackRoute {
  if (app.appDir === undefined && app.pagesDir === undefined) return { kind: 'unknown' };
  const route = project.servingRoute(app, path);
  if (!route) return mayRewrite(app, project) ? { kind: 'unknown' } : { kind: 'none' };
  const file = relative(app.root, route.path);
  if (route.kind === 'page' || route.kind === 'pages-page') return { kind: 'wrong', file };
  if (route.kind === 'api') return { kind: 'served' };
  const source = project.sourceFile(route.path);
  if (!source) return { kind: 'unknown' };
  const { named, stars } = exportsOf(source);
  return named.has('GET') || stars.length > 0 ? { kind: 'served', handler: route.path } : { kind: 'wrong', file };
}

/** Where the route would stand: `app/callback/route.ts`. */
export function callbackFile(app: App, path: string): string {
  const folder = app.appDir === undefined ? 'app' : relative(app.root, app.appDir);
  return join(folder, path, 'route.ts');
}

// The proxy and the config may serve a path that no file stands for.
function mayRewrite(app: App, project: Project): boolean {
  const { facts } = project;
  const folders = [app.root, dirname(app.appDir ?? join(app.root, 'app'))];
  return folders.some((folder) =>
    (facts.entries(folder) ?? []).some(
      ({ name, path }) =>
        (name.startsWith('next.config.') && /rewrites|basePath/u.test(facts.text(path) ?? '')) ||
        (/^(?:proxy|middleware)\.[cm]?[jt]sx?$/u.test(basename(name)) &&
          /\.rewrite\(|createMiddleware|\bhandleAuth\b/u.test(facts.text(path) ?? '')),
    ),
  );
}
