import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BridgeCase, BRIDGES, hookFile, type Scenario, scenariosOf } from './cases/bridges.ts';
import { type State, STATES } from './stage/apps.ts';
import { record, tidy } from './stage/record.ts';
import { openStage, type Stage } from './stage/stage.ts';
import type { Failure } from './stage/tap.ts';
import { triageFile } from './stage/triage.ts';

const browser = inject('browser');
const reports = inject('verdicts').apps['next-16'];

const SECONDS = 6;
/** A slow machine takes longer to show that a bridge loops. */
const PATIENCE = 25;
/** WorkOS's SDK tries again for 2 to 6 s after 429 and 500 (three times, `getSleepTimeInMilliseconds` of its HTTP client), for each request of Convex: how long until users get an answer, at most. */
const OUTAGE = 90;
/** After a failure AuthKit tries again by itself (`RETRY_DELAY_SECONDS` of its `tokenStore.js`), and then Convex asks again where a bridge feeds back. */
const RETRY = { after: 305, seconds: 15, actions: 4 };
/** More server actions than this in that time are a loop; what AuthKit itself tries again is less. So are as many tokens, or that many page loads. */
const LOOP = { actions: 30, tokens: 30, loads: 4 };
const ORGANIZATION = 'org_other';
const FAILING: ReadonlySet<Scenario> = new Set(['400', '429', '500']);
/** After which WorkOS's SDK tries again. */
const BACKS_OFF: ReadonlySet<Scenario> = new Set(['429', '500']);

const failureOf = (scenario: Scenario): Failure =>
  scenario === '400' || scenario === '429' || scenario === '500' ? scenario : 'none';

interface Seen {
  readonly states: readonly string[];
  readonly authKit?: { readonly switchToOrganization: (id: string) => Promise<unknown> };
}
type Host = typeof globalThis & { readonly seen?: Seen };

/** None from a page that is on its way to another one. */
const statesOf = (page: Page): Promise<readonly string[]> =>
  Promise.race([
    page.evaluate(() => (globalThis as Host).seen?.states ?? []).catch(() => []),
    sleep(2000).then(() => []),
  ]);

interface Counts {
  actions: number;
  tokens: number;
  loads: number;
}

/** What a page asks for from now on. */
function countsOf(page: Page): Counts {
  const counts: Counts = { actions: 0, tokens: 0, loads: 0 };
  page.on('request', (request) => {
    counts.actions += request.method() === 'POST' ? 1 : 0;
    counts.loads += new URL(request.url()).pathname === '/sign-in/again' ? 1 : 0;
  });
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => (counts.tokens += String(payload).includes('"Authenticate"') ? 1 : 0));
  });
  return counts;
}

const isLoopBy = ({ actions, loads, tokens }: Counts): boolean =>
  actions > LOOP.actions || tokens > LOOP.tokens || loads > LOOP.loads;

/** Whether a page shows what a codemod has written, or the playbook's form. */
const isRight = ({ name, rewritten }: BridgeCase, state: State): boolean =>
  state === 'after' && (rewritten || name === 'get-access-token');

const nameOf = ({ name, scenario }: { readonly name: string; readonly scenario: Scenario }): string =>
  `${name}, ${scenario}`;

