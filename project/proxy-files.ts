/** The files that Next.js runs before a request: `proxy.ts`, and `middleware.ts` before Next 16. */
import { basename, dirname, join } from 'node:path';
import type { App } from './app-model.ts';
import type { Facts } from './memos/stamps.ts';

/** The base names of these files. */
export const PROXY_FILE = /^(?:proxy|middleware)\.(?:[cm]?[jt]s|[jt]sx)$/u;

/** The proxy files of an app, at its root and in `src`; both names where both exist. Absolute. */
export function proxyFilesOf(facts: Facts, app: App): readonly string[] {
  const beside = app.appDir ?? app.pagesDir;
  const folders = new Set([app.root, join(app.root, 'src'), ...(beside === undefined ? [] : [dirname(beside)])]);
  return [...folders].flatMap((folder) =>
    (facts.entries(folder) ?? []).flatMap(({ kind, name, path }) =>
      kind === 'file' && PROXY_FILE.test(name) ? [path] : [],
    ),
  );
}

export type ProxyName = 'middleware' | 'proxy';

/** A file that Next.js takes for an app's proxy. */
export interface ProxyFile {
  /** Absolute. */
  readonly path: string;
  readonly name: ProxyName;
}

/**
 * The folder in which Next.js looks for the proxy: the one around `pages` or `app`, and no other (vercel/next.js
 * packages/next/src/build/index.ts). Undefined for an app without either.
 */
export function proxyFolderOf({ appDir, pagesDir }: App): string | undefined {
  const beside = pagesDir ?? appDir;
  return beside === undefined ? undefined : dirname(beside);
}

/** False for a file with the name of a proxy in a folder in which Next.js does not look for it. */
export function mayRun(app: App, path: string): boolean {
  const folder = proxyFolderOf(app);
  return folder === undefined || folder === dirname(path) || proxyNameOf(app, path) === undefined;
}

/** What Next.js takes for the proxy: in the right folder, with a page extension. */
export function runningProxiesOf(facts: Facts, app: App): readonly ProxyFile[] {
  const folder = proxyFolderOf(app);
  return (folder === undefined ? [] : (facts.entries(folder) ?? [])).flatMap(({ kind, path }) => {
    const name = kind === 'file' ? proxyNameOf(app, path) : undefined;
    return name === undefined ? [] : [{ name, path }];
  });
}

/** Which of both names a file has, its folder set aside. Undefined for an extension that Next.js takes no pages of. */
export function proxyNameOf({ pageExtensions }: App, path: string): ProxyName | undefined {
  const file = basename(path);
  return (['proxy', 'middleware'] as const).find((name) =>
    pageExtensions.some((extension) => file === `${name}.${extension}`),
  );
}
