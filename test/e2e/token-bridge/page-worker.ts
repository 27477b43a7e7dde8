/**
 * The thread that opens pages, one at a time, each in a window of its own, and reports what happened there.
 * It is a thread so that a bridge that never yields can be ended, and so that rejections which a bridge leaves
 * unhandled are counted here instead of ending the tests.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { BridgeScript } from './bundle.ts';
import { observationOf } from './counts.ts';
import type { Observation } from './observation.ts';
import { Opener } from './open-page.ts';
import type { PageSetup } from './open-page.ts';
import type { PageRecord } from './page-record.ts';
import type { Scenario } from './scenarios.ts';

export interface WorkerTask {
  readonly id: number;
  readonly bridge: BridgeScript;
  readonly scenario: Scenario;
}

export type WorkerAnswer =
  { readonly id: number; readonly observation: Observation } | { readonly id: number; readonly error: string };

const NOON = Date.UTC(2026, 10, 2, 12);
/** From the page to WorkOS, which knows the user, and back by the callback. */
const SIGN_IN_MS = 200;
/** A run that has come to so much does not come to rest; counting on would tell no more. */
const ENOUGH = { refreshes: 500, setAuths: 1200, pages: 12 };

const opener = new Opener(workerData as PageSetup);

let unhandled: string[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(String(reason)));

parentPort?.on('message', (task: WorkerTask) => {
  void run(task).then(
    (observation) => {
      answer({ id: task.id, observation });
    },
    (error: unknown) => {
      // Errors of the page are of its realm, so `instanceof` would not know them.
      answer({ id: task.id, error: String(error) });
    },
  );
});

function answer(message: WorkerAnswer): void {
  parentPort?.postMessage(message);
}

/** One page, or behind a guard one after the other: each that says "signed out" is left for the sign-in. */
async function run({ bridge, scenario }: WorkerTask): Promise<Observation> {
  unhandled = [];
  const end = NOON + scenario.seconds * 1000;
  const pages: PageRecord[] = [];
  const isTooMuch = (): boolean =>
    sum(pages, ({ refreshes }) => refreshes.length) >= ENOUGH.refreshes ||
    sum(pages, ({ setAuths }) => setAuths.length) >= ENOUGH.setAuths;
  const isLeft = (): boolean =>
    scenario.isGuarded === true && (pages.at(-1)?.states.some(({ state }) => state === 'signed out') ?? false);

  let now = NOON;
  while (now < end && pages.length < ENOUGH.pages && !isTooMuch()) {
    const page = opener.open(bridge, {
      sdk: bridge.sdk,
      scenario,
      // Signing in brings a token of its own.
      tokenSecondsLeft: pages.length === 0 ? scenario.tokenSecondsLeft : 300,
      startedAt: NOON,
      now,
    });
    pages.push(page.record);
    now = await page.live(end - now, () => isTooMuch() || isLeft());
    page.close();
    if (isLeft()) now += SIGN_IN_MS;
  }
  return observationOf(pages, { startedAt: NOON, endedAt: Math.min(now, end), scenario, unhandled });
}

function sum(pages: readonly PageRecord[], count: (page: PageRecord) => number): number {
  return pages.reduce((total, page) => total + count(page), 0);
}