describe.skipIf(browser === '')('bridges', () => {
  let stage: Stage;
  const folder = mkdtempSync(join(tmpdir(), 'authkit-hars-'));
  beforeAll(async () => {
    stage = await openStage('next-16', browser);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    tidy('bridges', [...new Set(runs.map(nameOf))]);
    await stage.close();
  });

  const runs = STATES.flatMap((state) =>
    BRIDGES.flatMap((one) => scenariosOf(one, state).map((scenario) => ({ name: one.name, one, scenario, state }))),
  );

  it.concurrent.each(runs)(
    '$name, $scenario, $state the codemods',
    async ({ name, one, scenario, state }) => {
      const expectsLoop = state === 'before' && one.loops.includes(scenario);
      const har = join(folder, `${name}-${scenario}-${state}.har`);
      const seen = await open(one, state, scenario, expectsLoop, har);
      const reported = one.rule !== undefined && (reports[state][hookFile(one)] ?? []).includes(one.rule);
      const { actions: _, actionsOfRetry: __, refreshes, ...same } = seen;
      record('bridges', nameOf({ name, scenario }), state, {
        // During an outage the SDK's back-off decides how many there are.
        ...(seen.looped ? { looped: true } : { ...same, ...(!FAILING.has(scenario) && { refreshes }) }),
        ...(one.rule !== undefined && { rule: one.rule }),
        reported,
      });
      const text = JSON.stringify(seen);
      expect(seen.looped, text).toBe(expectsLoop);
      expect(reported).toBe(one.rule !== undefined && (state === 'before' || !one.rewritten));
      if (state === 'before' && scenario !== 'guarded' && scenario !== 'switches' && !one.retries) {
        const told = triageFile(har, folder).includes('refreshLoop');
        // A loop that was seen by its tokens has made few server actions by then.
        expect(told || !(seen.actions > LOOP.actions), text).toBe(true);
        expect(told && !seen.looped, text).toBe(false);
      }
      if (state === 'before') return;
      // What a codemod has written does in each circumstance what the playbook's form does.
      const fails = FAILING.has(scenario);
      expect(seen.ends, text).toBe(fails ? 'signed out' : 'authenticated');
      expect(seen.actionsOfRetry <= RETRY.actions, text).toBe(true);
      expect(seen.actionsOfRetry > 0, text).toBe(scenario === '429' || scenario === '500');
      expect(seen.flashes, text).toBe(false);
    },
    2 * OUTAGE * 1000,
  );

  async function open(one: BridgeCase, state: State, scenario: Scenario, expectsLoop: boolean, har: string) {
    const { name } = one;
    const fails = FAILING.has(scenario);
    // Under 30 s to live, the first thing that a page does is a refresh.
    const seconds = fails || scenario === 'expires' ? 20 : 300;
    const { account, context } = await stage.signIn(state, { recordHar: { path: har } }, seconds);
    account.fail = failureOf(scenario);
    const retries = isRight(one, state) && BACKS_OFF.has(scenario);
    const page = await context.newPage();
    if (retries) await page.clock.install();
    const counts = countsOf(page);
    const url = `${stage.apps[state].origin}/bridges/${name}${scenario === 'guarded' ? '?guarded' : ''}`;
    await page.goto(url, { waitUntil: 'commit' });
    const isLoop = (): boolean => isLoopBy(counts);
    const start = Date.now();
    const isUp = (seconds: number): boolean => Date.now() - start > seconds * 1000;
    // What a codemod has written shows how an outage ends; the others, that they wait for it.
    const waits = fails && (scenario === '400' || name === 'get-access-token' || isRight(one, state));
    const rests = async (): Promise<boolean> =>
      !expectsLoop && isUp(SECONDS) && (!waits || (await statesOf(page)).at(-1) !== 'loading');
    while (!isUp(expectsLoop ? PATIENCE : OUTAGE) && !isLoop() && !(await rests())) await page.waitForTimeout(200);
    if (scenario === 'switches') await switchOrganization(page);
    const before = counts.actions;
    if (retries) await passRetry(page);
    const states = await statesOf(page);
    await context.close();
    const [first = ''] = states.filter((one) => one !== 'loading');
    return {
      looped: isLoop(),
      ends: states.at(-1) ?? '',
      flashes: first === 'signed out' && states.includes('authenticated'),
      refreshes: account.refreshes,
      actions: counts.actions,
      actionsOfRetry: counts.actions - before,
      ...(scenario === 'switches' && { reachesConvex: stage.convex.tokensOf(`${ORGANIZATION}_${name}_${state}`) > 0 }),
    };

    /** To the next attempt of AuthKit's own, and what comes of it. */
    async function passRetry(opened: Page): Promise<void> {
      await opened.clock.fastForward(RETRY.after * 1000);
      await sleep(RETRY.seconds * 1000);
    }

    async function switchOrganization(opened: Page): Promise<void> {
      await opened.evaluate(
        (id) => void (globalThis as Host).seen?.authKit?.switchToOrganization(id),
        `${ORGANIZATION}_${name}_${state}`,
      );
      await opened.waitForTimeout(SECONDS * 1000);
    }
  }

  it('Convex rejects the token, and triage reads it from the socket', async () => {
    const har = join(folder, 'rejected.har');
    const { context } = await stage.signIn('before', { recordHar: { path: har } });
    stage.convex.rejects = true;
    const page = await context.newPage();
    await page.goto(`${stage.apps.before.origin}/bridges/get-access-token`);
    await page.getByText('signed out').waitFor();
    stage.convex.rejects = false;
    await context.close();
    expect(triageFile(har, folder)).toContain('convexRejects');
  });
});
