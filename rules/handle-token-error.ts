import { BRIDGE_NEEDLES, findUnhandledTokenErrors, type TokenErrorMessage } from '../playbook/token-bridge/findings.ts';
import { createRule } from './create-rule.ts';

export default createRule<undefined, TokenErrorMessage, 'rewrite'>({
  name: 'handle-token-error',
  type: 'problem',
  description: 'require a token bridge to cope with a token that does not come',
  codemod: 'catch what getAccessToken() throws, and take isLoading and isAuthenticated from useAuth() alone',
  presets: { recommended: 'warn' },
  messages: {
    canThrow: '{{call}} throws {{when}}, and nothing catches it, so Convex may stay paused. Catch it and return null.',
    waitsForToken:
      "isLoading waits for '{{value}}', so the app loads forever while WorkOS returns no token. Use useAuth().loading.",
    waitsSignedOut:
      "isLoading waits for '{{value}}', which signed-out visitors never have: the app loads forever. Use useAuth().loading.",
    signedOutFirst:
      "isAuthenticated depends on '{{value}}', but isLoading does not: each page load starts signed out. Use the user of useAuth().",
    rewrite: 'Catch the error, return null, and take both flags from useAuth().',
  },
  hasSuggestions: true,
  needles: BRIDGE_NEEDLES,
  find: findUnhandledTokenErrors,
});
