import { describe, expect, it } from 'vitest';
import { whatIsWorse } from './compare.ts';
import { readForm } from './observation.ts';
import type { WrittenObservation } from './observation.ts';
import type { ScenarioName } from './scenarios.ts';

const worse = (scenario: ScenarioName, before: WrittenObservation, after: WrittenObservation): string[] =>
  whatIsWorse(scenario, readForm({ setAuths: 1, ...before }), readForm({ setAuths: 1, ...after }));

describe('whatIsWorse', () => {
  it('has nothing to say of the same', () => {
    expect(worse('accepts', {}, {})).toEqual([]);
  });

  it('names a worse verdict', () => {
    const loop = { workosRefreshes: 40, lateRefreshes: 20 };
    expect(worse('accepts', {}, loop)).toContain('accepts: verdict fine -> refresh loop');
    expect(worse('accepts', loop, {})).toEqual([]);
  });

  it('names a session that is lost, but not for a loop', () => {
    const signedOut = { finalState: 'signed out' } as const;
    expect(worse('outage', {}, signedOut)).toEqual(['outage: ends authenticated -> signed out']);
    expect(worse('outage', { immediateRetries: 9, authenticateMessages: 1 }, signedOut)).toEqual([]);
  });

  it('names more refreshes where all else is the same, and lets those pass that keep a session', () => {
    const more = { workosRefreshes: 4 };
    expect(worse('longSession', {}, more)).toEqual(['longSession: refreshes 0 -> 4']);
    expect(worse('longSession', { finalState: 'signed out' }, more)).toEqual([]);
  });

  it('names a render in which people are signed out that was not there before', () => {
    expect(worse('accepts', {}, { flashes: 1 })).toContain('accepts: flashes 0 -> 1');
  });

  it('names rejections that no one hears', () => {
    expect(worse('opens400', {}, { unhandledRejections: ['Error'] })).toEqual(['opens400: rejections 0 -> 1']);
  });

  it('names an organization that comes late, even instead of a loop', () => {
    const loop = { workosRefreshes: 500, lateRefreshes: 250, organizationAfter: 0.1 };
    expect(worse('switchesOrganization', loop, { organizationAfter: 280 })).toEqual([
      'switchesOrganization: organization after 0.1 -> 280',
    ]);
    expect(worse('switchesOrganization', { organizationAfter: -1 }, { organizationAfter: 280 })).toEqual([]);
  });
});
