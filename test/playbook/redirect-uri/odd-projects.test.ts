/** Odd but legal projects around `convex.json`: what is registered, and what is sent. */
import { afterAll, describe, expect, it } from 'vitest';
import { findInconsistentRegistrations } from '../../../playbook/redirect-uri/convex-json/consistent-json.ts';
import { findInconsistentPreviewHosts } from '../../../playbook/redirect-uri/detect/consistent.ts';
import { readConvexJson } from '../../../playbook/redirect-uri/convex-json/convex-json.ts';
import { findHardcodedRegistrations } from '../../../playbook/redirect-uri/convex-json/hardcoded-json.ts';
import { findInvalidRegistrations } from '../../../playbook/redirect-uri/convex-json/valid-json.ts';
import { openProject } from '../../../project/project.ts';
import { parsed } from '../../helpers/parse.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const fixtures: { remove: () => void }[] = [];
afterAll(() => {
  for (const fixture of fixtures) fixture.remove();
});

type Files = Readonly<Record<string, string>>;

const APP: Files = {
  'package.json':
    '{ "name": "web", "dependencies": { "next": "16.4.0", "convex": "1.48.0", "@workos-inc/authkit-nextjs": "4.3.0" } }',
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
};
const AUTHKIT = "import { authkitProxy, authkit, signOut } from '@workos-inc/authkit-nextjs';\n";
const sends = (variable: string, path = '/callback') =>
  `${AUTHKIT}export default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? \`https://\${process.env.${variable}}${path}\` : undefined });\n`;
const SENDS_NOTHING = `${AUTHKIT}export default authkitProxy();\n`;
const preview = (configure: object) => JSON.stringify({ authKit: { preview: { configure } } });
const registers = (...redirectUris: string[]) => preview({ redirectUris });
const URL_CALLBACK = 'https://${buildEnv.VERCEL_URL}/callback';
const BRANCH_CALLBACK = 'https://${buildEnv.VERCEL_BRANCH_URL}/callback';

function look(files: Files, path = 'proxy.ts'): string[] {
  const fixture = projectFixture({ ...APP, ...files });
  fixtures.push(fixture);
  const project = openProject({ cwd: fixture.root });
  const text = files[path] ?? '';
  if (path.endsWith('.json')) {
    const json = readConvexJson(fixture.path(path), text);
    if (!json) return ['no convex.json'];
    return [
      ...findHardcodedRegistrations(json, project),
      ...findInvalidRegistrations(json, project),
      ...findInconsistentRegistrations(json, project),
    ].map(({ messageId }) => messageId);
  }
  return findInconsistentPreviewHosts(parsed(fixture.path(path), text), project).map(({ messageId }) => messageId);
}

