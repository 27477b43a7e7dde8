/** The routes of a Next.js app, and which of them serves a URL path. Matching is Next.js's own (PLAYBOOK §1 depends on it). */
import type { App, Route, ServedRoute, ServingOptions } from '../app-model.ts';
import {
  comparePatterns,
  localeParam,
  matchPattern,
  patternOf,
  staticCount,
  type Params,
  type Pattern,
} from './route-match.ts';
import { scanRoutes } from './route-scan.ts';
import type { Facts } from '../memos/stamps.ts';

interface RouteTable {
  readonly routes: readonly Route[];
  /** In the order in which they are tried. */
  readonly patterns: readonly Pattern[];
}

/** Every file of an app that serves a URL path: static paths first, then as Next.js sorts dynamic ones. */
export function routesOf(facts: Facts, app: App): readonly Route[] {
  return tableOf(facts, app).routes;
}

function tableOf(facts: Facts, app: App): RouteTable {
  const { appDir = '', pageExtensions, pagesDir = '' } = app;
  return facts.memo('routes', `${appDir}:${pagesDir}:${pageExtensions.join(',')}`, () => {
    const patterns = scanRoutes(facts, app).map(patternOf).sort(comparePatterns);
    return { patterns, routes: patterns.map(({ route }) => route) };
  });
}

/**
 * What Next.js serves for a URL path, with or without the base path, and with or without a locale in front where the app has locales.
 * A query and a hash are dropped. Undefined when no file serves it (a rewrite or another app may still).
 */
export function servingRoute(
  facts: Facts,
  app: App,
  pathname: string,
  options: ServingOptions = {},
): ServedRoute | undefined {
  const parts = partsOf(pathname);
  if (!parts) return undefined;
  const table = tableOf(facts, app);
  const candidates = [parts, ...strippedOf(app, parts)];
  for (const candidate of candidates) {
    const found = serve(table, candidate, false);
    if (found) return found;
  }
  if (options.ignoreCase !== true) return undefined;
  for (const candidate of candidates) {
    const found = serve(table, candidate, true);
    if (found) return { ...found, by: 'case' };
  }
  return undefined;
}

function partsOf(pathname: string): string[] | undefined {
  const path = pathname.replace(/[?#].*$/su, '');
  if (path !== '' && !path.startsWith('/')) return undefined;
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map((part) => decodeURIComponent(part));
  } catch {
    return undefined;
  }
}

/** The path without base path, without a locale of `i18n`, and without both. */
function strippedOf({ basePath, locales }: App, parts: readonly string[]): string[][] {
  const base = basePath.split('/').filter((part) => part !== '');
  const rest = base.length > 0 && base.every((part, index) => parts[index] === part) ? [parts.slice(base.length)] : [];
  return [
    ...rest,
    ...[...rest, [...parts]].flatMap(([first, ...others]) =>
      first !== undefined && locales.some((locale) => locale.toLowerCase() === first.toLowerCase()) ? [others] : [],
    ),
  ];
}

interface Match {
  readonly pattern: Pattern;
  readonly params: Params;
}

function serve({ patterns }: RouteTable, parts: readonly string[], ignoreCase: boolean): ServedRoute | undefined {
  const direct = firstMatch(patterns, parts, ignoreCase);
  const served = direct && { ...direct.pattern.route, params: direct.params, by: 'path' as const };
  if (direct && staticCount(direct.pattern) === parts.length) return served;
  // A proxy may put a locale in front. Its text fits any `[locale]`, and is no part of the answer.
  const localized = patterns.filter((pattern) => localeParam(pattern) !== undefined);
  const behind = firstMatch(localized, ['', ...parts], ignoreCase);
  if (!behind || (direct && staticCount(direct.pattern) >= staticCount(behind.pattern))) return served;
  const locale = localeParam(behind.pattern);
  const params = Object.fromEntries(Object.entries(behind.params).filter(([name]) => name !== locale));
  return { ...behind.pattern.route, params, by: 'locale' };
}

function firstMatch(patterns: readonly Pattern[], parts: readonly string[], ignoreCase: boolean): Match | undefined {
  for (const pattern of patterns) {
    const params = matchPattern(pattern, parts, ignoreCase);
    if (params) return { pattern, params };
  }
  return undefined;
}

/**
 * The URL path that an href leads to on this site: `/a?b#c` → `/a`, `https://localhost:3000/a` → `/a`. `origins` are further ones of the app.
 * A path without a slash in front is taken from the root. Undefined for other sites, other schemes, and what stays on the page (`#top`).
 */
export function pathnameOf(href: string, origins: readonly string[] = []): string | undefined {
  const text = href.trim();
  if (text === '' || /^[?#]/u.test(text) || !URL.canParse(text, 'http://localhost')) return undefined;
  const url = new URL(text, 'http://localhost');
  const isOwn =
    ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) ||
    origins.some((origin) => URL.canParse(origin) && new URL(origin).origin === url.origin);
  return isOwn && /^https?:$/u.test(url.protocol) ? url.pathname : undefined;
}
