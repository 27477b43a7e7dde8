import { describe, expect, it } from 'vitest';
import { gallery } from './gallery.ts';
import { observationsTable, readRecorded } from './recorded.ts';
import { scenarioNames } from './scenarios.ts';

describe('observations.json', () => {
  it('records each bridge of the gallery, and no other', () => {
    expect([...readRecorded().keys()]).toEqual(gallery.map(({ name }) => name));
  });

  it.each(gallery)(
    'records $name in each scenario, with the verdict that is expected',
    ({ name, verdict, canThrow }) => {
      const recorded = readRecorded().get(name);
      expect(recorded).toMatchObject({ verdict, canThrow });
      expect(Object.keys(recorded?.observed ?? {})).toEqual(scenarioNames);
    },
  );
});

describe('observationsTable', () => {
  it('has a row for each name, in the order given', () => {
    const [, , ...rows] = observationsTable(['official-template', 'get-access-token']).split('\n');
    expect(rows.map((row) => row.split(' | ').at(-1))).toEqual(['forced refresh |', 'fine |']);
  });

  it('keeps its columns where a title has a bar in it', () => {
    const table = observationsTable(gallery.map(({ name }) => name));
    expect(new Set(table.split('\n').map((row) => row.split(/(?<!\\)\|/u).length))).toEqual(new Set([11]));
  });

  it('refuses a name that was never observed', () => {
    expect(() => observationsTable(['absent'])).toThrow('absent');
  });
});
