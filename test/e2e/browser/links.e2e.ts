import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Effect, fileOf, type LinkCase, LINKS } from './cases/links.ts';
import { APPS, type State, STATES } from './stage/apps.ts';
import { record, tidy } from './stage/record.ts';
import { cookiesOf, leave, openStage, requestsOf, type Stage } from './stage/stage.ts';
import { rest, trafficOf } from './stage/traffic.ts';
import { createTurns } from './stage/turns.ts';

const browser = inject('browser');
const { apps } = inject('verdicts');
const RULES = ['no-sign-out-prefetch', 'no-sign-in-prefetch'];
/** Seconds by the clock of a page: longer than a prefetch waits for its turn. */
const MOMENT = 2;

/** What a page does to its visitor while no one clicks. */
async function visit(context: BrowserContext, origin: string, one: LinkCase): Promise<Effect> {
  const verifiers = await cookiesOf(context, origin, 'wos-auth-verifier');
  const page = await context.newPage();
  await page.clock.install();
  const [paths, traffic] = [requestsOf(page), trafficOf(page)];
  await page.goto(`${origin}/links/${one.name}`);
  await rest(page, traffic, { seconds: MOMENT });
  if (one.act === 'open') await page.locator('main summary').click();
  const target = page.locator('main a, main button').last();
  if (one.act === 'hover') await target.hover();
  if (one.act === 'scroll') await target.scrollIntoViewIfNeeded();
  // Its cookies come with the response of the route, which may take long.
  if (one.act !== undefined) await rest(page, traffic, { seconds: MOMENT });
  const isRequested = paths.includes(`GET ${one.target}`);
  if ((await cookiesOf(context, origin, 'wos-session')) === 0) return 'signs out';
  if ((await cookiesOf(context, origin, 'wos-auth-verifier')) > verifiers) return 'starts a sign-in';
  return isRequested ? 'requests the route' : 'nothing';
}

describe.skipIf(browser === '').each(APPS)('links in %s', (app) => {
  let stage: Stage;
  let signedIn: Readonly<Record<State, Awaited<ReturnType<BrowserContext['storageState']>>>>;
  beforeAll(async () => {
    stage = await openStage(app, browser);
    const [before, after] = await Promise.all(STATES.map((state) => stage.signIn(state)));
    if (!before || !after) throw new Error('unreachable');
    signedIn = { before: await before.context.storageState(), after: await after.context.storageState() };
  });
  afterAll(async () => {
    tidy(
      `links, ${app}`,
      LINKS.map(({ name }) => name),
    );
    await stage.close();
  });

  const inTurn = createTurns(8);
  it.concurrent.each(STATES.flatMap((state) => LINKS.map((one) => ({ state, one, name: one.name }))))(
    '$name, $state the codemods',
    async ({ one, state }) => {
      const does = await inTurn(async () => {
        const context = await stage.visitor({ storageState: signedIn[state] });
        const seen = await visit(context, stage.apps[state].origin, one);
        await leave(context);
        return seen;
      });
      const reported = (apps[app][state][fileOf(one)] ?? []).some((rule) => RULES.includes(rule));
      record(`links, ${app}`, one.name, state, { does, reported });
      const expected = (app === 'next-15' ? one.does15 : undefined) ?? one.does;
      const harms = [one.does, one.does15].some((each) => each === 'signs out' || each === 'starts a sign-in');
      expect(one.because !== undefined || one.reported === harms, 'the rule and the browser differ').toBe(true);
      if (state === 'before') expect({ does, reported }).toEqual({ does: expected, reported: one.reported });
      else if (one.reported) expect({ does, reported }).toEqual({ does: 'nothing', reported: false });
      else expect({ does, reported }).toEqual({ does: expected, reported: false });
    },
  );
});
