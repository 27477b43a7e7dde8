import rule from '../../rules/no-caught-redirect.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const IMPORTS =
  "import { signOut, switchToOrganization, withAuth } from '@workos-inc/authkit-nextjs';\nimport { notFound, redirect, unstable_rethrow } from 'next/navigation';\n";
/** A server action; its body begins on line 4. */
const action = (body: string) => `${IMPORTS}export async function act(data) {\n${body}\n}\n`;
const FAILED = "catch (error) { console.error(error); return { error: 'failed' }; }";

const caught = (call: string, line = 4) => [{ messageId: 'caughtRedirect', data: { call }, line }];
/** The call of a helper in another file, which the message names. */
const caughtBehind = (name: string, file: string, line: number) => [
  { message: new RegExp(String.raw`^${name}\(\) \(\S*${file}\) redirects by throwing, and this catch`, 'u'), line },
];

ruleTester.run(rule, {
  files: {
    'package.json': JSON.stringify({ dependencies: { next: '16.0.0', '@workos-inc/authkit-nextjs': '4.3.2' } }),
    'lib/errors.ts':
      "export class ApiError extends Error {}\nexport const unauthorized = () => new ApiError('unauthorized');\nexport function failure(cause) {\n  console.error(cause);\n  return new ApiError('failed');\n}\nexport const toApiError = (error) => (error instanceof ApiError ? new ApiError('known') : error);\nexport function strict(error) {\n  if (error.digest) throw error;\n  return new ApiError('failed');\n}\n",
    'lib/guard.ts': `${IMPORTS}export async function requireUser({ to } = {}) {\n  const { user } = await withAuth();\n  if (!user && to) redirect(to);\n  return user;\n}\nexport const report = (error) => { unstable_rethrow(error); log(error); };\n`,
  },
  valid: [
    {
      name: 'lets a helper be whose other callback sends visitors to sign in, too',
      code: `${IMPORTS}async function attempt(work, otherwise) { try { return await work(); } catch { return otherwise(); } }\nexport const act = () => attempt(async () => { const { user } = await withAuth(); if (!user) redirect('/sign-in'); }, () => redirect('/sign-in'));\n`,
    },
    {
      name: 'lets a callback be that a helper only puts into what it returns',
      code: `${IMPORTS}const steps = (work, done) => ({ work: () => work(), done: () => done() });\nexport async function act() { let all; try { all = steps(() => load(), () => redirect('/done')); await all.work(); } ${FAILED} all.done(); }\n`,
    },
    {
      name: 'lets a second withAuth() be, behind one that has sent visitors to sign in',
      code: action(
        `const { user } = await withAuth({ ensureSignedIn: true });\n  if (data) { try { await withAuth({ ensureSignedIn: true }); } ${FAILED} }`,
      ),
    },
    {
      name: 'lets a helper that asks for a session be behind withAuth() with ensureSignedIn',
      code: `const mark = async () => { const { user } = await withAuth({ ensureSignedIn: true }); return user; };\n${action(`await withAuth({ ensureSignedIn: true });\n  try { await mark(); } ${FAILED}`)}`,
    },
    {
      name: 'lets a redirect behind the try be',
      code: action(`try { await save(); } ${FAILED}\n  redirect('/done');`),
    },
    {
      name: 'lets a catch be that rethrows first',
      code: action("try { redirect('/done'); } catch (error) { unstable_rethrow(error); return 'failed'; }"),
    },
    {
      name: 'lets a catch be that throws the error on under a condition',
      code: action('try { await signOut(); } catch (error) { if (isRedirectError(error)) throw error; log(error); }'),
    },
    {
      name: 'lets a catch be that throws the error on in a callback',
      code: action(
        "try { redirect('/done'); } catch (error) { withScope((scope) => { scope.setTag('act', data); throw error; }); }",
      ),
    },
    {
      name: 'lets a catch be that throws the error on where something else fails in it',
      code: action(
        "try { redirect('/done'); } catch (error) { try { save(data); } catch { throw error; } return 'failed'; }",
      ),
    },
    {
      name: 'lets a catch be that throws the error on below forty functions',
      code: action(`try { redirect('/done'); } catch (error) { return ${'() => '.repeat(40)}{ throw error; }; }`),
    },
    {
      name: 'lets a catch be whose own function rethrows',
      code: action(
        "try { redirect('/done'); } catch (error) { const leave = () => unstable_rethrow(error); leave(); return 'failed'; }",
      ),
    },
    {
      name: 'lets a catch be whose helper rethrows',
      code: `import { report } from '../lib/guard';\n${action("try { redirect('/done'); } catch (error) { report(error); }")}`,
    },
    {
      name: 'lets promises be that are all waited for, and what settles others',
      code: action('await Promise.all([save(), signOut()]);\n  await Promise.allSettled([save(), withAuth()]);'),
    },
    { name: 'lets withAuth() without ensureSignedIn be', code: action(`try { await withAuth(); } ${FAILED}`) },
    {
      name: 'lets a promise be that no one in the try waits for',
      code: action(`try { return withAuth({ ensureSignedIn: true }); } ${FAILED}`),
    },
    {
      name: 'lets a catch be that says null to who asks for a user',
      code: action('try { return (await withAuth({ ensureSignedIn: true })).user; } catch { return null; }'),
    },
    {
      name: 'lets a catch be that answers 401',
      code: action(
        "try { await withAuth({ ensureSignedIn: true }); } catch { return Response.json({ error: 'Unauthorized' }, { status: 401 }); }",
      ),
    },
    {
      name: 'lets a caller be whose helper says 401 in place of the redirect',
      filename: 'app/actions.ts',
      code: `import { unauthorized } from '../lib/errors';\n${IMPORTS}async function viewer() {\n  try {\n    return (await withAuth({ ensureSignedIn: true })).user;\n  } catch {\n    throw unauthorized();\n  }\n}\nexport async function act() {\n  try {\n    return await viewer();\n  } ${FAILED}\n}\n`,
    },
    {
      name: 'lets a catch be that throws what a function makes of the error, which may be the error itself',
      filename: 'app/actions.ts',
      code: `import { toApiError } from '../lib/errors';\n${action("try { redirect('/done'); } catch (error) { throw toApiError(error); }")}`,
    },
    {
      name: 'lets a catch be that throws what a function makes of the error, which throws the redirect on first',
      filename: 'app/actions.ts',
      code: `import { strict } from '../lib/errors';\n${action("try { redirect('/done'); } catch (error) { throw strict(error); }")}`,
    },
    {
      name: 'lets a catch be that throws what a package makes of the error',
      code: `import { wrap } from 'errors';\n${action("try { redirect('/done'); } catch (error) { throw wrap(error); }")}`,
    },
    {
      name: 'lets a redirect to sign in be that the proxy has made before',
      filename: 'app/actions.ts',
      code: action(`try { await withAuth({ ensureSignedIn: true }); } ${FAILED}`),
      files: {
        'app/page.tsx': 'export default function Page() { return null; }\n',
        'proxy.ts':
          "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy({ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/about'] } });\n",
      },
    },
    {
      name: 'lets a redirect to sign in be in a handler that such a proxy does not open',
      filename: 'app/api/orders/route.ts',
      code: action(`try { await withAuth({ ensureSignedIn: true }); } ${FAILED}`),
      files: {
        'app/page.tsx': 'export default function Page() { return null; }\n',
        'app/api/orders/route.ts': 'export const GET = () => new Response();\n',
        'proxy.ts':
          "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy({ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/api/public/:path*'] } });\n",
      },
    },
    {
      name: 'lets a catch be that redirects to the same place',
      code: action("try { if (!data) redirect('/'); } catch (error) { log(error); redirect('/'); }"),
    },
    {
      name: 'lets a catch be that throws every Error on',
      code: action(
        "try { redirect('/done'); } catch (error) { if (error instanceof Error) throw error; return 'failed'; }",
      ),
    },
    {
      name: 'lets a nearer catch be that rethrows',
      code: action(`try { try { redirect('/a'); } catch (error) { throw error; } } catch (error) { throw error; }`),
    },
    {
      name: 'lets a switch without a redirect be',
      code: action(`try { await switchToOrganization('org_1', { revalidationStrategy: 'none' }); } ${FAILED}`),
    },
    {
      name: 'lets notFound() be, which leads to no other URL',
      code: action(`try { if (!data) notFound(); } ${FAILED}`),
    },
    {
      name: 'lets a helper be that does not redirect with what it is given',
      code: `import { requireUser } from '../lib/guard';\n${action(`try { await requireUser(); } ${FAILED}`)}`,
    },
    {
      name: 'lets a function be that an event calls later',
      code: action(`try { onClick(data, { later: () => redirect('/') }); } ${FAILED}`),
    },
    {
      name: 'lets a timer be, whose function runs when the try is long done',
      code: action(`try { setTimeout(() => { redirect('/'); }, 10); } ${FAILED}`),
    },
    {
      name: "lets a helper's redirect of visitors be where the catch answers 401",
      code: `import { requireUser } from '../lib/guard';\n${action("try { await requireUser({ to: '/in' }); } catch { return new Response('Unauthorized', { status: 401 }); }")}`,
    },
    {
      name: 'lets a promise be that is waited for behind the try',
      code: action(`let auth; try { auth = withAuth({ ensureSignedIn: true }); } ${FAILED}\n  await auth;`),
    },
    {
      name: 'lets a catch be that throws on what it made of the error',
      code: action("try { redirect('/done'); } catch (error) { throw normalize(error); }"),
    },
    {
      name: 'lets a wrapper be that hands the error back',
      code: `const attempt = async (run) => { try { return [await run()]; } catch (error) { return [null, error]; } };\n${action("const [data, error] = await attempt(async () => { redirect('/done'); }); if (error) throw error;")}`,
    },
    {
      name: 'lets an app without AuthKit be',
      code: action(`try { redirect('/done'); } ${FAILED}`),
      files: { 'package.json': '{ "dependencies": { "next": "16.0.0" } }' },
    },
  ],
  invalid: [
    {
      name: 'reports a helper whose other callback sends no one to sign in',
      code: `${IMPORTS}async function attempt(work, otherwise) { try { return await work(); } catch { return otherwise(); } }\nexport const act = () => attempt(async () => { const { user } = await withAuth(); if (!user) redirect('/sign-in'); }, () => 'nobody');\n`,
      errors: caught('redirect()'),
    },
    {
      name: 'reports a callback that a helper calls',
      code: `${IMPORTS}const steps = (work, done) => { work(); done(); };\nexport async function act() { try { steps(() => load(), () => redirect('/done')); } ${FAILED} }\n`,
      errors: caught('redirect()'),
    },
    {
      name: 'looks once into each of forty functions in a catch',
      code: action(`try { redirect('/done'); } catch (error) { return ${'() => '.repeat(40)}report(error); }`),
      errors: caught('redirect()'),
    },
    {
      name: 'reports withAuth() with ensureSignedIn behind one without, or behind one under a condition',
      code: action(
        `const { user } = await withAuth();\n  if (data) { await withAuth({ ensureSignedIn: true }); }\n  try { await withAuth({ ensureSignedIn: true }); } ${FAILED}`,
      ),
      errors: caught('withAuth()', 6),
    },
    {
      name: 'reports a redirect among promises that are settled, whatever they throw',
      code: action('await Promise.allSettled([save(), signOut()]);'),
      errors: caught('signOut()'),
    },
    {
      name: 'reports redirect() in a try',
      code: action(`try { redirect('/done'); } ${FAILED}`),
      errors: caught('redirect()'),
    },
    {
      name: 'reports withAuth() with ensureSignedIn in a try that answers with an error',
      code: action(`try { await withAuth({ ensureSignedIn: true }); } ${FAILED}`),
      errors: caught('withAuth()'),
    },
    {
      name: 'reports signOut(), even where the catch redirects by itself',
      code: action("try { await signOut(); } catch (error) { redirect('/auth'); }"),
      errors: caught('signOut()'),
    },
    {
      name: 'reports a redirect that the catch turns into another one',
      code: action("try { redirect('/done'); } catch (error) { redirect('/error'); }"),
      errors: caught('redirect()'),
    },
    {
      name: 'reports a promise whose catch() swallows it',
      code: action('await signOut().catch((error) => console.error(error));'),
      errors: caught('signOut()'),
    },
    {
      name: 'reports a helper in whose name nothing says that it redirects',
      filename: 'app/api/orders/route.ts',
      code: `import { viewer } from '../../../lib/viewer';\nexport async function GET() {\n  try {\n    return Response.json(await viewer());\n  } catch {\n    return new Response(null, { status: 500 });\n  }\n}\n`,
      files: {
        'lib/viewer.ts': `${IMPORTS}export async function viewer() {\n  return (await withAuth({ ensureSignedIn: true })).user;\n}\n`,
      },
      errors: caughtBehind('withAuth', 'lib/viewer.ts', 4),
    },
    {
      name: 'reports a catch that throws an error that a function makes',
      filename: 'app/actions.ts',
      code: `import { failure } from '../lib/errors';\n${action("try { redirect('/done'); } catch (error) { throw failure(error); }")}`,
      errors: caught('redirect()', 5),
    },
    {
      name: 'reports a catch that throws errors of another class on',
      code: action(
        "try { redirect('/done'); } catch (error) { if (error instanceof RangeError) throw error; return 'failed'; }",
      ),
      errors: caught('redirect()'),
    },
    {
      name: 'reports what a wrapper of another file swallows',
      filename: 'app/actions.ts',
      code: "import { redirect } from 'next/navigation';\nimport { guarded } from '../lib/guarded';\nexport const act = () =>\n  guarded(async () => redirect('/done'));\n",
      files: {
        'lib/guarded.ts':
          'export async function guarded(run) {\n  try {\n    return await run();\n  } catch {\n    return undefined;\n  }\n}\n',
      },
      errors: caught('redirect()'),
    },
    {
      name: 'reports the call of a helper that redirects',
      code: `import { requireUser } from '../lib/guard';\n${action(`try { await requireUser({ to: '/sign-in' }); } ${FAILED}`)}`,
      errors: caughtBehind('redirect', 'lib/guard.ts', 5),
    },
    {
      name: 'reports what runs in a callback that is waited for',
      code: action(
        `try { await Promise.all(data.map(async () => { await withAuth({ ensureSignedIn: true }); })); } ${FAILED}`,
      ),
      errors: caught('withAuth()'),
    },
    {
      name: 'reports a catch that throws another error',
      code: action("try { redirect('/done'); } catch (error) { throw new Error('failed', { cause: error }); }"),
      errors: caught('redirect()'),
    },
    {
      name: 'reports a promise that is kept and waited for in the same try',
      code: action(`try { const auth = withAuth({ ensureSignedIn: true }); await auth; } ${FAILED}`),
      errors: caught('withAuth()'),
    },
    {
      name: 'reports a chain whose last catch() swallows it',
      code: action("await save().then(() => redirect('/done')).catch(console.error);"),
      errors: caught('redirect()'),
    },
    {
      name: 'reports a rejection that the second function of then() swallows',
      code: action('await signOut().then(done, () => {});'),
      errors: caught('signOut()'),
    },
    {
      name: "reports a redirect of a helper that knows only Next.js's",
      code: `import { requireAdmin } from '../lib/admin';\n${action(`try { await requireAdmin(); } ${FAILED}`)}`,
      files: {
        'lib/admin.ts':
          "import { redirect } from 'next/navigation';\nexport async function requireAdmin() { if (!(await isAdmin())) redirect('/'); }\n",
      },
      errors: caughtBehind('redirect', 'lib/admin.ts', 5),
    },
    {
      name: 'reports what a wrapper hands back to a caller that never looks at it',
      code: `const attempt = async (run) => { try { return [await run()]; } catch (error) { return [null, error]; } };\n${action("const [data, error] = await attempt(async () => { redirect('/done'); });")}`,
      errors: caught('redirect()', 5),
    },
    {
      name: 'reports what a wrapper of the project runs in its try',
      code: `const handle = async (run) => { try { return await run(); } ${FAILED} };\n${action('return handle(async () => { await withAuth({ ensureSignedIn: true }); });')}`,
      errors: caught('withAuth()', 5),
    },
    {
      name: 'reports a redirect to sign in, in a handler that such a proxy opens',
      filename: 'app/api/orders/route.ts',
      code: action(`try { await withAuth({ ensureSignedIn: true }); } ${FAILED}`),
      files: {
        'app/page.tsx': 'export default function Page() { return null; }\n',
        'app/api/orders/route.ts': 'export const GET = () => new Response();\n',
        'proxy.ts':
          "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy({ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/api/:path*'] } });\n",
      },
      errors: caught('withAuth()'),
    },
    {
      name: 'reports a redirect of whoever is signed in, behind a proxy that sends visitors to sign in',
      filename: 'app/actions.ts',
      code: action(`try { await signOut(); } ${FAILED}`),
      files: {
        'app/page.tsx': 'export default function Page() { return null; }\n',
        'proxy.ts':
          "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy({ middlewareAuth: { enabled: true, unauthenticatedPaths: [] } });\n",
      },
      errors: caught('signOut()'),
    },
    {
      name: 'reports what a finally discards',
      code: action("try { redirect('/done'); } finally { return 'done'; }"),
      errors: [{ messageId: 'discardedRedirect', line: 4 }],
    },
  ],
});
