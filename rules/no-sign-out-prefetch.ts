import { findSignOutPrefetch } from '../playbook/sign-out/find-prefetch.ts';
import { mayPrefetchSignOut } from '../playbook/sign-out/text-gate.ts';
import { createRule } from './create-rule.ts';

const NAME = 'which looks like a sign-out URL {{because}}';
const ON_HOVER = 'and the Pages Router always prefetches it on hover. Use <a href> or a button.';

export default createRule({
  name: 'no-sign-out-prefetch',
  type: 'problem',
  description: 'disallow links that prefetch a route which signs users out',
  codemod: 'add prefetch={false} to links that would sign users out as soon as they are visible',
  presets: { recommended: 'error' },
  messages: {
    prefetchedSignOut:
      "{{what}} prefetches '{{href}}' in production, which signs users out without a click {{because}}. {{fix}}",
    prefetchedSignOutName: `{{what}} prefetches '{{href}}' in production, ${NAME}: users are signed out without a click. {{fix}}`,
    hoverPrefetchedSignOut: `{{what}} leads to '{{href}}', whose GET signs users out {{because}}, ${ON_HOVER}`,
    hoverPrefetchedSignOutName: `{{what}} leads to '{{href}}', ${NAME}, ${ON_HOVER}`,
    routerPrefetchedSignOut:
      "router.prefetch('{{href}}') runs its GET handler, which signs users out {{because}}. {{fix}}",
    routerPrefetchedSignOutName: `router.prefetch() requests '{{href}}', ${NAME}: it signs users out. {{fix}}`,
    useAnchor: 'Use <a href>: a click then reaches the logout of WorkOS as well.',
    removePrefetchCall: 'Remove the call.',
  },
  fixable: true,
  hasSuggestions: true,
  needles: mayPrefetchSignOut,
  find: findSignOutPrefetch,
});
