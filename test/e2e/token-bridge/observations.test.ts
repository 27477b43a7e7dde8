import { beforeAll, describe, expect, it } from 'vitest';
import { classify } from './classify.ts';
import { gallery, sourceOf } from './gallery.ts';
import { observe, observeAll } from './observe.ts';
import type { Observation } from './observation.ts';
import { readRecorded } from './recorded.ts';
import { scenarioNames } from './scenarios.ts';
import type { ScenarioName } from './scenarios.ts';

type Observed = Readonly<Record<ScenarioName, Observation>>;

const recorded = readRecorded();

/** Another version of a package may take a step more a round; it may not make a loop of a single refresh. */
function isAbout(count: number, expected: number): boolean {
  return Math.abs(count - expected) <= Math.max(1, expected * 0.3);
}

describe.each(gallery)('$name', (bridge) => {
  let observed: Observed;

  beforeAll(async () => {
    observed = await observeAll(await sourceOf(bridge));
  }, 120_000);

  it(`is observed to be: ${bridge.verdict}${bridge.canThrow ? ', and can throw' : ''}`, () => {
    expect(classify(observed)).toEqual({ verdict: bridge.verdict, canThrow: bridge.canThrow });
  });

  it.each(scenarioNames)('does what observations.json records: %s', (scenario) => {
    const now = observed[scenario];
    const then = recorded.get(bridge.name)?.observed[scenario];
    expect(now.finalState).toBe(then?.finalState);
    expect(now).toSatisfy((one: Observation) => isAbout(one.workosRefreshes, then?.workosRefreshes ?? -9));
    expect(now).toSatisfy((one: Observation) => isAbout(one.setAuths, then?.setAuths ?? -9));
    expect(now).toSatisfy((one: Observation) => isAbout(one.authenticateMessages, then?.authenticateMessages ?? -9));
  });
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
