/** Which route handlers start a sign-in on GET: recognised by what they do, never by their path. */
import { describe, expect, it } from 'vitest';
import { findSignInPrefetch } from '../../../playbook/sign-in/find-prefetch.ts';
import { mayPrefetchSignIn } from '../../../playbook/sign-in/text-gate.ts';
import { APP, type Asked, type Files, findingsIn, packageJson } from '../links/support.ts';

const SIGN_IN: Asked = { find: findSignInPrefetch, mayConcern: mayPrefetchSignIn };
const LINK = "import Link from 'next/link';\nexport const nav = <Link href='/go'>Go</Link>;\n";

/** What is said about a link to a route handler. */
function said(handler: string, files: Files = {}, link = LINK): (string | undefined)[] {
  const found = findingsIn(link, { ...APP, 'app/go/route.ts': handler, ...files }, undefined, SIGN_IN);
  return found.map(({ data }) => data['because']);
}

const AUTHKIT =
  "import { authkit, getSignInUrl, getSignUpUrl, handleAuthkitHeaders, withAuth } from '@workos-inc/authkit-nextjs';\n";
const NEXT = "import { redirect } from 'next/navigation';\nimport { NextRequest, NextResponse } from 'next/server';\n";
const HEAD = AUTHKIT + NEXT;

describe('a route handler whose GET starts a sign-in', () => {
  it.each<[string, string, Files?]>([
    ['redirects to the sign-in', `${HEAD}export const GET = async () => redirect(await getSignInUrl());`],
    ['redirects to the sign-up', `${HEAD}export async function GET() { return redirect(await getSignUpUrl()); }`],
    ['responds with a redirect', `${HEAD}export const GET = async () => NextResponse.redirect(await getSignInUrl());`],
    [
      'writes the header itself',
      `${HEAD}export async function GET() { const url = await getSignInUrl(); return new Response(null, { status: 302, headers: { Location: url } }); }`,
    ],
    [
      'only tells the URL, which sets the cookie',
      `${HEAD}export const GET = async () => NextResponse.json({ url: await getSignInUrl() });`,
    ],
    [
      'sends those with a session home',
      `${HEAD}export async function GET() { const { user } = await withAuth(); if (user) return redirect('/home'); return redirect(await getSignInUrl()); }`,
    ],
    [
      'asks for a session first',
      `${HEAD}export async function GET() { const { user } = await withAuth(); if (!user) { return redirect(await getSignInUrl()); } return redirect('/home'); }`,
    ],
    [
      'demands a session, and sends everyone on',
      `${HEAD}export async function GET() { await withAuth({ ensureSignedIn: true }); redirect('/home'); }`,
    ],
    [
      'turns too many requests away',
      `${HEAD}import { isLimited } from 'limits';\nexport async function GET() { if (await isLimited()) return new Response('no', { status: 429 }); return redirect(await getSignInUrl()); }`,
    ],
    [
      'does it in a helper of the project',
      "import { start } from '../../lib/start';\nexport const GET = () => start();",
      { 'lib/start.ts': `${HEAD}export async function start() { redirect(await getSignInUrl()); }` },
    ],
    [
      'is given by another name',
      "import * as kit from '@workos-inc/authkit-nextjs';\nimport { redirect as go } from 'next/navigation';\nexport const GET = async () => go(await kit.getSignInUrl());",
    ],
    [
      'redirects to the URL of authkit()',
      `${HEAD}export async function GET(request: NextRequest) { const { authorizationUrl } = await authkit(request); return redirect(authorizationUrl!); }`,
    ],
    [
      'hands the URL of authkit() on with its headers',
      `${HEAD}export async function GET(request: NextRequest) { const { authorizationUrl, headers } = await authkit(request); return handleAuthkitHeaders(request, headers, { redirect: authorizationUrl }); }`,
    ],
    [
      'makes the URL with the client of WorkOS',
      "import { WorkOS } from '@workos-inc/node';\nconst workos = new WorkOS('key');\nexport const GET = () => Response.redirect(workos.userManagement.getAuthorizationUrl({ provider: 'authkit', clientId: 'c', redirectUri: 'r' }));",
    ],
    [
      'writes the URL of WorkOS out',
      "export const GET = () => Response.redirect('https://api.workos.com/user_management/authorize?client_id=c');",
    ],
    [
      'redirects to another route that does',
      "import { redirect } from 'next/navigation';\nexport const GET = () => redirect('/auth/start');",
      { 'app/auth/start/route.ts': `${HEAD}export const GET = async () => redirect(await getSignInUrl());` },
    ],
    [
      'is behind a rewrite',
      'export const POST = () => new Response();',
      {
        'next.config.ts':
          "export default { rewrites: async () => ({ beforeFiles: [{ source: '/go', destination: '/auth/start' }] }) };",
        'app/auth/start/route.ts': `${HEAD}export const GET = async () => redirect(await getSignInUrl());`,
      },
    ],
  ])('%s', (_, handler, files) => {
    expect(said(handler, files)).toHaveLength(1);
  });

  it.each<[string, string, Files?]>([
    [
      'the handler answers the router first',
      `${HEAD}export async function GET(request: NextRequest) { if (request.headers.has('RSC')) return new Response(null, { status: 204 }); return redirect(await getSignInUrl()); }`,
    ],
    ['only POST does it', `${HEAD}export const POST = async () => redirect(await getSignInUrl());`],
    [
      'those with a session get data',
      `${HEAD}export async function GET() { const { user } = await withAuth(); if (!user) return redirect(await getSignInUrl()); return NextResponse.json({ user }); }`,
    ],
    [
      'a session is demanded, and data returned',
      `${HEAD}export async function GET() { const { user } = await withAuth({ ensureSignedIn: true }); return NextResponse.json({ user }); }`,
    ],
    [
      'a session is demanded for a file that it redirects to',
      `${HEAD}import { fileUrl } from 'files';\nexport async function GET() { await withAuth({ ensureSignedIn: true }); const url = await fileUrl(); if (!url) redirect('/home'); redirect(url); }`,
    ],
    [
      'a session is asked for, and not demanded',
      `${HEAD}export async function GET() { await withAuth(); redirect('/home'); }`,
    ],
    [
      'it is for those who have a session',
      `${HEAD}export async function GET() { const { user } = await withAuth(); if (user) { await getSignInUrl(); } return redirect('/home'); }`,
    ],
    [
      'it happens when something fails',
      `${HEAD}export async function GET() { try { await load(); } catch { redirect(await getSignInUrl()); } return redirect('/home'); }`,
    ],
    ['the path says it and the handler does not', 'export const GET = () => new Response("sign in");'],
    [
      'the client of WorkOS only tells the URL',
      "import { WorkOS } from '@workos-inc/node';\nconst workos = new WorkOS('key');\nexport const GET = () => Response.json({ url: workos.userManagement.getAuthorizationUrl({ provider: 'authkit', clientId: 'c', redirectUri: 'r' }) });",
    ],
    [
      'a function of the project has that name',
      "const getSignInUrl = () => '/x';\nexport const GET = () => Response.redirect(getSignInUrl());",
    ],
    [
      'another library signs in',
      "import { getSignInUrl } from '@clerk/nextjs/server';\nexport const GET = async () => Response.redirect(await getSignInUrl());",
    ],
    [
      'the callback finishes the sign-in',
      "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();",
    ],
    [
      'the config redirects elsewhere before it',
      `${HEAD}export const GET = async () => redirect(await getSignInUrl());`,
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/go', destination: 'https://x.dev', permanent: true }] };",
      },
    ],
  ])('is none where %s', (_, handler, files) => {
    expect(said(handler, files)).toEqual([]);
  });

  it('is none where no route file shows it, whatever the path is called', () => {
    const files = { ...APP, 'app/login/page.tsx': 'export default function Login() { return null; }' };
    for (const href of ['/login', '/sign-in', '/api/auth/login']) {
      const link = `import Link from 'next/link';\nexport const nav = <Link href='${href}' />;\n`;
      expect(findingsIn(link, files, undefined, SIGN_IN)).toEqual([]);
    }
  });
});

