import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { STATES } from './apps.ts';
import { fileOf, type LinkCase, LINKS, startsSignIn } from './links.ts';
import { ORIGIN } from './ports.ts';
import { record } from './record.ts';
import { cookiesOf, openStage, requestsOf, type Stage } from './stage.ts';

const browser = inject('browser');
const reports = inject('reports');
const RULES = ['no-sign-out-prefetch', 'no-sign-in-prefetch'];

/** What a page does to its visitor while no one clicks. */
async function visit(context: BrowserContext, one: LinkCase): Promise<{ prefetched: boolean; signedOut: boolean }> {
  const page = await context.newPage();
  const paths = requestsOf(page);
  await page.goto(`${ORIGIN}/links/${one.name}`, { waitUntil: 'networkidle' });
  const target = page.locator('main a, main button').last();
  if (one.act === 'hover') await target.hover();
  if (one.act === 'scroll') await target.scrollIntoViewIfNeeded();
  await page.waitForTimeout(600);
  const wanted = startsSignIn(one) ? 'GET /sign-in' : one.router === 'pages' ? 'GET /api/sign-out' : 'GET /sign-out';
  const result = {
    prefetched: paths.includes(wanted),
    signedOut: (await cookiesOf(context, 'wos-session')) === 0,
  };
  await page.close();
  return result;
}

describe.skipIf(browser === '').each(STATES)('links, %s the codemods', (state) => {
  let stage: Stage;
  let storageState: Awaited<ReturnType<BrowserContext['storageState']>>;
  beforeAll(async () => {
    stage = await openStage(state, browser);
    storageState = await (await stage.signIn()).storageState();
  });
  afterAll(() => stage.close());

  it.each(LINKS)('$name', async (one) => {
    const context = await stage.visitor({ storageState });
    const verifiers = await cookiesOf(context, 'wos-auth-verifier');
    const { prefetched, signedOut } = await visit(context, one);
    const started = (await cookiesOf(context, 'wos-auth-verifier')) > verifiers;
    await context.close();
    const reported = (reports[state][fileOf(one)] ?? []).some((rule) => RULES.includes(rule));
    record('links', one.name, state, { prefetched, signedOut, startedSignIn: started, reported });
    const prefetches = state === 'before' && one.prefetches;
    expect({ prefetched, signedOut, started, reported }).toEqual({
      prefetched: prefetches,
      signedOut: prefetches && !startsSignIn(one),
      started: prefetches && startsSignIn(one),
      reported: state === 'before' && one.reported,
    });
  });
});
