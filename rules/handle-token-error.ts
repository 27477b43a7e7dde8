import { BRIDGE_NEEDLES, findUnhandledTokenErrors, type TokenErrorOptions } from '../playbook/token-bridge/findings.ts';
import { createRule } from './create-rule.ts';

export default createRule<TokenErrorOptions, 'canThrow' | 'ignoredError', 'rewrite'>({
  name: 'handle-token-error',
  type: 'problem',
  description: 'require fetchAccessToken to answer null where WorkOS fails',
  presets: { recommended: 'warn', strict: ['warn', { errorState: true }] },
  messages: {
    canThrow:
      '{{call}} throws {{when}}, and nothing in fetchAccessToken catches it: the rejection is unhandled, and during the first fetch the Convex socket stays paused. Catch it and return null.',
    ignoredError:
      'isAuthenticated does not look at useAccessToken().error: when the token can no longer be had, the app keeps waiting for it instead of going back to sign-in. Write: … && !error.',
    rewrite: 'Catch the error, return null, and treat useAccessToken().error as not authenticated.',
  },
  hasSuggestions: true,
  schema: {
    type: 'object',
    properties: { errorState: { type: 'boolean' } },
    additionalProperties: false,
  },
  defaultOptions: { errorState: false },
  needles: BRIDGE_NEEDLES,
  find: findUnhandledTokenErrors,
});
