/**
 * A reverse proxy before WorkOS's emulator. It notes the requests of each sign-in, fails in WorkOS's place, and does what the
 * emulator does not: it accepts registered redirect URIs alone, and gives tokens the life that AuthKit's have.
 */
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  createServer,
  request as send,
  type ServerResponse,
} from 'node:http';
import { next } from './emulator.ts';
import { PORTS } from './ports.ts';

export type Failure = 'none' | '400' | '429' | '500';

const FAILURES: Readonly<Record<Exclude<Failure, 'none'>, { readonly status: number; readonly body: object }>> = {
  400: { status: 400, body: { error: 'invalid_grant', error_description: 'Session has already ended.' } },
  429: { status: 429, body: { message: 'Too Many Requests', code: 'rate_limit_exceeded' } },
  500: { status: 500, body: { message: 'Internal Server Error' } },
};

/** A sign-in, with all that its refresh tokens are used for. */
export interface Account {
  /** Seconds for which its next tokens live. */
  seconds: number;
  /** What refreshes return from now on. */
  fail: Failure;
  /** How often a refresh was asked for. */
  refreshes: number;
  /** The id of its session. */
  session?: string;
}

export interface Tap {
  /** Announces a sign-in whose `login_hint` is this name. */
  readonly expect: (hint: string, seconds: number) => Account;
  /** Seconds for which the tokens of any other sign-in live. */
  seconds: number;
  /** The redirect URIs of the environment that a browser signs in to, by the headers that it sends with each request; undefined: any. */
  registered: ((headers: IncomingHttpHeaders) => readonly string[]) | undefined;
  /** How often WorkOS's logout was reached, and by which method. */
  readonly logouts: string[];
  readonly close: () => Promise<void>;
}

interface State extends Tap {
  readonly expected: Map<string, Account>;
  /** By the codes and refresh tokens that lead to them. */
  readonly accounts: Map<string, Account>;
}

export async function startTap(): Promise<Tap> {
  const server = createServer((request, response) => void answer(request, response, tap));
  const expected = new Map<string, Account>();
  const tap: State = {
    expected,
    accounts: new Map(),
    registered: undefined,
    seconds: 300,
    logouts: [],
    expect(hint, seconds) {
      const account: Account = { seconds, fail: 'none', refreshes: 0 };
      expected.set(hint, account);
      return account;
    },
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

async function answer(request: IncomingMessage, response: ServerResponse, tap: State): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/user_management/authorize') await authorize(url, request, response, tap);
  else if (url.pathname === '/user_management/authenticate') await authenticate(body, request, response, tap);
  else {
    if (url.pathname.endsWith('/sessions/logout')) tap.logouts.push(request.method ?? '');
    const answered = await forward(request, url, body);
    reply(response, answered);
  }
}

async function authorize(url: URL, request: IncomingMessage, response: ServerResponse, tap: State): Promise<void> {
  const redirectUri = url.searchParams.get('redirect_uri') ?? '';
  if (tap.registered && !tap.registered(request.headers).includes(redirectUri)) {
    response.writeHead(400, { 'content-type': 'text/plain' });
    response.end(`redirect-uri-invalid ${redirectUri}`);
    return;
  }
  const hint = url.searchParams.get('login_hint') ?? '';
  url.searchParams.delete('login_hint');
  // The emulator sends people to localhost only.
  url.searchParams.set('redirect_uri', 'http://localhost/');
  const answered = await forward(request, url, Buffer.alloc(0));
  const back = new URL(redirectUri);
  const { searchParams } = new URL(answered.headers.location ?? 'http://localhost/');
  for (const [name, value] of searchParams) back.searchParams.set(name, value);
  const account = tap.expected.get(hint) ?? { seconds: tap.seconds, fail: 'none', refreshes: 0 };
  tap.accounts.set(searchParams.get('code') ?? '', account);
  response.writeHead(302, { location: back.href });
  response.end();
}

/** One at a time: the emulator makes a token with the life that is set then. */
let last: Promise<unknown> = Promise.resolve();

async function authenticate(
  body: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
  tap: State,
): Promise<void> {
  const text = body.toString();
  const refreshes = fieldOf(text, 'grant_type') === 'refresh_token';
  const account = tap.accounts.get(fieldOf(text, refreshes ? 'refresh_token' : 'code'));
  if (refreshes && account) {
    account.refreshes += 1;
    if (account.fail !== 'none') {
      const failure = FAILURES[account.fail];
      response.writeHead(failure.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(failure.body));
      return;
    }
  }
  const turn = last.then(async () => {
    next.seconds = account?.seconds ?? 300;
    next.session = account?.session;
    return forward(request, new URL(request.url ?? '/', 'http://localhost'), body);
  });
  last = turn.catch(() => undefined);
  const answered = await turn;
  if (account && answered.status < 300) {
    const tokens = answered.body.toString();
    tap.accounts.set(fieldOf(tokens, 'refresh_token'), account);
    account.session ??= sessionOf(fieldOf(tokens, 'access_token'));
  }
  reply(response, answered);
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function forward({ headers, method }: IncomingMessage, url: URL, body: Buffer): Promise<Answered> {
  const path = `${url.pathname}${url.search}`;
  return new Promise((resolve, reject) => {
    const upstream = send({ host: 'localhost', port: PORTS.emulator, method, path, headers }, (answered) => {
      const chunks: Buffer[] = [];
      answered.on('data', (chunk: Buffer) => chunks.push(chunk));
      answered.on('end', () => {
        resolve({ status: answered.statusCode ?? 502, headers: answered.headers, body: Buffer.concat(chunks) });
      });
    });
    upstream.on('error', reject);
    upstream.end(body);
  });
}

function reply(response: ServerResponse, { body, headers, status }: Answered): void {
  // WorkOS's pages send no CORS headers, the emulator sends them everywhere.
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('access-control-'));
  response.writeHead(status, Object.fromEntries(kept));
  response.end(body);
}

/** A field of a body, as JSON or as a form. */
function fieldOf(body: string, name: string): string {
  const found = new RegExp(`"${name}":\\s*"(?<json>[^"]*)"|(?:^|&)${name}=(?<form>[^&]*)`, 'u').exec(body)?.groups;
  return found?.['json'] ?? found?.['form'] ?? '';
}

function sessionOf(token: string): string {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { readonly sid: string }).sid;
}
