/**
 * Where a rule or its codemod differs from what was observed. A test fails when an entry is no mismatch any more: it is to be
 * removed then. Those that stay on purpose say so in their reason.
 */
import type { BridgeRule } from './expected-reports.ts';

export interface Mismatch {
  readonly bridge: string;
  readonly what: BridgeRule | 'rewrite' | `${'no-forced-token-refresh' | 'rewrite'} in an app of many organizations`;
  readonly reason: string;
}

function mismatches(what: Mismatch['what'], reason: string, bridges: readonly string[]): Mismatch[] {
  return bridges.map((bridge) => ({ bridge, what, reason }));
}

const STORED = ['token-ref', 'token-state', 'token-in-reducer', 'token-closure', 'token-closure-first'];

export const KNOWN_MISMATCHES: readonly Mismatch[] = [
  ...mismatches(
    'no-token-refresh-loop',
    'a cool-down is taken for the end of a feedback through token loading; when the token ends it is none',
    ['cool-down-token-loading'],
  ),
  ...mismatches('rewrite', 'stays: a stored token asks WorkOS for nothing, not even in an outage', STORED),
  ...mismatches(
    'rewrite in an app of many organizations',
    'stays: a stored token asks WorkOS for nothing, not even in an outage',
    STORED,
  ),
  ...mismatches('rewrite', 'stays: what asks WorkOS endlessly is signed in again at the end of an outage', [
    'error-in-is-authenticated-forced',
    'retry-without-end',
    'interval-retry',
  ]),
  ...mismatches(
    'rewrite in an app of many organizations',
    'stays: what asks WorkOS endlessly is signed in again at the end of an outage',
    ['error-in-is-authenticated-forced'],
  ),
  ...mismatches(
    'rewrite in an app of many organizations',
    'stays: a failure that is caught is one that Convex counts',
    ['official-template-uncaught'],
  ),
];
