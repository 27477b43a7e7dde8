/** What was observed of a bridge in one scenario. Counts are for the whole run of the page. */
export interface Observation {
  /** Calls of WorkOS's refresh endpoint, whoever made them. */
  readonly workosRefreshes: number;
  /** Of these, the ones that began at once (within 50 ms) after one that failed. */
  readonly immediateRetries: number;
  /** Of these, the ones in the second half of the run, when a page should have come to rest. */
  readonly lateRefreshes: number;
  readonly setAuths: number;
  readonly lateSetAuths: number;
  /** Convex's requests for a token, and the ones with `forceRefreshToken: true` among them. */
  readonly tokenRequests: number;
  readonly forcedTokenRequests: number;
  /** `Authenticate` messages with a token that the deployment received. */
  readonly authenticateMessages: number;
  /** The only state `useConvexAuth()` was in during the last quarter of the run, or `flapping`. */
  readonly finalState: FinalState;
  readonly unhandledRejections: readonly string[];
  readonly consoleErrors: readonly string[];
}

export type FinalState = 'authenticated' | 'signed out' | 'loading' | 'flapping';
