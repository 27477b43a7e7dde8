import { findCaughtRedirects, mayCatchRedirect } from '../playbook/server-calls/caught-redirect.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-caught-redirect',
  type: 'problem',
  description: 'disallow a try that catches the redirect of AuthKit or Next.js',
  presets: { recommended: 'error' },
  messages: {
    caughtRedirect:
      '{{call}} redirects by throwing, and this catch swallows the redirect. Move the call out of the try.',
    discardedRedirect:
      '{{call}} redirects by throwing, and the return in finally discards the redirect. Move the call out of the try.',
  },
  needles: mayCatchRedirect,
  find: findCaughtRedirects,
});
