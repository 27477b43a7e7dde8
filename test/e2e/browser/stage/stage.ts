/** A running app with everything around it: WorkOS's emulator behind a tap, Convex, `next start` with its log, Chromium. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { appFolder, type AppName, nextOf, type State, STATES } from './apps.ts';
import { type Convex, startConvex } from './convex.ts';
import { EMAIL, startEmulator } from './emulator.ts';
import { environmentOf, originOf, portOf } from './ports.ts';
import { type Account, startTap, type Tap } from './tap.ts';
import { within } from './within.ts';

/** WorkOS, Convex and a browser, without an app. */
export interface Backstage {
  readonly workos: Tap;
  readonly convex: Convex;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

export interface Server {
  readonly origin: string;
  /** What it has printed so far. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

export interface SignedIn {
  readonly context: BrowserContext;
  readonly account: Account;
}

export interface Stage extends Backstage {
  readonly apps: Readonly<Record<State, Server>>;
  /** A browser of its own, signed in with a token that lives so long. Later ones live 300 s, as AuthKit's do. */
  readonly signIn: (state: State, options?: BrowserContextOptions, seconds?: number) => Promise<SignedIn>;
  readonly visitor: (options?: BrowserContextOptions) => Promise<BrowserContext>;
}

/** Nothing but the loopback address can be reached. */
const flags = (hostRules: string): string[] => [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  `--host-resolver-rules=${hostRules}${hostRules === '' ? '' : ', '}MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`,
];

export async function openBackstage(executablePath: string, hostRules = ''): Promise<Backstage> {
  const emulator = await startEmulator();
  const [workos, convex] = [await startTap(), await startConvex()];
  const browser = await chromium.launch({ executablePath, args: flags(hostRules) });
  return {
    workos,
    convex,
    browser,
    async close() {
      await browser.close();
      await Promise.all([workos.close(), convex.close(), emulator.close()]);
    },
  };
}

/** An app before and after the codemods, at once. */
export async function openStage(app: AppName, executablePath: string): Promise<Stage> {
  const backstage = await openBackstage(executablePath);
  const [before, after] = await Promise.all(
    STATES.map((state) => {
      const origin = originOf(app, state);
      const args = ['start', '-p', String(portOf(app, state)), '-H', 'localhost'];
      return startNext([nextOf(app), ...args], appFolder(app, state), environmentOf(origin), origin);
    }),
  );
  if (!before || !after) throw new Error('unreachable');
  const apps = { before, after };
  let signIns = 0;
  return {
    ...backstage,
    apps,
    visitor: (options) => backstage.browser.newContext(options),
    async signIn(state, options, seconds = 300) {
      const hint = `sign-in-${String((signIns += 1))}`;
      const account = backstage.workos.expect(hint, seconds);
      const context = await backstage.browser.newContext(options);
      const home = await context.request.get(`${apps[state].origin}/sign-in?hint=${hint}`, { timeout: 60_000 });
      if (!(await home.text()).includes(EMAIL)) throw new Error(`not signed in: ${home.url()}`);
      account.seconds = 300;
      account.refreshes = 0;
      return { context, account };
    },
    async close() {
      await Promise.all([before.close(), after.close()]);
      await backstage.close();
    },
  };
}

/** Runs Next.js until it answers. */
export async function startNext(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
  origin: string,
): Promise<Server> {
  const env = { ...process.env, NODE_ENV: 'production', ...environment, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (log += data.toString()));
  for (let tries = 0; ; tries += 1) {
    if (await fetch(`${origin}/favicon.ico`).catch(() => undefined)) break;
    if (tries === 600 || child.exitCode !== null) throw new Error(`nothing answers at ${origin}\n${log}`);
    await sleep(100);
  }
  return { origin, log: () => log, close: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(5000).then(() => child.kill('SIGKILL'))]);
}

/** Closes a context. What loops in it is stopped first: Chromium does not close a page that goes from one to the next, and a HAR waits for the body of each response. */
export async function leave(context: BrowserContext): Promise<void> {
  const close = async (): Promise<void> => {
    await context.setOffline(true);
    await Promise.all(context.pages().map((page) => page.close()));
    await context.close();
  };
  const urls = context.pages().map((page) => page.url());
  await within(60, `the end of ${urls.join() || 'a context without a page'}`, close());
}

/** Cookies of an app by the beginning of their names; emptied ones do not count. */
export async function cookiesOf(context: BrowserContext, origin: string, prefix: string): Promise<number> {
  const cookies = await context.cookies(origin);
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
