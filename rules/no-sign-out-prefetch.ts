import { findSignOutPrefetch } from '../playbook/sign-out/find.ts';
import { maySignOutByPrefetch } from '../playbook/sign-out/prefilter.ts';
import { createRule } from './create-rule.ts';

/** What happens to people, and why `next dev` never shows it. */
const EFFECT = 'people are signed out without a click (next dev does not prefetch, so it shows in production only)';

export default createRule({
  name: 'no-sign-out-prefetch',
  type: 'problem',
  description: 'disallow links that prefetch a route which signs people out',
  presets: { recommended: 'error' },
  messages: {
    prefetchedSignOut: `'{{href}}' signs people out {{because}}, and {{what}} prefetches it: ${EFFECT}. Add prefetch={false}, or link with <a href>.`,
    prefetchedSignOutName: `'{{href}}' signs people out {{because}}, and {{what}} prefetches it: ${EFFECT}. Add prefetch={false}, or link with <a href>.`,
    hoverPrefetchedSignOut: `'{{href}}' signs people out {{because}}, and {{what}} prefetches it on hover, whatever its prefetch prop says: that is how the Pages Router works. Use <a href> or a button.`,
    hoverPrefetchedSignOutName: `'{{href}}' signs people out {{because}}, and {{what}} prefetches it on hover, whatever its prefetch prop says: that is how the Pages Router works. Use <a href> or a button.`,
    routerPrefetchedSignOut: `'{{href}}' signs people out {{because}}, and this call fetches it: people are signed out without a click. {{cure}}`,
    routerPrefetchedSignOutName: `'{{href}}' signs people out {{because}}, and this call fetches it: people are signed out without a click. {{cure}}`,
    useAnchor: 'Use <a href>: a click then reaches the logout of WorkOS as well.',
    removePrefetchCall: 'Take the call out.',
  },
  fixable: true,
  hasSuggestions: true,
  needles: maySignOutByPrefetch,
  find: findSignOutPrefetch,
});
