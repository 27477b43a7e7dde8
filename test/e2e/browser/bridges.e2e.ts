import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { STATES } from './apps.ts';
import { ORIGIN } from './ports.ts';
import { record } from './record.ts';
import { openStage, type Stage } from './stage.ts';
import type { Failure } from './tap.ts';
import { triageFile } from './triage.ts';

const browser = inject('browser');
const reports = inject('reports');

const SECONDS = 6;
/** A slow machine takes longer to show that a bridge loops. */
const PATIENCE = 25;
/** More server actions than this in that time are a loop; what AuthKit itself tries again is less. */
const LOOP = 30;

interface BridgeCase {
  readonly bridge: string;
  readonly failure: Failure;
  /** Whether it loops as it is written. After the codemods none does. */
  readonly loops: boolean;
}

const CASES: readonly BridgeCase[] = [
  { bridge: 'playbook', failure: 'none', loops: false },
  { bridge: 'playbook', failure: '400', loops: false },
  { bridge: 'playbook', failure: '429', loops: false },
  { bridge: 'playbook', failure: '500', loops: false },
  { bridge: 'forced', failure: 'none', loops: false },
  { bridge: 'forced', failure: '400', loops: false },
  { bridge: 'forced-loading', failure: 'none', loops: true },
  { bridge: 'live-error', failure: 'none', loops: false },
  { bridge: 'live-error', failure: '400', loops: true },
];

const LOOP_RULE = 'no-token-refresh-loop';

describe.skipIf(browser === '').each(STATES)('bridges, %s the codemods', (state) => {
  let stage: Stage;
  const folder = mkdtempSync(join(tmpdir(), 'authkit-hars-'));
  beforeAll(async () => {
    stage = await openStage(state, browser);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await stage.close();
  });

  it.each(CASES)('$bridge, WorkOS: $failure', async ({ bridge, failure, loops }) => {
    const har = join(folder, `${bridge}-${failure}.har`);
    // It opens on a token that is about to expire, so that the first thing it does is a refresh.
    const context = await stage.signIn({ recordHar: { path: har } }, failure === 'none' ? 300 : 20);
    stage.workos.fail = failure;
    stage.workos.refreshes = 0;
    const page = await context.newPage();
    let actions = 0;
    page.on('request', (request) => (actions += request.method() === 'POST' ? 1 : 0));
    await page.goto(`${ORIGIN}/bridges/${bridge}`, { waitUntil: 'commit' });
    const expectsLoop = loops && state === 'before';
    const end = Date.now() + (expectsLoop ? PATIENCE : SECONDS) * 1000;
    while (Date.now() < end && !(expectsLoop && actions > LOOP)) await page.waitForTimeout(200);
    const ends = (await page.locator('#state').textContent({ timeout: 1000 })) ?? '';
    await context.close();
    const looped = actions > LOOP;
    const reported = (reports[state][`app/bridges/${bridge}/page.tsx`] ?? []).includes(LOOP_RULE);
    record('bridges', `${bridge}, WorkOS ${failure}`, state, { looped, ...(!looped && { ends }), reported });
    expect(
      { looped },
      `${String(actions)} server actions, ${String(stage.workos.refreshes)} refreshes, ends ${ends}`,
    ).toEqual({
      looped: expectsLoop,
    });
    expect(reported).toBe(state === 'before' && ['forced-loading', 'live-error'].includes(bridge));
    expect(triageFile(har, folder).includes('refreshLoop')).toBe(looped);
  });

  it('Convex rejects the token, and triage reads it from the socket', async () => {
    const har = join(folder, 'rejected.har');
    const context = await stage.signIn({ recordHar: { path: har } });
    stage.convex.rejects = true;
    const page = await context.newPage();
    await page.goto(`${ORIGIN}/bridges/playbook`);
    await page.getByText('signed out').waitFor();
    stage.convex.rejects = false;
    await context.close();
    expect(triageFile(har, folder)).toContain('convexRejects');
  });
});
