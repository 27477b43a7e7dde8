import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BridgeCase, BRIDGES, hookFile, type Scenario, scenariosOf } from './cases/bridges.ts';
import { type State, STATES } from './stage/apps.ts';
import { record, tidy } from './stage/record.ts';
import { leave, openStage, type Stage } from './stage/stage.ts';
import type { Failure } from './stage/tap.ts';
import { rest, type Traffic, trafficOf } from './stage/traffic.ts';
import { triageFile } from './stage/triage.ts';
import { atOnce, createTurns, type Turns } from './stage/turns.ts';
import { within } from './stage/within.ts';

const browser = inject('browser');
const reports = inject('verdicts').apps['next-16'];

/** Which pass by the clock of a page before it is taken for resting. */
const SECONDS = 6;
/** After a failure AuthKit tries again by itself (`RETRY_DELAY_SECONDS` of its `tokenStore.js`), and then Convex asks again where a bridge feeds back. */
const RETRY = { after: 305, seconds: 15, actions: 4 };
/** More server actions than this are a loop; what AuthKit itself tries again is less. So are as many tokens, or that many page loads. */
const LOOP = { actions: 30, tokens: 30, loads: 4 };
/** Those of Next.js, which triage does not look at. */
const NO_STATIC_PARTS = /^(?!.*\/_next\/static\/)/u;
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

const statesOf = (page: Page): Promise<readonly string[]> =>
  within(
    30,
    `the states of ${page.url()}`,
    page.evaluate(() => (globalThis as Host).seen?.states ?? []),
  );

interface Counts {
  readonly actions: number;
  readonly tokens: number;
  readonly loads: number;
}

const countsOf = ({ requests, tokens }: Traffic): Counts => ({
  actions: requests.filter((request) => request.startsWith('POST ')).length,
  tokens: tokens(),
  loads: requests.filter((request) => request.endsWith(' /sign-in/again')).length,
});

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

  interface Run {
    readonly name: string;
    readonly one: BridgeCase;
    readonly scenario: Scenario;
    readonly state: State;
  }
  const loops = ({ one, scenario, state }: Run): boolean => state === 'before' && one.loops.includes(scenario);
  const backsOff = (run: Run): boolean => BACKS_OFF.has(run.scenario) && !loops(run);

  // What loops takes all of a machine, and triage looks at how much of it comes within some seconds. What waits for WorkOS takes nothing of it.
  const [inTurn, alone] = [createTurns(5), createTurns(1)];
  const sorted = runs.toSorted((a, b) => Number(backsOff(b)) - Number(backsOff(a)));
  it.concurrent.each(sorted)('$name, $scenario, $state the codemods', (run) => {
    if (backsOff(run)) return judge(run, inTurn);
    return (loops(run) ? alone : inTurn)(() => judge(run, atOnce));
  });

  async function judge(run: Run, opening: Turns): Promise<void> {
    const { name, one, scenario, state } = run;
    const isTriaged = state === 'before' && scenario !== 'guarded' && scenario !== 'switches' && !one.retries;
    const har = isTriaged ? join(folder, `${name}-${scenario}-${state}.har`) : undefined;
    const seen = await open(run, har, opening);
    const reported = one.rule !== undefined && (reports[state][hookFile(one)] ?? []).includes(one.rule);
    const { actions: _, actionsOfRetry: __, refreshes, ...same } = seen;
    record('bridges', nameOf({ name, scenario }), state, {
      // During an outage the SDK's back-off decides how many there are.
      ...(seen.looped ? { looped: true } : { ...same, ...(!FAILING.has(scenario) && { refreshes }) }),
      ...(one.rule !== undefined && { rule: one.rule }),
      reported,
    });
    const text = JSON.stringify(seen);
    expect(seen.looped, text).toBe(loops(run));
    expect(reported).toBe(one.rule !== undefined && (state === 'before' || !one.rewritten));
    if (har !== undefined) {
      const told = (await triageFile(har, folder)).includes('refreshLoop');
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
  }

  async function open({ name, one, scenario, state }: Run, har: string | undefined, opening: Turns) {
    const { account, page, traffic } = await opening(async () => {
      // Under 30 s to live, the first thing that a page does is a refresh.
      const seconds = FAILING.has(scenario) || scenario === 'expires' ? 20 : 300;
      const options = har === undefined ? {} : { recordHar: { path: har, urlFilter: NO_STATIC_PARTS } };
      const signedIn = await stage.signIn(state, options, seconds);
      signedIn.account.fail = failureOf(scenario);
      const opened = await signedIn.context.newPage();
      await opened.clock.install();
      const watched = trafficOf(opened);
      const query = scenario === 'guarded' ? '?guarded' : '';
      await opened.goto(`${stage.apps[state].origin}/bridges/${name}${query}`, { waitUntil: 'commit' });
      return { account: signedIn.account, page: opened, traffic: watched };
    });
    const isLoop = (): boolean => isLoopBy(countsOf(traffic));
    await rest(page, traffic, { seconds: SECONDS, isDone: isLoop, global: 'seen' });
    if (scenario === 'switches') await switchOrganization();
    const before = countsOf(traffic).actions;
    if (isRight(one, state) && BACKS_OFF.has(scenario)) await passRetry();
    const looped = isLoop();
    const states = looped ? [] : await statesOf(page);
    const { actions } = countsOf(traffic);
    await leave(page.context());
    const [first = ''] = states.filter((one) => one !== 'loading');
    return {
      looped,
      ends: states.at(-1) ?? '',
      flashes: first === 'signed out' && states.includes('authenticated'),
      refreshes: account.refreshes,
      actions,
      actionsOfRetry: actions - before,
      ...(scenario === 'switches' && { reachesConvex: stage.convex.tokensOf(`${ORGANIZATION}_${name}_${state}`) > 0 }),
    };

    /** To the next attempt of AuthKit's own, and what comes of it. */
    async function passRetry(): Promise<void> {
      await within(30, `the clock of ${page.url()}`, page.clock.fastForward(RETRY.after * 1000));
      await rest(page, traffic, { seconds: RETRY.seconds, isDone: isLoop, global: 'seen' });
    }

    async function switchOrganization(): Promise<void> {
      await page.evaluate(
        (id) => void (globalThis as Host).seen?.authKit?.switchToOrganization(id),
        `${ORGANIZATION}_${name}_${state}`,
      );
      await rest(page, traffic, { seconds: SECONDS, isDone: isLoop, global: 'seen' });
    }
  }

  it('Convex rejects the token, and triage reads it from the socket', async () => {
    const har = join(folder, 'rejected.har');
    const { context } = await stage.signIn('before', { recordHar: { path: har, urlFilter: NO_STATIC_PARTS } });
    stage.convex.rejects = true;
    const page = await context.newPage();
    await page.goto(`${stage.apps.before.origin}/bridges/get-access-token`);
    await page.getByText('signed out').waitFor();
    stage.convex.rejects = false;
    await leave(context);
    expect(await triageFile(har, folder)).toContain('convexRejects');
  });
});