describe('what happens to visitors', () => {
  const handler = `${HEAD}export const GET = async () => redirect(await getSignInUrl());`;
  const effectOf = (version: string, code = handler): string | undefined => {
    const files = {
      ...APP,
      'package.json': JSON.stringify({
        name: 'web',
        dependencies: { next: '16.0.0', '@workos-inc/authkit-nextjs': version },
      }),
      'app/go/route.ts': code,
    };
    return findingsIn(LINK, files, undefined, SIGN_IN)[0]?.data['effect'];
  };

  it('is a cookie for each page view since authkit-nextjs 3.0.0, and a CORS error before', () => {
    expect(effectOf('^4.3.0')).toMatch(/cookie.*431/u);
    expect(effectOf('3.0.0')).toMatch(/cookie.*431/u);
    expect(effectOf('^2.17.0')).toBe('each page view logs a CORS error');
    expect(effectOf('latest')).toMatch(/cookie.*431/u);
  });

  it('is nothing where an older version only tells the URL', () => {
    expect(
      effectOf('2.0.0', `${HEAD}export const GET = async () => NextResponse.json({ url: await getSignInUrl() });`),
    ).toBeUndefined();
  });

  it('is a CORS error where the client of WorkOS makes the URL', () => {
    const code =
      "import { WorkOS } from '@workos-inc/node';\nexport const GET = () => Response.redirect(new WorkOS('k').userManagement.getAuthorizationUrl({ clientId: 'c' }));";
    expect(effectOf('4.3.0', code)).toBe('each page view logs a CORS error');
  });
});

describe('an app without such a route', () => {
  it('has no file that is worth parsing', () => {
    const files = { ...APP, 'package.json': packageJson('16.0.0') };
    expect(findingsIn(LINK, files, undefined, SIGN_IN)).toEqual([]);
  });
});
