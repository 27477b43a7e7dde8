/** From what was observed to what it means. Pure, so that the table in the docs and the tests cannot disagree. */
import type { Observation } from './observation.ts';
import type { ScenarioName } from './scenarios.ts';

/**
 * - `refresh loop`: WorkOS is asked again and again, or at once after a failure
 * - `auth loop`: Convex is handed the fetcher again and again, without a refresh as long as the token is good
 * - `signed out for good`: no loop, but the session ends with the first token although WorkOS would give another
 * - `stuck loading`: the same, but `useConvexAuth()` says for ever that it is loading
 * - `forced refresh`: none of these, but a connection costs a refresh of a token that was still good
 * - `fine`: none of these
 */
export type Verdict =
  'refresh loop' | 'auth loop' | 'signed out for good' | 'stuck loading' | 'forced refresh' | 'fine';

export interface Classification {
  readonly verdict: Verdict;
  /** A rejection of the fetcher reached nobody, in some scenario. */
  readonly canThrow: boolean;
}

/** More than these in half a run, and the page does not come to rest. */
const RESTING_SET_AUTHS = 5;
const RESTING_REFRESHES = 3;

/** Classifies a bridge by its observations in all scenarios. The worst verdict wins. */
export function classify(observed: Readonly<Record<ScenarioName, Observation>>): Classification {
  return {
    verdict: verdictOf(observed),
    canThrow: Object.values(observed).some((one) => one.unhandledRejections.length > 0),
  };
}

function verdictOf(observed: Readonly<Record<ScenarioName, Observation>>): Verdict {
  const { accepts, expires, rateLimited } = observed;
  // Who is never signed in asks for nothing, and has nothing to lose.
  if (accepts.setAuths === 0) return 'fine';
  if (accepts.lateRefreshes > RESTING_REFRESHES) return 'refresh loop';
  if (accepts.lateSetAuths > RESTING_SET_AUTHS) return 'auth loop';
  // Not where the token expires in an outage as well: there authkit-react's own timer asks once a second.
  if (rateLimited.immediateRetries > 1 || rateLimited.lateRefreshes > RESTING_REFRESHES) return 'refresh loop';
  if (expires.finalState === 'loading') return 'stuck loading';
  if (expires.finalState !== 'authenticated') return 'signed out for good';
  return accepts.workosRefreshes > 0 ? 'forced refresh' : 'fine';
}
