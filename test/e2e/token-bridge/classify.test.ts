import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';
import type { Observation } from './observation.ts';
import { scenarioNames } from './scenarios.ts';
import type { ScenarioName } from './scenarios.ts';

const quiet: Observation = {
  workosRefreshes: 0,
  immediateRetries: 0,
  lateRefreshes: 0,
  setAuths: 1,
  lateSetAuths: 0,
  tokenRequests: 2,
  forcedTokenRequests: 1,
  authenticateMessages: 1,
  finalState: 'authenticated',
  unhandledRejections: [],
  consoleErrors: [],
};

/** A bridge at rest everywhere, but for what is given. */
function observed(but: Partial<Record<ScenarioName, Partial<Observation>>> = {}): Record<ScenarioName, Observation> {
  const all = scenarioNames.map((name) => [name, { ...quiet, ...but[name] }]);
  return Object.fromEntries(all) as Record<ScenarioName, Observation>;
}

describe('classify', () => {
  it('calls a bridge fine that rests in each scenario', () => {
    expect(classify(observed())).toEqual({ verdict: 'fine', canThrow: false });
  });

  it('calls refreshes that go on a refresh loop, whatever else goes on', () => {
    const loop = { accepts: { workosRefreshes: 40, lateRefreshes: 20, lateSetAuths: 40 } };
    expect(classify(observed(loop)).verdict).toBe('refresh loop');
  });

  it('calls it an auth loop when setAuth goes on without a refresh', () => {
    expect(classify(observed({ accepts: { lateSetAuths: 40 } })).verdict).toBe('auth loop');
  });

  it('calls retries without a pause a refresh loop, even if they end', () => {
    expect(classify(observed({ rateLimited: { immediateRetries: 3 } })).verdict).toBe('refresh loop');
  });

  it('lets one retry pass', () => {
    expect(classify(observed({ rateLimited: { immediateRetries: 1 } })).verdict).toBe('fine');
  });

  it('calls retries with a pause a refresh loop if they do not end', () => {
    expect(classify(observed({ rateLimited: { lateRefreshes: 10 } })).verdict).toBe('refresh loop');
  });

  it('does not hold the retries of a token that expired in an outage against the bridge', () => {
    expect(classify(observed({ expiresRateLimited: { lateRefreshes: 30 } })).verdict).toBe('fine');
  });

  it('tells a bridge that is signed out when the token expires from one that loads for ever', () => {
    expect(classify(observed({ expires: { finalState: 'signed out' } })).verdict).toBe('signed out for good');
    expect(classify(observed({ expires: { finalState: 'loading' } })).verdict).toBe('stuck loading');
  });

  it('calls a single refresh of a good token a forced refresh', () => {
    expect(classify(observed({ accepts: { workosRefreshes: 1 } })).verdict).toBe('forced refresh');
  });

  it('finds nothing wrong with a bridge that is never signed in', () => {
    const signedOut = { setAuths: 0, finalState: 'signed out' } as const;
    expect(classify(observed({ accepts: signedOut, expires: signedOut })).verdict).toBe('fine');
  });

  it('says that a bridge can throw if it did in any scenario', () => {
    expect(classify(observed({ rejects: { unhandledRejections: ['Error'] } })).canThrow).toBe(true);
  });
});
