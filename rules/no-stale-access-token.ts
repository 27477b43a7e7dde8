import { BRIDGE_NEEDLES, findStaleTokens } from '../playbook/token-bridge/findings.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-stale-access-token',
  type: 'problem',
  description: 'disallow returning a stored access token to Convex',
  codemod: 'return getAccessToken() to Convex instead of a stored token',
  presets: { recommended: 'error' },
  messages: {
    stale: "'{{value}}' is {{of}}: when it expires, Convex signs the user out. Return getAccessToken().",
    rewrite: 'Return getAccessToken().',
  },
  hasSuggestions: true,
  needles: BRIDGE_NEEDLES,
  find: findStaleTokens,
});
