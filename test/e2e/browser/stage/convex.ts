/** As much of Convex's sync protocol as signing in needs: it accepts every token, or rejects every one. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { FOLDER } from './common.ts';
import { PORTS } from './ports.ts';

interface Socket {
  on: (event: 'message', listener: (data: Buffer) => void) => void;
  send: (text: string) => void;
  close: () => void;
  terminate: () => void;
}
interface Sockets {
  readonly clients: Iterable<Socket>;
  on: (event: 'connection', listener: (socket: Socket) => void) => void;
  close: () => void;
}
type SocketsClass = new (options: object) => Sockets;

export interface Convex {
  /** Whether it rejects each token from now on. */
  rejects: boolean;
  /** How often clients have sent a token of this organization. */
  readonly tokensOf: (organization: string) => number;
  readonly close: () => Promise<void>;
}

const ERROR =
  "No auth provider found matching the given token. Check that your JWT's issuer and audience match one of your configured providers: [CustomJWT(issuer=https://api.workos.com/, app_id=client_e2e)]";

interface Message {
  readonly type: string;
  readonly tokenType?: string;
  readonly value?: string;
  readonly baseVersion?: number;
  readonly newVersion?: number;
}

export async function startConvex(): Promise<Convex> {
  const { WebSocketServer } = createRequire(join(FOLDER, 'package.json'))('ws') as { WebSocketServer: SocketsClass };
  const server = createServer((_, response) => response.end('ok'));
  const sockets = new WebSocketServer({ server });
  const organizations: string[] = [];
  const convex: Convex = {
    rejects: false,
    tokensOf: (organization) => organizations.filter((one) => one === organization).length,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        server.close(() => {
          resolve();
        });
      }),
  };
  sockets.on('connection', (socket) => {
    speak(socket, convex, organizations);
  });
  await new Promise<void>((resolve) => server.listen(PORTS.convex, '127.0.0.1', resolve));
  return convex;
}

function speak(socket: Socket, convex: Convex, organizations: string[]): void {
  let clock = BigInt(Date.now()) * 1_000_000n;
  const stamp = (): string => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE((clock += 1n));
    return bytes.toString('base64');
  };
  let version = { querySet: 0, identity: 0, ts: Buffer.alloc(8).toString('base64') };
  const move = (change: Partial<typeof version>): void => {
    const endVersion = { ...version, ...change, ts: stamp() };
    socket.send(JSON.stringify({ type: 'Transition', startVersion: version, endVersion, modifications: [] }));
    version = endVersion;
  };
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString()) as Message;
    if (message.type === 'ModifyQuerySet') move({ querySet: message.newVersion ?? 0 });
    if (message.type !== 'Authenticate') return;
    organizations.push(organizationOf(message.value ?? ''));
    const { baseVersion = 0 } = message;
    if (convex.rejects && message.tokenType !== 'None') {
      socket.send(JSON.stringify({ type: 'AuthError', error: ERROR, baseVersion, authUpdateAttempted: true }));
      socket.close();
    } else move({ identity: baseVersion + 1 });
  });
}

function organizationOf(token: string): string {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return payload.startsWith('{') ? ((JSON.parse(payload) as { org_id?: string }).org_id ?? '') : '';
}
