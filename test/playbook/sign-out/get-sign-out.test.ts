/** Which route handlers are told to sign people out on GET, and the guard that is put into them. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../analysis/edits/edits.ts';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import { findGetSignOut, mayGetSignOut } from '../../../playbook/sign-out/get-sign-out.ts';
import { openProject } from '../../../project/project.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { APP, type Files, messagesOf } from '../links/support.ts';

const SIGN_OUT = "import { signOut } from '@workos-inc/authkit-nextjs';\n";
const COOKIES = "import { cookies } from 'next/headers';\n";

interface Outcome {
  /** `messageId what-shows-it`, or undefined without a finding. */
  readonly found: string | undefined;
  readonly unfixable: string | undefined;
  /** The text after the edit. */
  readonly output: string | undefined;
}

function ask(path: string, code: string, files: Files = {}, settings: object = {}): Outcome {
  const fixture = projectFixture({ ...APP, ...files, [path]: code });
  try {
    const project = openProject({ cwd: fixture.root, settings });
    const result = parseSourceFile(fixture.path(path), code);
    if (!result.ok) throw new Error(result.problem.message);
    const [finding, second] = findGetSignOut(result.file, project, undefined);
    if (second) throw new Error('reported twice');
    if (finding && !mayGetSignOut(code, fixture.path(path), () => project)) throw new Error('kept out by its text');
    return {
      found: finding && `${finding.messageId} ${finding.data['what'] ?? finding.data['because'] ?? ''}`,
      unfixable: finding?.unfixable,
      output: finding?.fix && applyEdits(result.file.text, [finding.fix.edits]).text,
    };
  } finally {
    fixture.remove();
  }
}

const foundIn = (...parameters: Parameters<typeof ask>): string | undefined => ask(...parameters).found;

describe('a GET that signs out everyone who comes with a session', () => {
  it.each<[string, string]>([
    ['at once', `${SIGN_OUT}export const GET = () => signOut();`],
    [
      'but who has none',
      `${SIGN_OUT}export async function GET() { const { user } = await load(); if (!user) return Response.redirect('/'); await signOut(); }`,
    ],
    [
      'if there is one',
      `${SIGN_OUT}export async function GET() { const session = await load(); if (session?.user) { await signOut(); } return Response.redirect('/'); }`,
    ],
    [
      'if there is one, in an else',
      `${SIGN_OUT}export async function GET() { const session = await load(); if (session === null) { return Response.redirect('/'); } else { await signOut(); } }`,
    ],
    [
      'if there is one, in short',
      `${SIGN_OUT}export async function GET() { const { user } = await load(); user && (await signOut()); return Response.redirect('/'); }`,
    ],
    [
      'if there is one, in a ternary',
      `${SIGN_OUT}export const GET = async () => ((await load()).user ? signOut() : Response.redirect('/'));`,
    ],
    [
      'if there is one, by an operator',
      `${SIGN_OUT}export async function GET() { const { user } = await load(); user && (await signOut()); return Response.redirect('/'); }`,
    ],
    [
      'after the way out for who has none, by redirect()',
      `${SIGN_OUT}import { redirect } from 'next/navigation';\nexport async function GET() { const { user } = await load(); if (!user) redirect('/'); await signOut(); }`,
    ],
    [
      'if its cookie is there',
      `${COOKIES}export async function GET() { const jar = await cookies(); if (jar.has('wos-session')) { jar.delete('wos-session'); } return Response.redirect('/'); }`,
    ],
    [
      'unless something failed',
      `${SIGN_OUT}export async function GET() { const { error } = await load(); if (error) return new Response(null, { status: 500 }); await signOut(); }`,
    ],
    [
      'who asks for it by a parameter',
      `${SIGN_OUT}export async function GET(request) { const { searchParams } = new URL(request.url); if (searchParams.get('stay')) return Response.json({}); if (searchParams.get('action') === 'logout') return signOut(); return Response.json({}); }`,
    ],
    [
      'who asks for it in a switch',
      `${SIGN_OUT}export async function GET(request, { params }) { switch ((await params).action) { case 'sign-in': return Response.redirect('/in'); case 'sign-out': return signOut(); default: return Response.json({}); } }`,
    ],
    [
      'for everyone who has a session',
      `${SIGN_OUT}import { redirect } from 'next/navigation';\nexport async function GET() { const { session } = await load(); if (!session) redirect('/'); await signOut(); }`,
    ],
    [
      'in a try',
      `${SIGN_OUT}export async function GET() { try { await signOut(); } catch { return Response.redirect('/'); } }`,
    ],
    [
      'for who follows a redirect only',
      `${SIGN_OUT}export async function GET(request) { if (request.method !== 'GET') return Response.json({}); await signOut(); }`,
    ],
  ])('is reported: %s', (_, code) => {
    expect(foundIn('app/bye/route.ts', code)).toMatch(/^signsOutOnGet /u);
  });
});

