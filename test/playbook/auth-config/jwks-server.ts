/** A server on loopback that answers for a JWKS address in every way that one has been seen to answer. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';

export interface JwksServer {
  readonly origin: string;
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

export async function startJwksServer(keySet: unknown): Promise<JwksServer> {
  const requests: string[] = [];
  const body = JSON.stringify(keySet);
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(`${request.method ?? ''} ${path} ${request.headers.accept ?? ''}`);
    switch (path) {
      case '/jwks':
        response.writeHead(200, { 'content-type': 'application/jwk-set+json; charset=utf-8' }).end(body);
        break;
      case '/json':
        response.writeHead(200, { 'content-type': 'application/json' }).end(body);
        break;
      case '/moved':
        response.writeHead(302, { location: '/jwks' }).end();
        break;
      case '/moved-to-sign-in':
        response.writeHead(302, { location: '/html' }).end();
        break;
      case '/loop':
        response.writeHead(302, { location: '/loop' }).end();
        break;
      case '/html':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
        break;
      case '/html-as-json':
        response.writeHead(200, { 'content-type': 'application/json' }).end('<!doctype html>');
        break;
      case '/latin1':
        response.writeHead(200, { 'content-type': 'application/json; charset=iso-8859-1' }).end(body);
        break;
      case '/untyped':
        response.writeHead(200).end(body);
        break;
      case '/huge':
        response.writeHead(200, { 'content-type': 'application/json' }).end(' '.repeat(2 * 1024 * 1024));
        break;
      case '/slow':
        break;
      default:
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
