import {
  type SessionHeadersMessageId,
  type SessionHeadersSuggestionId,
  findDroppedSessionHeaders,
} from '../playbook/server-calls/session-headers.ts';
import { createRule } from './create-rule.ts';

export default createRule<undefined, SessionHeadersMessageId, SessionHeadersSuggestionId>({
  name: 'no-dropped-session-headers',
  type: 'problem',
  description: 'disallow dropping the headers that `authkit()` returns',
  codemod:
    'call withAuth() in route handlers behind the proxy, and send the headers of authkit() with the responses of a proxy',
  presets: { recommended: 'error' },
  messages: {
    droppedInHandler:
      'authkit() refreshes the session here, but its headers are dropped: the refresh token is spent, and the user is signed out. Call withAuth().',
    droppedInProxy:
      'The headers of authkit() are dropped: a refreshed session is lost, which signs the user out. Return handleAuthkitHeaders(request, headers).',
    redirectWithoutHeaders:
      '{{response}} drops the headers of authkit(), so this sign-in cannot finish. Return handleAuthkitHeaders(request, headers, { redirect }).',
    responseWithoutHeaders:
      '{{response}} drops the headers of authkit(): a refreshed session is lost, which signs the user out. Return handleAuthkitHeaders(request, headers).',
    copiedHeaders:
      "Copying all headers of authkit() exposes the internal x-workos-* ones to the browser. Copy 'set-cookie' only, or return handleAuthkitHeaders(request, headers).",
    leakedHeaders:
      '{{response}} with the headers of authkit() exposes the internal x-workos-* ones to the browser. Return handleAuthkitHeaders(request, headers).',
    replacedHeaders:
      '{{response}} replaces all headers of the request with those of authkit(): no page, callback or server action gets a cookie. Return handleAuthkitHeaders(request, headers).',
    addToRequest: "Add them to the request's headers.",
    sendHeaders: 'Return handleAuthkitHeaders().',
    useWithAuth: 'Call withAuth().',
  },
  hasSuggestions: true,
  // The function `authkit`, not the package that most files import something else of.
  needles: /\bauthkit\b(?!-nextjs\b)/u,
  find: findDroppedSessionHeaders,
});
