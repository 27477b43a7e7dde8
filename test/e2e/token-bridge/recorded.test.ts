import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';
import { gallery } from './gallery.ts';
import { observationsTable, readRecorded } from './recorded.ts';
import { scenarioNames } from './scenarios.ts';

const PLAYBOOK_FORM = 'get-access-token';

describe('observations.json', () => {
  it('records each bridge of the gallery, and no other', () => {
    expect([...readRecorded().keys()]).toEqual(gallery.map(({ name }) => name));
  });

  it.each(gallery)('records $name with the verdict that is expected', ({ name, title, verdict, canThrow }) => {
    const { observed, ...recorded } = readRecorded().get(name) ?? expect.fail();
    expect(recorded).toEqual({ title, verdict, canThrow });
    expect(classify(observed)).toEqual({ verdict, canThrow });
  });

  it.each(scenarioNames)("has the playbook's form at rest: %s", (scenario) => {
    const one = readRecorded().get(PLAYBOOK_FORM)?.observed[scenario];
    expect(one).toMatchObject({ flashes: 0, unhandledRejections: [], endedAfter: 0 });
    // Twice where Convex asks on a token that cannot be renewed, and once for each token that ends.
    expect(one?.workosRefreshes).toBeLessThanOrEqual(scenario === 'longSession' ? 5 : 3);
    expect(one?.finalState).not.toMatch(/loading|flapping/u);
  });
});

describe('observationsTable', () => {
  it('has a row for each name, in the order given', () => {
    const [, , ...rows] = observationsTable(['official-template', PLAYBOOK_FORM]).split('\n');
    expect(rows.map((row) => row.split(' | ').at(-1))).toEqual(['forced refresh |', 'fine |']);
  });

  it('keeps its columns where a title has a bar in it', () => {
    const table = observationsTable(gallery.map(({ name }) => name));
    expect(new Set(table.split('\n').map((row) => row.split(/(?<!\\)\|/u).length))).toEqual(new Set([9]));
  });

  it('refuses a name that was never observed', () => {
    expect(() => observationsTable(['absent'])).toThrow('absent');
  });
});
