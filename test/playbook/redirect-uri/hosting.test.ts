/** Where an app runs decides what is said, and what is written. */
import { afterAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../../analysis/edits/edits.ts';
import { readConvexJson } from '../../../playbook/redirect-uri/convex-json/convex-json.ts';
import { findInconsistentRegistrations } from '../../../playbook/redirect-uri/convex-json/consistent-json.ts';
import { findHardcodedRegistrations } from '../../../playbook/redirect-uri/convex-json/hardcoded-json.ts';
import { findInvalidRegistrations } from '../../../playbook/redirect-uri/convex-json/valid-json.ts';
import { findInconsistentPreviewHosts } from '../../../playbook/redirect-uri/detect/consistent.ts';
import { findHardcodedRedirectHosts } from '../../../playbook/redirect-uri/detect/hardcoded.ts';
import { findInvalidRedirectUris } from '../../../playbook/redirect-uri/detect/valid.ts';
import { hostingShown } from '../../../playbook/redirect-uri/hosting/hosting.ts';
import { type AuthKitSettings, openProject } from '../../../project/project.ts';
import { parsed } from '../../helpers/parse.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const fixtures: { remove: () => void }[] = [];
afterAll(() => {
  for (const fixture of fixtures) fixture.remove();
});

type Files = Readonly<Record<string, string>>;

const PACKAGE = '{ "name": "web", "dependencies": { "next": "16.4.0", "@workos-inc/authkit-nextjs": "4.3.0" } }';
const CALLBACK = "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n";
const APP: Files = { 'package.json': PACKAGE, 'app/callback/route.ts': CALLBACK };

function look(files: Files, path = 'proxy.ts', settings: AuthKitSettings = {}) {
  const fixture = projectFixture(files);
  fixtures.push(fixture);
  const project = openProject({ cwd: fixture.root, settings: { authkit: settings } });
  const text = files[path] ?? '';
  const json = path.endsWith('.json') ? readConvexJson(fixture.path(path), text) : undefined;
  const file = json ? undefined : parsed(fixture.path(path), text);
  const findings = json
    ? [
        ...findHardcodedRegistrations(json, project),
        ...findInvalidRegistrations(json, project),
        ...findInconsistentRegistrations(json, project),
      ]
    : file
      ? [
          ...findHardcodedRedirectHosts(file, project),
          ...findInvalidRedirectUris(file, project),
          ...findInconsistentPreviewHosts(file, project),
        ]
      : [];
  const edits = findings.map(({ fix }) => fix?.edits ?? []);
  return {
    found: findings.map(({ messageId }) => messageId),
    findings,
    fixed: applyEdits(text, edits).text,
    hosting: file && hostingShown(file, project),
  };
}

const AUTHKIT = "import { authkit, authkitProxy, getSignInUrl, signOut } from '@workos-inc/authkit-nextjs';\n";
const proxy = (value: string, before = '') =>
  `${AUTHKIT}${before}export default authkitProxy({ redirectUri: ${value} });\n`;
const ORIGIN = `${AUTHKIT}export const proxy = (request: Request) => authkit(request, { redirectUri: new URL('/callback', request.url).href });\n`;
const BY_NODE_ENV = proxy(
  "process.env.NODE_ENV === 'production' ? 'https://app.dev/callback' : 'http://localhost:3000/callback'",
);
const registers = (...redirectUris: string[]) =>
  JSON.stringify({ authKit: { preview: { configure: { redirectUris } } } });

describe('the platform', () => {
  it.each<[string, Files, string]>([
    ['vercel.json', { 'vercel.json': '{}' }, 'vercel'],
    ['.vercel/', { '.vercel/project.json': '{}' }, 'vercel'],
    ['a variable of Vercel’s in the code', { 'lib/a.ts': 'process.env.VERCEL_ENV' }, 'vercel'],
    ['a package of Vercel’s', { 'package.json': PACKAGE.replace('{ "next"', '{ "@vercel/og": "1", "next"') }, 'vercel'],
    ['previews in convex.json', { 'convex.json': '{ "authKit": { "preview": {} } }' }, 'vercel'],
    ['netlify.toml', { 'netlify.toml': '' }, 'netlify'],
    [
      'netlify.toml next to a package of Vercel’s',
      { 'netlify.toml': '', 'package.json': PACKAGE.replace('{ "next"', '{ "@vercel/og": "1", "next"') },
      'netlify',
    ],
    [
      'netlify.toml next to previews in convex.json',
      { 'netlify.toml': '', 'convex.json': registers('${buildEnv.DEPLOY_PRIME_URL}/callback') },
      'netlify',
    ],
    [
      'Netlify’s variable in convex.json',
      { 'convex.json': registers('${buildEnv.DEPLOY_PRIME_URL}/callback') },
      'netlify',
    ],
    ['Render’s variable in the code', { 'lib/a.ts': 'process.env.RENDER_EXTERNAL_URL' }, 'render'],
    ['railway.json', { 'railway.json': '{}' }, 'railway'],
    ['fly.toml', { 'fly.toml': '' }, 'fly'],
    ['wrangler.jsonc', { 'wrangler.jsonc': '{}' }, 'cloudflare'],
    ['a Dockerfile alone', { Dockerfile: '' }, 'docker'],
    ['a Dockerfile next to vercel.json', { Dockerfile: '', 'vercel.json': '{}' }, 'vercel'],
    ['a variable of Vercel’s in a test alone', { 'lib/a.test.ts': 'process.env.VERCEL_ENV' }, 'unknown'],
    [
      'its own host of Vercel’s next to AuthKit',
      { 'app/a.ts': `${AUTHKIT}signOut('https://shop.vercel.app')` },
      'vercel',
    ],
    ['a host of Vercel’s in other code', { 'app/a.ts': "link('https://demo.vercel.app')" }, 'unknown'],
    ['nothing', {}, 'unknown'],
  ])('is shown by %s', (_, files, expected) => {
    const { hosting } = look({ ...APP, ...files, 'proxy.ts': proxy('uri()') });
    expect(hosting?.kind === 'other' ? hosting.hosting.id : hosting?.kind).toBe(expected);
  });

  it('is shown by convex.json in another package of the workspace', () => {
    const files = {
      'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
      'apps/web/package.json': PACKAGE,
      'apps/web/app/callback/route.ts': CALLBACK,
      'apps/web/proxy.ts': ORIGIN,
      'packages/backend/package.json': '{ "name": "backend", "dependencies": { "convex": "1.48.0" } }',
      'packages/backend/convex.json': registers('https://${buildEnv.VERCEL_URL}/callback'),
    };
    expect(look(files, 'apps/web/proxy.ts').found).toEqual(['requestOrigin']);
    expect(look({ ...files, 'packages/backend/convex.json': '{}' }, 'apps/web/proxy.ts').found).toEqual([]);
  });

  it('of another app in the workspace is not this one’s, unless it is Vercel', () => {
    const files = {
      'package.json': '{ "private": true, "workspaces": ["apps/*"] }',
      'apps/web/package.json': PACKAGE,
      'apps/web/app/callback/route.ts': CALLBACK,
      'apps/web/proxy.ts': ORIGIN,
      'apps/worker/package.json': '{ "name": "worker" }',
    };
    expect(look({ ...files, 'apps/worker/wrangler.toml': '' }, 'apps/web/proxy.ts').hosting).toEqual({
      kind: 'unknown',
    });
    expect(look({ ...files, 'apps/worker/vercel.json': '{}' }, 'apps/web/proxy.ts').found).toEqual(['requestOrigin']);
  });
});

describe('elsewhere than on Vercel', () => {
  it.each<[string, Files, AuthKitSettings]>([
    ['on Netlify', { 'netlify.toml': '' }, {}],
    ['in a container', { Dockerfile: '' }, {}],
    ['by the settings', { 'vercel.json': '{}' }, { hosting: 'fixed' }],
    ['by the settings, on a platform', { 'vercel.json': '{}' }, { hosting: 'railway' }],
  ])('nothing of Vercel’s is said %s', (_, files, settings) => {
    for (const code of [ORIGIN, BY_NODE_ENV, proxy("process.env.SITE ?? 'https://app.dev/callback'")])
      expect(look({ ...APP, ...files, 'proxy.ts': code }, 'proxy.ts', settings).found).toEqual([]);
    const json = '{ "authKit": { "prod": { "configure": { "redirectUris": ["${buildEnv.URL}/callback"] } } } }';
    expect(look({ ...APP, ...files, 'convex.json': json }, 'convex.json', settings).found).toEqual([]);
  });

  it('a deployment of Netlify’s is wrong on its previews, and no edit writes VERCEL_URL', () => {
    const code = proxy("'https://shop.netlify.app/callback'");
    const { fixed, found } = look({ ...APP, 'netlify.toml': '', 'proxy.ts': code });
    expect([found, fixed]).toEqual([['literalHost'], code]);
    expect(
      look({ ...APP, 'railway.json': '{}', 'proxy.ts': proxy("'https://shop.up.railway.app/callback'") }).found,
    ).toEqual([]);
  });

  it('Netlify’s variable takes the place of a deployment in convex.json', () => {
    const { fixed, found } = look(
      { ...APP, 'convex.json': registers('https://shop.netlify.app/callback') },
      'convex.json',
    );
    expect(found).toEqual(['registeredDeployment']);
    expect(fixed).toBe(registers('${buildEnv.DEPLOY_PRIME_URL}/callback'));
  });

  it('a header and localhost stay wrong', () => {
    const files = { ...APP, Dockerfile: '' };
    const header = `${AUTHKIT}export const proxy = (r: Request) => authkit(r, { redirectUri: \`https://\${r.headers.get('host')}/callback\` });\n`;
    expect(look({ ...files, 'proxy.ts': header }).found).toEqual(['hostHeader']);
    const local = look({ ...files, 'proxy.ts': proxy("'http://localhost:3000/callback'") });
    expect([local.found, local.fixed]).toEqual([['localhost'], proxy("'http://localhost:3000/callback'")]);
  });
});

describe('where nothing shows a platform', () => {
  it('the editor offers Vercel’s variables, and no codemod writes them', () => {
    const { findings, fixed } = look({ ...APP, 'proxy.ts': BY_NODE_ENV });
    expect(fixed).toBe(BY_NODE_ENV);
    expect(findings).toMatchObject([{ messageId: 'productionHost', suggestions: [{ messageId: 'usePreviewHost' }] }]);
  });

  it('a host of Vercel’s shows Vercel', () => {
    expect(look({ ...APP, 'proxy.ts': proxy("'https://shop.vercel.app/callback'") }).fixed).toContain('VERCEL_URL');
  });
});

describe('localhost', () => {
  const env = { '.env.example': 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=http://localhost:3000/callback' };

  it('goes where the app has the variable, with a constant that nothing else uses', () => {
    const code = proxy('URI', "const URI = 'http://localhost:3000/callback';\n");
    expect(look({ ...APP, ...env, 'proxy.ts': code }).fixed).toBe(`${AUTHKIT}export default authkitProxy();\n`);
    const used = `${code}export { URI };\n`;
    expect(look({ ...APP, ...env, 'proxy.ts': used }).fixed).toContain('const URI =');
  });

  it('goes for nothing on previews that are registered', () => {
    const files = { ...APP, ...env, 'convex.json': registers('https://${buildEnv.VERCEL_BRANCH_URL}/callback') };
    const { fixed } = look({ ...files, 'proxy.ts': proxy("'http://localhost:3000/callback'") });
    expect(fixed).toContain('VERCEL_BRANCH_URL');
    expect(fixed).not.toContain('localhost');
    expect(look({ ...files, 'proxy.ts': fixed }).found).toEqual([]);
  });

  it('becomes a path where users sign out to it', () => {
    const out = (value: string) => `${AUTHKIT}export const out = () => signOut({ returnTo: ${value} });\n`;
    expect(look({ ...APP, 'proxy.ts': out("'http://localhost:3000/bye'") }).fixed).toBe(out("'/bye'"));
  });

  it('stays in WorkOS’s own client, which reads no variable', () => {
    const code =
      "import { WorkOS } from '@workos-inc/node';\nexport const url = () => new WorkOS().userManagement.getAuthorizationUrl({ provider: 'authkit', redirectUri: 'http://localhost:3000/callback' });\n";
    const { fixed, found } = look({ ...APP, ...env, 'proxy.ts': code });
    expect([found, fixed]).toEqual([['localhost'], code]);
  });

  it.each([
    [
      "process.env.VERCEL_ENV === 'preview' ? 'http://localhost:3000/callback' : 'https://app.dev/callback'",
      'on previews',
    ],
    [
      "process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : 'http://localhost:3000/callback'",
      'in production',
    ],
    ["'http://localhost:3000/callback'", 'on every deployment'],
  ])('is said to be where it is: %s', (value, reason) => {
    expect(look({ ...APP, 'proxy.ts': proxy(value) }).findings).toMatchObject([
      { messageId: 'localhost', data: { reason } },
    ]);
  });
});