describe('a GET that ends a session in a case of its own', () => {
  it.each<[string, string]>([
    [
      'that is stale',
      `${COOKIES}export async function GET() { const state = await load(); if (state.expired) { (await cookies()).delete('session'); } return Response.json(state); }`,
    ],
    [
      'after the answer for all others',
      `${COOKIES}export async function GET() { const user = await load(); if (user) return Response.json(user); (await cookies()).delete('session'); return new Response(null, { status: 401 }); }`,
    ],
    [
      'that no one owns',
      `${SIGN_OUT}export async function GET() { const org = await load(); if (org) { return Response.json(org); } else { await signOut(); } }`,
    ],
    [
      'in a ternary',
      `${SIGN_OUT}export const GET = async () => ((await load()).banned ? signOut() : Response.json({}));`,
    ],
    [
      'behind an operator',
      `${SIGN_OUT}export async function GET() { const state = await load(); state.banned && (await signOut()); return Response.json(state); }`,
    ],
    [
      'behind redirect() for all others',
      `${SIGN_OUT}import { redirect } from 'next/navigation';\nexport async function GET() { const state = await load(); if (state.fresh) redirect('/'); await signOut(); }`,
    ],
    [
      'for who is banned, behind redirect() for all others',
      `${SIGN_OUT}import { redirect } from 'next/navigation';\nexport async function GET() { const state = await load(); if (!state.banned) redirect('/'); await signOut(); }`,
    ],
    [
      'of a switch',
      `${SIGN_OUT}export async function GET() { switch ((await load()).kind) { case 'gone': return signOut(); default: return Response.json({}); } }`,
    ],
    [
      'that fails',
      `${SIGN_OUT}export async function GET() { try { return Response.json(await load()); } catch { await signOut(); } }`,
    ],
    [
      'that fails, told to a package',
      `import { handleAuth, signOut } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth({ onError: async () => { await signOut(); } });`,
    ],
  ])('says nothing of one %s', (_, code) => {
    expect(foundIn('app/api/me/route.ts', code)).toBeUndefined();
  });

  it('is reported nevertheless where the route is called like signing out', () => {
    expect(
      foundIn(
        'app/logout/route.ts',
        `${SIGN_OUT}export async function GET() { const state = await load(); if (state.active) { await signOut(); } return Response.json(state); }`,
      ),
    ).toBe('signsOutOnGet signOut()');
  });
});

describe('a GET that is off unless a variable is set', () => {
  const handler = (test: string) =>
    `${SIGN_OUT}const isOn = () => process.env.E2E === '1';\nexport async function GET() { if (${test}) return new Response(null, { status: 404 }); await signOut(); }`;

  it.each(["process.env.E2E !== '1'", "!(process.env.E2E === 'true')", '!isOn()', "process.env['E2E'] != 'on'"])(
    'is let be: %s',
    (test) => {
      expect(foundIn('app/sign-out/route.ts', handler(test))).toBeUndefined();
      expect(linksTo('/sign-out', 'app/sign-out/route.ts', handler(test))).toEqual([]);
    },
  );

  it('is let be where it is off in production', () => {
    const code = handler("process.env.NODE_ENV === 'production'");
    expect(foundIn('app/sign-out/route.ts', code)).toBeUndefined();
  });

  it.each([
    '!process.env.WORKOS_API_KEY',
    "process.env.AUTH === 'none'",
    "process.env.E2E === '1'",
    "process.env.NODE_ENV !== 'production'",
    "flags.E2E !== '1'",
  ])('is reported where the test is another: %s', (test) => {
    expect(foundIn('app/sign-out/route.ts', handler(test))).toBe('signsOutOnGet signOut()');
  });
});

