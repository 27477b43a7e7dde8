/** Serves a built app under a host of its own: `node host.mjs <host> <port>`. `next start` always takes itself for localhost. */
import { createServer } from 'node:http';
import process from 'node:process';
import next from 'next';

const [hostname, port] = process.argv.slice(2);
// Behind TLS, whose port no URL names.
const app = next({ dev: false, dir: process.cwd(), hostname, port: 443 });
await app.prepare();
createServer(app.getRequestHandler()).listen(Number(port), 'localhost');
