import { BRIDGE_NEEDLES, findForcedRefreshes } from '../playbook/token-bridge/findings.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-forced-token-refresh',
  type: 'suggestion',
  description: 'disallow refreshing the WorkOS token because Convex asks for it',
  presets: { recommended: 'warn' },
  messages: {
    forced:
      "{{call}} renews a token that is still good: Convex forces it on every connection, and when that one refresh fails (429, 'invalid_grant', an outage) a valid session is signed out. Answer with getAccessToken(), which renews what is about to expire.",
    rewrite: 'Ignore forceRefreshToken and answer with getAccessToken().',
  },
  hasSuggestions: true,
  needles: BRIDGE_NEEDLES,
  find: findForcedRefreshes,
});