describe('a route whose handler does not show what it does', () => {
  const MADE = "import { handleLogout } from 'some-auth';\nexport const GET = handleLogout();";

  it.each(['app/logout/route.ts', 'app/(user)/[locale]/Sign-Out/route.ts', 'app/api/auth/logoff/route.js'])(
    'is told by its name: %s',
    (path) => {
      expect(foundIn(path, MADE)).toBe('signsOutOnGetByName its name');
    },
  );

  it.each([
    'app/bye/route.ts',
    'app/logout/callback/route.ts',
    'app/logout/[id]/route.ts',
    'app/logout/page.tsx',
    'app/_logout/logout/route.ts',
    'lib/logout/route.ts',
  ])('is let be: %s', (path) => {
    expect(foundIn(path, MADE)).toBeUndefined();
  });

  it('is told by a handler that is handed on from a package', () => {
    expect(foundIn('app/logout/route.ts', "export { GET } from 'some-auth';")).toBe('signsOutOnGetByName its name');
  });

  it('is told by the settings', () => {
    const settings = { authkit: { signOutPaths: ['/bye'] } };
    expect(foundIn('app/[locale]/bye/route.ts', MADE, {}, settings)).toBe(
      'signsOutOnGetByName settings.authkit.signOutPaths',
    );
    expect(foundIn('app/ciao/route.ts', MADE, {}, settings)).toBeUndefined();
  });

  it('is let be where a list in the settings is in the place of everything else', () => {
    const settings = { authkit: { signOutPaths: { replace: ['/bye'] } } };
    expect(
      foundIn('app/logout/route.ts', `${SIGN_OUT}export const GET = () => signOut();`, {}, settings),
    ).toBeUndefined();
    expect(foundIn('app/bye/route.ts', `${SIGN_OUT}export const GET = () => signOut();`, {}, settings)).toBe(
      'signsOutOnGet signOut()',
    );
  });

  it('is let be for NextAuth and Better Auth, which ask first or take POST alone', () => {
    const auth = { 'auth.ts': "import NextAuth from 'next-auth';\nexport const { handlers, signOut } = NextAuth({});" };
    expect(
      foundIn('app/api/auth/[...nextauth]/route.ts', "export { GET } from '../../../../handlers';", {
        ...auth,
        'handlers.ts': "import { handlers } from './auth';\nexport const { GET, POST } = handlers;",
      }),
    ).toBeUndefined();
    expect(
      foundIn(
        'app/api/auth/sign-out/route.ts',
        "import { toNextJsHandler } from 'better-auth/next-js';\nexport const { GET, POST } = toNextJsHandler({});",
      ),
    ).toBeUndefined();
  });

  it('leaves to another route what sends the browser there', () => {
    const files = { 'app/sign-out/route.ts': `${SIGN_OUT}export const GET = () => signOut();` };
    const redirect = "import { redirect } from 'next/navigation';\nexport function GET() { redirect('/sign-out'); }";
    expect(foundIn('app/logout/route.ts', redirect, files)).toBeUndefined();
    expect(foundIn('app/logout/route.ts', redirect.replace('/sign-out', '/api/auth/logout'))).toBe(
      'signsOutOnGetByName its name',
    );
  });
});

describe('a handler of a size that no one writes', () => {
  it.each<[string, string]>([
    ['thousands of statements', 'await work(1, 2);\n'.repeat(3_000)],
    ['thousands of conditions that end a session', "if (a.b) { jar.delete('session'); }\n".repeat(3_000)],
    [
      'hundreds of conditions that end a session, and ways out',
      "if (!a) { return 1; }\nif (a.b) { jar.delete('session'); }\n".repeat(300),
    ],
  ])('is not worth a look: %s', (_, body) => {
    const code = `${COOKIES}export async function GET() { const jar = await cookies(); ${body} }`;
    expect(foundIn('app/api/me/route.ts', code)).toBeUndefined();
  });
});

