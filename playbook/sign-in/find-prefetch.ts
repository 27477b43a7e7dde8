/** Finds links, forms, router calls and elements of HTML that prefetch a route handler which starts a sign-in (PLAYBOOK 6). */
import { createPrefetchFinder } from '../links/find-prefetches.ts';
import { isInAppRouter } from '../route-handlers/routes.ts';
import { signOutRouteAt } from '../sign-out/routes.ts';
import { signInRouteAt } from './routes.ts';
import { signInSourcesIn } from './text-gate.ts';

export type MessageId =
  'htmlPrefetchedSignIn' | 'hoverPrefetchedSignIn' | 'prefetchedSignIn' | 'routerPrefetchedSignIn';

const MESSAGES = {
  html: 'htmlPrefetchedSignIn',
  hover: 'hoverPrefetchedSignIn',
  link: 'prefetchedSignIn',
  router: 'routerPrefetchedSignIn',
} as const;

const COOKIES = 'cookies pile up until HTTP 431';
const CORS = 'each page view logs a CORS error';

export const findSignInPrefetch = createPrefetchFinder<MessageId>({
  sourcesIn: signInSourcesIn,
  isInAppRouter: (project, path) => isInAppRouter(path, project.appsFor(path)),
  messageOf: (way) => MESSAGES[way],
  routeAt: (project, fromPath, path, prefetcher) => {
    const route = signInRouteAt(project, fromPath, path, prefetcher);
    // Who is signed out is often sent to the sign-in: the link is reported once, for what is worse.
    if (!route || signOutRouteAt(project, fromPath, path, prefetcher)) return undefined;
    return {
      evidence: 'route',
      isOfAppRouter: route.isOfAppRouter === true,
      data: {
        because: `(${route.shownBy})`,
        effect: route.setsCookie ? COOKIES : CORS,
        // A request that the browser makes by itself fails without a word.
        pileUp: route.setsCookie ? `: ${COOKIES}` : '',
      },
    };
  },
});
