import { findSignOutPrefetch } from '../playbook/sign-out/find-prefetch.ts';
import { mayPrefetchSignOut } from '../playbook/sign-out/text-gate.ts';
import { createRule } from './create-rule.ts';

const NAME = 'which looks like a sign-out URL {{because}}';
const ON_HOVER = 'on hover, as the Pages Router always does';
const BY_BROWSER = "This {{what}} makes the browser fetch '{{href}}',";

export default createRule({
  name: 'no-sign-out-prefetch',
  type: 'problem',
  description: 'disallow links that prefetch a route which signs users out',
  codemod: 'add prefetch={false} to links that would sign users out as soon as they are visible',
  presets: { recommended: 'error' },
  messages: {
    prefetchedSignOut: "{{what}} prefetches '{{href}}' in production, which signs users out {{because}}. {{fix}}",
    prefetchedSignOutName: `{{what}} prefetches '{{href}}', ${NAME}, in production. {{fix}}`,
    htmlPrefetchedSignOut: `${BY_BROWSER} which signs users out {{because}}. {{fix}}`,
    htmlPrefetchedSignOutName: `${BY_BROWSER} ${NAME}. {{fix}}`,
    hoverPrefetchedSignOut: `{{what}} prefetches '{{href}}' ${ON_HOVER}, which signs users out {{because}}. Use <a href>.`,
    hoverPrefetchedSignOutName: `{{what}} prefetches '{{href}}', ${NAME}, ${ON_HOVER}. Use <a href>.`,
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
