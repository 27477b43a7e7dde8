/** A reverse proxy before WorkOS's emulator that notes each request, and fails in its place. */
import { type IncomingMessage, createServer, request as send, type ServerResponse } from 'node:http';
import { PORTS } from './ports.ts';

export type Failure = 'none' | '400' | '429' | '500';

const FAILURES: Readonly<Record<Exclude<Failure, 'none'>, { readonly status: number; readonly body: object }>> = {
  400: { status: 400, body: { error: 'invalid_grant', error_description: 'Session has already ended.' } },
  429: { status: 429, body: { message: 'Too Many Requests', code: 'rate_limit_exceeded' } },
  500: { status: 500, body: { message: 'Internal Server Error' } },
};

export interface Tap {
  /** What refreshes return from now on. */
  fail: Failure;
  /** How often a refresh was asked for. */
  refreshes: number;
  readonly close: () => Promise<void>;
}

export async function startTap(): Promise<Tap> {
  const server = createServer((request, response) => void answer(request, response, tap));
  const tap: Tap = {
    fail: 'none',
    refreshes: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(PORTS.workos, 'localhost', resolve));
  return tap;
}

async function answer(request: IncomingMessage, response: ServerResponse, tap: Tap): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { headers, method, url = '' } = request;
  if (url.startsWith('/user_management/authenticate') && grantOf(body.toString()) === 'refresh_token') {
    tap.refreshes += 1;
    if (tap.fail !== 'none') {
      const failure = FAILURES[tap.fail];
      response.writeHead(failure.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(failure.body));
      return;
    }
  }
  const upstream = send({ host: 'localhost', port: PORTS.emulator, method, path: url, headers }, (answered) => {
    // WorkOS's pages send no CORS headers, the emulator sends them everywhere.
    const kept = Object.entries(answered.headers).filter(([name]) => !name.startsWith('access-control-'));
    response.writeHead(answered.statusCode ?? 502, Object.fromEntries(kept));
    answered.pipe(response);
  });
  upstream.on('error', () => response.writeHead(502).end());
  upstream.end(body);
}

const grantOf = (body: string): string =>
  /"?grant_type"?\s*[:=]\s*"?(?<grant>\w+)/u.exec(body)?.groups?.['grant'] ?? '';
