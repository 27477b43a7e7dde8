/** What is written is laid out as Prettier would: a file that was formatted stays so. */
import { format } from 'prettier';
import { afterAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../../analysis/edits/edits.ts';
import { laidOut } from '../../../analysis/edits/layout/lay-out.ts';
import { findInconsistentPreviewHosts } from '../../../playbook/redirect-uri/detect/consistent.ts';
import { findHardcodedRedirectHosts } from '../../../playbook/redirect-uri/detect/hardcoded.ts';
import { findInvalidRedirectUris } from '../../../playbook/redirect-uri/detect/valid.ts';
import { openProject } from '../../../project/project.ts';
import { parsed } from '../../helpers/parse.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const fixtures: { remove: () => void }[] = [];
afterAll(() => {
  for (const fixture of fixtures) fixture.remove();
});

const AROUND = {
  'package.json': '{ "name": "web", "dependencies": { "next": "16.4.0", "@workos-inc/authkit-nextjs": "4.3.0" } }',
  'app/callback/route.ts': 'export const GET = handleAuth();',
  'vercel.json': '{}',
  '.env.example': 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=http://localhost:3000/callback',
};
const REGISTERED = {
  'convex.json':
    '{ "authKit": { "preview": { "configure": { "redirectUris": ["https://${buildEnv.VERCEL_URL}/callback"] } } } }',
};
const IMPORT = "import { authkit, authkitProxy, getSignInUrl, handleAuth } from '@workos-inc/authkit-nextjs';\n\n";

/** A formatted file after its fixes. */
async function fixed(code: string, width: number, files: Readonly<Record<string, string>>): Promise<string> {
  const options = { parser: 'typescript', singleQuote: true, printWidth: width };
  let text = await format(IMPORT + code, options);
  const fixture = projectFixture({ ...AROUND, ...files, 'proxy.ts': text });
  fixtures.push(fixture);
  const project = openProject({ cwd: fixture.root });
  const file = parsed(fixture.path('proxy.ts'), text);
  const findings = [findHardcodedRedirectHosts, findInvalidRedirectUris, findInconsistentPreviewHosts].flatMap((find) =>
    find(file, project).flatMap(({ fix }) => (fix ? [laidOut(fix.edits, file)] : [])),
  );
  expect(findings.length).toBeGreaterThan(0);
  ({ text } = applyEdits(text, findings));
  expect(text).toBe(await format(text, options));
  return text;
}

// Without a wide line nothing tells that a file is wider than 80.
const WIDE =
  'export const wide = [aaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccc, ddddddddddd, eeee, ffff];\n';

describe.each([
  ['80 columns', 80, ''],
  ['120 columns', 120, WIDE],
])('%s', (_, width, before) => {
  it.each([
    ['no argument', 'export default authkitProxy();'],
    ['another option', 'export default authkitProxy({ debug: true });'],
    ['another option on its own line', 'export default authkitProxy({\n  debug: true,\n});'],
    ['a request', 'export function proxy(request: Request) {\n  return authkit(request);\n}'],
    ['options in a constant', 'const options = { debug: true };\nexport default authkitProxy(options);'],
  ])('a new option: %s', async (_name, code) => {
    expect(await fixed(before + code, width, REGISTERED)).toContain('process.env.VERCEL_URL');
  });

  it.each([
    ['a literal', "export default authkitProxy({ redirectUri: 'https://app.vercel.app/callback' });"],
    [
      'a literal on its own line',
      "export default authkitProxy({\n  redirectUri: 'https://app.vercel.app/callback',\n});",
    ],
    [
      'a test',
      "export default authkitProxy({ redirectUri: process.env.NODE_ENV === 'production' ? 'https://app.dev/callback' : 'http://localhost:3000/callback' });",
    ],
    [
      'a variable',
      "export default authkitProxy({ debug: true, redirectUri: process.env.SITE ?? 'https://app.dev/callback' });",
    ],
    [
      'a shorthand',
      "const redirectUri = 'https://app.vercel.app/callback';\nexport default authkitProxy({ redirectUri });",
    ],
    [
      'a shorthand on its own line',
      "const redirectUri = 'https://app.vercel.app/callback';\nexport default authkitProxy({\n  redirectUri,\n});",
    ],
    [
      'what production sends',
      'export default authkitProxy({ redirectUri: `https://${process.env.VERCEL_URL}/callback` });',
    ],
    ['an assignment', "process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI = 'https://app.vercel.app/callback';"],
    [
      'a literal in what is awaited',
      "export async function GET() {\n  redirect(await getSignInUrl({ redirectUri: 'https://app.vercel.app/callback' }));\n}",
    ],
    [
      'options in an arm',
      "const isOn = process.env.NODE_ENV === 'production';\nexport default authkitProxy(isOn ? { redirectUri: 'https://app.vercel.app/callback' } : {});",
    ],
    ['localhost', "export default authkitProxy({ redirectUri: 'http://localhost:3000/callback' });"],
    [
      'localhost on its own line',
      "export default authkitProxy({\n  debug: true,\n  redirectUri: 'http://localhost:3000/callback',\n});",
    ],
    [
      'localhost among others',
      "export default authkitProxy({ redirectUri: 'http://localhost:3000/callback', debug: true });",
    ],
    [
      'localhost behind others',
      "export default authkitProxy({ debug: true, redirectUri: 'http://localhost:3000/callback' });",
    ],
    [
      'localhost behind an argument',
      "export function proxy(r: Request) {\n  return authkit(r, { redirectUri: 'http://localhost:3000/callback' });\n}",
    ],
    [
      'localhost of the callback',
      "export const GET = handleAuth({ baseURL: 'http://localhost:3000', returnPathname: '/' });",
    ],
  ])('an option that is there: %s', async (_name, code) => {
    await fixed(before + code, width, {});
  });
});

it('leaves no constant behind that nothing uses', async () => {
  const code =
    "const BASE = 'http://localhost:3000';\n\nexport default authkitProxy({ redirectUri: `${BASE}/callback` });";
  expect(await fixed(code, 80, {})).not.toContain('BASE');
});
