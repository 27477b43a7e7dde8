/** The circumstances under which each bridge is observed. */

export interface Scenario {
  /** What happens, as the tables say it. */
  readonly title: string;
  readonly convexAcceptsTokens: boolean;
  /** WorkOS answers each refresh with 429, from the moment the page opens. */
  readonly workosRateLimited: boolean;
  /** How long the access token lives on that the page opens with. Later ones live 300 s, as WorkOS's do by default. */
  readonly tokenSecondsLeft: number;
  readonly seconds: number;
  /** The option of `ConvexReactClient` that leaves out the forced request after a cached token was confirmed. */
  readonly initialAuthTokenReuse?: boolean;
}

const FRESH = { tokenSecondsLeft: 300, seconds: 10 };
/** More than the 30 s under which AuthKit refreshes when it is asked for the token. The page outlives it by 25 s. */
const EXPIRING = { tokenSecondsLeft: 35, seconds: 60 };

export const scenarios = {
  accepts: { title: 'Convex accepts each token', convexAcceptsTokens: true, workosRateLimited: false, ...FRESH },
  rejects: { title: 'Convex rejects each token', convexAcceptsTokens: false, workosRateLimited: false, ...FRESH },
  expires: { title: 'the token expires', convexAcceptsTokens: true, workosRateLimited: false, ...EXPIRING },
  rateLimited: { title: 'WorkOS answers 429', convexAcceptsTokens: true, workosRateLimited: true, ...FRESH },
  expiresRateLimited: {
    title: 'the token expires while WorkOS answers 429',
    convexAcceptsTokens: true,
    workosRateLimited: true,
    ...EXPIRING,
  },
  acceptsReuse: {
    title: 'Convex accepts each token, and the client reuses the first',
    convexAcceptsTokens: true,
    workosRateLimited: false,
    initialAuthTokenReuse: true,
    ...FRESH,
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[];
