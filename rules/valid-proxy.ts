import { findInvalidProxy, mayConcernProxy } from '../playbook/proxy/find.ts';
import type { ProxyMessageId, ProxySuggestionId } from '../playbook/proxy/findings.ts';
import { createRule } from './create-rule.ts';

export default createRule<undefined, ProxyMessageId, ProxySuggestionId>({
  name: 'valid-proxy',
  type: 'problem',
  description: 'enforce that the AuthKit proxy runs, and on every route that needs it',
  codemod: 'add routes that call withAuth() to the matcher of the proxy, export what Next.js calls',
  presets: { recommended: 'error' },
  messages: {
    bothFiles:
      'Next.js 16 does not build with both proxy.ts and middleware.ts. Move what {{file}} does into proxy.ts, and delete it.',
    bypassedRoute:
      "The proxy passes '{{route}}'{{others}} on without AuthKit, so {{reader}} throws there ({{place}}). Return the response of authkitProxy().",
    guardedCallback:
      "The proxy redirects signed-out visitors of the callback '{{path}}', so no sign-in finishes. Let it pass without a session.",
    ignoredName:
      'Next.js never runs {{file}}, only {{expected}}: withAuth() throws, and no route is protected. Rename the file.',
    ignoredPlace:
      'Next.js never runs {{file}}, as it is not next to {{beside}}: no route is protected, and withAuth() throws. Move it to {{expected}}',
    invalidMatcher: "'{{source}}' is not a valid matcher ({{reason}}), so Next.js does not build. Correct the pattern.",
    invalidPath:
      "'{{path}}' in unauthenticatedPaths is not a valid pattern ({{reason}}): AuthKit throws on every request. {{advice}}.",
    needsNext16:
      'Next.js {{version}} does not run {{file}}: proxy.ts needs Next.js 16. Rename it to {{instead}}, and its export to middleware.',
    noAuthKit:
      '{{file}} never calls AuthKit, so {{reader}} throws on every request ({{place}}). Return the response of authkitProxy().',
    noProxy: '{{name}}() throws on every request, because this app has no proxy. Export authkitProxy() from {{file}}',
    notExported:
      "Next.js calls the default export of {{file}}, or '{{name}}', but it exports {{found}}: the proxy does not run. Export it as '{{name}}'.",
    openAdmin:
      "'{{path}}' in unauthenticatedPaths opens '{{route}}' to signed-out visitors, and nothing there asks for a user. Remove it.",
    openPath:
      "'{{path}}' in unauthenticatedPaths opens '{{route}}' to signed-out visitors, but it needs a user ({{place}}). Remove it.",
    redirectsToItself:
      "Signed-out visitors of '{{path}}' are redirected there again, endlessly. Let it pass without a session.",
    reexportedDefault:
      "Next.js does not see a re-exported default, so the build fails ({{file}} 'must export a function'). Import it, then `export default` it.",
    uncalledFactory:
      '{{name}} makes the proxy, but it is exported without being called, so every request fails. Write {{name}}().',
    uncoveredRoute:
      "The matcher leaves out '{{route}}'{{others}}, so {{reader}} throws there ({{place}}). Add it to the matcher.",
    unprotected:
      "Nothing redirects signed-out visitors of '{{route}}', which needs a user ({{place}}). Set middlewareAuth: { enabled: true }.",
    unusedPaths:
      'unauthenticatedPaths has no effect without `enabled: true`: no route is protected. Set it, or remove middlewareAuth.',
    addToMatcher: 'Add what is left out to the matcher.',
    callFactory: 'Call {{name}}().',
    renameExport: "Export it as '{{name}}'.",
    writePath: "Write '{{instead}}'.",
  },
  hasSuggestions: true,
  needles: mayConcernProxy,
  find: findInvalidProxy,
});
