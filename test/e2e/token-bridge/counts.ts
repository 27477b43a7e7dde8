/** From the records of the pages of a run to what was observed. */
import type { FinalState, Observation } from './observation.ts';
import type { PageRecord } from './page-record.ts';
import type { Scenario } from './scenarios.ts';

export interface Run {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly scenario: Scenario;
  readonly unhandled: readonly string[];
}

const IMMEDIATELY_MS = 50;

export function observationOf(
  pages: readonly PageRecord[],
  { startedAt, endedAt, scenario, unhandled }: Run,
): Observation {
  const duration = endedAt - startedAt;
  const isLate = (time: number): boolean => time >= startedAt + duration / 2;
  const refreshes = pages.flatMap((page) => page.refreshes);
  const setAuths = pages.flatMap((page) => page.setAuths);
  const flashes = pages.flatMap(flashesOf);
  const fetches = pages.flatMap((page) => page.fetches);
  return {
    workosRefreshes: refreshes.length,
    workosRequests: refreshes.reduce((total, { requests }) => total + requests, 0),
    immediateRetries: refreshes.filter((refresh, index) => {
      const previous = refreshes[index - 1];
      return (
        previous?.failed === true &&
        previous.endedAt !== undefined &&
        refresh.startedAt - previous.endedAt <= IMMEDIATELY_MS
      );
    }).length,
    lateRefreshes: refreshes.filter((refresh) => isLate(refresh.startedAt)).length,
    setAuths: setAuths.length,
    lateSetAuths: setAuths.filter(isLate).length,
    tokenRequests: fetches.length,
    forcedTokenRequests: fetches.filter(({ forced }) => forced).length,
    authenticateMessages: pages.flatMap((page) => page.authenticateMessages).length,
    flashes: flashes.length,
    flashMilliseconds: flashes.reduce((total, milliseconds) => total + milliseconds, 0),
    navigations: pages.flatMap(({ states }) => states.filter(({ state }) => state === 'signed out')).length,
    organizationAfter: organizationAfter(pages),
    finalState: finalState(pages, startedAt + duration * 0.75),
    endedAfter: duration < scenario.seconds * 1000 ? Math.round(duration / 100) / 10 : 0,
    unhandledRejections: [...new Set(unhandled)],
  };
}

/**
 * How long a page said "not loading, not signed in" when that was not the end of it, each time: before the user was
 * signed in or, if that never happened, before the last state.
 */
function flashesOf({ states }: PageRecord): number[] {
  const signedIn = states.findIndex(({ state }) => state === 'authenticated');
  const end = signedIn === -1 ? states.length - 1 : signedIn;
  return states.flatMap(({ at, state }, index) => {
    const next = states[index + 1];
    return index < end && state === 'signed out' && next !== undefined ? [next.at - at] : [];
  });
}

function organizationAfter(pages: readonly PageRecord[]): number {
  const [switchedAt] = pages.flatMap(({ switches }) => switches);
  if (switchedAt === undefined) return 0;
  const messages = pages.flatMap(({ authenticateMessages }) => authenticateMessages);
  const first = messages.find(({ at, organizationId }) => at >= switchedAt && organizationId === 'org_02');
  const isNew = messages.at(-1)?.organizationId === 'org_02';
  return first !== undefined && isNew ? Math.round((first.at - switchedAt) / 100) / 10 || 0.1 : -1;
}

function finalState(pages: readonly PageRecord[], since: number): FinalState {
  const states = pages.flatMap((page) => page.states);
  if (states.filter(({ at }) => at >= since).length > 1) return 'flapping';
  // An app that calls `client.setAuth()` itself is in no state before it does.
  return states.at(-1)?.state ?? 'signed out';
}
