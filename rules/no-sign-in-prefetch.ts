import { findSignInPrefetch } from '../playbook/sign-in/find-prefetch.ts';
import { mayPrefetchSignIn } from '../playbook/sign-in/text-gate.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-sign-in-prefetch',
  type: 'problem',
  description: 'disallow links that prefetch a route handler which starts a sign-in',
  codemod: 'add prefetch={false} to links that would start a sign-in as soon as they are visible',
  presets: { recommended: 'error' },
  messages: {
    prefetchedSignIn: "{{what}} prefetches the sign-in route '{{href}}' {{because}}: {{effect}}. {{fix}}",
    htmlPrefetchedSignIn:
      "This {{what}} makes the browser fetch '{{href}}', which starts a sign-in that no one asked for {{because}}{{pileUp}}. {{fix}}",
    hoverPrefetchedSignIn:
      "{{what}} prefetches the sign-in route '{{href}}' {{because}} on hover, as the Pages Router always does. Use <a href>.",
    routerPrefetchedSignIn: "router.prefetch('{{href}}') starts a sign-in {{because}}: {{effect}}. {{fix}}",
    useAnchor: "Use <a href>: a click then needs no request of Next.js's router, which fails with a CORS error.",
    removeElement: 'Remove the element.',
    removePrefetchCall: 'Remove the call.',
  },
  fixable: true,
  hasSuggestions: true,
  needles: mayPrefetchSignIn,
  find: findSignInPrefetch,
});
