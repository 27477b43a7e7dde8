/** What stands before an app where it is deployed: a server with TLS that hands on the host that the browser asked for. */
import { readFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { runCommand } from '../../../helpers/commands.ts';
import { PORTS } from './ports.ts';

/** Chromium goes there for each of these hosts. */
export const hostRules = (hosts: readonly string[]): string =>
  hosts.map((host) => `MAP ${host} 127.0.0.1:${String(PORTS.edge)}`).join(', ');

/** `portOf` tells which server answers for a host. */
export async function startEdge(portOf: (host: string) => number): Promise<{ close: () => Promise<void> }> {
  const server = createServer(certificate(), (request, response) => {
    const { headers, method, url = '/' } = request;
    const host = headers.host ?? '';
    const forwarded = { ...headers, 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
    const upstream = send(
      { host: 'localhost', port: portOf(host), method, path: url, headers: forwarded },
      (answered) => {
        response.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(response);
      },
    );
    upstream.on('error', () => response.writeHead(502).end());
    request.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(PORTS.edge, '127.0.0.1', resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** One that no browser trusts, made again. */
function certificate(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'authkit-certificate-'));
  try {
    const args =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=edge -keyout key.pem -out cert.pem';
    const { all, status } = runCommand('openssl', args.split(' '), folder);
    if (status !== 0) throw new Error(`openssl: ${all}`);
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return { key: read('key.pem'), cert: read('cert.pem') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
