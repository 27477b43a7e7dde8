/** Proxies of one's own around `authkit()`, and settings of AuthKit's: PLAYBOOK §5 and §8. */
import type { Files } from '../stage/common.ts';

export interface ProxyCase {
  readonly name: string;
  readonly files: Files;
  /** The rule that reports the proxy. */
  readonly reported?: string;
  readonly before: Behavior;
  /** After the codemods; the same where none rewrites it. */
  readonly after: Behavior;
}

export interface Behavior {
  /** What a visitor gets who opens the app and signs in. */
  readonly visitor: 'does not get in' | 'signs in';
  /** Whether a signed-in user stays signed in when the token expires; false as well where no one can sign in. */
  readonly stays: boolean;
  /** Whether AuthKit's internal headers reach the browser. */
  readonly leaks: boolean;
}

const RIGHT: Behavior = { visitor: 'signs in', stays: true, leaks: false };
const SHUT: Behavior = { visitor: 'does not get in', stays: false, leaks: false };

const proxy = (imports: string, body: string): string =>
  `import { ${imports} } from '@workos-inc/authkit-nextjs';\nimport { type NextRequest, NextResponse } from 'next/server';\n\nexport default async function proxy(request: NextRequest) {\n  const { session, headers, authorizationUrl } = await authkit(request);\n${body}}\n`;

const HANDLE = 'authkit, handleAuthkitHeaders';
const CALLBACK = "  if (request.nextUrl.pathname === '/callback') return handleAuthkitHeaders(request, headers);\n";
const GUARD =
  "  if (request.nextUrl.pathname === '/app' && !session.user && authorizationUrl) {\n    return handleAuthkitHeaders(request, headers, { redirect: authorizationUrl });\n  }\n";
const END = '  return handleAuthkitHeaders(request, headers);\n';

const own = (name: string, text: string, rest: Partial<ProxyCase> = {}): ProxyCase => ({
  name,
  before: RIGHT,
  after: RIGHT,
  ...rest,
  files: { 'proxy.ts': text },
});

const options = (text: string): string =>
  `import { authkitProxy } from '@workos-inc/authkit-nextjs';\n\nexport default authkitProxy(${text});\n`;

const DROPS = 'no-dropped-session-headers';

export const PROXIES: readonly ProxyCase[] = [
  own('proxy-handle-headers', proxy(HANDLE, GUARD + END)),
  own(
    'proxy-own-response-with-headers',
    proxy(
      `${HANDLE}, partitionAuthkitHeaders`,
      `${GUARD}  const { requestHeaders, responseHeaders } = partitionAuthkitHeaders(request, headers);\n  const response = NextResponse.next({ request: { headers: requestHeaders } });\n  for (const [name, value] of responseHeaders) response.headers.append(name, value);\n  return response;\n`,
    ),
  ),
  // It hands on AuthKit's headers alone: the callback finds no cookie.
  own(
    'proxy-own-response-in-place-of-headers',
    proxy(
      HANDLE,
      `${GUARD}  const response = NextResponse.next({ request: { headers } });\n  for (const cookie of headers.getSetCookie()) response.headers.append('set-cookie', cookie);\n  return response;\n`,
    ),
    { reported: DROPS, before: SHUT },
  ),
  own('proxy-next', proxy(HANDLE, `${GUARD}  return NextResponse.next();\n`), {
    reported: DROPS,
    before: SHUT,
  }),
  own('proxy-next-with-headers', proxy(HANDLE, `${GUARD}  return NextResponse.next({ headers });\n`), {
    reported: DROPS,
    before: { ...RIGHT, leaks: true },
  }),
  own(
    'proxy-redirect-to-sign-in',
    proxy(
      HANDLE,
      `  if (request.nextUrl.pathname === '/app' && !session.user && authorizationUrl) return NextResponse.redirect(authorizationUrl);\n${END}`,
    ),
    { reported: DROPS, before: SHUT },
  ),
  own(
    'proxy-redirect-home',
    proxy(
      HANDLE,
      `${GUARD}  // People who are signed in have no use for the front page.\n  if (request.nextUrl.pathname === '/' && session.user) return NextResponse.redirect(new URL('/app', request.url));\n${END}`,
    ),
    { reported: DROPS, before: { ...RIGHT, stays: false } },
  ),
  own(
    'proxy-callback-redirected',
    proxy(
      HANDLE,
      `  if (!session.user) return handleAuthkitHeaders(request, headers, { redirect: authorizationUrl });\n${END}`,
    ),
    { reported: 'valid-proxy', before: SHUT, after: SHUT },
  ),
  own(
    'proxy-callback-let-through',
    proxy(
      HANDLE,
      `${CALLBACK}  if (!session.user) return handleAuthkitHeaders(request, headers, { redirect: authorizationUrl });\n${END}`,
    ),
  ),
  own('proxy-guarded', options("{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/sign-in'] } }")),
  own(
    'proxy-unreadable-path',
    options("{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/blog/*'] } }"),
    { reported: 'valid-proxy', before: SHUT },
  ),
  own(
    'proxy-not-called',
    "import { authkitProxy } from '@workos-inc/authkit-nextjs';\n\nexport default authkitProxy;\n",
    { reported: 'valid-proxy', before: SHUT },
  ),
];