describe('a route that no GET signs out at', () => {
  it.each<[string, string, string]>([
    ['POST alone', 'app/sign-out/route.ts', `${SIGN_OUT}export async function POST() { await signOut(); }`],
    [
      'HEAD alone, which no prefetch sends',
      'app/sign-out/route.ts',
      `${SIGN_OUT}export async function HEAD() { await signOut(); }`,
    ],
    [
      'a page',
      'app/sign-out/page.tsx',
      `${SIGN_OUT}export default async function Page() { await signOut(); return null; }`,
    ],
    ['a module that is no route', 'app/sign-out/actions.ts', `${SIGN_OUT}export const GET = () => signOut();`],
    [
      'a page of the Pages Router',
      'pages/logout.tsx',
      'export default function Page(req) { req.session.destroy(); return null; }',
    ],
    [
      'a guard',
      'app/sign-out/route.ts',
      `${SIGN_OUT}export async function GET(request) { if (request.headers.get('RSC')) return new Response(null, { status: 204 }); await signOut(); }`,
    ],
  ])('is let be: %s', (_, path, code) => {
    expect(foundIn(path, code)).toBeUndefined();
  });

  it('is no file outside of an app', () => {
    expect(
      foundIn('app/sign-out/route.ts', `${SIGN_OUT}export const GET = () => signOut();`, { 'package.json': '{}' }),
    ).toBeUndefined();
  });
});

const ROUTE_GUARD =
  "  if (request.headers.has('RSC') || request.headers.has('Next-Router-Prefetch')) {\n    return new Response(null, { status: 204 });\n  }\n";
const guarded = (name: string): string => ROUTE_GUARD.replaceAll('request.headers', name);

