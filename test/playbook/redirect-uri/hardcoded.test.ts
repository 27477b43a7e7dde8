import { describe, expect, it } from 'vitest';
import { findHardcodedRedirectHosts } from '../../../playbook/redirect-uri/detect/hardcoded.ts';
import { type Around, ask, flat } from './support.ts';

const proxy = (value: string, before = '') =>
  `import { authkitProxy } from '@workos-inc/authkit-nextjs';\n${before}export default authkitProxy({ redirectUri: ${value} });\n`;
const find = (code: string, around?: Around) => ask(findHardcodedRedirectHosts, code, around).found;
const fixed = (code: string, around?: Around) => ask(findHardcodedRedirectHosts, code, around).fixed;
const vercel = { settings: { hosting: 'vercel' } } as const;

describe('a host that is written down', () => {
  it.each([
    ['a deployment', "'https://app.vercel.app/callback'", 'literalHost'],
    ['a deployment elsewhere', "'https://app.netlify.app/callback'", 'literalHost'],
    ['the developer’s machine', "'http://localhost:3000/callback'", 'localhost'],
    ['the developer’s machine at any port', '`http://localhost:${process.env.PORT ?? 3000}/callback`', 'localhost'],
    ['an address of the developer’s machine', "'http://127.0.0.1:3000/callback'", 'localhost'],
  ])('%s', (_, value, messageId) => {
    expect(find(proxy(value))).toEqual([`${messageId}: ${value}`]);
  });

  it('is said to be the production host where NODE_ENV decides, for previews run with production too', () => {
    expect(
      find(
        proxy("process.env.NODE_ENV === 'production' ? 'https://app.dev/callback' : 'http://localhost:3000/callback'"),
      ),
    ).toEqual(["productionHost: 'https://app.dev/callback'"]);
  });

  it.each(['||', '??'])('is said to be the fallback where a variable may be unset (%s)', (operator) => {
    expect(find(proxy(`process.env.SITE_URL ${operator} 'https://app.dev/callback'`))).toEqual([
      "fallbackHost: 'https://app.dev/callback'",
    ]);
  });

  it('is pointed at where it is written, not where it is used', () => {
    const code = proxy(
      'new URL("/callback", BASE).href',
      "const BASE = process.env.NODE_ENV === 'production' ? 'https://app.dev' : 'http://localhost:3000';\n",
    );
    expect(find(code)).toEqual(["productionHost: 'https://app.dev'"]);
  });

  it('is pointed at in the sink where another file has it', () => {
    const code = `import { BASE } from './base';\n${proxy('`${BASE}/callback`')}`;
    expect(find(code, { modules: { './base': "export const BASE = 'https://app.vercel.app';" } })).toEqual([
      'literalHost: `${BASE}/callback`',
    ]);
  });

  it('of the user’s own domain counts where the app has previews', () => {
    const code = proxy("'https://app.dev/callback'");
    expect(find(code)).toEqual([]);
    expect(find(code, vercel)).toEqual(["literalHost: 'https://app.dev/callback'"]);
  });

  it('is right on fixed hosting', () => {
    expect(
      find(proxy("process.env.X || 'https://app.vercel.app/callback'"), { settings: { hosting: 'fixed' } }),
    ).toEqual([]);
  });
});

