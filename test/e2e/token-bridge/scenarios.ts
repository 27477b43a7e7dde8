/** The circumstances under which each bridge is observed. */

/** What WorkOS answers each refresh with in the meantime. */
export interface Outage {
  readonly status: 400 | 429 | 500;
  readonly fromSecond: number;
  readonly toSecond: number;
}

export interface Scenario {
  /** What happens, as the tables say it. */
  readonly title: string;
  readonly convexAcceptsTokens: boolean;
  /** How long the access token lives on that the page opens with. Later ones live 300 s, as WorkOS's do by default. */
  readonly tokenSecondsLeft: number;
  readonly seconds: number;
  readonly outage?: Outage;
  /** Nothing can be reached: each server action and each `fetch` rejects. */
  readonly isOffline?: true;
  readonly isSignedOut?: true;
  /** The layout hands the session to `AuthKitProvider`, which then has it in the first render. */
  readonly hasInitialAuth?: true;
  /** Whoever is neither loading nor signed in is sent to sign in, and comes back to a new page. */
  readonly isGuarded?: true;
  /** How the user goes from one organization to another after `SWITCH_SECOND`. */
  readonly switchesBy?: 'switchToOrganization' | 'refreshAuth';
  /** The option of `ConvexReactClient` that leaves out the forced request after a cached token was confirmed. */
  readonly initialAuthTokenReuse?: true;
}

/** When a user who changes the organization does so. */
export const SWITCH_SECOND = 20;

const FRESH = { convexAcceptsTokens: true, tokenSecondsLeft: 300, seconds: 10 };
/** More than the 30 s under which AuthKit refreshes when it is asked for the token. The page outlives it by 25 s. */
const EXPIRING = { convexAcceptsTokens: true, tokenSecondsLeft: 35, seconds: 60 };
/** Under those 30 s: the first thing that the page does is a refresh. */
const EXPIRED_SOON = { convexAcceptsTokens: true, tokenSecondsLeft: 20 };

/** While WorkOS answers 429 or 5xx, its SDK tries four times in 5 s before it gives up, which slows a loop down. */
function failing(status: Outage['status']): Pick<Scenario, 'outage'> {
  return { outage: { status, fromSecond: 0, toSecond: 3600 } };
}

export const scenarios = {
  accepts: { title: 'Convex accepts each token', ...FRESH },
  rejects: { title: 'Convex rejects each token', ...FRESH, convexAcceptsTokens: false },
  acceptsReuse: {
    title: 'Convex accepts each token, and the client reuses the first',
    ...FRESH,
    initialAuthTokenReuse: true,
  },
  expires: { title: 'the token expires', ...EXPIRING },
  rateLimited: { title: 'WorkOS answers 429', ...FRESH, seconds: 60, ...failing(429) },
  expiresRateLimited: {
    title: 'the token expires while WorkOS answers 429',
    ...EXPIRING,
    seconds: 90,
    ...failing(429),
  },
  opens400: { title: 'opens with 20 s left, WorkOS answers 400', ...EXPIRED_SOON, seconds: 30, ...failing(400) },
  opens429: { title: 'opens with 20 s left, WorkOS answers 429', ...EXPIRED_SOON, seconds: 90, ...failing(429) },
  opens500: { title: 'opens with 20 s left, WorkOS answers 500', ...EXPIRED_SOON, seconds: 90, ...failing(500) },
  outage: {
    title: 'an outage of 6 minutes',
    ...EXPIRING,
    // AuthKit fails at the token's end, and tries again by itself 300 s later: once in the outage, once after it.
    seconds: 1200,
    outage: { status: 500, fromSecond: 30, toSecond: 400 },
  },
  longSession: { title: 'tokens of 300 s over 20 minutes', ...FRESH, seconds: 1200 },
  offline: {
    title: 'opens while the server cannot be reached',
    ...FRESH,
    seconds: 30,
    isOffline: true,
    hasInitialAuth: true,
  },
  signedOut: { title: 'no one is signed in', ...FRESH, isSignedOut: true },
  guarded: { title: 'behind a guard', ...FRESH, seconds: 15, isGuarded: true },
  guardedInitialAuth: {
    title: 'behind a guard, with `initialAuth`',
    ...FRESH,
    seconds: 15,
    isGuarded: true,
    hasInitialAuth: true,
  },
  switchesOrganization: {
    title: '`switchToOrganization()`',
    ...FRESH,
    seconds: 330,
    switchesBy: 'switchToOrganization',
  },
  refreshesOrganization: {
    title: '`refreshAuth({ organizationId })`',
    ...FRESH,
    seconds: 330,
    switchesBy: 'refreshAuth',
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[];
