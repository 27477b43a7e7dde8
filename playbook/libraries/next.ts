/**
 * Next.js, and packages that wrap its links and routers. Sources: vercel/next.js `packages/next/src/client/{link,form}.tsx`,
 * `client/components/{navigation,redirect,unstable-rethrow}.ts`, `server/web/spec-extension/response.ts`; next-intl `navigation`.
 */
import { type Entry, type Library } from './entry.ts';

const wrapsLink: Entry = { link: { hrefProps: ['href'] } };
const leaves: Entry = { leavesByException: 'always', redirectsTo: 'url' };
const refuses: Entry = { leavesByException: 'always', isRefusal: true };
const routerHook: Entry = { router: 'hook', returns: { prefetch: {} } };

const wraps: Entry = { wraps: true };

export const react: Library = { name: 'react', modules: ['react'], exports: { cache: wraps } };

export const nextCache: Library = {
  name: 'next/cache',
  modules: ['next/cache', 'next/cache.js'],
  exports: { unstable_cache: wraps },
};

export const nextLink: Library = {
  name: 'next/link',
  modules: ['next/link', 'next/link.js'],
  exports: { default: { link: { hrefProps: ['href'], isPlain: true } } },
};

export const nextForm: Library = {
  name: 'next/form',
  modules: ['next/form', 'next/form.js'],
  exports: { default: { link: { hrefProps: ['action'], isForm: true } } },
};

export const nextNavigation: Library = {
  name: 'next/navigation',
  modules: ['next/navigation', 'next/navigation.js'],
  exports: {
    redirect: leaves,
    permanentRedirect: leaves,
    notFound: refuses,
    forbidden: refuses,
    unauthorized: refuses,
    unstable_rethrow: { rethrows: true },
    useRouter: routerHook,
  },
};

export const nextRouter: Library = {
  name: 'next/router',
  modules: ['next/router', 'next/router.js'],
  exports: { default: { router: 'object' }, useRouter: routerHook, withRouter: { router: 'wrapper' } },
};

export const nextHeaders: Library = {
  name: 'next/headers',
  modules: ['next/headers', 'next/headers.js'],
  exports: { headers: { requestHeaders: true } },
};

export const nextServer: Library = {
  name: 'next/server',
  modules: ['next/server', 'next/server.js'],
  exports: {
    NextResponse: {
      members: {
        json: { response: 'body' },
        error: { response: 'body' },
        redirect: { response: 'redirect' },
        rewrite: { response: 'rewrite' },
        next: { response: 'next' },
      },
      response: 'body',
    },
  },
};

const intlNavigation: Entry = {
  returns: {
    Link: wrapsLink,
    getPathname: { path: { argument: 0, member: 'href' } },
    useRouter: routerHook,
    redirect: { leavesByException: 'always', redirectsTo: 'member' },
  },
};

/** nuqs 2 `dist/index.d.ts`: `serialize(base, values)` gives `base` with the values as its query. */
export const nuqs: Library = {
  name: 'nuqs',
  modules: ['nuqs', 'nuqs/server'],
  exports: { createSerializer: { returns: { '()': { path: { argument: 0 } } } } },
};

export const nextIntl: Library = {
  name: 'next-intl',
  modules: ['next-intl/navigation', 'next-intl/link', 'next-intl/client'],
  exports: {
    default: wrapsLink,
    createNavigation: intlNavigation,
    createLocalizedPathnamesNavigation: intlNavigation,
    createSharedPathnamesNavigation: intlNavigation,
    useRouter: routerHook,
  },
};

/** Middleware that answers by itself: it redirects to a locale, or rewrites to it (next-intl `src/middleware/middleware.tsx`). */
export const intlMiddleware: Library = {
  name: 'next-intl/middleware',
  modules: ['next-intl/middleware', 'next-international/middleware'],
  exports: {
    default: { returns: { '()': { response: 'next' } } },
    createI18nMiddleware: { returns: { '()': { response: 'next' } } },
  },
};

export const nextViewTransitions: Library = {
  name: 'next-view-transitions',
  modules: ['next-view-transitions'],
  exports: { Link: wrapsLink, useTransitionRouter: routerHook },
};

/** Progress bars whose `useRouter` hands everything on to that of Next.js. */
export const routerWrappers: Library = {
  name: 'routers of progress bars',
  modules: [
    '@bprogress/next',
    '@bprogress/next/app',
    'next-nprogress-bar',
    'nextjs-toploader/app',
    'nextjs-toploader/pages',
  ],
  exports: { useRouter: routerHook },
};
