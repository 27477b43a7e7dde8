import { BRIDGE_NEEDLES, findForcedRefreshes } from '../playbook/token-bridge/findings.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-forced-token-refresh',
  type: 'suggestion',
  description: 'disallow refreshing the WorkOS token because Convex asks for it',
  codemod: "return getAccessToken() to Convex's forced requests",
  presets: { recommended: 'warn' },
  messages: {
    forced:
      'Convex sets forceRefreshToken on every connection, and a failed {{call}} signs the user out. Return getAccessToken().',
    forcedAlways:
      'Convex calls this on every connection, and a failed {{call}} signs the user out. Return getAccessToken().',
    repeated:
      'Where getAccessToken() returns no token, {{call}} repeats its request to WorkOS. Return getAccessToken() alone.',
    rewrite: 'Ignore forceRefreshToken and return getAccessToken().',
  },
  hasSuggestions: true,
  needles: BRIDGE_NEEDLES,
  find: findForcedRefreshes,
});
