import { findGetSignOut, mayGetSignOut } from '../playbook/sign-out/get-sign-out.ts';
import { createRule } from './create-rule.ts';

/** Who requests a URL without a click. */
const EFFECT = 'even on a prefetch';

export default createRule({
  name: 'no-get-sign-out',
  type: 'problem',
  description: 'disallow route handlers whose GET signs users out',
  codemod:
    "make a server action of a GET that signs users out, and forms of its links; where it has to stay, return 204 to Next.js's router",
  presets: { strict: 'error' },
  messages: {
    signsOutOnGet: `GET '{{path}}' signs users out ({{what}}), ${EFFECT}. {{fix}}`,
    signsOutOnGetByName: `GET '{{path}}' seems to sign users out (by {{because}}), ${EFFECT}. {{fix}}`,
    answerRouter:
      "Return 204 to the requests of Next.js's router first: a click then falls back to a document request, which signs out.",
  },
  hasSuggestions: true,
  needles: mayGetSignOut,
  find: findGetSignOut,
});
