/**
 * What apps write where something goes wrong, by the failures of the playbook: put into other places than a fixture has it, it makes forms that
 * no one has thought of.
 */

/** Expressions. */
export const FORMS: readonly string[] = [
  // Links to sign-out and sign-in: hrefs that hide, and links that prefetch on hover.
  "'/sign-out'",
  "'/api/auth/sign-out?returnTo=/'",
  "('/sign-out' as Route)",
  "{ pathname: '/sign-out', query: {} }",
  "(isAdmin ? '/admin' : '/sign-out')",
  '`/${locale}/sign-out`',
  'ROUTES.signOut',
  "<Link href='/sign-out'>x</Link>",
  '<Link {...props} href="/sign-out" prefetch={active ? null : false} onMouseEnter={() => setActive(true)} />',
  "router.prefetch('/sign-out')",
  'items.map((item) => <Link key={item.href} href={item.href} />)',
  "createElement(Link, { href: '/sign-in' })",
  // Token bridges.
  'await refresh()',
  'await getAccessToken()',
  'await getAccessToken({ forceRefresh: true })',
  '(await getAccessToken()) ?? (await refresh())',
  'accessToken',
  'tokenRef.current',
  'error',
  '!!user && !error',
  'loading || tokenLoading',
  '(tokenLoading && !accessToken)',
  '[accessToken, getAccessToken]',
  'forceRefreshToken',
  'useCallback(async () => (await getAccessToken()) ?? null, [getAccessToken])',
  'async ({ forceRefreshToken }) => (forceRefreshToken ? refresh() : getAccessToken())',
  'client.setAuth(fetchAccessToken)',
  'new Promise((resolve) => setTimeout(resolve, 1000))',
  // Providers of Convex, with another issuer than the token's.
  '`https://api.workos.com/user_management/${process.env.WORKOS_CLIENT_ID}`',
  '`https://${process.env.AUTH_DOMAIN ?? "api.workos.com"}/user_management/${clientId}`',
  "'https://auth.example.com/user_management/client_01A'",
  "'https://api.workos.com/'",
  '[{ domain: `https://api.workos.com/user_management/${clientId}`, applicationID: "convex" }]',
  "{ type: 'customJwt', issuer: 'https://api.workos.com/', algorithm: 'RS256', jwks: 'https://api.workos.com/sso/jwks/client_01A' }",
  'process.env.WORKOS_CLIENT_ID ?? process.env.NEXT_PUBLIC_WORKOS_CLIENT_ID',
  'required("WORKOS_CLIENT_ID")',
  'process.env.WORKOS_CLIENT_ID?.trim()',
  'env.WORKOS_CLIENT_ID',
  // Redirect URIs.
  '`https://${process.env.VERCEL_URL}/callback`',
  '`https://shop-git-${process.env.VERCEL_GIT_COMMIT_REF}-acme.vercel.app/callback`',
  '(process.env.VERCEL_ENV === "preview" ? `https://${process.env.VERCEL_BRANCH_URL}` : undefined)',
  '`${process.env.DEPLOY_PRIME_URL}/callback`',
  "'http://localhost:3000/callback'",
  'request.nextUrl.origin',
  "`https://${request.headers.get('x-forwarded-host')}/callback`",
  "new URL('/callback', process.env.APP_URL).href",
  "{ redirectUri: 'https://app.example.com/callback' }",
  // Sessions.
  'handleAuth',
  'handleAuth()',
  'await withAuth({ ensureSignedIn: true })',
  'await getSignInUrl()',
  'await signOut()',
  'authkitProxy({ middlewareAuth: { enabled: true, unauthenticatedPaths: ["/", "/admin/:path*"] } })',
  "{ matcher: ['/dashboard/:path*'] }",
  'NextResponse.next()',
  'await authkit(request)',
  'cookies().set("wos-session", "")',
];

/** Statements. */
export const LINES: readonly string[] = [
  'const { session } = await authkit(request);',
  'export const GET = handleAuth;',
  'export async function GET() { await signOut(); }',
  "export async function GET(request) { if (request.headers.get('Next-Router-Prefetch')) return new Response(null, { status: 204 }); await signOut(); }",
  'export default async function Page() { await signOut(); return null; }',
  "export const config = { matcher: ['/((?!_next|api).*)'] };",
  'useEffect(() => { if (error) void refresh(); }, [error, refresh]);',
  'useEffect(() => client.setAuth(fetchAccessToken), [user, accessToken]);',
  'if (!process.env.WORKOS_CLIENT_ID) throw new Error("WORKOS_CLIENT_ID");',
  'if (error) return { isLoading: true, isAuthenticated: false, fetchAccessToken };',
  'try { return await refresh(); } catch { return null; }',
  'for (let attempt = 0; attempt < 3; attempt += 1) await refresh();',
  "process.env.WORKOS_REDIRECT_URI = 'https://app.example.com/callback';",
  "import { signOut, withAuth, authkit, handleAuth, getSignInUrl } from '@workos-inc/authkit-nextjs';",
  "import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';",
  "import Link from 'next/link';",
];

/** Where else a file may be, and mean another thing: a proxy where Next.js looks for it or does not, a route that is a page. */
export const PLACES: readonly string[] = [
  'proxy.ts',
  'src/proxy.ts',
  'middleware.ts',
  'app/page.tsx',
  'app/callback/page.tsx',
  'app/callback/route.ts',
  'app/sign-out/route.ts',
  'app/(group)/[locale]/sign-out/page.tsx',
  'pages/api/sign-out.ts',
  'convex/auth.config.ts',
  'components/nav.jsx',
];
