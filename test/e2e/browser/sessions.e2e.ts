import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type State, STATES } from './apps.ts';
import { EMAIL } from './emulator.ts';
import { ORIGIN } from './ports.ts';
import { record } from './record.ts';
import { openStage, type Stage } from './stage.ts';
import { triageOf } from './triage.ts';

const browser = inject('browser');
const reports = inject('reports');

interface SessionCase {
  readonly name: string;
  /** What is asked for, signed in or not. */
  readonly path: string;
  readonly signedIn?: true;
  readonly file: string;
  readonly rule: string;
  /** What a browser gets. After the codemods it gets the same where none rewrites it. */
  readonly before: RegExp;
  readonly after?: RegExp;
  /** What the server prints, and the failure that triage tells from it. */
  readonly log?: { readonly text: string; readonly symptom: string };
}

const CASES: readonly SessionCase[] = [
  {
    name: 'a route that the matcher leaves out',
    path: '/uncovered',
    file: 'proxy.ts',
    rule: 'valid-proxy',
    before: /^500/u,
    after: /^200/u,
    log: { text: "isn't covered by the AuthKit middleware", symptom: 'routeNotCovered' },
  },
  {
    name: 'getSignInUrl() in a page',
    path: '/cookie',
    file: 'app/cookie/page.tsx',
    rule: 'no-cookie-write-in-render',
    before: /^500/u,
    log: { text: 'Cookies can only be modified', symptom: 'cookieInRender' },
  },
  {
    name: 'withAuth({ ensureSignedIn: true }) in a page',
    path: '/ensure',
    file: 'app/ensure/page.tsx',
    rule: 'no-cookie-write-in-render',
    before: /^500/u,
    log: { text: 'Cookies can only be modified', symptom: 'cookieInRender' },
  },
  {
    name: 'signOut() in a page',
    path: '/signs-out',
    signedIn: true,
    file: 'app/signs-out/page.tsx',
    rule: 'no-cookie-write-in-render',
    before: /^500/u,
    log: { text: 'Cookies can only be modified', symptom: 'cookieInRender' },
  },
  {
    name: 'a redirect in a try',
    path: '/caught',
    file: 'app/caught/route.ts',
    rule: 'no-caught-redirect',
    before: /^400 .*NEXT_REDIRECT/u,
  },
  {
    name: 'handleAuth that is not called',
    path: '/uncalled',
    file: 'app/uncalled/route.ts',
    rule: 'valid-callback-route',
    before: /^500/u,
    // Called without a code, it says so.
    after: /^500/u,
    log: { text: 'No response is returned from route handler', symptom: 'handlerNotCalled' },
  },
];

async function statusOf(context: BrowserContext, path: string): Promise<string> {
  const response = await context.request.get(`${ORIGIN}${path}`, { maxRedirects: 0 });
  return `${String(response.status())} ${(await response.text()).slice(0, 200)}`;
}

describe.skipIf(browser === '').each(STATES)('sessions, %s the codemods', (state: State) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(state, browser);
  });
  afterAll(() => stage.close());

  it.each(CASES)('$name', async ({ file, log, name, path, rule, signedIn, ...expected }) => {
    const context = signedIn ? await stage.signIn() : await stage.visitor();
    const before = stage.log().length;
    const seen = await statusOf(context, path);
    await context.close();
    await sleep(100);
    const printed = stage.log().slice(before);
    const reported = (reports[state][file] ?? []).includes(rule);
    record('sessions', name, state, { status: Number(seen.slice(0, 3)), rule, reported });
    expect(seen).toMatch(expected[state] ?? expected.before);
    expect(reported).toBe(state === 'before' || !expected.after);
    if (state === 'after') return;
    if (!log) return;
    expect(printed).toContain(log.text);
    expect(triageOf('server.log', printed)).toContain(log.symptom);
  });

  it('authkit() whose headers are dropped', async () => {
    const context = await stage.signIn({}, 3);
    await sleep(4000);
    const seen: string[] = [];
    for (let tries = 0; tries < 2; tries += 1) {
      seen.push(await statusOf(context, '/dropped'));
      await sleep(4000);
    }
    await context.close();
    const reported = (reports[state]['app/dropped/route.ts'] ?? []).includes('no-dropped-session-headers');
    const stays = seen.every((one) => one.includes(EMAIL));
    record('sessions', 'authkit() whose headers are dropped', state, {
      stays,
      rule: 'no-dropped-session-headers',
      reported,
    });
    expect({ stays, reported }, seen.join('; ')).toEqual({ stays: false, reported: true });
  });

  it('a sign-in by getAuthorizationUrl()', async () => {
    const context = await stage.visitor();
    const page = await context.newPage();
    const before = stage.log().length;
    await page.goto(`${ORIGIN}/raw`, { waitUntil: 'networkidle' });
    const signedIn = (await page.getByText(EMAIL).count()) > 0;
    await context.close();
    const reported = (reports[state]['app/raw/route.ts'] ?? []).includes('no-raw-authorization-url');
    record('sessions', 'a sign-in by getAuthorizationUrl()', state, {
      signedIn,
      rule: 'no-raw-authorization-url',
      reported,
    });
    expect({ signedIn, reported }).toEqual({ signedIn: false, reported: true });
    if (state === 'before') expect(triageOf('server.log', stage.log().slice(before))).toContain('missingVerifier');
  });
});