describe('the proxy', () => {
  it.each<[string, Files, string[]]>([
    ['sends nothing', { 'convex.json': registers(URL_CALLBACK), 'proxy.ts': SENDS_NOTHING }, ['nothingSent']],
    ['sends what is registered', { 'convex.json': registers(URL_CALLBACK), 'proxy.ts': sends('VERCEL_URL') }, []],
    [
      'sends one of two that are registered',
      { 'convex.json': registers(URL_CALLBACK, BRANCH_CALLBACK), 'proxy.ts': sends('VERCEL_BRANCH_URL') },
      [],
    ],
    [
      'sends the browser’s name of it',
      { 'convex.json': registers(URL_CALLBACK), 'proxy.ts': sends('NEXT_PUBLIC_VERCEL_URL') },
      [],
    ],
    [
      'sends the other host',
      { 'convex.json': registers(BRANCH_CALLBACK), 'proxy.ts': sends('VERCEL_URL') },
      ['otherHost'],
    ],
    [
      'sends another path',
      { 'convex.json': registers(URL_CALLBACK), 'proxy.ts': sends('VERCEL_URL', '/auth/callback') },
      ['otherPath'],
    ],
    [
      'sends to a route in a group',
      { 'proxy.ts': sends('VERCEL_URL', '/done'), 'app/(auth)/done/route.ts': APP['app/callback/route.ts'] ?? '' },
      [],
    ],
    [
      'sends to a route that re-exports',
      { 'proxy.ts': sends('VERCEL_URL', '/done'), 'app/done/route.ts': "export * from '@/lib/auth';\n" },
      [],
    ],
    [
      'sends to a catch-all',
      {
        'proxy.ts': sends('VERCEL_URL', '/auth/done'),
        'app/auth/[...all]/route.ts': APP['app/callback/route.ts'] ?? '',
      },
      [],
    ],
    [
      'has no previews registered',
      {
        'convex.json':
          '{ "authKit": { "dev": { "configure": { "redirectUris": ["http://localhost:3000/callback"] } } } }',
        'proxy.ts': SENDS_NOTHING,
      },
      [],
    ],
    ['has an empty list registered', { 'convex.json': registers(), 'proxy.ts': SENDS_NOTHING }, []],
    [
      'has a fixed host registered, which is for convex.json to change',
      { 'convex.json': registers('https://preview.app.dev/callback'), 'proxy.ts': sends('VERCEL_URL') },
      [],
    ],
    [
      'has a fixed host registered that it sends',
      {
        'convex.json': registers('https://preview.app.dev/callback'),
        'proxy.ts': `${AUTHKIT}export default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? 'https://preview.app.dev/callback' : undefined });\n`,
      },
      [],
    ],
    [
      'sends a fixed host that is not registered',
      {
        'convex.json': registers(URL_CALLBACK),
        'proxy.ts': `${AUTHKIT}export default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? 'https://preview.app.dev/callback' : undefined });\n`,
      },
      ['otherHost'],
    ],
    [
      'has a host of two pieces registered',
      {
        'convex.json': registers('https://${buildEnv.BRANCH}-${buildEnv.TEAM}.vercel.app/callback'),
        'proxy.ts': sends('VERCEL_URL'),
      },
      [],
    ],
    [
      'has a template without its namespace registered',
      { 'convex.json': registers('https://${VERCEL_URL}/callback'), 'proxy.ts': sends('VERCEL_URL') },
      [],
    ],
    [
      'has another program’s template registered',
      { 'convex.json': registers('https://${process.env.VERCEL_URL}/callback'), 'proxy.ts': sends('VERCEL_URL') },
      [],
    ],
    [
      'is left to next.config',
      {
        'convex.json': registers(URL_CALLBACK),
        'proxy.ts': SENDS_NOTHING,
        'next.config.ts': "export default { env: { NEXT_PUBLIC_WORKOS_REDIRECT_URI: '' } };\n",
      },
      [],
    ],
    [
      'signs out to the other host',
      {
        'proxy.ts': `${sends('VERCEL_URL')}export const out = () => signOut({ returnTo: \`https://\${process.env.VERCEL_BRANCH_URL}/\` });\n`,
      },
      ['otherSignOutHost'],
    ],
    [
      'signs out to the production host on purpose',
      {
        'proxy.ts': `${sends('VERCEL_URL')}export const out = () => signOut({ returnTo: \`https://\${process.env.VERCEL_PROJECT_PRODUCTION_URL}/\` });\n`,
      },
      [],
    ],
    [
      'has values of the wrong types around it',
      {
        'convex.json':
          '{ "authKit": { "preview": { "configure": { "redirectUris": "https://x", "corsOrigins": [1, null, {}], "appHomepageUrl": [] }, "localEnvVars": [] }, "dev": 7 } }',
        'proxy.ts': SENDS_NOTHING,
      },
      [],
    ],
    ['has a convex.json that is an array', { 'convex.json': '[]', 'proxy.ts': SENDS_NOTHING }, []],
    [
      'has a convex.json of one megabyte',
      {
        'convex.json': registers(URL_CALLBACK).replace(/\}$/u, `, "x": "${'y'.repeat(1_000_000)}" }`),
        'proxy.ts': SENDS_NOTHING,
      },
      ['nothingSent'],
    ],
    [
      'has a convex.json with a byte order mark and comments',
      { 'convex.json': `\uFEFF// previews\n${registers(URL_CALLBACK)}\n/* end */`, 'proxy.ts': SENDS_NOTHING },
      ['nothingSent'],
    ],
  ])('%s', (_, files, expected) => {
    expect(look(files)).toEqual(expected);
  });

  it('may be middleware.ts and proxy.ts at once', () => {
    const files = {
      'convex.json': registers(URL_CALLBACK),
      'proxy.ts': sends('VERCEL_BRANCH_URL'),
      'middleware.ts': sends('VERCEL_URL'),
    };
    expect(look(files)).toEqual(['otherHost']);
    expect(look(files, 'middleware.ts')).toEqual([]);
    expect(look(files, 'convex.json')).toEqual([]);
  });

  it('may be JavaScript in src', () => {
    const files = {
      'convex.json': registers(URL_CALLBACK),
      'src/middleware.js': SENDS_NOTHING,
      'src/app/callback/route.js': APP['app/callback/route.ts'] ?? '',
    };
    expect(look(files, 'src/middleware.js')).toEqual(['nothingSent']);
  });

  it.each<[string, Files, string[]]>([
    ['the backend’s', { 'packages/backend/convex.json': registers(BRANCH_CALLBACK) }, ['otherHost']],
    [
      'the backend’s that the app depends on',
      {
        'packages/backend/convex.json': registers(URL_CALLBACK),
        'packages/other/package.json': '{ "name": "other" }',
        'packages/other/convex.json': registers(BRANCH_CALLBACK),
      },
      [],
    ],
    [
      'two of equal right',
      {
        'packages/backend/package.json': '{ "name": "x" }',
        'packages/backend/convex.json': registers(BRANCH_CALLBACK),
        'packages/other/package.json': '{ "name": "y" }',
        'packages/other/convex.json': registers(BRANCH_CALLBACK),
      },
      [],
    ],
  ])('of a monorepo is held to %s', (_, files, expected) => {
    const monorepo = {
      'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
      'packages/backend/package.json': '{ "name": "backend", "dependencies": { "convex": "1.48.0" } }',
      'apps/web/package.json':
        '{ "name": "web", "dependencies": { "next": "16.4.0", "backend": "*", "@workos-inc/authkit-nextjs": "4.3.0" } }',
      'apps/web/app/callback/route.ts': APP['app/callback/route.ts'] ?? '',
      'apps/web/proxy.ts': sends('VERCEL_URL'),
      ...files,
    };
    expect(look(monorepo, 'apps/web/proxy.ts')).toEqual(expected);
  });
});

