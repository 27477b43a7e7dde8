/** Finds links, forms, router calls and elements of HTML that prefetch a sign-out route (PLAYBOOK 1). */
import { createPrefetchFinder } from '../links/find-prefetches.ts';
import { isInAppRouter } from '../route-handlers/routes.ts';
import { signOutRouteAt } from './routes.ts';
import { signOutSourcesIn } from './text-gate.ts';

export type MessageId =
  | 'htmlPrefetchedSignOut'
  | 'htmlPrefetchedSignOutName'
  | 'hoverPrefetchedSignOut'
  | 'hoverPrefetchedSignOutName'
  | 'prefetchedSignOut'
  | 'prefetchedSignOutName'
  | 'routerPrefetchedSignOut'
  | 'routerPrefetchedSignOutName';

const MESSAGES = {
  html: 'htmlPrefetchedSignOut',
  hover: 'hoverPrefetchedSignOut',
  link: 'prefetchedSignOut',
  router: 'routerPrefetchedSignOut',
} as const;

export const findSignOutPrefetch = createPrefetchFinder<MessageId>({
  sourcesIn: signOutSourcesIn,
  isInAppRouter: (project, path) => isInAppRouter(path, project.appsFor(path)),
  messageOf: (way, { evidence }) => (evidence === 'name' ? `${MESSAGES[way]}Name` : MESSAGES[way]),
  routeAt: (project, fromPath, path, prefetcher) => {
    const route = signOutRouteAt(project, fromPath, path, prefetcher);
    if (!route) return undefined;
    const { evidence, isOfAppRouter = false, shownBy } = route;
    return { evidence, isOfAppRouter, data: { because: `(${shownBy})` } };
  },
});
