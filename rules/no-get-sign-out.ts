import { findGetSignOut, mayGetSignOut } from '../playbook/sign-out/get-sign-out.ts';
import { createRule } from './create-rule.ts';

/** Who asks for a URL without a click. */
const EFFECT =
  'whatever fetches that URL in the browser (a <Link> in view, router.prefetch(), a link preview) signs people out without a click';

export default createRule({
  name: 'no-get-sign-out',
  type: 'problem',
  description: 'disallow route handlers whose GET signs people out',
  presets: { strict: 'error' },
  messages: {
    signsOutOnGet: `GET '{{path}}' signs people out ({{what}}): ${EFFECT}. {{cure}}`,
    signsOutOnGetByName: `GET '{{path}}' signs people out, to judge by {{because}}: ${EFFECT}. {{cure}}`,
    answerRouter:
      "Answer the requests of Next.js's router with 204 first: a click then falls back to a document request, which signs out.",
  },
  hasSuggestions: true,
  needles: mayGetSignOut,
  find: findGetSignOut,
});
