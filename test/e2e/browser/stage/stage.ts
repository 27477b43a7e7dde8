/** A built app with everything around it: WorkOS's emulator behind a tap, Convex, `next start` with its log, Chromium. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { appFolder, FOLDER, type State } from './apps.ts';
import { type Convex, startConvex } from './convex.ts';
import { EMAIL, life, startEmulator } from './emulator.ts';
import { ENV, ORIGIN, PORTS } from './ports.ts';
import { startTap, type Tap } from './tap.ts';

export interface Stage {
  readonly workos: Tap;
  readonly convex: Convex;
  /** What the server has printed so far. */
  readonly log: () => string;
  /** A browser of its own, signed in with a token that lives so long. */
  readonly signIn: (options?: BrowserContextOptions, seconds?: number) => Promise<BrowserContext>;
  readonly visitor: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  readonly close: () => Promise<void>;
}

/** Nothing but the loopback address can be reached. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

export async function openStage(state: State, executablePath: string): Promise<Stage> {
  const emulator = await startEmulator();
  const [workos, convex] = [await startTap(), await startConvex()];
  const server = startApp(state);
  let log = '';
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (data: Buffer) => (log += data.toString()));
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  await untilItAnswers();
  return {
    workos,
    convex,
    log: () => log,
    visitor: (options) => browser.newContext(options),
    async signIn(options, seconds = 300) {
      workos.fail = 'none';
      life.seconds = seconds;
      const context = await browser.newContext(options);
      const page = await context.newPage();
      await page.goto(`${ORIGIN}/sign-in`);
      await page.getByText(EMAIL).waitFor({ timeout: 20_000 });
      await page.close();
      life.seconds = 300;
      return context;
    },
    async close() {
      await browser.close();
      await stop(server);
      await Promise.all([workos.close(), convex.close(), emulator.close()]);
    },
  };
}

function startApp(state: State): ChildProcess {
  const next = join(FOLDER, 'node_modules/next/dist/bin/next');
  return spawn(process.execPath, [next, 'start', '-p', String(PORTS.app), '-H', 'localhost'], {
    cwd: appFolder(state),
    env: { ...process.env, ...ENV, NODE_ENV: 'production', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(5000).then(() => child.kill('SIGKILL'))]);
}

async function untilItAnswers(): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const response = await fetch(`${ORIGIN}/favicon.ico`).catch(() => undefined);
    if (response) return;
    await sleep(100);
  }
  throw new Error(`nothing answers at ${ORIGIN}`);
}

/** Cookies of the app by the beginning of their names; emptied ones do not count. */
export async function cookiesOf(context: BrowserContext, prefix: string): Promise<number> {
  const cookies = await context.cookies(ORIGIN);
  return cookies.filter(({ name, value }) => name.startsWith(prefix) && value !== '').length;
}

/** The paths that a page requests from now on, other than its own parts. */
export function requestsOf(page: Page): readonly string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    // The Pages Router asks for the data of a page: /_next/data/<build>/api/sign-out.json.
    const data = /^\/_next\/data\/[^/]+(?<path>\/.*)\.json$/u.exec(pathname)?.groups?.['path'];
    if (data !== undefined || !pathname.startsWith('/_next')) paths.push(`${request.method()} ${data ?? pathname}`);
  });
  return paths;
}
