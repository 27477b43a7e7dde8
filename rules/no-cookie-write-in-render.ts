import { findCookieWrites, mayWriteCookie } from '../playbook/server-calls/cookie-write.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-cookie-write-in-render',
  type: 'problem',
  description: 'disallow AuthKit calls that write a cookie while a Server Component renders',
  codemod: "link and redirect to the app's route handler that starts a sign-in, where it has one",
  presets: { recommended: 'error' },
  messages: {
    signInUrlInRender:
      '{{call}} sets a cookie during render: {{answer}}. Call it in a route handler, and link or redirect there.',
    ensureSignedInInRender:
      '{{call}} with ensureSignedIn sets a cookie during render: signed-out visitors get {{answer}}. Redirect to a sign-in route.',
    sessionChangedInRender:
      '{{call}} changes the session cookie during render: {{answer}}. Call it in a server action or a route handler.',
  },
  needles: mayWriteCookie,
  find: findCookieWrites,
});
