/** What was observed of a bridge in one scenario. Counts are for the whole run. */
export interface Observation {
  /** Refreshes of the session, whoever asked for them. */
  readonly workosRefreshes: number;
  /** The requests they took: WorkOS's SDK repeats one that was answered with 429 or 5xx three times. */
  readonly workosRequests: number;
  /** Of the refreshes, the ones that began at once (within 50 ms) after one that failed. */
  readonly immediateRetries: number;
  /** Of the refreshes, the ones in the second half of the run, when a page should have come to rest. */
  readonly lateRefreshes: number;
  readonly setAuths: number;
  readonly lateSetAuths: number;
  /** Convex's requests for a token, and the ones with `forceRefreshToken: true` among them. */
  readonly tokenRequests: number;
  readonly forcedTokenRequests: number;
  /** `Authenticate` messages with a token that the deployment received. */
  readonly authenticateMessages: number;
  /** How often a page said "not loading, not signed in" for a moment, before it was signed in. */
  readonly flashes: number;
  /** How long these lasted, together: 1 ms is one render, which an effect sees and hardly anybody else. */
  readonly flashMilliseconds: number;
  /** How often it said so at all: a guard sends to sign-in each time. */
  readonly navigations: number;
  /** Seconds from a change of the organization to the first token of the new one at Convex; -1 if none came. */
  readonly organizationAfter: number;
  /** The only state `useConvexAuth()` was in during the last quarter of the run, or `flapping`. */
  readonly finalState: FinalState;
  /** When the run was ended early, for it was clear by then that it does not come to rest. */
  readonly endedAfter: number;
  readonly unhandledRejections: readonly string[];
}

export type FinalState = 'authenticated' | 'signed out' | 'loading' | 'flapping';

/** An observation but for what is 0, empty or `authenticated`: how observations.json has it. */
export type WrittenObservation = Partial<Observation>;

const NOTHING: Observation = {
  workosRefreshes: 0,
  workosRequests: 0,
  immediateRetries: 0,
  lateRefreshes: 0,
  setAuths: 0,
  lateSetAuths: 0,
  tokenRequests: 0,
  forcedTokenRequests: 0,
  authenticateMessages: 0,
  flashes: 0,
  flashMilliseconds: 0,
  navigations: 0,
  organizationAfter: 0,
  finalState: 'authenticated',
  endedAfter: 0,
  unhandledRejections: [],
};

export function writtenForm(observation: Observation): WrittenObservation {
  const isNothing = (value: unknown): boolean =>
    value === 0 || value === 'authenticated' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(observation).filter(([, value]) => !isNothing(value)));
}

export function readForm(written: WrittenObservation): Observation {
  return { ...NOTHING, ...written };
}
