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
      'authkit() refreshes the session, but its headers are dropped, so the user is signed out. Call withAuth() instead.',
    droppedInProxy:
      'The headers of authkit() are dropped, so a refresh signs the user out. Return handleAuthkitHeaders(request, headers).',
    redirectWithoutHeaders:
      '{{response}} drops the headers of authkit(), so no sign-in finishes. Return handleAuthkitHeaders(request, headers, { redirect }).',
    responseWithoutHeaders:
      '{{response}} drops the headers of authkit(), so a refresh signs the user out. Return handleAuthkitHeaders(request, headers).',
    copiedHeaders:
      'This sends internal headers of authkit() (x-workos-*) to the browser. Return handleAuthkitHeaders(request, headers).',
    leakedHeaders:
      '{{response}} sends internal headers of authkit() (x-workos-*) to the browser. Return handleAuthkitHeaders(request, headers).',
    pageWithoutHeaders:
      '{{response}} runs the page without the headers of authkit(), so withAuth() throws there. Pass requestHeaders on in its request.',
    replacedHeaders:
      "{{response}} replaces the request's headers by those of authkit(), so cookies are lost. Return handleAuthkitHeaders(request, headers).",
    addToRequest: "Add them to the request's headers.",
    sendHeaders: 'Return handleAuthkitHeaders().',
    useWithAuth: 'Call withAuth().',
  },
  hasSuggestions: true,
  // The function `authkit`, not the package that most files import something else of.
  needles: /\bauthkit\b(?!-nextjs\b)/u,
  find: findDroppedSessionHeaders,
});
