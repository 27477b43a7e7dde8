/** What the rules should say of a bridge, by what was observed of it. */
import { type Observed, type Verdict, verdictIn } from '../../e2e/token-bridge/classify.ts';
import type { GalleryBridge } from '../../e2e/token-bridge/gallery.ts';
import type { BRIDGE_RULES } from '../../e2e/token-bridge/rewrites.ts';
import { type ScenarioName, scenarioNames } from '../../e2e/token-bridge/scenarios.ts';

export type BridgeRule = keyof typeof BRIDGE_RULES;

/** `reported`: by one report. `free`: it has this fault as well, but a worse one is reported. */
export type Expectation = 'reported' | 'free' | 'silent';

/** Scenarios in which a bridge gets no token, or no one is signed in: what loads there waits for a token that never comes. */
const WITHOUT_TOKEN: readonly ScenarioName[] = ['offline', 'signedOut'];

export function expectationOf(rule: BridgeRule, bridge: GalleryBridge, observed: Observed): Expectation {
  // Where a refresh is forced, that may be what throws, and has a report already.
  if (rule === 'handle-token-error' && bridge.canThrow && !bridge.throwsOutside)
    return bridge.verdict === 'forced refresh' ? 'free' : 'reported';
  if (bridge.verdict === 'fine')
    return rule === 'no-forced-token-refresh' && bridge.forcesWhereAskingFails ? 'reported' : 'silent';
  if (bridge.tempered && rule === 'no-forced-token-refresh') return 'silent';
  const seen = new Map<Verdict, ScenarioName[]>();
  for (const scenario of scenarioNames) {
    const verdict = verdictIn(scenario, observed[scenario]);
    seen.set(verdict, [...(seen.get(verdict) ?? []), scenario]);
  }
  if (ruleOf(bridge.verdict, seen.get(bridge.verdict) ?? []) === rule) return 'reported';
  return [...seen].some(([verdict, scenarios]) => ruleOf(verdict, scenarios) === rule) ? 'free' : 'silent';
}

function ruleOf(verdict: Verdict, scenarios: readonly ScenarioName[]): BridgeRule | undefined {
  switch (verdict) {
    case 'refresh loop':
    case 'auth loop':
      return 'no-token-refresh-loop';
    case 'stuck loading':
      return scenarios.every((scenario) => WITHOUT_TOKEN.includes(scenario))
        ? 'handle-token-error'
        : 'no-token-refresh-loop';
    case 'signed out for good':
      return 'no-stale-access-token';
    case 'sign-in loop':
    case 'flash':
      return 'handle-token-error';
    case 'forced refresh':
      return 'no-forced-token-refresh';
    case 'fine':
      return undefined;
  }
}