describe("the request's own host", () => {
  const middleware = (value: string, before = '') =>
    `import { authkit } from '@workos-inc/authkit-nextjs';\nexport default async function proxy(request: NextRequest) {\n${before}const { headers } = await authkit(request, { redirectUri: ${value} });\n}\n`;

  it.each([
    ['`${request.nextUrl.origin}/callback`'],
    ['new URL("/callback", request.url).toString()'],
    ['`https://${request.nextUrl.host}/callback`'],
    ['process.env.SITE_URL ?? `${request.nextUrl.origin}/callback`'],
  ])('as origin is wrong where previews run on Vercel: %s', (value) => {
    expect(find(middleware(value), vercel)).toHaveLength(1);
    expect(find(middleware(value), vercel)[0]).toMatch(/^requestOrigin/u);
    expect(find(middleware(value))).toEqual([]);
  });

  it('as a clone with another path is the same origin', () => {
    expect(
      find(middleware('url.href', "const url = request.nextUrl.clone(); url.pathname = '/callback';\n"), vercel),
    ).toEqual(['requestOrigin: request.nextUrl']);
  });

  it.each([
    ['`https://${request.headers.get("host")}/callback`'],
    ['`https://${request.headers.get("X-Forwarded-Host")?.split(",")[0]?.trim()}/callback`'],
    ['`${p}//${request.headers.get("x-forwarded-host") ?? process.env.HOST}/callback`'],
  ])('as a header is wrong anywhere: %s', (value) => {
    expect(find(middleware(value))).toEqual([`hostHeader: ${value}`]);
  });

  it('as a header of a server action', () => {
    const code = `import { headers } from 'next/headers';\nimport { getSignInUrl } from '@workos-inc/authkit-nextjs';\nexport async function signIn() { const h = await headers(); return getSignInUrl({ redirectUri: \`https://\${h.get('host')}/callback\` }); }`;
    expect(find(code)).toEqual(["hostHeader: `https://${h.get('host')}/callback`"]);
  });

  it('as a header is wrong in production too, behind a guard for previews and through a wrapper', () => {
    const code = `import { authkit } from '@workos-inc/authkit-nextjs';
const run = (request: Request, uri: string) => authkit(request, { redirectUri: process.env.VERCEL_ENV === 'preview' ? \`https://\${process.env.VERCEL_URL}/callback\` : uri });
export const proxy = (request: Request) => run(request, \`https://\${request.headers.get('host')}/callback\`);`;
    expect(find(code)).toEqual(["hostHeader: `https://${request.headers.get('host')}/callback`"]);
    expect(fixed(code)).toBe(code);
  });

  it('is right as the last arm behind a guard', () => {
    const helper =
      "const uri = (r: Request) => { if (process.env.VERCEL_ENV === 'preview') return `https://${process.env.VERCEL_URL}/callback`; return new URL('/callback', r.url).href; };\n";
    expect(find(middleware('uri(request)', helper))).toEqual([]);
  });
});

describe('what is right', () => {
  it.each([
    ['env only', 'process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI'],
    ['env with the developer’s machine as the default', "process.env.SITE_URL || 'http://localhost:3000/callback'"],
    [
      'the playbook',
      "process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : 'https://app.dev/callback'",
    ],
    [
      'the target environment',
      "process.env.VERCEL_TARGET_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : 'https://app.dev/callback'",
    ],
    [
      'Convex’s template',
      "process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_BRANCH_URL}/callback` : process.env.VERCEL_ENV === 'production' ? `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback` : undefined",
    ],
    [
      'localhost in development',
      "process.env.NODE_ENV === 'development' ? 'http://localhost:3000/callback' : process.env.SITE_URL",
    ],
    [
      'the developer’s machine at any port, as the default',
      'process.env.SITE_URL ?? `http://localhost:${process.env.PORT ?? 3000}/callback`',
    ],
    ['another platform', '`https://${process.env.RAILWAY_PUBLIC_DOMAIN}/callback`'],
    [
      'another platform before a host',
      "process.env.RAILWAY_PUBLIC_DOMAIN ? `https://${process.env.RAILWAY_PUBLIC_DOMAIN}/callback` : 'https://app.dev/callback'",
    ],
    [
      'a domain that was given to a branch',
      "process.env.VERCEL_ENV === 'production' ? 'https://app.dev/callback' : 'https://staging.app.dev/callback'",
    ],
    [
      'a test that no one can judge',
      "process.env.STAGE === 'prod' ? 'https://app.dev/callback' : process.env.SITE_URL",
    ],
    ['a call that no one can see', 'redirectUriFor(stage)'],
    ['nothing', 'undefined'],
  ])('%s', (_, value) => {
    expect(find(proxy(value), vercel)).toEqual([]);
  });

  it('a relative place to return to', () => {
    expect(find("import { signOut } from '@workos-inc/authkit-nextjs';\nsignOut({ returnTo: '/' });", vercel)).toEqual(
      [],
    );
  });

  it('an option of the same name of another function', () => {
    expect(
      find("import { authkitProxy } from './mine';\nauthkitProxy({ redirectUri: 'https://app.vercel.app' });"),
    ).toEqual([]);
  });

  it('a shadowed name', () => {
    expect(
      find(
        "import { signOut } from '@workos-inc/authkit-nextjs';\nfunction f(signOut: any) { signOut({ returnTo: 'https://app.vercel.app' }); }",
      ),
    ).toEqual([]);
  });

  it('the set-up of tests', () => {
    const code = "process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI = 'http://localhost:3000/callback';";
    expect(find(code, { path: '/nowhere/app/vitest.setup.ts' })).toEqual([]);
    expect(find(code, { path: '/nowhere/app/instrumentation.ts' })).toHaveLength(1);
  });

  it('code that runs on the developer’s machine alone', () => {
    const code =
      "if (process.env.NODE_ENV === 'development') { process.env.WORKOS_REDIRECT_URI = 'http://localhost:3000/callback'; }";
    expect(find(code)).toEqual([]);
  });
});

