/** From what was observed to what it means. Pure, so that the tables in the docs and the tests cannot disagree. */
import type { Observation } from './observation.ts';
import { scenarioNames, scenarios } from './scenarios.ts';
import type { Scenario, ScenarioName } from './scenarios.ts';

/**
 * What a bridge does, the worst first:
 *
 * - `refresh loop`: WorkOS is asked again and again, or at once after a failure
 * - `auth loop`: Convex is handed the fetcher again and again, without a refresh as long as the token is good
 * - `stuck loading`: no loop, but `useConvexAuth()` says forever that it is loading, or nothing is shown at all
 * - `signed out for good`: the session ends with the first token although WorkOS would give another
 * - `sign-in loop`: it says "not loading, not signed in" before the first token, so that a guard sends people to sign in on every page
 * - `flash`: it says so without a guard leaving in time
 * - `forced refresh`: none of these, but a connection costs a refresh of a token that was still good, or that token where WorkOS fails
 * - `fine`: none of these
 */
export const VERDICTS = [
  'refresh loop',
  'auth loop',
  'stuck loading',
  'signed out for good',
  'sign-in loop',
  'flash',
  'forced refresh',
  'fine',
] as const;

export type Verdict = (typeof VERDICTS)[number];

export type Observed = Readonly<Record<ScenarioName, Observation>>;

export interface Classification {
  readonly verdict: Verdict;
  /** A rejection of the fetcher reached no one, in some scenario. */
  readonly canThrow: boolean;
}

/** More than these in half a run, and the page does not come to rest. A long run also refreshes its tokens. */
const RESTING = { setAuths: 5, refreshes: 3, secondsForAnother: 120 };

/** Classifies a bridge by its observations in all scenarios. The worst verdict wins. */
export function classify(observed: Observed): Classification {
  const verdicts = new Set(scenarioNames.map((name) => verdictIn(name, observed[name])));
  return {
    verdict: isNeverSignedIn(observed) ? 'fine' : (VERDICTS.find((verdict) => verdicts.has(verdict)) ?? 'fine'),
    canThrow: Object.values(observed).some((one) => one.unhandledRejections.length > 0),
  };
}

/** Who is never signed in asks for nothing, and has nothing to lose. */
function isNeverSignedIn({ accepts }: Observed): boolean {
  return accepts.setAuths === 0 && accepts.finalState === 'signed out' && accepts.flashes === 0 && !isBlank(accepts);
}

/** It never said anything: its component was never shown. */
export function isBlank({ finalState, navigations, setAuths }: Observation): boolean {
  return finalState === 'signed out' && navigations === 0 && setAuths === 0;
}

/** What one scenario alone shows. */
export function verdictIn(name: ScenarioName, one: Observation): Verdict {
  const scenario: Scenario = scenarios[name];
  if (asksAgainAndAgain(scenario, one)) return 'refresh loop';
  if (one.lateSetAuths > RESTING.setAuths && one.navigations < one.lateSetAuths) return 'auth loop';
  if (scenario.isGuarded && one.navigations > 3) return isFlicker(one) ? 'fine' : 'sign-in loop';
  if (one.lateSetAuths > RESTING.setAuths) return 'auth loop';
  // Where the fetcher threw, Convex waits for it with its connection paused: see `canThrow`.
  if (one.finalState === 'loading' && one.unhandledRejections.length === 0) return 'stuck loading';
  if (isAnswered(scenario) && (one.finalState === 'signed out' || one.finalState === 'flapping'))
    return isBlank(one) ? 'stuck loading' : 'signed out for good';
  if (one.flashes > 0 && !isFlicker(one)) return 'flash';
  if (name === 'rateLimited' && one.finalState !== 'authenticated') return 'forced refresh';
  return name === 'accepts' && one.workosRefreshes > 0 ? 'forced refresh' : 'fine';
}

/**
 * "Not loading, not signed in" for one render: no one sees it, but an effect does, and a guard that navigates in one leaves.
 * It comes of `!!accessToken` in `isAuthenticated` where the page has no `initialAuth`: in the render in which the user
 * arrives, `useAccessToken()` is not loading yet.
 */
export function isFlicker({ flashes, flashMilliseconds }: Observation): boolean {
  return flashes > 0 && flashMilliseconds < flashes * 5;
}

function asksAgainAndAgain({ outage, seconds }: Scenario, one: Observation): boolean {
  // Where one token is good, one failure more may be an attempt; where none is, Convex asks twice and AuthKit once.
  const allowed = outage?.fromSecond === 0 && one.authenticateMessages > 0 ? 1 : 3;
  if (one.immediateRetries > allowed) return true;
  // authkit-react asks once a second by itself while WorkOS fails.
  if (outage !== undefined && one.lateRefreshes * 2 > seconds * 0.5 && one.endedAfter === 0) return false;
  return one.lateRefreshes > RESTING.refreshes + seconds / 2 / RESTING.secondsForAnother;
}

/** Whether WorkOS and Convex do what they are asked, so that a user should be signed in. */
function isAnswered({ convexAcceptsTokens, outage, isOffline, isSignedOut }: Scenario): boolean {
  return convexAcceptsTokens && outage === undefined && isOffline === undefined && isSignedOut === undefined;
}
