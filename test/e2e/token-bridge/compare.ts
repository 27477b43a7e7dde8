/** Whether a bridge does worse than another one: a codemod's result may not, in any scenario. */
import { VERDICTS, isBlank, isFlicker, verdictIn } from './classify.ts';
import type { Verdict } from './classify.ts';
import type { FinalState, Observation } from './observation.ts';
import type { ScenarioName } from './scenarios.ts';

/** What never comes to rest, or locks people out: anything else is better. */
const BROKEN: ReadonlySet<Verdict> = new Set(['refresh loop', 'auth loop', 'stuck loading', 'sign-in loop']);

const STATES: readonly FinalState[] = ['authenticated', 'signed out', 'flapping', 'loading'];

/** Convex at work with the new organization's token, not with what is left of the old one's. */
const AT_ONCE_SECONDS = 5;

/** In which ways `after` is worse than `before` in a scenario, as text. */
export function whatIsWorse(scenario: ScenarioName, before: Observation, after: Observation): string[] {
  const [then, now] = [verdictIn(scenario, before), verdictIn(scenario, after)];
  const worse: string[] = [];
  const note = (what: string, from: unknown, to: unknown): void => {
    worse.push(`${scenario}: ${what} ${String(from)} -> ${String(to)}`);
  };
  if (VERDICTS.indexOf(now) < VERDICTS.indexOf(then)) note('verdict', then, now);
  if (after.unhandledRejections.length > 0 && before.unhandledRejections.length === 0) note('rejections', 0, 1);
  if (isFlicker(after) && before.flashes === 0 && !BROKEN.has(then)) note('flashes', 0, after.flashes);
  if (isAtOnce(before) && !isAtOnce(after))
    note('organization after', before.organizationAfter, after.organizationAfter);
  // Convex that waits for a fetcher that threw says "authenticated" until the page is loaded again.
  if (BROKEN.has(then) || isBlank(before) || before.unhandledRejections.length > 0) return worse;
  if (STATES.indexOf(after.finalState) > STATES.indexOf(before.finalState)) {
    note('ends', before.finalState, after.finalState);
  }
  if (after.finalState !== before.finalState) return worse;
  if (after.workosRefreshes > before.workosRefreshes + 1)
    note('refreshes', before.workosRefreshes, after.workosRefreshes);
  if (after.setAuths > before.setAuths + 2) note('setAuth', before.setAuths, after.setAuths);
  if (after.navigations > before.navigations) note('navigations', before.navigations, after.navigations);
  return worse;
}

function isAtOnce({ organizationAfter }: Observation): boolean {
  return organizationAfter > 0 && organizationAfter <= AT_ONCE_SECONDS;
}
