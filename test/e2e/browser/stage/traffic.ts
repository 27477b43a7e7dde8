/**
 * What a page asks for, and whether it has come to rest. That is told by what it still waits for, and by its own clock, which is moved on; so the
 * answer does not depend on how busy the machine is.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request, WebSocket } from 'playwright-core';
import { within } from './within.ts';

export interface Traffic {
  /** Requests so far, by method and path from the root of the site, those of static parts of the app left out. */
  readonly requests: readonly string[];
  /** How many tokens it has sent to Convex. */
  readonly tokens: () => number;
  /** What it waits for. */
  readonly pending: () => readonly string[];
  /** Changes with everything that is sent and received. */
  readonly total: () => number;
}

/** Of a page, from now on. */
export function trafficOf(page: Page): Traffic {
  const requests: string[] = [];
  const waiting = new Set<Request>();
  const sockets = new Map<WebSocket, { sent: number; answered: number }>();
  let tokens = 0;
  let total = 0;
  page.on('request', (request) => {
    total += 1;
    waiting.add(request);
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith('/_next/')) requests.push(`${request.method()} ${pathname}`);
  });
  const end = (request: Request): void => {
    total += 1;
    waiting.delete(request);
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  page.on('websocket', (socket) => {
    const counts = { sent: 0, answered: 0 };
    sockets.set(socket, counts);
    socket.on('framesent', ({ payload }) => {
      total += 1;
      // Convex answers each of these (`stage/convex.ts`).
      const type = /"type":"(?<type>\w+)"/u.exec(String(payload))?.groups?.['type'];
      counts.sent += type === 'Authenticate' || type === 'ModifyQuerySet' ? 1 : 0;
      tokens += type === 'Authenticate' ? 1 : 0;
    });
    socket.on('framereceived', () => {
      total += 1;
      counts.answered += 1;
    });
    socket.on('close', () => {
      total += 1;
      sockets.delete(socket);
    });
  });
  return {
    requests,
    tokens: () => tokens,
    total: () => total,
    pending: () => [
      ...[...waiting].map((request) => `${request.method()} ${request.url()}`),
      ...[...sockets].flatMap(([socket, { answered, sent }]) => (answered < sent ? [socket.url()] : [])),
    ],
  };
}

/** Milliseconds between two looks at a page. */
const TURN = 100;
/** In so many looks, one after the other, nothing has happened. */
const TURNS = 5;
/** Seconds until it is given up. */
const PATIENCE = 150;

interface RestOptions {
  /** Which pass by the clock of the page (`page.clock.install()`) before it is taken for resting. */
  readonly seconds: number;
  /** Whether nothing more has to be seen: it does not rest. */
  readonly isDone?: () => boolean;
  /** A global variable that the page sets when it has been shown. */
  readonly global?: string;
}

/** Waits until a page has come to rest. */
export async function rest(
  page: Page,
  traffic: Traffic,
  { global, isDone = () => false, seconds }: RestOptions,
): Promise<void> {
  const end = Date.now() + PATIENCE * 1000;
  let passed = 0;
  let quiet = 0;
  while (!isDone()) {
    if (Date.now() > end)
      throw new Error(
        `After ${String(PATIENCE)} s the page neither rests nor loops; ${String(passed)} s have passed in it, and it waits for ${traffic.pending().join() || 'nothing'}.`,
      );
    const before = traffic.total();
    await sleep(TURN);
    const isQuiet = traffic.pending().length === 0 && (await hasTurn(page, global)) && traffic.total() === before;
    quiet = isQuiet ? quiet + 1 : 0;
    if (quiet < TURNS) continue;
    if (passed >= seconds) return;
    await within(30, `the clock of ${page.url()}`, page.clock.runFor(1000)).catch((error: unknown) => {
      // It may have left for another page.
      if (!/destroyed|navigat/iu.test(String(error))) throw error;
    });
    passed += 1;
    quiet = passed < seconds ? TURNS - 1 : 0;
  }
}

/** Whether the page gets to do something, and has been shown. Not while it is on its way to another one. */
const hasTurn = (page: Page, global: string | undefined): Promise<boolean> =>
  within(
    30,
    `a turn of ${page.url()}`,
    page.evaluate(
      (name) =>
        new Promise<boolean>((resolve) => {
          const { port1, port2 } = new MessageChannel();
          Object.assign(port1, {
            onmessage: () => {
              const { document } = globalThis as typeof globalThis & {
                readonly document: { readonly readyState: string };
              };
              resolve(name === undefined ? document.readyState === 'complete' : name in globalThis);
            },
          });
          port2.postMessage(undefined);
        }),
      global,
    ),
  ).catch(() => false);
