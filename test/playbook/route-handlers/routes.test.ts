/** Whether the GET of a route handler signs people out: each way to end a session, each way to turn a prefetch away. */
import { describe, expect, it } from 'vitest';
import { APP, type Files, messagesOf, packageJson } from '../links/support.ts';

const SIGN_OUT =
  "import { signOut } from '@workos-inc/authkit-nextjs';\nexport async function GET() { return signOut(); }\n";
const LINK = 'import Link from \'next/link\';\nexport const nav = <Link href="/bye">Out</Link>;\n';
const API_LINK = 'import Link from \'next/link\';\nexport const nav = <Link href="/api/bye">Out</Link>;\n';

const ofRoute = (source: string, files: Files) =>
  messagesOf(LINK, {
    ...APP,
    'app/sign-out/route.ts': SIGN_OUT,
    ...(source && { 'app/bye/route.ts': source }),
    ...files,
  });
const ofApiRoute = (source: string, files: Files) =>
  messagesOf(API_LINK, {
    'package.json': packageJson('15.0.0'),
    'pages/index.tsx': 'export default () => null;\n',
    'pages/api/bye.ts': source,
    ...files,
  });

describe('a route handler whose GET signs people out', () => {
  it.each<[string, string, Files]>([
    [
      'signOut',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() { await signOut(); }`,
      {},
    ],
    [
      'const GET handler',
      `import { signOut } from '@workos-inc/authkit-nextjs';
const handler = async () => { await signOut(); };
export const GET = handler;
export { handler as POST };`,
      {},
    ],
    [
      'export { h as GET }',
      `import { signOut } from '@workos-inc/authkit-nextjs';
async function h() { return signOut({ returnTo: '/' }); }
export { h as GET };`,
      {},
    ],
    [
      're-export from lib',
      "export { GET } from '../../lib/out';",
      {
        'lib/out.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export const GET = () => signOut();`,
      },
    ],
    [
      're-export star',
      "export * from '../../lib/out';",
      {
        'lib/out.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export const GET = () => signOut();`,
      },
    ],
    [
      'signOut re-exported by project',
      `import { signOut } from '../../lib/auth';
export const GET = () => signOut();`,
      { 'lib/auth.ts': "export { signOut, withAuth } from '@workos-inc/authkit-nextjs';" },
    ],
    [
      'withX wrapper',
      `import { signOut } from '@workos-inc/authkit-nextjs';
import { withLog } from '../../lib/log';
export const GET = withLog(async (req) => { await signOut(); });`,
      { 'lib/log.ts': 'export const withLog = (f) => async (r) => f(r);' },
    ],
    [
      'GET = signOut',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export const GET = signOut;`,
      {},
    ],
    [
      'GET = () => signOut()',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export const GET = () => signOut();`,
      {},
    ],
    ['export signOut as GET', "export { signOut as GET } from '@workos-inc/authkit-nextjs';", {}],
    [
      'iron-session destroy',
      `import { getIronSession } from 'iron-session';
import { cookies } from 'next/headers';
export async function GET() { const session = await getIronSession(await cookies(), {}); session.destroy(); return Response.redirect('/'); }`,
      {},
    ],
    [
      'cookie store delete',
      `import { cookies } from 'next/headers';
export async function GET() { const store = await cookies(); store.delete('wos-session'); return new Response(); }`,
      {},
    ],
    [
      'cookie delete object',
      `import { cookies } from 'next/headers';
export async function GET() { (await cookies()).delete({ name: 'wos-session', path: '/' }); }`,
      {},
    ],
    [
      'response.cookies.delete',
      `import { NextResponse } from 'next/server';
export async function GET(req) { const res = NextResponse.redirect(new URL('/', req.url)); res.cookies.delete('wos-session'); return res; }`,
      {},
    ],
    [
      'cookies set maxAge 0',
      `import { NextResponse } from 'next/server';
export async function GET(req) { const res = NextResponse.redirect(new URL('/', req.url)); res.cookies.set('wos-session', '', { maxAge: 0, path: '/' }); return res; }`,
      {},
    ],
    [
      'cookies set object',
      `import { NextResponse } from 'next/server';
export async function GET(req) { const res = NextResponse.redirect(new URL('/', req.url)); res.cookies.set({ name: 'session', value: '', maxAge: 0 }); return res; }`,
      {},
    ],
    [
      'cookies set expires',
      `import { NextResponse } from 'next/server';
export async function GET(req) { const res = NextResponse.next(); res.cookies.set('session', 'x', { expires: new Date(0) }); return res; }`,
      {},
    ],
    [
      'Set-Cookie header append',
      "export async function GET() { const headers = new Headers({ Location: '/' }); headers.append('Set-Cookie', 'wos-session=; Max-Age=0; Path=/'); return new Response(null, { status: 302, headers }); }",
      {},
    ],
    [
      'Set-Cookie header literal',
      "export async function GET() { return new Response(null, { status: 302, headers: { Location: '/', 'Set-Cookie': 'wos-session=; Path=/; Max-Age=0' } }); }",
      {},
    ],
    [
      'Set-Cookie expires',
      "export async function GET() { return new Response(null, { status: 302, headers: { Location: '/', 'set-cookie': `wos-session=deleted; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT` } }); }",
      {},
    ],
    [
      'getLogoutUrl',
      `import { redirect } from 'next/navigation';
import { workos } from '../../lib/w';
export async function GET() { const session = workos.userManagement.loadSealedSession({}); const url = await session.getLogoutUrl(); redirect(url); }`,
      { 'lib/w.ts': 'export const workos = 1 as any' },
    ],
    [
      'userManagement.getLogoutUrl',
      `import { WorkOS } from '@workos-inc/node';
const workos = new WorkOS();
export async function GET() { return Response.redirect(workos.userManagement.getLogoutUrl({ sessionId: 'x' })); }`,
      {},
    ],
    [
      'constant cookie name',
      `import { cookies } from 'next/headers';
import { SESSION } from '../../lib/c';
export async function GET() { (await cookies()).delete(SESSION); }`,
      { 'lib/c.ts': "export const SESSION = 'wos-session';" },
    ],
    [
      'constant cookie name unknown value',
      `import { cookies } from 'next/headers';
import { SESSION_COOKIE } from 'shared-pkg';
export async function GET() { (await cookies()).delete(SESSION_COOKIE); }`,
      {},
    ],
    [
      'env cookie name',
      `import { cookies } from 'next/headers';
export async function GET() { (await cookies()).delete(process.env.WORKOS_COOKIE_NAME || 'wos-session'); }`,
      {},
    ],
    [
      'env cookie name, as an option',
      `import { cookies } from 'next/headers';
const name = process.env.WORKOS_COOKIE_NAME ?? 'wos-session';
export async function GET() { (await cookies()).set({ name, value: '', maxAge: 0 }); }`,
      {},
    ],
    [
      'all cookies loop',
      `import { cookies } from 'next/headers';
export async function GET() { const jar = await cookies(); for (const name of ['wos-session', 'theme']) jar.delete(name); }`,
      {},
    ],
    [
      'forEach cookies',
      `import { cookies } from 'next/headers';
export async function GET() { const jar = await cookies(); ['wos-session', 'theme'].forEach((name) => jar.delete(name)); }`,
      {},
    ],
    [
      'clear-site-data',
      `export async function GET() { return new Response(null, { status: 302, headers: { Location: '/', 'Clear-Site-Data': '"cookies"' } }); }`,
      {},
    ],
    [
      'helper two files',
      `import { end } from '../../lib/a';
export async function GET() { return end(); }`,
      {
        'lib/a.ts': `import { finish } from './b';
export async function end() { return finish(); }`,
        'lib/b.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export const finish = async () => { await signOut(); };`,
      },
    ],
    [
      'helper object method',
      `import { auth } from '../../lib/a';
export async function GET() { return auth.end(); }`,
      {
        'lib/a.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export const auth = { async end() { await signOut(); } };`,
      },
    ],
    [
      'helper class static',
      `import { Auth } from '../../lib/a';
export async function GET() { return Auth.end(); }`,
      {
        'lib/a.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export class Auth { static async end() { await signOut(); } }`,
      },
    ],
    [
      'guard &&: both (not a guard)',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { if (request.headers.get('next-router-prefetch') === '1' && request.headers.get('rsc') === '1') return new Response(null, { status: 204 }); await signOut(); }`,
      {},
    ],
    [
      'guard prefetch only',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { if (request.headers.get('next-router-prefetch') === '1') return new Response(null, { status: 204 }); await signOut(); }`,
      {},
    ],
    [
      'guard by the header of the other router',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { if (request.headers.get('x-nextjs-data')) return new Response(null, { status: 204 }); await signOut(); }`,
      {},
    ],
    [
      'guard purpose only',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { if (request.headers.get('purpose') === 'prefetch') return new Response(null, { status: 204 }); await signOut(); }`,
      {},
    ],
    [
      'guard after (bad)',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { await signOut(); if (request.headers.get('rsc')) return new Response(null, { status: 204 }); }`,
      {},
    ],
    [
      'GET redirect to another sign-out route',
      `import { redirect } from 'next/navigation';
export function GET() { redirect('/sign-out'); }`,
      {},
    ],
    [
      'GET NextResponse redirect to sign-out',
      `import { NextResponse } from 'next/server';
export function GET(req) { return NextResponse.redirect(new URL('/sign-out', req.url)); }`,
      {},
    ],
    [
      'try finally',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() { try { await audit(); } finally { await signOut(); } }`,
      {},
    ],
    [
      'Promise.all',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() { await Promise.all([audit(), signOut()]); }`,
      {},
    ],
    [
      'user then signOut',
      `import { signOut } from '@workos-inc/authkit-nextjs';
import { withAuth } from '@workos-inc/authkit-nextjs';
export async function GET() { const { user } = await withAuth(); if (!user) return Response.redirect('/'); await signOut(); }`,
      {},
    ],
    [
      'if (user) signOut',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() { const { user } = await withAuth(); if (user) { await signOut(); } return Response.redirect('/'); }`,
      {},
    ],
    [
      'if session else',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() { const session = await get(); if (!session) { return Response.redirect('/'); } else { await signOut(); } }`,
      {},
    ],
    [
      'namespace authkit',
      `import * as ak from '@workos-inc/authkit-nextjs';
export async function GET() { return ak.signOut(); }`,
      {},
    ],
    [
      'alias signOut',
      `import { signOut as wosSignOut } from '@workos-inc/authkit-nextjs';
export async function GET() { return wosSignOut(); }`,
      {},
    ],
    [
      'lazy import signOut',
      "export async function GET() { const { signOut } = await import('@workos-inc/authkit-nextjs'); return signOut(); }",
      {},
    ],
    [
      'lazy import lib',
      "export async function GET() { const { out } = await import('../../lib/a'); return out(); }",
      {
        'lib/a.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export const out = () => signOut();`,
      },
    ],
    [
      'supabase signOut',
      `import { createClient } from '../../lib/s';
export async function GET() { const supabase = await createClient(); await supabase.auth.signOut(); return Response.redirect('/'); }`,
      { 'lib/s.ts': 'export const createClient = async () => ({} as any);' },
    ],
    [
      'method of an instance',
      `import { signOut } from '@workos-inc/authkit-nextjs';
class Account { async leave() { await this.end(); } private async end() { await signOut(); } }
const account = new Account();
export const GET = () => account.leave();`,
      {},
    ],
    [
      'bound method of an instance',
      `import { account } from '../../lib/account';
export const GET = account.leave.bind(account);`,
      {
        'lib/account.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
class Account { async leave() { await signOut(); } }
export const account = new Account();`,
      },
    ],
    [
      'property of an instance',
      `import { signOut } from '@workos-inc/authkit-nextjs';
class Handlers { GET = async () => { await signOut(); }; }
export const { GET } = new Handlers();`,
      {},
    ],
    [
      'session by the function that gives it',
      `import { getSession } from '../../lib/session';
export async function GET() { const s = await getSession(); s.destroy(); return Response.json({}); }`,
      {
        'lib/session.ts':
          "import { getIronSession } from 'iron-session';\nexport const getSession = () => getIronSession({});",
      },
    ],
    [
      'session that WorkOS revokes',
      `import { workos } from '../../lib/workos';
export async function GET() { const { sessionId } = await read(); await workos.userManagement.revokeSession({ sessionId }); return Response.json({}); }`,
      { 'lib/workos.ts': "import { WorkOS } from '@workos-inc/node';\nexport const workos = new WorkOS();" },
    ],
    [
      'session that Lucia invalidates',
      `import { lucia } from '../../lib/auth';
export async function GET() { const { session } = await read(); if (!session) return new Response(null, { status: 401 }); await lucia.invalidateSession(session.id); return Response.json({}); }`,
      { 'lib/auth.ts': "import { Lucia } from 'lucia';\nexport const lucia = new Lucia({});" },
    ],
    [
      'logout URL that is written out',
      `import { NextResponse } from 'next/server';
export async function GET() { const { sessionId } = await read(); return NextResponse.redirect(\`https://api.workos.com/user_management/sessions/logout?session_id=\${sessionId}\`); }`,
      {},
    ],
    [
      'logout URL that is put together in a header',
      `const LOGOUT = 'https://auth.acme.com/user_management/sessions/logout';
export async function GET() { const url = new URL(LOGOUT); return new Response(null, { status: 302, headers: { Location: url.toString() } }); }`,
      {},
    ],
    [
      'throws in another case alone',
      `import { signOut } from '@workos-inc/authkit-nextjs';
const check = (request: Request) => { if (request.headers.has('x-nextjs-data')) throw new Error('not here'); };
export async function GET(request) { check(request); return signOut(); }`,
      {},
    ],
    [
      'loop that turns other requests away',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { for (const name of ['x-nextjs-data', 'purpose']) { if (request.headers.has(name)) return new Response(null, { status: 204 }); } return signOut(); }`,
      {},
    ],
    [
      'next-auth signOut',
      `import { signOut } from '../../auth';
export async function GET() { return signOut(); }`,
      {
        'auth.ts': `import NextAuth from 'next-auth';
export const { signOut, auth } = NextAuth({});`,
      },
    ],
  ])('%s', (_, source, files) => {
    expect(ofRoute(source, files)).toEqual([expect.stringMatching(/^prefetchedSignOut \/bye \(app\/bye\/route\./u)]);
  });
});

describe('a route handler that a prefetch does no harm', () => {
  it.each<[string, string, Files]>([
    [
      'guard by a call that throws',
      `import { signOut } from '@workos-inc/authkit-nextjs';
import { notFound } from 'next/navigation';
export async function GET(request) { if (request.headers.has('rsc')) notFound(); return signOut(); }`,
      {},
    ],
    [
      'guard in a helper that throws',
      `import { signOut } from '@workos-inc/authkit-nextjs';
function check(request: Request) { if (request.headers.has('rsc')) throw new Response(null, { status: 204 }); }
export async function GET(request) { check(request); return signOut(); }`,
      {},
    ],
    [
      'guard in an async helper that throws',
      `import { signOut } from '@workos-inc/authkit-nextjs';
import { notFound } from 'next/navigation';
const leave = async () => { await log(); notFound(); };
export async function GET(request) { if (request.headers.has('rsc')) await leave(); return signOut(); }`,
      {},
    ],
    [
      'guard in a loop over headers',
      `import { signOut } from '@workos-inc/authkit-nextjs';
const HEADERS = ['next-router-prefetch', 'rsc'];
export async function GET(request) { for (const name of HEADERS) { if (request.headers.has(name)) return new Response(null, { status: 204 }); } return signOut(); }`,
      {},
    ],
    [
      'logout URL that is only told',
      `import { workos } from '../../lib/workos';
export async function GET() { const { sessionId } = await read(); return Response.json({ url: workos.userManagement.getLogoutUrl({ sessionId }) }); }`,
      { 'lib/workos.ts': "import { WorkOS } from '@workos-inc/node';\nexport const workos = new WorkOS();" },
    ],
    [
      'session that is read from an instance',
      `import { account } from '../../lib/account';
export const GET = async () => Response.json(await account.read());`,
      {
        'lib/account.ts': `import { signOut, withAuth } from '@workos-inc/authkit-nextjs';
class Account { async read() { return withAuth(); } async leave() { await signOut(); } }
export const account = new Account();`,
      },
    ],
    [
      'other cookie',
      `import { cookies } from 'next/headers';
export async function GET() { (await cookies()).delete('theme'); }`,
      {},
    ],
    [
      'sets session',
      `import { cookies } from 'next/headers';
export async function GET() { (await cookies()).set('wos-session', await seal(), { maxAge: 1000 }); }`,
      {},
    ],
    [
      'guard rsc 1',
      `import { signOut } from '@workos-inc/authkit-nextjs';
import { headers } from 'next/headers';
export async function GET() { const h = await headers(); if (h.get('rsc') === '1') { return new Response(null, { status: 204 }); } return signOut(); }`,
      {},
    ],
    [
      'guard rsc const',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { const isRsc = request.headers.has('RSC'); if (isRsc) return new Response(null, { status: 204 }); return signOut(); }`,
      {},
    ],
    [
      'guard helper',
      `import { signOut } from '@workos-inc/authkit-nextjs';
import { isPrefetch } from '../../lib/p';
export async function GET(request) { if (isPrefetch(request)) return new Response(null, { status: 204 }); return signOut(); }`,
      {
        'lib/p.ts':
          "export function isPrefetch(request) { return request.headers.get('RSC') === '1' || request.headers.get('next-router-prefetch') === '1'; }",
      },
    ],
    [
      'guard helper with headers param',
      `import { signOut } from '@workos-inc/authkit-nextjs';
const isRouter = (h: Headers) => h.has('rsc') || h.has('next-router-prefetch');
export async function GET(request) { if (isRouter(request.headers)) return new Response(null, { status: 204 }); await signOut(); }`,
      {},
    ],
    [
      'guard inverted',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { if (!request.headers.get('rsc')) { await signOut(); } return new Response(null, { status: 204 }); }`,
      {},
    ],
    [
      'guard ||',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { if (request.headers.get('next-router-prefetch') || request.headers.get('rsc')) return new Response(null, { status: 204 }); await signOut(); }`,
      {},
    ],
    [
      'guard some headers',
      `import { signOut } from '@workos-inc/authkit-nextjs';
const H = ['rsc', 'next-router-prefetch'];
export async function GET(request) { if (H.some((h) => request.headers.has(h))) return new Response(null, { status: 204 }); await signOut(); }`,
      {},
    ],
    [
      'guard const header name',
      `import { signOut } from '@workos-inc/authkit-nextjs';
const RSC_HEADER = 'rsc';
export async function GET(request) { if (request.headers.get(RSC_HEADER) !== null) return new Response(null, { status: 204 }); await signOut(); }`,
      {},
    ],
    [
      'guard ?? null',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { const rsc = request.headers.get('RSC') ?? ''; if (rsc === '1') return new Response(null, { status: 204 }); await signOut(); }`,
      {},
    ],
    [
      'guard wrapper hof',
      `import { signOut } from '@workos-inc/authkit-nextjs';
const guarded = (fn) => async (request) => { if (request.headers.get('rsc')) return new Response(null, { status: 204 }); return fn(request); };
export const GET = guarded(async () => { await signOut(); });`,
      {},
    ],
    [
      'guard ternary',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export const GET = (request) => request.headers.has('rsc') ? new Response(null, { status: 204 }) : signOut();`,
      {},
    ],
    [
      'guard sec-fetch-dest',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { if (request.headers.get('sec-fetch-dest') !== 'document') return new Response(null, { status: 204 }); return signOut(); }`,
      {},
    ],
    [
      'guard sec-fetch-mode',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { if (request.headers.get('sec-fetch-mode') !== 'navigate') return new Response(null, { status: 204 }); return signOut(); }`,
      {},
    ],
    [
      'guard helper returning response',
      `import { signOut } from '@workos-inc/authkit-nextjs';
function refuse(r) { return r.headers.get('rsc') ? new Response(null, { status: 204 }) : null; }
export async function GET(request) { const early = refuse(request); if (early) return early; return signOut(); }`,
      {},
    ],
    [
      'POST only',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function POST() { await signOut(); }`,
      {},
    ],
    [
      'GET Response redirect to sign-in',
      `import { NextResponse } from 'next/server';
export function GET(req) { return NextResponse.redirect(new URL('/sign-in', req.url)); }`,
      {},
    ],
    [
      'GET redirect to itself in circle',
      `import { redirect } from 'next/navigation';
export function GET() { redirect('/bye'); }`,
      {},
    ],
    [
      'after()',
      `import { signOut } from '@workos-inc/authkit-nextjs';
import { after } from 'next/server';
export async function GET() { after(async () => { await signOut(); }); return new Response(); }`,
      {},
    ],
    [
      'only for banned',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() { const { user } = await withAuth(); if (!user) { await signOut(); } return new Response(); }`,
      {},
    ],
    [
      'headers, no cookies',
      "export async function GET(request) { const headers = new Headers(request.headers); headers.delete('x-workos-session'); const kept = new URLSearchParams(); kept.delete('session'); return new Response(null, { headers }); }",
      {},
    ],
    [
      'a query',
      "export async function GET(request) { const url = new URL(request.url); url.searchParams.delete('session_id'); return Response.redirect(url); }",
      {},
    ],
    [
      'what is kept while someone signs in',
      `import { cookies } from 'next/headers';
export async function GET() { (await cookies()).delete('pending_session'); }`,
      {},
    ],
    [
      'the session of a checkout',
      `import { cookies } from 'next/headers';
export async function GET() { (await cookies()).delete('checkout_session_id'); }`,
      {},
    ],
    [
      'the session of a quiz, in a header',
      `export const GET = () => new Response(null, { headers: { 'Set-Cookie': 'quiz-session=; Max-Age=0' } });`,
      {},
    ],
    [
      'unused import',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() { return Response.json({}); }`,
      {},
    ],
  ])('%s', (_, source, files) => {
    expect(ofRoute(source, files)).toEqual([]);
  });
});

const NAMED_LINK =
  'import Link from \'next/link\';\nexport const nav = <><Link href="/log-out">Out</Link><Link href="/api/log-out">Out</Link></>;\n';
const ofNamed = (path: string, source: string, files: Files = {}) =>
  messagesOf(NAMED_LINK, { 'package.json': packageJson('16.0.0'), [path]: source, ...files }).filter((message) =>
    message.includes(path),
  );

describe('a route that is called like signing out', () => {
  it.each<[string, string, string]>([
    [
      'what a package does',
      'app/log-out/route.ts',
      "import { end } from 'auth';\nexport async function GET() { await end(); return Response.json({ ok: true }); }",
    ],
    [
      'a value of a package before a fixed text',
      'app/log-out/route.ts',
      "import { end } from 'auth';\nexport async function GET() { const result = await end(); return Response.json({}); }",
    ],
    [
      'another site',
      'app/log-out/route.ts',
      "export const GET = () => Response.redirect('https://auth.example.com/v2/logout');",
    ],
    [
      'work before a refusal of POST',
      'pages/api/log-out.ts',
      "import { end } from 'auth';\nexport default async function handler(req, res) { await end(req); res.status(200).end(); }",
    ],
  ])('is reported by its name: %s', (_, path, source) => {
    expect(ofNamed(path, source)).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    ['nothing at all', 'app/log-out/route.ts', 'export function GET() {}'],
    [
      'a fixed text',
      'app/log-out/route.ts',
      "export const GET = () => Response.json({ error: 'Use POST' }, { status: 400 });",
    ],
    [
      'a page of the app',
      'app/log-out/route.ts',
      "export function GET(request) { return Response.redirect(new URL('/', request.url)); }",
    ],
    [
      'notFound()',
      'app/log-out/route.ts',
      "import { notFound } from 'next/navigation';\nexport function GET() { notFound(); }",
    ],
    [
      'a refusal after some work',
      'app/log-out/route.ts',
      "import { log } from 'log';\nexport function GET() { const id = log(); return new Response(id, { status: 405 }); }",
    ],
    [
      'signing out in a ternary behind a guard',
      'app/log-out/route.ts',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export const GET = (request) => request.headers.has('rsc') ? new Response(null, { status: 204 }) : signOut();`,
    ],
    [
      'signing out unless the router asks',
      'app/log-out/route.ts',
      `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request) { if (!request.headers.get('rsc')) { await signOut(); } return new Response(null, { status: 204 }); }`,
    ],
    [
      'signing out by POST, and 405 below it',
      'pages/api/log-out.ts',
      "export default async function handler(req, res) { if (req.method === 'POST') { req.session.destroy(); return res.json({}); } res.status(405).end(); }",
    ],
    [
      'what a package does by POST, and 405 below it',
      'pages/api/log-out.ts',
      "import { end } from 'auth';\nexport default async function handler(req, res) { if (req.method === 'POST') { await end(req); return res.json({}); } res.setHeader('Allow', 'POST'); res.status(405).end(); }",
    ],
  ])('is fine where its GET comes to %s', (_, path, source) => {
    expect(ofNamed(path, source)).toEqual([]);
  });
});

describe('an API route of the Pages Router that signs people out', () => {
  it.each<[string, string, Files]>([
    [
      'switch method GET',
      "export default function handler(req, res) { switch (req.method) { case 'GET': res.setHeader('Set-Cookie', 'session=; Max-Age=0'); return res.redirect('/'); default: return res.status(405).end(); } }",
      {},
    ],
    [
      'session.destroy',
      `import { withIronSessionApiRoute } from 'iron-session/next';
export default withIronSessionApiRoute(async (req, res) => { req.session.destroy(); res.redirect('/'); }, {});`,
      {},
    ],
    [
      'serialize',
      `import { serialize } from 'cookie';
export default function handler(req, res) { res.setHeader('Set-Cookie', serialize('session', '', { maxAge: -1, path: '/' })); res.redirect('/'); }`,
      {},
    ],
    [
      'setHeader array',
      "export default function handler(req, res) { res.setHeader('Set-Cookie', ['session=; Max-Age=0; Path=/', 'x=1']); res.redirect('/'); }",
      {},
    ],
    [
      'guard by a header that not every prefetch has',
      "export default function handler(req, res) { if (req.headers['next-router-prefetch']) return res.status(204).end(); req.session.destroy(); res.redirect('/'); }",
      {},
    ],
    [
      'destroyCookie nookies',
      `import { destroyCookie } from 'nookies';
export default function handler(req, res) { destroyCookie({ res }, 'session'); res.redirect('/'); }`,
      {},
    ],
  ])('%s', (_, source, files) => {
    expect(ofApiRoute(source, files)).toEqual([expect.stringMatching(/^hoverPrefetchedSignOut \/api\/bye \(/u)]);
  });
});

describe('an API route that a prefetch does no harm', () => {
  it.each<[string, string, Files]>([
    [
      'switch method POST',
      "export default function handler(req, res) { switch (req.method) { case 'POST': res.setHeader('Set-Cookie', 'session=; Max-Age=0'); return res.redirect('/'); default: return res.status(405).end(); } }",
      {},
    ],
    [
      'if POST',
      `import { getIronSession } from 'iron-session';
export default async function handler(req, res) { if (req.method === 'POST') { const session = await getIronSession(req, res, {}); session.destroy(); return res.json({}); } res.status(405).end(); }`,
      {},
    ],
    [
      'other header',
      "export default function handler(req, res) { res.setHeader('Set-Cookie', 'theme=dark'); res.redirect('/'); }",
      {},
    ],
    [
      'method guard early',
      "export default function handler(req, res) { if (req.method !== 'POST') { res.setHeader('Allow', 'POST'); return res.status(405).end(); } res.setHeader('Set-Cookie', 'session=; Max-Age=0'); res.end(); }",
      {},
    ],
    [
      'destructured method',
      "export default function handler({ method }, res) { if (method !== 'POST') { return res.status(405).end(); } res.setHeader('Set-Cookie', 'session=; Max-Age=0'); res.end(); }",
      {},
    ],
    [
      'guard by a member of Node headers',
      "export default function handler(req, res) { if (req.headers.rsc || req.headers['x-nextjs-data']) { res.status(204).end(); return; } req.session.destroy(); res.redirect('/'); }",
      {},
    ],
    [
      'guard by a constant header',
      "const DATA = 'x-nextjs-data';\nexport default function handler(req, res) { if (req.headers[DATA]) return res.status(204).end(); req.session.destroy(); res.redirect('/'); }",
      {},
    ],
    [
      'guard by a header taken apart',
      "export default function handler({ headers: { rsc }, session }, res) { if (rsc) return res.status(204).end(); session.destroy(); res.redirect('/'); }",
      {},
    ],
    [
      'const { method } = req',
      "export default function handler(req, res) { const { method } = req; if (method !== 'POST') { return res.status(405).end(); } res.setHeader('Set-Cookie', 'session=; Max-Age=0'); res.end(); }",
      {},
    ],
  ])('%s', (_, source, files) => {
    expect(ofApiRoute(source, files)).toEqual([]);
  });
});

const SIGN_OUT_IMPORT = "import { signOut } from '@workos-inc/authkit-nextjs';\n";
const linkTo = (href: string) =>
  `import Link from 'next/link';\nexport const nav = <Link href="${href}">Out</Link>; // logout\n`;

describe('a route for several actions', () => {
  const bySlug = (body: string): Files => ({
    'app/session/[...slug]/route.ts': `${SIGN_OUT_IMPORT}export async function GET(request, { params }) { const { slug } = await params; ${body} return new Response(null, { status: 404 }); }`,
  });
  const byAction = (body: string): Files => ({
    'app/session/[action]/route.ts': `${SIGN_OUT_IMPORT}const actions = { end: () => signOut(), start: () => Response.redirect('/') };\nexport async function GET(request, { params }) { const { action } = await params; ${body} }`,
  });

  it.each<[string, Files]>([
    ['the first of its segments', bySlug("if (slug[0] === 'end') return signOut();")],
    ['all of its segments joined', bySlug("if (slug.join('/') === 'end') { await signOut(); }")],
    [
      'a case after one that goes elsewhere',
      {
        'app/session/[action]/route.ts': `import { redirect } from 'next/navigation';\n${SIGN_OUT_IMPORT}export async function GET(request, { params }) { const { action } = await params; switch (action) { case 'start': redirect('/home'); case 'end': return signOut(); } }`,
      },
    ],
    [
      'a list of functions',
      byAction('const run = actions[action]; return run ? run() : new Response(null, { status: 404 });'),
    ],
  ])('signs people out at the path that says so, told by %s', (_, files) => {
    expect(messagesOf(linkTo('/session/end'), { ...APP, 'app/logout/route.ts': SIGN_OUT, ...files })).toHaveLength(1);
    expect(messagesOf(linkTo('/session/start'), { ...APP, 'app/logout/route.ts': SIGN_OUT, ...files })).toEqual([]);
  });
});

describe('a route that asks for the query', () => {
  const GO_HOME = "return Response.redirect('/');";
  const route = (body: string): Files => ({
    ...APP,
    'app/logout/route.ts': `${SIGN_OUT_IMPORT}export async function GET(request) { ${body} }`,
  });

  it.each([
    ['the URL that Next.js parsed', "request.nextUrl.searchParams.get('confirm') === '1'"],
    ['the URL itself', "new URL(request.url).searchParams.has('confirm')"],
  ])('signs people out with the query that it wants, in %s', (_, test) => {
    const files = route(`if (${test}) return signOut(); ${GO_HOME}`);
    expect(messagesOf(linkTo('/logout?confirm=1#now'), files)).toHaveLength(1);
    expect(messagesOf(linkTo('/logout?from=menu'), files)).toEqual([]);
    expect(messagesOf(linkTo('/logout'), files)).toEqual([]);
  });

  it('may want a certain value to be there', () => {
    const files = route(`if (request.nextUrl.searchParams.has('confirm', '1')) return signOut(); ${GO_HOME}`);
    expect(messagesOf(linkTo('/logout?confirm=0&confirm=1'), files)).toHaveLength(1);
    expect(messagesOf(linkTo('/logout?confirm=0'), files)).toEqual([]);
  });

  it.each([
    ['is given the request', 'request', 0],
    ['is given another URL', "{ url: request.headers.get('referer') }", 1],
  ])('may have it read by a helper, which %s', (_, given, reports) => {
    const files = {
      ...APP,
      'app/logout/route.ts': `${SIGN_OUT_IMPORT}const isKept = (page) => new URL(page.url).searchParams.get('confirm') !== '1';\nexport async function GET(request) { if (isKept(${given})) { ${GO_HOME} } await signOut(); }`,
    };
    expect(messagesOf(linkTo('/logout'), files)).toHaveLength(reports);
    expect(messagesOf(linkTo('/logout?confirm=1'), files)).toHaveLength(1);
  });

  it.each([
    ['request.url', 0],
    ["request.headers.get('referer')", 1],
  ])('may have a helper read it of a text: %s', (given, reports) => {
    const files = {
      ...APP,
      'app/logout/route.ts': `${SIGN_OUT_IMPORT}const isKept = (text) => new URL(text).searchParams.get('confirm') !== '1';\nexport async function GET(request) { if (isKept(${given})) { ${GO_HOME} } await signOut(); }`,
    };
    expect(messagesOf(linkTo('/logout'), files)).toHaveLength(reports);
    expect(messagesOf(linkTo('/logout?confirm=1'), files)).toHaveLength(1);
  });

  it('is asked with the query of the redirect that leads to it', () => {
    const files = {
      ...route(
        `const { searchParams } = new URL(request.url); if (searchParams.get('confirm') !== '1') { ${GO_HOME} } await signOut();`,
      ),
      'app/leave/route.ts':
        "import { redirect } from 'next/navigation';\nexport const GET = () => redirect('/logout?confirm=1');",
    };
    expect(messagesOf(linkTo('/leave'), files)).toHaveLength(1);
    expect(messagesOf(linkTo('/logout'), files)).toEqual([]);
  });

  it('may sign people out where the query is not known', () => {
    const files = route(`if (request.nextUrl.searchParams.get('to') === 'out') return signOut(); ${GO_HOME}`);
    const link = (href: string) =>
      `import Link from 'next/link';\nexport const Nav = ({ to }) => <Link href=${href}>Out</Link>;\n`;
    expect(messagesOf(link("{{ pathname: '/logout', query: { to } }}"), files)).toHaveLength(1);
    expect(messagesOf(link('{`/logout?to=${to}`}'), files)).toHaveLength(1);
    const config = "module.exports = { redirects: async () => [{ source: '/leave', destination: '/logout?to=out' }] };";
    expect(messagesOf(linkTo('/leave'), { ...files, 'next.config.js': config })).toHaveLength(1);
  });
});

describe("a route that asks for the router's own parameter", () => {
  const route = (test: string, before = ''): Files => ({
    ...APP,
    'app/logout/route.ts': `${SIGN_OUT_IMPORT}${before}export async function GET(request) { if (${test}) return new Response(null, { status: 204 }); await signOut(); }`,
  });
  const TESTS = [
    "request.nextUrl.searchParams.has('_rsc')",
    "new URL(request.url).searchParams.get('_rsc') !== null",
    "request.url.includes('_rsc=')",
  ];

  it.each(TESTS)('does not sign people out: %s', (test) => {
    expect(messagesOf(linkTo('/logout'), route(test))).toEqual([]);
    expect(messagesOf(linkTo('/logout?from=menu'), route(test))).toEqual([]);
  });

  it.each(TESTS)('signs them out in the Edge runtime, which has it not: %s', (test) => {
    expect(messagesOf(linkTo('/logout'), route(test, "export const runtime = 'edge';\n"))).toHaveLength(1);
  });

  it('signs them out where it asks for another, or for that of another URL', () => {
    expect(messagesOf(linkTo('/logout'), route("request.nextUrl.searchParams.has('rsc')"))).toHaveLength(1);
    expect(
      messagesOf(linkTo('/logout'), route("new URL(request.headers.get('referer')).searchParams.has('_rsc')")),
    ).toHaveLength(1);
  });

  it('signs them out where the browser itself prefetches', () => {
    const link = "export const nav = <link rel='prefetch' href='/logout' />;\n";
    expect(messagesOf(link, route(TESTS[0] ?? ''))).toHaveLength(1);
  });
});

describe('a handler that gives the call to something else', () => {
  const SAFELY: Files = {
    'lib/safely.ts':
      'export async function safely(run) { try { return await run(); } catch { return null; } }\nexport const settled = (promise) => promise.catch(() => null);\nexport const describe = (run) => run.name;\nexport async function otherwise(run) { try { return await load(); } catch { return run(); } }\n',
  };
  const given = (call: string, more = '') =>
    `${SIGN_OUT_IMPORT}import { safely, settled, describe, otherwise } from '../../lib/safely';\nimport { attempt } from 'attempt';\n${more}export async function GET() { ${call}; return Response.json({}); }`;

  it.each<[string, string, string?]>([
    ['a function that calls it', 'await safely(() => signOut())'],
    ['the function itself', 'await safely(signOut)'],
    ["a function of the project's own", 'await safely(leave)', 'const leave = async () => { await signOut(); };\n'],
    ['the promise', 'await settled(signOut())'],
    ['a promise that goes before', 'await load().then(() => signOut())'],
    ['each item of a list', "['a'].forEach(signOut)"],
    ['a name for it, bound to nothing', 'await out()', 'const out = signOut.bind(null);\n'],
  ])('signs people out by %s', (_, call, more) => {
    expect(ofRoute(given(call, more), SAFELY)).toHaveLength(1);
  });

  it.each<[string, string, string?]>([
    ['a helper does not call it', 'describe(() => signOut())'],
    ['a helper calls it only where something fails', 'await otherwise(() => signOut())'],
    ['a package may not call it', 'await attempt(() => signOut())'],
    ['only a failure leads to it', 'await load().catch(() => signOut())'],
    ['it is kept', 'const later = () => signOut()'],
    ['it ends nothing', 'await safely(leave)', 'const leave = async () => {};\n'],
  ])('does not where %s', (_, call, more) => {
    expect(ofRoute(given(call, more), SAFELY)).toEqual([]);
  });
});

describe('a handler that something else makes', () => {
  it.each<[string, string, Files]>([
    ['binds options', `${SIGN_OUT_IMPORT}export const GET = signOut.bind(null, { returnTo: '/' });`, {}],
    [
      'is one of several',
      "import { makeHandlers } from '../../lib/make';\nexport const { GET, POST } = makeHandlers();",
      {
        'lib/make.ts': `${SIGN_OUT_IMPORT}export function makeHandlers() { const GET = async () => signOut(); return { GET, POST: GET }; }`,
      },
    ],
    [
      'deletes every cookie',
      "import { cookies } from 'next/headers';\nexport async function GET() { const session = await cookies(); for (const { name } of session.getAll()) session.delete(name); }",
      {},
    ],
  ])('signs people out where it %s', (_, source, files) => {
    expect(ofRoute(source, files)).toHaveLength(1);
  });

  it.each<[string, string, Files]>([
    [
      'is another of several',
      "import { makeHandlers } from '../../lib/make';\nexport const { GET } = makeHandlers();",
      {
        'lib/make.ts': `${SIGN_OUT_IMPORT}export function makeHandlers() { return { GET: async () => new Response(), POST: async () => signOut() }; }`,
      },
    ],
    [
      'deletes some cookies',
      "import { cookies } from 'next/headers';\nexport async function GET() { const session = await cookies(); for (const { name } of session.getAll()) { if (name.startsWith('theme')) session.delete(name); } }",
      {},
    ],
    [
      'asks whether a person set it off',
      `${SIGN_OUT_IMPORT}export async function GET(request) { if (request.headers.get('sec-fetch-user') !== '?1') return new Response(null, { status: 204 }); return signOut(); }`,
      {},
    ],
    [
      'asks for a document',
      `${SIGN_OUT_IMPORT}export async function GET(request) { if (!request.headers.get('accept')?.includes('text/html')) return new Response(null, { status: 204 }); return signOut(); }`,
      {},
    ],
  ])('does no harm where it %s', (_, source, files) => {
    expect(ofRoute(source, files)).toEqual([]);
  });

  it('only shows a form for the POST next to it', () => {
    const shown = (answer: string) =>
      messagesOf(linkTo('/logout'), {
        ...APP,
        'app/logout/route.ts': `${SIGN_OUT_IMPORT}export function GET() { ${answer} }\nexport const POST = () => signOut();`,
      });
    expect(
      shown(
        "return new Response('<form method=\"post\"><button>Sign out</button></form>', { headers: { 'content-type': 'text/html' } });",
      ),
    ).toEqual([]);
    expect(shown('return new Response(endSession());')).toHaveLength(1);
  });

  it('is a chain of methods, told by the one for GET', () => {
    const chain = (method: string) =>
      `import nc from 'next-connect';\nexport default nc().${method}((req, res) => { req.session.destroy(); res.redirect('/'); });`;
    expect(ofApiRoute(chain('get'), {})).toHaveLength(1);
    expect(ofApiRoute(chain('post'), {})).toEqual([]);
  });
});