describe('convex.json', () => {
  it.each<[string, string, string[]]>([
    ['a misspelt namespace', registers('https://${buildenv.VERCEL_URL}/callback'), ['unknownTemplate']],
    ['the shell’s form', registers('https://$VERCEL_URL/callback'), ['noTemplate']],
    ['another program’s braces', registers('https://{{ VERCEL_URL }}/callback'), ['noTemplate']],
    ['braces without the dollar', registers('https://{buildEnv.VERCEL_URL}/callback'), ['noTemplate']],
    ['a variable in small letters', registers('https://${buildEnv.vercel_url}/callback'), ['unknownVariable']],
    ['a variable that lacks its end', registers('https://${buildEnv.VERCEL_BRANCH}/callback'), ['unknownVariable']],
    ['a deployment by name', registers('https://app.vercel.app/callback'), ['registeredDeployment']],
    ['a deployment by name next to the preview’s host', registers(URL_CALLBACK, 'https://app.vercel.app/callback'), []],
    [
      'a deployment by name for production',
      '{ "authKit": { "prod": { "configure": { "redirectUris": ["https://app.vercel.app/callback"] } } } }',
      [],
    ],
    ['a domain of the user’s own', registers('https://preview.app.dev/callback'), []],
    ['the developer’s machine alone', registers('http://localhost:3000/callback'), ['localhostRegistered']],
    [
      'the developer’s machine next to the preview’s host',
      registers(URL_CALLBACK, 'http://localhost:3000/callback'),
      [],
    ],
    [
      'the developer’s machine for production',
      '{ "authKit": { "prod": { "configure": { "redirectUris": ["http://127.0.0.1:3000/callback"] } } } }',
      ['localhostRegistered'],
    ],
    [
      'one more origin than people sign in on',
      preview({
        redirectUris: [URL_CALLBACK],
        corsOrigins: ['https://${buildEnv.VERCEL_URL}', 'https://${buildEnv.VERCEL_BRANCH_URL}'],
      }),
      [],
    ],
    ['white space in a template', registers('https://${ buildEnv.VERCEL_URL }/callback'), ['unknownTemplate']],
    ['an empty template', registers('https://${}/callback'), []],
    ['a variable of the project’s own', registers('https://${buildEnv.PREVIEW_HOST}/callback'), []],
    [
      'a variable that Vercel does not have',
      registers('https://${buildEnv.VERCEL_HOST}/callback'),
      ['unknownVariable'],
    ],
    ['no scheme', registers('${buildEnv.VERCEL_URL}/callback'), ['jsonMissingScheme']],
    [
      'keys of another environment',
      '{ "authKit": { "preview": { "localEnvVars": {}, "environmentType": "x" } } }',
      ['misplacedKey', 'misplacedKey'],
    ],
    [
      'a deployment registered for production',
      '{ "authKit": { "prod": { "configure": { "redirectUris": ["https://${buildEnv.VERCEL_URL}/callback"] } } } }',
      ['deploymentHostInProd'],
    ],
    [
      'the production host as the home page of previews',
      preview({ redirectUris: [URL_CALLBACK], appHomepageUrl: 'https://app.dev' }),
      [],
    ],
    [
      'an origin that is not where people are',
      preview({ redirectUris: [URL_CALLBACK], corsOrigins: ['https://${buildEnv.VERCEL_BRANCH_URL}'] }),
      ['otherCorsHost'],
    ],
    ['a trailing slash', registers('https://${buildEnv.VERCEL_URL}/callback/'), []],
    ['a query', registers('https://${buildEnv.VERCEL_URL}/callback?x=1'), []],
    [
      'escapes',
      '{ "authKit": { "preview": { "configure": { "redirectUris": ["https:\\/\\/${VERCEL_URL}\\/callback"] } } } }',
      ['missingBuildEnv'],
    ],
    [
      'the same key twice',
      `{ "authKit": {}, "authKit": { "preview": { "configure": { "redirectUris": ["https://\${VERCEL_URL}/callback"] } } } }`,
      ['missingBuildEnv'],
    ],
    [
      'half a file',
      '{ "authKit": { "preview": { "configure": { "redirectUris": ["https://${VERCEL_URL}/callback"',
      ['missingBuildEnv'],
    ],
    ['nothing', '', ['no convex.json']],
  ])('%s', (_, text, expected) => {
    expect(
      look(
        { 'convex.json': text, 'proxy.ts': `${AUTHKIT}export default authkitProxy({ redirectUri: uri() });\n` },
        'convex.json',
      ),
    ).toEqual(expected);
  });
});
