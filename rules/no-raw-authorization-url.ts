import { findRawAuthorizationUrls } from '../playbook/server-calls/authorization-url.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-raw-authorization-url',
  type: 'problem',
  description: 'disallow `userManagement.getAuthorizationUrl()` for sign-ins that `handleAuth()` finishes',
  presets: { recommended: 'error' },
  messages: {
    rawAuthorizationUrl:
      'userManagement.getAuthorizationUrl() sets no verifier cookie, so this sign-in cannot finish at handleAuth() ({{callback}}). Use getSignInUrl() of @workos-inc/authkit-nextjs.',
  },
  needles: ['getAuthorizationUrl'],
  find: findRawAuthorizationUrls,
});
