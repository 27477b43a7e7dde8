import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { LEAVING, SESSIONS, SIGN_INS } from './cases/sessions.ts';
import { APPS, type State, STATES } from './stage/apps.ts';
import { EMAIL } from './stage/emulator.ts';
import { record, tidy } from './stage/record.ts';
import { cookiesOf, leave, openStage, type Stage } from './stage/stage.ts';
import { triageOf } from './stage/triage.ts';

const browser = inject('browser');
const { apps } = inject('verdicts');
const reports = apps['next-16'];
const DROPPED = 'authkit() whose headers are dropped';

describe.skipIf(browser === '')('sessions', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage('next-16', browser);
  });
  afterAll(async () => {
    tidy(
      'sessions',
      [...SESSIONS, ...SIGN_INS, { name: DROPPED }].map(({ name }) => name),
    );
    await stage.close();
  });

  async function statusOf(context: BrowserContext, state: State, path: string): Promise<string> {
    const response = await context.request.get(`${stage.apps[state].origin}${path}`, { maxRedirects: 0 });
    const text = response.headers()['location'] ?? (await response.text());
    return `${String(response.status())} ${text.slice(0, 2000)}`;
  }
  const isReported = (state: State, file: string, rule = ''): boolean => (reports[state][file] ?? []).includes(rule);

  // One after the other: each looks at what the server prints meanwhile.
  describe.each(STATES)('%s the codemods', (state) => {
    it.each(SESSIONS)('$name', async ({ file, log, name, path, rule, signedIn, ...expected }) => {
      const context = signedIn ? (await stage.signIn(state)).context : await stage.visitor();
      const before = stage.apps[state].log().length;
      const seen = await statusOf(context, state, path);
      await leave(context);
      const printed = (): string => stage.apps[state].log().slice(before);
      const reported = isReported(state, file, rule);
      record('sessions', name, state, { gets: `HTTP ${seen.slice(0, 3)}`, ...(rule && { rule }), reported });
      expect(seen).toMatch((state === 'after' ? expected.after : undefined) ?? expected.before);
      expect(reported).toBe(rule !== undefined && (state === 'before' || !expected.after));
      if (state === 'after' || !log) return;
      await expect.poll(printed, { timeout: 30_000 }).toContain(log.text);
      expect(await triageOf('server.log', printed())).toContain(log.symptom);
    });

    it.each(SIGN_INS)('$name', async ({ file, finishes, name, path, rule, symptom }) => {
      const context = await stage.visitor();
      const page = await context.newPage();
      const before = stage.apps[state].log().length;
      // A response without a body is an error to it.
      await page.goto(`${stage.apps[state].origin}${path}`, { waitUntil: 'networkidle' }).catch(() => undefined);
      const signedIn = (await page.getByText(EMAIL).count()) > 0;
      await leave(context);
      const reported = isReported(state, file, rule);
      const gets = signedIn ? 'signed in' : 'the sign-in does not finish';
      record('sessions', name, state, { gets, ...(rule && { rule }), reported });
      expect({ signedIn, reported }).toEqual(
        state === 'before' ? { signedIn: finishes, reported: rule !== undefined } : { signedIn: true, reported: false },
      );
      if (state === 'before' && symptom !== undefined)
        expect(await triageOf('server.log', stage.apps[state].log().slice(before))).toContain(symptom);
    });

    it(DROPPED, async () => {
      const { context } = await stage.signIn(state, {}, 3);
      const seen: string[] = [];
      for (let tries = 0; tries < 2; tries += 1) {
        await sleep(4000);
        seen.push(await statusOf(context, state, '/dropped'));
      }
      await leave(context);
      const rule = 'no-dropped-session-headers';
      const reported = isReported(state, 'app/dropped/route.ts', rule);
      const stays = seen.every((one) => one.includes(EMAIL));
      const gets = stays ? 'stays signed in' : 'signed out for good';
      record('sessions', DROPPED, state, { gets, rule, reported });
      const isRight = state === 'after';
      expect({ stays, reported }, seen.join('; ')).toEqual({ stays: isRight, reported: !isRight });
    });
  });

  it('the page of add-auth-debug shows the user, the token and what Convex says', async () => {
    const { context } = await stage.signIn('after');
    const page = await context.newPage();
    await page.goto(`${stage.apps.after.origin}/admin/auth-debug`, { waitUntil: 'networkidle' });
    const text = await page.locator('body').innerText();
    await leave(context);
    expect(await triageOf('auth-debug.json', text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))).toEqual([]);
  });
});

describe.skipIf(browser === '').each(APPS)('leaving by a click in %s', (app) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(app, browser);
  });
  afterAll(async () => {
    tidy(
      `leaving, ${app}`,
      LEAVING.map(({ text }) => text),
    );
    await stage.close();
  });

  const runs = STATES.flatMap((state) => LEAVING.map((one) => ({ ...one, state })));
  it.each(runs)('$text, $state the codemod', async ({ reachesWorkOS, state, stays, text }) => {
    const { context } = await stage.signIn(state);
    const page = await context.newPage();
    await page.goto(`${stage.apps[state].origin}/leaving`, { waitUntil: 'networkidle' });
    const already = stage.workos.logouts.length;
    await page.getByText(text, { exact: true }).click();
    const isSignedOut = async (): Promise<boolean> =>
      (await cookiesOf(context, stage.apps[state].origin, 'wos-session')) === 0;
    await expect.poll(isSignedOut, { timeout: 30_000 }).toBe(true);
    await page.waitForTimeout(500);
    await page.waitForLoadState('networkidle');
    const seen = {
      signedOut: await isSignedOut(),
      reachesWorkOS: stage.workos.logouts.slice(already).includes('GET'),
    };
    await leave(context);
    record(`leaving, ${app}`, text, state, seen);
    expect(seen).toEqual({
      signedOut: true,
      reachesWorkOS: state === 'before' || stays ? reachesWorkOS : true,
    });
  });
});
