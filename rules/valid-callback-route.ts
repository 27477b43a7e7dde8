import { findCallbackInConvexJson } from '../playbook/callback/find-in-convex-json.ts';
import { findCallbackInEnv } from '../playbook/callback/find-in-env.ts';
import { findInvalidCallback, mayHaveFault } from '../playbook/callback/find-in-scripts.ts';
import type { CallbackMessageId, CallbackSuggestionId } from '../playbook/callback/findings.ts';
import { isEnvFile } from '../project/env/env-files.ts';
import { createRule } from './create-rule.ts';

export default createRule<undefined, CallbackMessageId, CallbackSuggestionId>({
  name: 'valid-callback-route',
  type: 'problem',
  description: 'enforce that the redirect URI leads to a route that finishes the sign-in',
  codemod: 'call handleAuth() where the callback exports it uncalled, and export it as GET',
  presets: { recommended: 'error' },
  messages: {
    defaultExport:
      'Next.js ignores the default export of a route handler, so the callback returns 405: no one can sign in. Export GET.',
    noCallback:
      'This app starts sign-ins, but no route finishes them{{found}}. Export GET = handleAuth() from {{file}}',
    otherDevPort:
      "'{{value}}' is not where the script '{{script}}' serves the app ({{serves}}), so no sign-in comes back to it. Write '{{instead}}'.",
    otherDevUri:
      "'{{value}}' differs from what {{json}} registers for dev ({{registered}}): 'redirect-uri-invalid'. Use one URI for both.",
    returnedHandler:
      'GET returns the handler that {{name}}() makes, without calling it: HTTP 500. Write `export const GET = {{name}}()`.',
    uncalledHandler:
      '{{name}} makes the handler, but it is exported without being called: the callback returns 500. Write {{name}}().',
    wrongMethod:
      'WorkOS sends users back with GET, but {{file}} only handles {{method}}: no one can sign in. Export GET.',
    wrongPath: "{{what}} leads to '{{path}}', but {{found}}, so no one can sign in. {{advice}}",
    callHandler: 'Call {{name}}().',
    exportGet: 'Export it as GET.',
  },
  hasSuggestions: true,
  needles: mayHaveFault,
  find: findInvalidCallback,
  textSide: {
    isFile: (name) => name === 'convex.json' || isEnvFile(name),
    find: (path, text, project) =>
      path.endsWith('convex.json')
        ? findCallbackInConvexJson(path, text, project)
        : findCallbackInEnv(path, text, project),
  },
});
