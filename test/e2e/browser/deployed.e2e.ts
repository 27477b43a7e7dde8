import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { variantHeader } from './cases/deployed.ts';
import { type Behavior, PROXIES } from './cases/proxies.ts';
import {
  HOSTS,
  type Outcome,
  PLACE_NAMES,
  type PlaceName,
  PLACES,
  REDIRECTS,
  registeredBy,
  SETTINGS,
} from './cases/redirects.ts';
import { deployedFolder, nextOf, PRODUCTION, STATES } from './stage/apps.ts';
import { FOLDER, type State } from './stage/common.ts';
import { hostRules, startEdge } from './stage/edge.ts';
import { EMAIL } from './stage/emulator.ts';
import { environmentOf } from './stage/ports.ts';
import { record, tidy } from './stage/record.ts';
import { createTurns } from './stage/turns.ts';
import { type Backstage, leave, openBackstage, type Server, startNext } from './stage/stage.ts';

const browser = inject('browser');
const { deployed: verdicts, registrations } = inject('verdicts');

const originOf = (place: PlaceName): string => {
  const { host, port } = PLACES[place];
  return host === undefined ? `http://localhost:${String(port)}` : `https://${host}`;
};

function startPlace(place: PlaceName): Promise<Server> {
  const { host, port, setting } = PLACES[place];
  const local = `http://localhost:${String(port)}`;
  const environment = { ...environmentOf(host === undefined ? local : PRODUCTION), ...SETTINGS[setting].environment };
  return host === undefined
    ? startNext(
        [nextOf('deployed'), 'dev', '-p', String(port)],
        deployedFolder,
        { ...environment, NODE_ENV: 'development' },
        local,
      )
    : startNext([join(FOLDER, 'stage/host.mjs'), host, String(port)], deployedFolder, environment, local);
}

/** The deployed app at some places, behind their edge, with a WorkOS and a browser. */
async function deploy(places: readonly PlaceName[]): Promise<Backstage> {
  const backstage = await openBackstage(browser, hostRules(HOSTS));
  const servers = await Promise.all(places.map(startPlace));
  const portOf = new Map(Object.values(PLACES).map(({ host, port }) => [host ?? '', port]));
  const edge = await startEdge((host) => portOf.get(host) ?? 0);
  return {
    ...backstage,
    async close() {
      await Promise.all([edge, ...servers].map((one) => one.close()));
      await backstage.close();
    },
  };
}

const contextOf = (backstage: Backstage, state: State, name: string, place: PlaceName): Promise<BrowserContext> =>
  backstage.browser.newContext({
    ignoreHTTPSErrors: true,
    extraHTTPHeaders: { ...variantHeader(state, name), 'x-place': place },
  });

async function signInAt(context: BrowserContext, url: string): Promise<Outcome> {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'domcontentloaded' }).catch(() => undefined);
  const text = await page.locator('body').innerText();
  const { host, pathname } = new URL(page.url());
  await page.close();
  if (text.includes('redirect-uri-invalid')) return 'redirect-uri-invalid';
  if (text.includes(EMAIL)) return 'signed in';
  return pathname === '/callback' && host !== new URL(url).host ? 'callback at another host' : 'failed';
}

describe.skipIf(browser === '')('redirect URIs', () => {
  let backstage: Backstage;
  beforeAll(async () => {
    backstage = await deploy(PLACE_NAMES);
    const settings = new Map(
      runs.flatMap(({ name, state }) =>
        PLACE_NAMES.map((place) => {
          const header = variantHeader(state, name)['x-variant'] ?? '';
          return [`${header} ${place}`, registeredBy(registrations[state][name] ?? '{}', PLACES[place].setting)];
        }),
      ),
    );
    backstage.workos.registered = (headers) =>
      settings.get(`${String(headers['x-variant'])} ${String(headers['x-place'])}`) ?? [];
  });
  afterAll(async () => {
    tidy(
      'redirects',
      REDIRECTS.map(({ name }) => name),
    );
    await backstage.close();
  });

  const inTurn = createTurns(4);
  const runs = STATES.flatMap((state) => REDIRECTS.map((one) => ({ name: one.name, one, state })));
  it.concurrent.each(runs)('$name, $state the codemods', async ({ name, one, state }) => {
    const reported = verdicts[state][name] ?? [];
    const outcomeAt = async (place: PlaceName): Promise<Outcome> => {
      const context = await contextOf(backstage, state, name, place);
      const outcome = await signInAt(context, `${originOf(place)}/sign-in`);
      await leave(context);
      return outcome;
    };
    const outcomes = PLACE_NAMES.map(async (place) => [place, await inTurn(() => outcomeAt(place))] as const);
    const seen = Object.fromEntries(await Promise.all(outcomes));
    record('redirects', name, state, { ...seen, reported: reported.join() });
    const fails = state === 'before' ? one.fails : one.failsAfter;
    const expected = Object.fromEntries(PLACE_NAMES.map((place) => [place, fails[place] ?? 'signed in']));
    expect({ ...seen, reported }).toEqual({
      ...expected,
      reported: state === 'before' ? one.reported : one.reportedAfter,
    });
  });
});

describe.skipIf(browser === '')('proxies', () => {
  let backstage: Backstage;
  beforeAll(async () => {
    backstage = await deploy(['production']);
    backstage.workos.seconds = 3;
  });
  afterAll(async () => {
    tidy(
      'proxies',
      PROXIES.map(({ name }) => name),
    );
    await backstage.close();
  });

  const runs = STATES.flatMap((state) => PROXIES.map((one) => ({ name: one.name, one, state })));
  const inTurn = createTurns(8);
  it.concurrent.each(runs)('$name, $state the codemods', async ({ name, one, state }) => {
    const seen = await inTurn(async () => behaviorOf(await contextOf(backstage, state, name, 'production')));
    const rules = verdicts[state][name] ?? [];
    record('proxies', name, state, { ...seen, reported: rules.join() });
    expect(seen).toEqual(one[state]);
    const isRewritten = JSON.stringify(one.before) !== JSON.stringify(one.after);
    expect(rules).toEqual(one.reported !== undefined && (state === 'before' || !isRewritten) ? [one.reported] : []);
  });

  async function behaviorOf(context: BrowserContext): Promise<Behavior> {
    const headers: string[] = [];
    context.on('response', (response) => headers.push(...Object.keys(response.headers())));
    const page = await context.newPage();
    await page.goto(`${originOf('production')}/app`).catch(() => undefined);
    // A page that is open to visitors, and links to the sign-in.
    if ((await page.locator('body').innerText()).includes('no one'))
      await page.goto(`${originOf('production')}/sign-in`).catch(() => undefined);
    const visitor = (await page.locator('body').innerText()).includes(EMAIL) ? 'signs in' : 'does not get in';
    const stays = visitor === 'signs in' && (await staysSignedIn(context));
    await leave(context);
    return { visitor, stays, leaks: headers.some((name) => name.startsWith('x-workos-')) };
  }

  /** Over two ends of its token. Signing in again, which WorkOS lets pass without a question, is not staying. */
  async function staysSignedIn(context: BrowserContext): Promise<boolean> {
    const page = await context.newPage();
    let signIns = 0;
    page.on('request', (request) => (signIns += request.url().includes('/user_management/authorize') ? 1 : 0));
    for (let tries = 0; tries < 2; tries += 1) {
      await sleep(4000);
      await page.goto(`${originOf('production')}/`).catch(() => undefined);
    }
    return signIns === 0 && (await page.locator('body').innerText()).includes(EMAIL);
  }
});
