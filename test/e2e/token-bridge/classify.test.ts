import { describe, expect, it } from 'vitest';
import { classify, verdictIn } from './classify.ts';
import { readForm } from './observation.ts';
import type { Observation, WrittenObservation } from './observation.ts';
import { scenarioNames } from './scenarios.ts';
import type { ScenarioName } from './scenarios.ts';

const QUIET = { setAuths: 1, tokenRequests: 2, forcedTokenRequests: 1, authenticateMessages: 1 };

/** A bridge at rest everywhere, but for what is given. */
function observed(but: Partial<Record<ScenarioName, WrittenObservation>> = {}): Record<ScenarioName, Observation> {
  const all = scenarioNames.map((name) => [name, readForm({ ...QUIET, ...but[name] })]);
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

  it('lets the three attempts pass that Convex and AuthKit make on a token that cannot be renewed', () => {
    const failing = { authenticateMessages: 0, immediateRetries: 3, finalState: 'signed out' } as const;
    expect(classify(observed({ opens400: failing })).verdict).toBe('fine');
    expect(classify(observed({ opens400: { ...failing, immediateRetries: 4 } })).verdict).toBe('refresh loop');
  });

  it('calls retries with a pause a refresh loop if they do not end', () => {
    expect(classify(observed({ rateLimited: { lateRefreshes: 10 } })).verdict).toBe('refresh loop');
  });

  it('lets a long session have the refreshes of its tokens', () => {
    expect(classify(observed({ longSession: { lateRefreshes: 4 } })).verdict).toBe('fine');
    expect(classify(observed({ longSession: { lateRefreshes: 20 } })).verdict).toBe('refresh loop');
  });

  it('does not hold against a bridge that authkit-react asks once a second by itself while WorkOS fails', () => {
    expect(classify(observed({ expiresRateLimited: { lateRefreshes: 44 } })).verdict).toBe('fine');
  });

  it('calls what the run was ended for a loop, however slow', () => {
    const ended = { lateRefreshes: 250, endedAfter: 500 };
    expect(classify(observed({ outage: ended })).verdict).toBe('refresh loop');
  });

  it('tells a bridge that is signed out when the token expires from one that loads forever', () => {
    expect(classify(observed({ expires: { finalState: 'signed out' } })).verdict).toBe('signed out for good');
    expect(classify(observed({ expires: { finalState: 'loading' } })).verdict).toBe('stuck loading');
  });

  it('does not expect anybody to be signed in while WorkOS fails', () => {
    expect(classify(observed({ opens500: { finalState: 'signed out' } })).verdict).toBe('fine');
  });

  it('takes a bridge that loads because it threw for one that can throw', () => {
    const thrown = { opens400: { finalState: 'loading', unhandledRejections: ['Error'] } } as const;
    expect(classify(observed(thrown))).toEqual({ verdict: 'fine', canThrow: true });
  });

  it('tells a guard that sends people to sign-in again and again from one that does so once', () => {
    const leaves = (navigations: number) => ({
      guarded: { navigations, flashes: navigations, flashMilliseconds: navigations * 25 },
    });
    expect(classify(observed(leaves(12))).verdict).toBe('sign-in loop');
    expect(classify(observed(leaves(1))).verdict).toBe('flash');
  });

  it('does not count a render that no one sees as a flash', () => {
    expect(classify(observed({ accepts: { flashes: 1, flashMilliseconds: 0 } })).verdict).toBe('fine');
    expect(classify(observed({ accepts: { flashes: 1, flashMilliseconds: 25 } })).verdict).toBe('flash');
  });

  it('calls a refresh of a good token a forced refresh, and so the loss of one while WorkOS fails', () => {
    expect(classify(observed({ accepts: { workosRefreshes: 1 } })).verdict).toBe('forced refresh');
    expect(classify(observed({ rateLimited: { finalState: 'signed out' } })).verdict).toBe('forced refresh');
  });

  it('finds nothing wrong with a bridge that is never signed in', () => {
    const signedOut = { setAuths: 0, navigations: 1, finalState: 'signed out' } as const;
    expect(classify(observed({ accepts: signedOut, expires: signedOut })).verdict).toBe('fine');
  });

  it('calls a page stuck that never says anything, for its component is never shown', () => {
    const blank = { setAuths: 0, finalState: 'signed out' } as const;
    expect(classify(observed({ accepts: blank, expires: blank })).verdict).toBe('stuck loading');
  });

  it('says that a bridge can throw if it did in any scenario', () => {
    expect(classify(observed({ rejects: { unhandledRejections: ['Error'] } })).canThrow).toBe(true);
  });
});

describe('verdictIn', () => {
  it('goes by what the scenario lets one expect', () => {
    const signedOut = readForm({ ...QUIET, finalState: 'signed out' });
    expect(verdictIn('signedOut', signedOut)).toBe('fine');
    expect(verdictIn('accepts', signedOut)).toBe('signed out for good');
  });
});
