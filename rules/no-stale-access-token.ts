import { BRIDGE_NEEDLES, findStaleTokens } from '../playbook/token-bridge/findings.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-stale-access-token',
  type: 'problem',
  description: 'disallow answering Convex with a copy of the access token',
  presets: { recommended: 'error' },
  messages: {
    stale:
      "'{{value}}' is {{of}}, a copy of the token: when it expires, Convex gets the same token again and signs the user out for good. Return (await getAccessToken()) ?? null, which renews it.",
    rewrite: 'Answer with getAccessToken().',
  },
  hasSuggestions: true,
  needles: BRIDGE_NEEDLES,
  find: findStaleTokens,
});