describe('the ways to a sink', () => {
  const bad = "'https://app.vercel.app/callback'";
  it.each([
    ['renamed', `import { authkitMiddleware as mw } from '@workos-inc/authkit-nextjs';\nmw({ redirectUri: ${bad} });`],
    ['a namespace', `import * as A from '@workos-inc/authkit-nextjs';\nA.getSignUpUrl({ redirectUri: ${bad} });`],
    [
      'a lazy import',
      `async function f() { const { getSignInUrl } = await import('@workos-inc/authkit-nextjs'); return getSignInUrl({ redirectUri: ${bad} }); }`,
    ],
    [
      'options built elsewhere',
      `import { authkitProxy } from '@workos-inc/authkit-nextjs';\nconst options = { redirectUri: ${bad} };\nauthkitProxy(options);`,
    ],
    [
      'options assigned to',
      `import { authkitProxy } from '@workos-inc/authkit-nextjs';\nconst options: any = {};\noptions.redirectUri = ${bad};\nauthkitProxy(options);`,
    ],
    [
      'the WorkOS client',
      `import { WorkOS } from '@workos-inc/node';\nconst workos = new WorkOS();\nworkos.userManagement.getAuthorizationUrl({ provider: 'authkit', redirectUri: ${bad} });`,
    ],
    [
      'handleAuth',
      `import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth({ baseURL: 'https://app.vercel.app' });`,
    ],
    [
      'signOut',
      `import { signOut } from '@workos-inc/authkit-nextjs';\nawait signOut({ returnTo: 'https://app.vercel.app' });`,
    ],
    ['an assignment', `process.env.WORKOS_REDIRECT_URI = ${bad};`],
    [
      'a wrapper of this file',
      `import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nfunction start(uri: string) { return getSignInUrl({ redirectUri: uri }); }\nstart(${bad});`,
    ],
  ])('%s', (_, code) => {
    expect(find(code)).toHaveLength(1);
  });

  it('a wrapper in another file', () => {
    const modules = {
      './start':
        "import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nexport function start(uri: string) { return getSignInUrl({ redirectUri: uri }); }",
    };
    expect(find(`import { start } from './start';\nstart(${bad});`, { modules })).toEqual([`literalHost: ${bad}`]);
  });
});

