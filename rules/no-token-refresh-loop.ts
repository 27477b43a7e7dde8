import { BRIDGE_NEEDLES, findRefreshLoops } from '../playbook/token-bridge/findings.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: 'no-token-refresh-loop',
  type: 'problem',
  description: 'disallow token refreshes that make Convex ask for the next one',
  presets: { recommended: 'error' },
  messages: {
    loopingFlag:
      "'{{value}}' is true while {{call}} runs, and {{through}} hangs on it: Convex drops the session, asks again, and every answer starts the next refresh, until WorkOS answers 429. Take isLoading from useAuth() alone, and answer with getAccessToken().{{also}}",
    loopingDep:
      "'{{value}}' changes with every {{call}} and stands in the deps of {{name}}: Convex takes the new function for a new session, asks again, and every answer starts the next refresh, until WorkOS answers 429. Take it out of the deps, and answer with getAccessToken().{{also}}",
    loopingState:
      "'{{value}}' is set by {{name}} itself, and {{through}} hangs on it: Convex drops the session and asks again, without end. Take isLoading from useAuth() alone, and set no state while Convex waits.{{also}}",
    newEachRender:
      '{{name}} is a new function in every render: Convex takes each for a new session and calls setAuth() again, some sixty times a second. Wrap it in useCallback(…, [getAccessToken]).{{also}}',
    newEachRenderForced:
      '{{name}} is a new function in every render: Convex takes each for a new session and asks again, and every answer starts {{call}}, until WorkOS answers 429. Wrap it in useCallback(), and answer with getAccessToken().{{also}}',
    newDepEachRender:
      "'{{value}}' is new in every render and stands in the deps of {{name}}, which is new with it: Convex takes each for a new session and asks again, without end. Put the members that it uses into the deps.{{also}}",
    retriedAtOnce:
      '{{call}} is tried again {{how}} without a delay: while WorkOS fails, each request of Convex is several refreshes, and a 429 stays one. Answer with getAccessToken(), and null where it fails.{{also}}',
    retriedForEver:
      '{{call}} is tried again {{how}} without an end: while WorkOS fails, Convex waits for ever and the refreshes go on. Answer with getAccessToken(), and null where it fails.{{also}}',
    rewrite: 'Answer with getAccessToken(), memoised, and take isLoading from useAuth() alone.',
  },
  hasSuggestions: true,
  needles: BRIDGE_NEEDLES,
  find: findRefreshLoops,
});
