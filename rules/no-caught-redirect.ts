import { findCaughtRedirects, mayCatchRedirect } from '../playbook/server-calls/caught-redirect.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-caught-redirect',
  type: 'problem',
  description: 'disallow a try that catches the redirect of AuthKit or Next.js',
  presets: { recommended: 'error' },
  messages: {
    caughtRedirect:
      '{{call}} redirects by throwing, and this catch swallows it: users are not redirected. Move it out of the try, or call unstable_rethrow(error) first.',
    discardedRedirect:
      '{{call}} redirects by throwing, and the return in finally discards it: users are not redirected. Move it out of the try.',
  },
  needles: mayCatchRedirect,
  find: findCaughtRedirects,
});
