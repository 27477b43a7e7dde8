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
      '{{call}} sets a cookie while a Server Component renders: Next.js returns {{answer}}. Link (<a href>) or redirect() to a route handler that calls it.',
    ensureSignedInInRender:
      '{{call}} with ensureSignedIn sets a cookie during render: signed-out visitors get {{answer}}. Use redirect() to a route handler that calls getSignInUrl().',
    sessionChangedInRender:
      '{{call}} changes the session cookie while a Server Component renders: Next.js returns {{answer}}. Call it in a server action or a route handler.',
  },
  needles: mayWriteCookie,
  find: findCookieWrites,
});