describe('the guard', () => {
  it.each<[string, string, string]>([
    [
      'takes a request',
      'export async function GET() {\n  await signOut();\n}\n',
      `export async function GET(request: Request) {\n${ROUTE_GUARD}  await signOut();\n}\n`,
    ],
    [
      'takes the one that is there',
      'export async function GET(_req: Request) {\n  await signOut();\n}\n',
      `export async function GET(_req: Request) {\n${guarded('_req.headers')}  await signOut();\n}\n`,
    ],
    [
      'takes one that may be missing',
      'export async function GET(req?: Request) {\n  await signOut();\n}\n',
      `export async function GET(req?: Request) {\n${guarded('req?.headers')}  await signOut();\n}\n`,
    ],
    [
      'takes headers that are taken apart',
      'export async function GET({ headers: sent }: Request) {\n  await signOut();\n}\n',
      `export async function GET({ headers: sent }: Request) {\n${guarded('sent')}  await signOut();\n}\n`,
    ],
    [
      'takes headers next to what is taken apart',
      'export async function GET({ url }: Request) {\n  await signOut({ returnTo: url });\n}\n',
      `export async function GET({ headers, url }: Request) {\n${guarded('headers')}  await signOut({ returnTo: url });\n}\n`,
    ],
    [
      'takes headers of an empty pattern',
      'export async function GET({}: Request) {\n  await signOut();\n}\n',
      `export async function GET({ headers }: Request) {\n${guarded('headers')}  await signOut();\n}\n`,
    ],
    [
      'takes another name where the name is taken',
      'export async function GET() {\n  const request = load();\n  await signOut(request);\n}\n',
      `export async function GET(req: Request) {\n${guarded('req.headers')}  const request = load();\n  await signOut(request);\n}\n`,
    ],
    [
      'opens a line',
      'export async function GET() { await signOut(); }\n',
      `export async function GET(request: Request) {\n${ROUTE_GUARD}  await signOut();\n}\n`,
    ],
    [
      'makes a block of an expression',
      'export const GET = () => signOut();\n',
      `export const GET = (request: Request) => {\n${ROUTE_GUARD}  return signOut();\n};\n`,
    ],
    [
      'makes a block of an expression on the next line',
      "export const GET = async () =>\n  signOut({\n    returnTo: '/',\n  });\n",
      `export const GET = async (request: Request) => {\n${ROUTE_GUARD}  return signOut({\n    returnTo: '/',\n  });\n};\n`,
    ],
    [
      'keeps parentheses',
      'export const GET = async () => (await signOut());\n',
      `export const GET = async (request: Request) => {\n${ROUTE_GUARD}  return (await signOut());\n};\n`,
    ],
    [
      'keeps a comment behind the brace',
      'export async function GET() { // over\n  await signOut();\n}\n',
      `export async function GET(request: Request) { // over\n${ROUTE_GUARD}  await signOut();\n}\n`,
    ],
    [
      'is behind a directive',
      "export async function GET() {\n  'use server';\n  await signOut();\n}\n",
      `export async function GET(request: Request) {\n  'use server';\n${ROUTE_GUARD}  await signOut();\n}\n`,
    ],
    [
      'is put into what is exported by another name',
      'const out = async () => {\n  await signOut();\n};\nexport { out as GET };\n',
      `const out = async (request: Request) => {\n${ROUTE_GUARD}  await signOut();\n};\nexport { out as GET };\n`,
    ],
    [
      'answers although nothing was returned',
      'export async function GET(): Promise<void> {\n  await signOut();\n}\n',
      `export async function GET(request: Request): Promise<Response | void> {\n${ROUTE_GUARD}  await signOut();\n}\n`,
    ],
    [
      'answers where nothing comes back',
      'export async function GET(): Promise<never> {\n  return signOut();\n}\n',
      `export async function GET(request: Request): Promise<Response> {\n${ROUTE_GUARD}  return signOut();\n}\n`,
    ],
    [
      'answers with a NextResponse where one is asked for',
      "import { NextResponse } from 'next/server';\nexport async function GET(): Promise<NextResponse> {\n  await signOut();\n}\n",
      `import { NextResponse } from 'next/server';\nexport async function GET(request: Request): Promise<NextResponse> {\n${ROUTE_GUARD.replace('new Response', 'new NextResponse')}  await signOut();\n}\n`,
    ],
    [
      'is put into an assigned handler that POST shares',
      'export async function GET() {\n  await signOut();\n}\nexport const POST = GET;\n',
      `export async function GET(request: Request) {\n${ROUTE_GUARD}  await signOut();\n}\nexport const POST = GET;\n`,
    ],
  ])('%s', (_, input, output) => {
    const result = ask('app/sign-out/route.ts', SIGN_OUT + input);
    expect(result.output).toBe(SIGN_OUT + output);
    expect(foundIn('app/sign-out/route.ts', SIGN_OUT + output)).toBeUndefined();
    expect(linksTo('/sign-out', 'app/sign-out/route.ts', SIGN_OUT + input)).toHaveLength(1);
    expect(linksTo('/sign-out', 'app/sign-out/route.ts', SIGN_OUT + output)).toEqual([]);
  });

  it('follows the quotes, semicolons and indent of the file, and has no types in JavaScript', () => {
    const { output } = ask(
      'app/sign-out/route.js',
      'import { signOut } from "@workos-inc/authkit-nextjs"\n\nexport async function GET() {\n\tawait signOut()\n}\n',
    );
    expect(output).toBe(
      'import { signOut } from "@workos-inc/authkit-nextjs"\n\nexport async function GET(request) {\n\tif (request.headers.has("RSC") || request.headers.has("Next-Router-Prefetch")) {\n\t\treturn new Response(null, { status: 204 })\n\t}\n\tawait signOut()\n}\n',
    );
  });

  it('fixes a route that is told by its name alone', () => {
    const code =
      "import { end } from 'auth';\nexport async function GET() {\n  await end();\n  return Response.redirect('/');\n}\n";
    const output = ask('app/logout/route.ts', code).output ?? '';
    expect(foundIn('app/logout/route.ts', code)).toBe('signsOutOnGetByName its name');
    expect(foundIn('app/logout/route.ts', output)).toBeUndefined();
    expect(linksTo('/logout', 'app/logout/route.ts', output)).toEqual([]);
  });

  const API_GUARD =
    "  if (req.headers.rsc || req.headers['x-nextjs-data']) {\n    res.status(204).end();\n    return;\n  }\n";

  it.each<[string, string, string]>([
    [
      'function',
      'export default function handler(req, res) {\n  req.session.destroy();\n}\n',
      `export default function handler(req, res) {\n${API_GUARD}  req.session.destroy();\n}\n`,
    ],
    [
      'arrow function',
      'export default (req, res) => req.session.destroy();\n',
      `export default (req, res) => {\n${API_GUARD}  return req.session.destroy();\n};\n`,
    ],
    [
      'variable',
      'const handler = async (req, res) => { req.session.destroy(); };\nexport default handler;\n',
      `const handler = async (req, res) => {\n${API_GUARD}  req.session.destroy();\n};\nexport default handler;\n`,
    ],
    [
      'CommonJS export',
      'module.exports = (req, res) => {\n  req.session.destroy();\n};\n',
      `module.exports = (req, res) => {\n${API_GUARD}  req.session.destroy();\n};\n`,
    ],
  ])('answers both routers in an API route: %s', (_, input, output) => {
    expect(ask('pages/api/bye.js', input).output).toBe(output);
    expect(foundIn('pages/api/bye.js', output)).toBeUndefined();
    expect(linksTo('/api/bye', 'pages/api/bye.js', input)).toHaveLength(1);
    expect(linksTo('/api/bye', 'pages/api/bye.js', output)).toEqual([]);
  });

  it.each<[string, string, string, RegExp]>([
    [
      'signOut itself',
      'app/sign-out/route.ts',
      `${SIGN_OUT}export const GET = signOut;`,
      /made or wrapped by another function/u,
    ],
    [
      'a wrapper',
      'app/sign-out/route.ts',
      `${SIGN_OUT}export const GET = withLog(async () => { await signOut(); });`,
      /made or wrapped by another function/u,
    ],
    [
      'a package',
      'app/sign-out/route.ts',
      "export { signOut as GET } from '@workos-inc/authkit-nextjs';",
      /another module/u,
    ],
    ['another file', 'app/sign-out/route.ts', "export { GET } from '../../lib/out';", /stands in lib\/out\.ts/u],
    [
      'another file, with all its names',
      'app/sign-out/route.ts',
      "export * from '../../lib/out';",
      /stands in lib\/out\.ts/u,
    ],
    [
      'a call without a request',
      'app/sign-out/route.ts',
      `${SIGN_OUT}export async function GET() { await signOut(); }\nexport const POST = () => GET();`,
      /called without a request/u,
    ],
    [
      'a rest parameter',
      'app/sign-out/route.ts',
      `${SIGN_OUT}export async function GET(...all) { await signOut(); }`,
      /does not name the request/u,
    ],
    [
      'a parameter of an unknown type',
      'app/sign-out/route.ts',
      `${SIGN_OUT}export async function GET(_: unknown) { await signOut(); }`,
      /type of the first parameter/u,
    ],
    [
      'a name that is taken',
      'app/sign-out/route.ts',
      `${SIGN_OUT}import { headers } from 'next/headers';\nexport async function GET({ url }) { await headers(); await signOut(); }`,
      /'headers' is taken/u,
    ],
    [
      'a type of an import',
      'app/sign-out/route.ts',
      `${SIGN_OUT}import type { NextResponse } from 'next/server';\nexport async function GET(): Promise<NextResponse> { await signOut(); }`,
      /as a type alone/u,
    ],
    [
      'a getter',
      'app/sign-out/route.ts',
      `${SIGN_OUT}export const { GET } = { get GET() { return async () => { await signOut(); }; } };`,
      /made by a getter/u,
    ],
    [
      'an API route without its response',
      'pages/api/logout.ts',
      'export default function handler(req) { req.session.destroy(); }',
      /both its request and its response/u,
    ],
    [
      'an API route on the edge',
      'pages/api/logout.ts',
      "export const config = { runtime: 'edge' };\nexport default function handler(req, event) { return new Response(null, { headers: { 'Set-Cookie': 'session=; Max-Age=0' } }); }",
      /on the edge/u,
    ],
  ])('is left to a person, who is told why: %s', (_, path, code, reason) => {
    const lib = { 'lib/out.ts': `${SIGN_OUT}export const GET = () => signOut();` };
    const { output, unfixable } = ask(path, code, lib);
    expect(output).toBeUndefined();
    expect(unfixable).toMatch(reason);
  });
});

/** What the rule for links says of a link to a route. */
function linksTo(href: string, path: string, code: string): string[] {
  return messagesOf(`import Link from 'next/link';\nexport const nav = <Link href="${href}">Out</Link>;\n`, {
    ...APP,
    [path]: code,
  });
}
