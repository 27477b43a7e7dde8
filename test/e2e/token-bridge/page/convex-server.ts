/**
 * A Convex deployment behind a WebSocket: it speaks the messages of Convex's sync protocol
 * (`convex/src/browser/sync/protocol.ts`) that concern who the user is, and answers each as the backend does.
 */
import type { MutablePageRecord } from '../page-record.ts';
import { claimsOf } from './workos.ts';

interface StateVersion {
  querySet: number;
  identity: number;
  ts: string;
}

type ClientMessage =
  | { type: 'Authenticate'; tokenType: 'User'; value: string; baseVersion: number }
  | { type: 'Authenticate'; tokenType: 'None'; baseVersion: number }
  | { type: 'ModifyQuerySet'; newVersion: number }
  | { type: 'Connect' | 'Event' };

const CONNECT_MS = 5;
const ANSWER_MS = 30;
/** After an auth error the backend ends the connection. */
const HANG_UP_MS = 60;
/** So that the client knows that the connection stands; it gives up after 60 s without a message. */
const PING_MS = 15_000;

/** What the deployment was asked to authenticate, one entry for an `Authenticate` message. */
export const authenticateMessages: MutablePageRecord['authenticateMessages'] = [];

/**
 * The `WebSocket` class of a deployment. One that does not accept tokens answers each with the error of a
 * deployment whose `auth.config.ts` has no matching provider; one that does accepts a token until it expires.
 */
export function deployment(acceptsTokens: boolean): typeof WebSocket {
  class ConvexSocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;

    readyState = 0;
    onopen: ((event: object) => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: ((event: object) => void) | null = null;

    #version: StateVersion = { querySet: 0, identity: 0, ts: 'AAAAAAAAAAA=' };
    #hangingUp = false;
    #expiry: ReturnType<typeof setTimeout> | undefined;
    readonly #pings: ReturnType<typeof setInterval>;

    constructor() {
      this.#pings = setInterval(() => {
        this.#answer({ type: 'Ping' });
      }, PING_MS);
      setTimeout(() => {
        if (this.readyState !== ConvexSocket.CONNECTING) return;
        this.readyState = ConvexSocket.OPEN;
        this.onopen?.({});
      }, CONNECT_MS);
    }

    send(data: string): void {
      if (this.#hangingUp) return;
      const message = JSON.parse(data) as ClientMessage;
      if (message.type === 'ModifyQuerySet') this.#advance({ querySet: message.newVersion });
      if (message.type === 'Authenticate') this.#authenticate(message);
    }

    close(): void {
      if (this.readyState >= ConvexSocket.CLOSING) return;
      this.readyState = ConvexSocket.CLOSED;
      clearTimeout(this.#expiry);
      clearInterval(this.#pings);
      setTimeout(() => this.onclose?.({ code: 1000, reason: '' }), 1);
    }

    #authenticate(message: ClientMessage & { type: 'Authenticate' }): void {
      clearTimeout(this.#expiry);
      if (message.tokenType === 'User') {
        const { expiry, organizationId } = claimsOf(message.value);
        authenticateMessages.push({ at: Date.now(), organizationId });
        const timeToLive = expiry - Date.now();
        if (!acceptsTokens || timeToLive <= 0) {
          const error = acceptsTokens ? 'Token expired' : 'No auth provider found matching the given token';
          this.#refuse(error, message.baseVersion, true);
          return;
        }
        this.#expiry = setTimeout(() => {
          this.#refuse('Token expired', this.#version.identity - 1, false);
        }, timeToLive);
      }
      this.#advance({ identity: message.baseVersion + 1 });
    }

    #advance(change: Partial<StateVersion>): void {
      const startVersion = this.#version;
      this.#version = { ...startVersion, ...change };
      this.#answer({ type: 'Transition', startVersion, endVersion: this.#version, modifications: [], clientClockSkew: 0 });
    }

    #refuse(error: string, baseVersion: number, authUpdateAttempted: boolean): void {
      this.#answer({ type: 'AuthError', error, baseVersion, authUpdateAttempted });
      this.#hangingUp = true;
      setTimeout(() => {
        this.close();
      }, HANG_UP_MS);
    }

    #answer(message: object): void {
      setTimeout(() => {
        if (this.readyState === ConvexSocket.OPEN) this.onmessage?.({ data: JSON.stringify(message) });
      }, ANSWER_MS);
    }
  }
  return ConvexSocket as unknown as typeof WebSocket;
}
