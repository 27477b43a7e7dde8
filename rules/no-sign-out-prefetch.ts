import { findSignOutPrefetch } from '../playbook/sign-out/find-prefetch.ts';
import { mayPrefetchSignOut } from '../playbook/sign-out/text-gate.ts';
import { createRule } from './create-rule.ts';

const ROUTE = 'whose GET handler signs users out {{because}}';
const NAME = "'{{href}}' looks like a sign-out URL {{because}}";
const EFFECT = 'In production they are signed out as soon as it is visible.';
const ON_HOVER = 'The Pages Router always prefetches it on hover. Use <a href> or a button.';

export default createRule({
  name: 'no-sign-out-prefetch',
  type: 'problem',
  description: 'disallow links that prefetch a route which signs users out',
  codemod: 'add prefetch={false} to links that would sign users out as soon as they are visible',
  presets: { recommended: 'error' },
  messages: {
    prefetchedSignOut: `{{what}} prefetches '{{href}}', ${ROUTE}. ${EFFECT} {{fix}}`,
    prefetchedSignOutName: `{{what}} prefetches '{{href}}', which looks like a sign-out URL {{because}}. In production users are signed out as soon as it is visible. {{fix}}`,
    hoverPrefetchedSignOut: `{{what}} leads to '{{href}}', ${ROUTE}. ${ON_HOVER}`,
    hoverPrefetchedSignOutName: `{{what}} leads to '{{href}}', which looks like a sign-out URL {{because}}. ${ON_HOVER}`,
    routerPrefetchedSignOut: `router.prefetch('{{href}}') runs its GET handler, which signs users out {{because}}. {{fix}}`,
    routerPrefetchedSignOutName: `${NAME}, and router.prefetch() requests it. {{fix}}`,
    useAnchor: 'Use <a href>: a click then reaches the logout of WorkOS as well.',
    removePrefetchCall: 'Remove the call.',
  },
  fixable: true,
  hasSuggestions: true,
  needles: mayPrefetchSignOut,
  find: findSignOutPrefetch,
});
