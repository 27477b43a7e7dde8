/** Routes whose name says that they sign out, and whose GET does nothing: refusals by binding, whatever things are called. */
import { describe, expect, it } from 'vitest';
import { APP, type Files, messagesOf, packageJson } from '../links/support.ts';

const LINK = "import Link from 'next/link';\nexport const nav = <Link href='/logout' />;\n";
const API_LINK = "import Link from 'next/link';\nexport const nav = <Link href='/api/logout' />;\n";
const ofRoute = (source: string, files: Files = {}) =>
  messagesOf(LINK, { ...APP, ...files, 'app/logout/route.ts': source });
const ofApi = (source: string) =>
  messagesOf(API_LINK, { 'package.json': packageJson('16.0.0'), 'pages/api/logout.ts': source }, 'pages/index.tsx');

describe('a route handler that refuses every GET', () => {
  it.each<[string, string, Files?]>([
    [
      'by NextResponse',
      "import { NextResponse } from 'next/server';\nexport const GET = () => NextResponse.json({ error: 'use POST' });",
    ],
    [
      'by NextResponse under another name',
      "import { NextResponse as Reply } from 'next/server';\nexport async function GET() { return Reply.json({ error: 'use POST' }, { status: 405 }); }",
    ],
    [
      'by a namespace',
      "import * as server from 'next/server';\nexport async function GET() { return new server.NextResponse(null, { status: 404 }); }",
    ],
    [
      'by a status that has a name',
      'const METHOD_NOT_ALLOWED = 405;\nexport const GET = () => new Response(null, { status: METHOD_NOT_ALLOWED });',
    ],
    [
      'by a helper of the project',
      "import { notAllowed } from '../../lib/respond';\nexport const GET = () => notAllowed('POST');",
      {
        'lib/respond.ts':
          'export function notAllowed(allow: string) { return new Response(null, { status: 405, headers: { Allow: allow } }); }',
      },
    ],
    [
      'by notFound() under another name',
      "import { notFound as gone } from 'next/navigation';\nexport const GET = () => gone();",
    ],
  ])('%s', (_, source, files) => {
    expect(ofRoute(source, files)).toEqual([]);
  });

  it.each<[string, string, Files?]>([
    [
      'a class of its own has that name',
      "import { NextResponse } from '../../lib/response';\nexport const GET = () => NextResponse.json(end());",
      { 'lib/response.ts': 'export class NextResponse { static json(x: unknown) { return x; } }' },
    ],
    [
      'a helper may do more',
      "import { done } from '../../lib/respond';\nexport const GET = () => done();",
      { 'lib/respond.ts': 'export function done() { end(); return new Response(null, { status: 204 }); }' },
    ],
    [
      'what a helper is given does it',
      "import { respond } from '../../lib/respond';\nexport const GET = async () => respond(await end());",
      { 'lib/respond.ts': 'export const respond = (x: unknown) => new Response(null, { status: 405 });' },
    ],
  ])('is reported where %s', (_, source, files) => {
    expect(ofRoute(source, files)).toHaveLength(1);
  });
});

describe('an API route that refuses every GET', () => {
  it.each([
    [
      'by any name for its response',
      "export default function handler(request, reply) { reply.setHeader('Allow', 'POST'); reply.status(405).end(); }",
    ],
    ['by a status line', 'export default function handler(request, answer) { answer.writeHead(405).end(); }'],
    ['by an assignment', 'export default function handler(_, r) { r.statusCode = 405; r.end(); }'],
    ['by json', "export default (_, r) => r.status(404).json({ error: 'gone' });"],
  ])('%s', (_, source) => {
    expect(ofApi(source)).toEqual([]);
  });

  it.each([
    [
      'something else has that method',
      'export default function handler(req, res) { other.status(405).end(); end(req); }',
    ],
    ['the request has it', 'export default function handler(res, req) { res.status(405); }'],
    ['the status is another', 'export default function handler(req, reply) { reply.status(200).json(end(req)); }'],
  ])('is reported where %s', (_, source) => {
    expect(ofApi(source)).toHaveLength(1);
  });
});

describe('a guard of which parts are unknown', () => {
  const SIGN_OUT = "import { signOut } from '@workos-inc/authkit-nextjs';\n";
  const guarded = (test: string): string =>
    `${SIGN_OUT}export async function GET(request: Request) { const { headers } = request; if (${test}) return new Response(null, { status: 204 }); await signOut(); }`;

  it.each([
    "headers.get('purpose') === 'prefetch' || headers.has('rsc')",
    "headers.get('x-moz') === 'prefetch' || headers.get('x-purpose') === 'prefetch' || headers.get('rsc') === '1'",
    "process.env.MAINTENANCE || headers.get('rsc')",
    "(isBot(request) && headers.has('x')) || headers.has('RSC')",
    "!(!isBot(request) && !headers.has('rsc'))",
    "[headers.get('purpose'), headers.get('rsc')].some(Boolean)",
  ])('%s', (test) => {
    expect(ofRoute(guarded(test))).toEqual([]);
  });

  it.each([
    "headers.get('purpose') === 'prefetch' || headers.get('x-moz') === 'prefetch'",
    "isBot(request) && headers.has('rsc')",
    "headers.get('rsc') === '0' || isBot(request)",
  ])('lets others through: %s', (test) => {
    expect(ofRoute(guarded(test))).toHaveLength(1);
  });
});
