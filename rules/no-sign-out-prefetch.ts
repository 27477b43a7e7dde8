import { findSignOutPrefetch } from '../playbook/sign-out/find-prefetch.ts';
import { mayPrefetchSignOut } from '../playbook/sign-out/text-gate.ts';
import { createRule } from './create-rule.ts';

const NAME = 'which by its name signs users out {{because}}';
const INSTEAD = 'Use <a href>.';
const HOVERED = "{{what}} prefetches '{{href}}' on hover, as the Pages Router always does,";

export default createRule({
  name: 'no-sign-out-prefetch',
  type: 'problem',
  description: 'disallow links that prefetch a route which signs users out',
  codemod: 'add prefetch={false} to links that would sign users out as soon as they are visible',
  presets: { recommended: 'error' },
  messages: {
    prefetchedSignOut: "{{what}} prefetches '{{href}}' in production, which signs users out {{because}}. {{fix}}",
    prefetchedSignOutName: `{{what}} prefetches '{{href}}' in production, ${NAME}. {{fix}}`,
    hoverPrefetchedSignOut: `${HOVERED} which signs users out {{because}}. ${INSTEAD}`,
    hoverPrefetchedSignOutName: `${HOVERED} ${NAME}. ${INSTEAD}`,
    routerPrefetchedSignOut: "router.prefetch('{{href}}') signs users out {{because}}. {{fix}}",
    routerPrefetchedSignOutName: `router.prefetch() requests '{{href}}', ${NAME}. {{fix}}`,
    useAnchor: 'Use <a href>: a click then reaches the logout of WorkOS as well.',
    removeElement: 'Remove the element.',
    removePrefetchCall: 'Remove the call.',
  },
  fixable: true,
  hasSuggestions: true,
  needles: mayPrefetchSignOut,
  find: findSignOutPrefetch,
});
