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
      "Refresh loop: {{where}} depends on '{{value}}', which {{call}} sets, so Convex forces the next refresh. {{fix}}.{{also}}",
    loopingDep:
      "Refresh loop: '{{value}}' is a dependency of {{name}} and changes on every refresh, so Convex asks again. Remove it.{{also}}",
    stuckDep:
      "'{{value}}' is a dependency of {{name}}, so Convex loads forever once the token expires. Remove it.{{also}}",
    loopingError:
      "Refresh loop while WorkOS fails: {{where}} depends on '{{value}}', which every token request resets. Remove it.{{also}}",
    loopingState:
      "Loop: {{where}} depends on '{{value}}', which {{name}} sets, so Convex calls it again. Do not set it there.{{also}}",
    newEachRender: '{{name}} is recreated on every render, so Convex restarts auth every time. {{fix}}.{{also}}',
    newEachRenderForced:
      'Refresh loop: {{name}} is recreated on every render, so {{call}} runs again. {{fix}}, and return getAccessToken().{{also}}',
    newDepEachRender:
      "{{name}} depends on '{{value}}', a new {{what}} on every render, so Convex restarts auth every time. {{instead}}.{{also}}",
    retriedAtOnce:
      '{{call}} is retried {{how}} without a delay, which multiplies requests while WorkOS fails. Return null on failure.{{also}}',
    retriedForEver:
      '{{call}} is retried {{how}} endlessly, so Convex waits forever while WorkOS fails. Return null on failure.{{also}}',
    suspends:
      "'{{value}}' uses a promise that each render makes again, so the component suspends endlessly and shows nothing. Ask for the token in {{name}}.{{also}}",
    keyedByToken:
      'Refresh loop: this key ({{value}}) changes with every token, which remounts the provider. Remove the key.',
    refreshInEffect:
      'Refresh loop: {{call}} changes what this effect depends on ({{when}}). Remove it: AuthKit refreshes the token by itself.',
    removeKey: 'Remove the key.',
    removeEffect: 'Remove the effect.',
    rewrite: 'Return getAccessToken(), memoised, and take both flags from useAuth().',
  },
  hasSuggestions: true,
  needles: BRIDGE_NEEDLES,
  find: findRefreshLoops,
});