describe('the fix', () => {
  const uri = '`https://${process.env.VERCEL_URL}/auth/callback`';

  it('keeps the original as the other arm', () => {
    expect(flat(fixed(proxy("process.env.SITE || 'https://app.dev/auth/callback'"), vercel))).toBe(
      flat(
        proxy(`process.env.VERCEL_ENV === 'preview' ? ${uri} : process.env.SITE || 'https://app.dev/auth/callback'`),
      ),
    );
  });

  it('gives a shorthand its value', () => {
    const before = "const redirectUri = 'https://app.vercel.app/auth/callback';\n";
    expect(flat(fixed(proxy('redirectUri', before).replace('redirectUri: redirectUri', 'redirectUri')))).toBe(
      flat(proxy(`process.env.VERCEL_ENV === 'preview' ? ${uri} : redirectUri`, before)),
    );
  });

  it('writes the whole of it where even production sends localhost', () => {
    expect(flat(fixed(proxy("'http://localhost:3000/auth/callback'"), vercel))).toBe(
      flat(
        proxy(
          `process.env.VERCEL_ENV === 'preview' ? ${uri} : process.env.VERCEL_ENV === 'production' ? \`https://\${process.env.VERCEL_PROJECT_PRODUCTION_URL}/auth/callback\` : 'http://localhost:3000/auth/callback'`,
        ),
      ),
    );
  });

  it('gives production its own host in place of a header, where previews run on Vercel', () => {
    const code = (value: string) =>
      `import { headers } from 'next/headers';\nimport { getSignInUrl } from '@workos-inc/authkit-nextjs';\nexport const start = async () => getSignInUrl({ redirectUri: ${value} });\n`;
    const header = "`https://${(await headers()).get('host')}/auth/callback`";
    const corrected = code(
      `process.env.VERCEL_ENV === 'preview' ? ${uri} : process.env.VERCEL_ENV === 'production' ? \`https://\${process.env.VERCEL_PROJECT_PRODUCTION_URL}/auth/callback\` : ${header}`,
    );
    expect(flat(fixed(code(header), vercel))).toBe(flat(corrected));
    expect(find(corrected, vercel)).toEqual([]);
    // Anywhere else that guard would only hide the header.
    expect(find(fixed(code(header)))).toHaveLength(1);
  });

  it('is a path alone in the browser, which has no VERCEL_ENV', () => {
    const code = (value: string) =>
      `import { useAuth } from '@workos-inc/authkit-nextjs/components';\nexport function useOut() {\n  const { signOut } = useAuth();\n  return () => signOut({ returnTo: ${value} });\n}\n`;
    expect(flat(fixed(code("'https://app.vercel.app/bye?x=1'")))).toBe(flat(code("'/bye?x=1'")));
  });

  it('is before the parameter, not in its default, which callers may not use', () => {
    const code =
      "import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nexport const start = (redirectUri = 'https://app.vercel.app/auth/callback') => getSignInUrl({ redirectUri });\n";
    expect(flat(fixed(code))).toContain(
      flat(`getSignInUrl({ redirectUri: process.env.VERCEL_ENV === 'preview' ? ${uri} : redirectUri })`),
    );
  });

  it('replaces the arm that is behind a guard already', () => {
    const guarded = (arm: string) => proxy(`process.env.VERCEL_ENV === 'preview' ? ${arm} : process.env.SITE`);
    expect(flat(fixed(guarded("'https://app-git-dev.vercel.app/auth/callback'")))).toBe(flat(guarded(uri)));
  });

  it('never doubles a guard', () => {
    const code = proxy(
      "process.env.VERCEL_ENV === 'preview' && process.env.PREVIEW ? process.env.PREVIEW : 'https://app.dev/callback'",
    );
    const asked = ask(findHardcodedRedirectHosts, code, vercel);
    expect(asked.fixed).toBe(code);
    expect(asked.findings).toMatchObject([
      { unfixable: "the code tests for 'preview' already, and its arms need a manual change" },
    ]);
  });

  it('follows settings.authkit.previewHost', () => {
    expect(
      fixed(proxy("'https://app.vercel.app/callback'"), { settings: { previewHost: 'VERCEL_BRANCH_URL' } }),
    ).toContain('${process.env.VERCEL_BRANCH_URL}/callback');
  });

  it('introduces a helper when two sinks need it, and comes to rest', () => {
    const code = `import { getSignInUrl, getSignUpUrl } from '@workos-inc/authkit-nextjs';

export const a = () => getSignInUrl({ redirectUri: 'https://app.vercel.app/callback' });
export const b = () => getSignUpUrl({ redirectUri: 'https://app.vercel.app/callback' });
`;
    const once = fixed(code);
    const twice = fixed(once);
    expect(twice).toBe(`import { getSignInUrl, getSignUpUrl } from '@workos-inc/authkit-nextjs';

/** The URL of a path on this deployment, on a preview; undefined elsewhere. */
function previewUrl(path: string) {
  return process.env.VERCEL_ENV === 'preview' ? \`https://\${process.env.VERCEL_URL}\${path}\` : undefined;
}

export const a = () => getSignInUrl({ redirectUri: previewUrl('/callback') ?? 'https://app.vercel.app/callback' });
export const b = () => getSignUpUrl({ redirectUri: previewUrl('/callback') ?? 'https://app.vercel.app/callback' });
`);
    expect(find(twice)).toEqual([]);
  });
});
