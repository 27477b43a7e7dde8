/** What is known of a Next.js app and of its routes: the types alone. */

export interface App {
  /** Absolute: the folder of `next.config.*`, or of the package that depends on `next`. */
  readonly root: string;
  /** The `name` of its package.json. */
  readonly name: string | undefined;
  /** Absolute; `app/` or `src/app/`, where the app has one. */
  readonly appDir: string | undefined;
  /** Absolute; `pages/` or `src/pages/`, where the app has one. */
  readonly pagesDir: string | undefined;
  /** `''` without one, and where `next.config` computes it. Begins with a slash otherwise, ends without. */
  readonly basePath: string;
  /** `i18n.locales` of `next.config` (Pages Router). */
  readonly locales: readonly string[];
  /** Without dots, `['tsx', 'ts', 'jsx', 'js']` by default. */
  readonly pageExtensions: readonly string[];
  /** `annotation`: for what says `'use memo'` alone. Undefined where `next.config` computes it: then no one can say. */
  readonly reactCompiler: boolean | 'annotation' | undefined;
  /** The major version of `next` that package.json asks for; undefined for `latest`, `catalog:` and the like. */
  readonly nextMajor: number | undefined;
  /** The names in `dependencies` and `devDependencies` of its package.json. */
  readonly dependencies: ReadonlySet<string>;
  /** Absolute path of `next.config.*`, where there is one. */
  readonly configPath: string | undefined;
}

/** `route`: an App Router handler; `page`: an App Router page; `api`: below `pages/api`; `pages-page`: any other file of `pages/`. */
export type RouteKind = 'api' | 'page' | 'pages-page' | 'route';

export interface Route {
  readonly kind: RouteKind;
  /** Absolute path of the file. */
  readonly path: string;
  /** The URL path as Next.js writes it, `/[locale]/sign-out`; groups and slots are not in it. */
  readonly pattern: string;
  /** The pattern's parts: `['[locale]', 'sign-out']`. */
  readonly segments: readonly string[];
}

export interface ServedRoute extends Route {
  /** What was in the dynamic segments. */
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  /**
   * - `path`: Next.js serves the path as it is (a base path or a locale of `i18n` taken off).
   * - `locale`: a proxy has to put the locale in front, as next-intl's does: `/sign-out` by `app/[locale]/sign-out`.
   * - `case`: only letter case differs; Next.js answers 404 (asked for with `ignoreCase`).
   */
  readonly by: 'case' | 'locale' | 'path';
}

export interface ServingOptions {
  /** Look a second time without regard to letter case when nothing serves the path as written. */
  readonly ignoreCase?: boolean;
}
