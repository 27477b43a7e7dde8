import { findRawAuthorizationUrls } from '../playbook/server-calls/authorization-url.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-raw-authorization-url',
  type: 'problem',
  description: 'disallow `userManagement.getAuthorizationUrl()` for sign-ins that `handleAuth()` finishes',
  codemod: "call getSignInUrl(), or redirect to the app's route handler that does",
  presets: { recommended: 'error' },
  messages: {
    rawAuthorizationUrl:
      'userManagement.getAuthorizationUrl() sets no verifier cookie, so handleAuth() ({{callback}}) cannot finish this sign-in. Use getSignInUrl().',
  },
  needles: ['getAuthorizationUrl'],
  find: findRawAuthorizationUrls,
});
