import { BRIDGE_NEEDLES, findRefreshLoops } from '../playbook/token-bridge/findings.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-token-refresh-loop',
  type: 'problem',
  description: 'disallow token refreshes that make Convex ask for the next one',
  codemod: 'end refresh loops: a memoised getAccessToken(), both flags from useAuth() alone',
  presets: { recommended: 'error' },
  messages: {
    loopingFlag:
      "Refresh loop: {{where}} depends on '{{value}}', which {{call}} sets, so Convex restarts auth and forces the next refresh. {{fix}}.{{also}}",
    loopingDep:
      "Refresh loop: '{{value}}' is a dependency of {{name}} and changes on every refresh, so Convex sees a new function and asks again. Remove it.{{also}}",
    stuckDep:
      "'{{value}}' is a dependency of {{name}}: when the token expires, Convex gets a new function, starts over, and stays in loading forever. Remove it.{{also}}",
    loopingError:
      "Refresh loop: {{where}} depends on '{{value}}', which every token request resets, so Convex asks again endlessly while WorkOS fails. Remove it.{{also}}",
    loopingState:
      "Loop: {{where}} depends on '{{value}}', which {{name}} sets, so Convex restarts auth and calls it again. Do not set it there.{{also}}",
    newEachRender:
      '{{name}} is recreated on every render, so Convex restarts auth every time. Wrap it in useCallback(…, [getAccessToken]).{{also}}',
    newEachRenderForced:
      'Refresh loop: {{name}} is recreated on every render, so Convex restarts auth and {{call}} runs again. Wrap it in useCallback() and return getAccessToken().{{also}}',
    newDepEachRender:
      "'{{value}}' is a dependency of {{name}} and a new {{what}} on every render, so Convex restarts auth every time. {{instead}}.{{also}}",
    retriedAtOnce:
      '{{call}} is retried {{how}} without a delay, which multiplies the requests during a WorkOS outage or a 429. Return null on failure.{{also}}',
    retriedForEver:
      '{{call}} is retried {{how}} endlessly, so Convex waits forever while WorkOS fails. Return null on failure.{{also}}',
    keyedByToken:
      'Refresh loop: this key ({{value}}) changes with every token, so the provider remounts and Convex restarts auth. Remove the key.',
    refreshInEffect:
      'Refresh loop: {{call}} changes what this effect depends on ({{when}}), so it runs again. Remove it; AuthKit refreshes the token by itself.',
    removeKey: 'Remove the key.',
    removeEffect: 'Remove the effect.',
    rewrite: 'Return getAccessToken(), memoised, and take both flags from useAuth().',
  },
  hasSuggestions: true,
  needles: BRIDGE_NEEDLES,
  find: findRefreshLoops,
});
