import { findDroppedSessionHeaders } from '../playbook/server-calls/session-headers.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-dropped-session-headers',
  type: 'problem',
  description: 'disallow dropping the headers that `authkit()` returns',
  presets: { recommended: 'error' },
  messages: {
    droppedInHandler:
      'authkit() refreshes the session here, and its headers with the new cookie are dropped: the refresh token is spent, and the user is signed out. Call withAuth() instead.',
    droppedInProxy:
      'The headers of authkit() are dropped: a refreshed session never reaches the browser, which signs the user out, and withAuth() fails. Return handleAuthkitHeaders(request, headers).',
    redirectWithoutHeaders:
      '{{response}} leaves out the headers of authkit(): without their cookie this sign-in cannot finish. Return handleAuthkitHeaders(request, headers, { redirect: authorizationUrl }).',
    responseWithoutHeaders:
      '{{response}} leaves out the headers of authkit(): a refreshed session is lost, which signs the user out. Return handleAuthkitHeaders(request, headers).',
    copiedHeaders:
      "This copies all headers of authkit() to the response and shows AuthKit's internal x-workos-* headers to the browser. Copy 'set-cookie' alone, or return handleAuthkitHeaders(request, headers).",
    leakedHeaders:
      "{{response}} with the headers of authkit() shows AuthKit's internal x-workos-* headers to the browser. Return handleAuthkitHeaders(request, headers).",
  },
  // The function `authkit`, not the package that most files import something else of.
  needles: /\bauthkit\b(?!-nextjs\b)/u,
  find: findDroppedSessionHeaders,
});
