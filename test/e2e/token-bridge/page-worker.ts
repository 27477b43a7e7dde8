/**
 * The thread that opens pages, one at a time, each in a window of its own, and reports what happened there.
 * It is a thread so that a bridge that never yields can be ended, and so that rejections which a bridge leaves
 * unhandled are counted here instead of ending the tests.
 */
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import type { Context } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import type { BridgeScript } from './bundle.ts';
import type { FinalState, Observation } from './observation.ts';
import type { PageOptions, PageRecord } from './page-record.ts';
import type { Scenario } from './scenarios.ts';
import { VirtualClock } from './virtual-clock.ts';

/** What the thread is started with: the page's script, and a file of the project to look up packages from. */
export interface WorkerSetup {
  readonly pageScript: string;
  readonly packagesFrom: string;
}

export interface WorkerTask {
  readonly id: number;
  readonly bridge: BridgeScript;
  readonly scenario: Scenario;
}

export type WorkerAnswer =
  { readonly id: number; readonly observation: Observation } | { readonly id: number; readonly error: string };

/** What is used of jsdom. Its own types would bring the DOM's globals to every file of the project. */
interface Jsdom {
  readonly JSDOM: new (
    html: string,
    options: object,
  ) => {
    readonly window: PageWindow;
    getInternalVMContext(): Context;
  };
  readonly VirtualConsole: new () => { on(event: 'error', listener: (...args: unknown[]) => void): void };
}

interface PageWindow {
  readonly performance: { now: () => number };
  readonly Math: { random: () => number };
  eval(code: string): unknown;
  close(): void;
}

const NOON = Date.UTC(2026, 10, 2, 12);
const IMMEDIATELY_MS = 50;

const setup = workerData as WorkerSetup;
const { JSDOM, VirtualConsole } = createRequire(setup.packagesFrom)('jsdom') as Jsdom;
const pageScript = new Script(setup.pageScript, { filename: 'page.js' });

let unhandled: string[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(messageOf(reason)));

parentPort?.on('message', (task: WorkerTask) => {
  void openPage(task).then(
    (observation) => {
      answer({ id: task.id, observation });
    },
    (error: unknown) => {
      answer({ id: task.id, error: messageOf(error) });
    },
  );
});

function answer(message: WorkerAnswer): void {
  parentPort?.postMessage(message);
}

async function openPage({ bridge, scenario }: WorkerTask): Promise<Observation> {
  unhandled = [];
  const consoleErrors: string[] = [];
  const virtualConsole = new VirtualConsole();
  virtualConsole.on('error', (...args: unknown[]) => consoleErrors.push(args.map(messageOf).join(' ')));
  const dom = new JSDOM('', {
    url: 'http://localhost:3000/',
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole,
  });
  try {
    const clock = new VirtualClock(NOON);
    useClock(dom.window, clock);
    pageScript.runInContext(dom.getInternalVMContext());
    const options: PageOptions = {
      sdk: bridge.sdk,
      convexAcceptsTokens: scenario.convexAcceptsTokens,
      workosRateLimited: scenario.workosRateLimited,
      tokenSecondsLeft: scenario.tokenSecondsLeft,
      initialAuthTokenReuse: scenario.initialAuthTokenReuse ?? false,
    };
    const record = dom.window.eval(openCall(bridge.code, options)) as PageRecord;
    const duration = scenario.seconds * 1000;
    await clock.pass(duration, (error) => consoleErrors.push(messageOf(error)));
    return observe(record, duration, consoleErrors);
  } finally {
    dom.window.close();
  }
}

/** Evaluates the bridge's module as a bundler would, and opens the page with the hook it exports. */
function openCall(code: string, options: PageOptions): string {
  return `(() => {
    const module = { exports: {} };
    ((module, exports, require) => {${code}\n})(module, module.exports, (name) => page.modules[name]);
    if (typeof module.exports.useBridge !== 'function') throw new TypeError('the module exports no useBridge');
    return page.open(module.exports.useBridge, ${JSON.stringify(options)});
  })()`;
}

function useClock(window: PageWindow, clock: VirtualClock): void {
  Object.assign(window, {
    setTimeout: clock.setTimeout,
    setInterval: clock.setInterval,
    clearTimeout: clock.clear,
    clearInterval: clock.clear,
    // React's scheduler then falls back on timers, which the clock drives.
    MessageChannel: undefined,
    virtualNow: clock.now,
  });
  // Convex jitters its reconnects. Without chance each run of a page is the same.
  window.Math.random = () => 0.5;
  window.performance.now = () => clock.now() - NOON;
  window.eval(`{
    const now = window.virtualNow;
    window.Date = class extends Date {
      constructor(...args) { args.length === 0 ? super(now()) : super(...args); }
      static now() { return now(); }
    };
  }`);
}

function observe(record: PageRecord, duration: number, consoleErrors: readonly string[]): Observation {
  const late = (time: number): boolean => time >= NOON + duration / 2;
  return {
    workosRefreshes: record.refreshes.length,
    immediateRetries: record.refreshes.filter((refresh, index) => {
      const previous = record.refreshes[index - 1];
      return (
        previous?.failed === true &&
        previous.endedAt !== undefined &&
        refresh.startedAt - previous.endedAt <= IMMEDIATELY_MS
      );
    }).length,
    lateRefreshes: record.refreshes.filter(({ startedAt }) => late(startedAt)).length,
    setAuths: record.setAuths.length,
    lateSetAuths: record.setAuths.filter(late).length,
    tokenRequests: record.fetches.length,
    forcedTokenRequests: record.fetches.filter(({ forced }) => forced).length,
    authenticateMessages: record.authenticateMessages.length,
    finalState: finalState(record, NOON + duration * 0.75),
    unhandledRejections: [...new Set(unhandled)],
    consoleErrors: [...new Set(consoleErrors)],
  };
}

function finalState(record: PageRecord, since: number): FinalState {
  const lastQuarter = record.states.filter(({ at }) => at >= since);
  if (lastQuarter.length > 1) return 'flapping';
  return record.states.at(-1)?.state ?? 'loading';
}

/** Errors of the page are of its realm, so `instanceof` would not know them. */
function messageOf(error: unknown): string {
  return String(error);
}
