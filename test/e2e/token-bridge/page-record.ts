/** What passes between the page, which lives in a window, and the thread that opens it. */

/** What the page is opened with. */
export interface PageOptions {
  readonly sdk: 'authkit-nextjs' | 'authkit-react';
  readonly convexAcceptsTokens: boolean;
  readonly workosRateLimited: boolean;
  readonly tokenSecondsLeft: number;
  readonly initialAuthTokenReuse: boolean;
}

/** One call of WorkOS's refresh endpoint. */
export interface Refresh {
  readonly startedAt: number;
  endedAt?: number;
  failed?: boolean;
}

/** What happened in the page, growing while it lives. Times are milliseconds since 1970 on the page's clock. */
export interface MutablePageRecord {
  readonly refreshes: Refresh[];
  readonly setAuths: number[];
  readonly fetches: { readonly forced: boolean }[];
  readonly authenticateMessages: string[];
  readonly states: { readonly at: number; readonly state: 'loading' | 'authenticated' | 'signed out' }[];
}

export type PageRecord = { readonly [Key in keyof MutablePageRecord]: readonly MutablePageRecord[Key][number][] };
