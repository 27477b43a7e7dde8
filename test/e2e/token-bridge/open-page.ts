/** Opens pages in windows of jsdom, each with a realm and a clock of its own. */
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import type { Context } from 'node:vm';
import type { BridgeScript } from './bundle.ts';
import type { PageOptions, PageRecord } from './page-record.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The page's script, and a file of the project to look up packages from. */
export interface PageSetup {
  readonly pageScript: string;
  readonly packagesFrom: string;
}

export interface OpenPage {
  readonly record: PageRecord;
  /** Lets time pass, or less if it `isEnough` before. Returns what the clock says then. */
  live(milliseconds: number, isEnough: () => boolean): Promise<number>;
  close(): void;
}

/** What is used of jsdom. Its own types would bring the DOM's globals to every file of the project. */
interface Jsdom {
  readonly JSDOM: new (
    html: string,
    options: object,
  ) => {
    readonly window: PageWindow;
    getInternalVMContext(): Context;
  };
  readonly VirtualConsole: new () => object;
}

interface PageWindow {
  readonly performance: { now: () => number };
  readonly Math: { random: () => number };
  eval(code: string): unknown;
  close(): void;
}

export class Opener {
  readonly #jsdom: Jsdom;
  readonly #pageScript: Script;

  constructor(setup: PageSetup) {
    this.#jsdom = createRequire(setup.packagesFrom)('jsdom') as Jsdom;
    this.#pageScript = new Script(setup.pageScript, { filename: 'page.js' });
  }

  /** Throws what the bridge's module throws, and a `TypeError` if it exports no bridge. */
  open(bridge: BridgeScript, { now, ...options }: PageOptions & { readonly now: number }): OpenPage {
    const { JSDOM, VirtualConsole } = this.#jsdom;
    const dom = new JSDOM('', {
      url: 'http://localhost:3000/',
      runScripts: 'outside-only',
      pretendToBeVisual: true,
      virtualConsole: new VirtualConsole(),
    });
    const { window } = dom;
    const clock = new VirtualClock(now);
    try {
      useClock(window, clock);
      this.#pageScript.runInContext(dom.getInternalVMContext());
      return {
        record: window.eval(openCall(bridge.code, options)) as PageRecord,
        async live(milliseconds, isEnough) {
          // What a timer throws is on the console of a browser, which goes on.
          await clock.pass(milliseconds, () => undefined, isEnough);
          return clock.now();
        },
        close() {
          window.close();
        },
      };
    } catch (error) {
      window.close();
      throw error;
    }
  }
}

/** Evaluates the bridge's module as a bundler would, and opens the page with what it exports. */
function openCall(code: string, options: PageOptions): string {
  return `(() => {
    const module = { exports: {} };
    const process = { env: { NEXT_PUBLIC_CONVEX_URL: 'https://example.convex.cloud' } };
    ((module, exports, require) => {${code}\n})(module, module.exports, (name) => page.modules[name]);
    return page.open(module.exports, ${JSON.stringify(options)});
  })()`;
}

function useClock(window: PageWindow, clock: VirtualClock): void {
  const start = clock.now();
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
  window.performance.now = () => clock.now() - start;
  window.eval(`{
    const now = window.virtualNow;
    window.Date = class extends Date {
      constructor(...args) { args.length === 0 ? super(now()) : super(...args); }
      static now() { return now(); }
    };
  }`);
}
