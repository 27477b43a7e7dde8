/** What passes between the page, which lives in a window, and the thread that opens it. */
import type { Scenario } from './scenarios.ts';

/** What the page is opened with. */
export interface PageOptions {
  readonly sdk: 'authkit-nextjs' | 'authkit-react';
  readonly scenario: Scenario;
  readonly tokenSecondsLeft: number;
  /** When the run began: outages and the like are counted from there. */
  readonly startedAt: number;
}

/** One refresh of the session. */
export interface Refresh {
  readonly startedAt: number;
  /** Requests that it took. */
  requests: number;
  endedAt?: number;
  failed?: boolean;
}

export interface PageState {
  readonly at: number;
  readonly state: 'loading' | 'authenticated' | 'signed out';
}

/** What happened in the page, growing while it lives. Times are milliseconds since 1970 on the page's clock. */
export interface MutablePageRecord {
  readonly refreshes: Refresh[];
  readonly setAuths: number[];
  readonly fetches: { readonly forced: boolean }[];
  readonly authenticateMessages: { readonly at: number; readonly organizationId: string | undefined }[];
  readonly states: PageState[];
  /** When the user asked for another organization. */
  readonly switches: number[];
}

export type PageRecord = { readonly [Key in keyof MutablePageRecord]: readonly MutablePageRecord[Key][number][] };
