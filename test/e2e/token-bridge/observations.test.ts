/** A sample of what `npm run observe:bridges` records is observed again; all of it takes some minutes. */
import { describe, expect, it } from 'vitest';
import { verdictIn } from './classify.ts';
import { gallery, sourceOf } from './gallery.ts';
import { observe } from './observe.ts';
import type { Observation } from './observation.ts';
import { readRecorded } from './recorded.ts';
import { scenarioNames } from './scenarios.ts';
import type { ScenarioName } from './scenarios.ts';

const recorded = readRecorded();

/** The form that the playbook asks for is observed in every scenario. */
const ALWAYS = 'get-access-token';

/** The scenario that shows a bridge's verdict, and another one, so that each is among those of several bridges. */
function sampleOf({ name, verdict }: (typeof gallery)[number], index: number): ScenarioName[] {
  if (name === ALWAYS) return [...scenarioNames];
  const observed = recorded.get(name)?.observed ?? expect.fail(`${name} is not recorded`);
  const telling = scenarioNames.find((scenario) => verdictIn(scenario, observed[scenario]) === verdict);
  const other = scenarioNames[index % scenarioNames.length];
  return [...new Set([telling, other])].filter((scenario) => scenario !== undefined);
}

/** Another version of a package may take a step more a round; it may not make a loop of a single refresh. */
function isAbout(count: number, expected: number): boolean {
  return Math.abs(count - expected) <= Math.max(1, expected * 0.3);
}

const sample = gallery.flatMap((bridge, index) =>
  sampleOf(bridge, index).map((scenario) => ({ bridge, name: bridge.name, scenario })),
);

it('has every scenario in the sample', () => {
  expect(new Set(sample.map(({ scenario }) => scenario))).toEqual(new Set(scenarioNames));
});

describe.concurrent('observations.json', () => {
  it.each(sample)(
    'says what $name does: $scenario',
    async ({ bridge, scenario }) => {
      const then = recorded.get(bridge.name)?.observed[scenario];
      const now = await observe(await sourceOf(bridge), scenario);
      expect({ ends: now.finalState, verdict: verdictIn(scenario, now) }).toEqual({
        ends: then?.finalState,
        verdict: then && verdictIn(scenario, then),
      });
      const counts = ['workosRefreshes', 'setAuths', 'authenticateMessages', 'flashes', 'navigations'] as const;
      expect(now).toSatisfy((one: Observation) => counts.every((count) => isAbout(one[count], then?.[count] ?? -9)));
    },
    120_000,
  );
});

describe('observe', () => {
  it('runs the same source the same way each time', async () => {
    const source = await sourceOf(gallery[0] ?? expect.fail());
    expect(await observe(source, 'expires')).toEqual(await observe(source, 'expires'));
  });

  it('says which import of a bridge it cannot resolve', async () => {
    await expect(observe("import './absent'; export const useBridge = () => ({});", 'accepts')).rejects.toThrow(
      './absent',
    );
  });

  it('says that a source does not parse', async () => {
    await expect(observe('export function useBridge( {', 'accepts')).rejects.toThrow('bridge.tsx');
  });

  it('fails for a module without a bridge', async () => {
    await expect(observe('export const other = 1;', 'accepts')).rejects.toThrow('useBridge');
  });
});
