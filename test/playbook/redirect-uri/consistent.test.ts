import { afterAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../../analysis/edits/edits.ts';
import type { Finding } from '../../../playbook/finding.ts';
import { findInconsistentRegistrations } from '../../../playbook/redirect-uri/convex-json/consistent-json.ts';
import { findInconsistentPreviewHosts } from '../../../playbook/redirect-uri/detect/consistent.ts';
import { readConvexJson } from '../../../playbook/redirect-uri/convex-json/convex-json.ts';
import { type AuthKitSettings, openProject } from '../../../project/project.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { flat, parse } from './support.ts';

const fixtures: { remove: () => void }[] = [];
afterAll(() => {
  for (const fixture of fixtures) fixture.remove();
});

const registers = (variable: string, path = '/callback', cors = variable) =>
  JSON.stringify({
    authKit: {
      preview: {
        configure: {
          redirectUris: [`https://\${buildEnv.${variable}}${path}`],
          corsOrigins: [`https://\${buildEnv.${cors}}`],
        },
      },
    },
  });
const proxy = (options: string) =>
  `import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy(${options});\n`;
const sends = (variable: string, path = '/callback') =>
  proxy(
    `{ redirectUri: process.env.VERCEL_ENV === 'preview' ? \`https://\${process.env.${variable}}${path}\` : undefined }`,
  );
const CALLBACK = {
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
};

function look(path: string, files: Record<string, string>, settings: AuthKitSettings = {}) {
  const fixture = projectFixture({ ...CALLBACK, ...files });
  fixtures.push(fixture);
  const project = openProject({ cwd: fixture.root, settings: { authkit: settings } });
  const text = files[path] ?? '';
  let findings: readonly Finding[];
  if (path.endsWith('.json')) {
    const json = readConvexJson(fixture.path(path), text);
    findings = json ? findInconsistentRegistrations(json, project) : [];
  } else findings = findInconsistentPreviewHosts(parse(fixture.path(path), text), project);
  return {
    found: findings.map(({ messageId, range }) => `${messageId}: ${text.slice(...range)}`),
    fixed: applyEdits(
      text,
      findings.map(({ fix }) => fix?.edits ?? []),
    ).text,
    findings,
  };
}

describe('a proxy that sends nothing', () => {
  it('is told what is registered', () => {
    const { fixed, found } = look('proxy.ts', { 'proxy.ts': proxy(''), 'convex.json': registers('VERCEL_BRANCH_URL') });
    expect(found).toEqual(['nothingSent: authkitProxy']);
    expect(flat(fixed)).toBe(flat(sends('VERCEL_BRANCH_URL')));
  });

  it('gets the option in the options it has, in their layout', () => {
    const code = proxy('{\n  debug: true,\n}');
    const { fixed } = look('proxy.ts', { 'proxy.ts': code, 'convex.json': registers('VERCEL_URL') });
    expect(flat(fixed)).toBe(
      flat(
        proxy(
          "{\n  redirectUri: process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : undefined,\n  debug: true,\n}",
        ),
      ),
    );
  });

  it.each([
    ['undefined', 'undefined'],
    [
      'what production sends',
      "process.env.VERCEL_ENV === 'production' ? `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback` : undefined",
    ],
  ])('gets the guard before the option that it has: %s', (_, value) => {
    const { fixed, found } = look('proxy.ts', {
      'proxy.ts': proxy(`{ redirectUri: ${value}, debug: true }`),
      'convex.json': registers('VERCEL_URL'),
    });
    expect(found).toEqual(['nothingSent: authkitProxy']);
    expect(flat(fixed)).toBe(
      flat(
        proxy(
          `{ redirectUri: process.env.VERCEL_ENV === 'preview' ? \`https://\${process.env.VERCEL_URL}/callback\` : ${value}, debug: true }`,
        ),
      ),
    );
    expect(look('proxy.ts', { 'proxy.ts': fixed, 'convex.json': registers('VERCEL_URL') }).found).toEqual([]);
  });

  it('gets the option in the constant that holds its options', () => {
    const code =
      "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nconst options = { debug: true };\nexport default authkitProxy(options);\n";
    const { fixed } = look('proxy.ts', { 'proxy.ts': code, 'convex.json': registers('VERCEL_URL') });
    expect(flat(fixed)).toContain(
      flat(
        "const options = { redirectUri: process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : undefined, debug: true };",
      ),
    );
  });

  it('is found where it calls authkit() itself', () => {
    const code =
      "import { authkit } from '@workos-inc/authkit-nextjs';\nexport async function proxy(request: Request) { const { session, headers } = await authkit(request); }\n";
    const { fixed, found } = look('proxy.ts', { 'proxy.ts': code, 'convex.json': registers('VERCEL_URL') });
    expect(found).toEqual(['nothingSent: authkit']);
    expect(flat(fixed)).toContain(flat("authkit(request, { redirectUri: process.env.VERCEL_ENV === 'preview'"));
  });

  it.each([
    ['nothing is registered', { 'proxy.ts': proxy('') }],
    ['only production is registered', { 'proxy.ts': proxy(''), 'convex.json': '{ "authKit": { "prod": {} } }' }],
    [
      'the config gives previews the variable',
      {
        'proxy.ts': proxy(''),
        'convex.json': registers('VERCEL_URL'),
        'next.config.ts': 'export default { env: { NEXT_PUBLIC_WORKOS_REDIRECT_URI: uri } };',
      },
    ],
    [
      'an env file gives previews the variable',
      {
        'proxy.ts': proxy(''),
        'convex.json': registers('VERCEL_URL'),
        '.env.production': 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=https://$VERCEL_URL/callback',
      },
    ],
    [
      'only the session is read',
      {
        'proxy.ts':
          "import { authkit } from '@workos-inc/authkit-nextjs';\nexport async function proxy(r: Request) { const { session } = await authkit(r); }",
        'convex.json': registers('VERCEL_URL'),
      },
    ],
    ['no one can tell what is sent', { 'proxy.ts': proxy('options()'), 'convex.json': registers('VERCEL_URL') }],
  ])('is right where %s', (_, files: Record<string, string>) => {
    expect(look('proxy.ts', files).found).toEqual([]);
  });

  it('is found in a monorepo', () => {
    const files = {
      'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
      'apps/web/package.json': '{ "name": "web", "dependencies": { "next": "16.0.0", "backend": "*" } }',
      'apps/web/src/proxy.ts': proxy(''),
      'apps/web/src/app/page.tsx': '',
      'packages/backend/package.json': '{ "name": "backend", "dependencies": { "convex": "1.48.0" } }',
      'packages/backend/convex.json': registers('VERCEL_URL'),
    };
    expect(look('apps/web/src/proxy.ts', files).found).toEqual(['nothingSent: authkitProxy']);
  });
});

describe('another host than the registered one', () => {
  const files = { 'proxy.ts': sends('VERCEL_URL'), 'convex.json': registers('VERCEL_BRANCH_URL') };

  it('is pointed at in the proxy, and the registered one written', () => {
    expect(look('proxy.ts', files).found).toEqual(['otherHost: process.env.VERCEL_URL']);
    expect(flat(look('proxy.ts', files).fixed)).toBe(flat(sends('VERCEL_BRANCH_URL')));
  });

  it('is one finding: none in convex.json, which is the measure', () => {
    expect(look('convex.json', files).found).toEqual([]);
  });

  it.each([
    ['a fixed host', 'https://preview.app.dev'],
    ['the production host', 'https://${buildEnv.VERCEL_PROJECT_PRODUCTION_URL}'],
  ])('is for convex.json to change where it registers %s, with its origins', (_, host) => {
    const registered = (origin: string) =>
      JSON.stringify({
        authKit: { preview: { configure: { redirectUris: [`${origin}/callback`], corsOrigins: [origin] } } },
      });
    const project = { ...files, 'convex.json': registered(host) };
    expect(look('proxy.ts', project).found).toEqual([]);
    const { fixed, found } = look('convex.json', project);
    expect(found).toEqual([`otherRegisteredHost: "${host}/callback"`]);
    expect(flat(fixed)).toBe(flat(registered('https://${buildEnv.VERCEL_URL}')));
    expect(look('convex.json', { ...project, 'convex.json': fixed }).found).toEqual([]);
  });

  it.each([
    ['a wildcard', 'https://shop-*-acme.vercel.app/callback'],
    ['a mobile app next to the preview', 'shop://auth/callback'],
  ])('is not known, or none of the web’s: %s', (_, uri) => {
    const project = {
      ...files,
      'convex.json': JSON.stringify({ authKit: { preview: { configure: { redirectUris: [uri] } } } }),
    };
    expect(look('proxy.ts', project).found).toEqual([]);
    expect(look('convex.json', project).found).toEqual([]);
  });

  it('leaves the production host to no-hardcoded-redirect-host', () => {
    const production = {
      'proxy.ts': proxy('{ redirectUri: `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback` }'),
      'convex.json': registers('VERCEL_URL'),
    };
    expect(look('proxy.ts', production).found).toEqual([]);
  });

  it('takes the test before it along', () => {
    const code = (name: string) =>
      proxy(`{ redirectUri: process.env.${name} ? \`https://\${process.env.${name}}/callback\` : undefined }`);
    expect(flat(look('proxy.ts', { ...files, 'proxy.ts': code('VERCEL_URL') }).fixed)).toBe(
      flat(code('VERCEL_BRANCH_URL')),
    );
  });

  it.each(['VERCEL_URL', 'VERCEL_BRANCH_URL'])('is right in both places: %s', (variable) => {
    const same = { 'proxy.ts': sends(variable), 'convex.json': registers(variable) };
    expect(look('proxy.ts', same).found).toEqual([]);
    expect(look('convex.json', same).found).toEqual([]);
  });

  it('is what settings.authkit.previewHost says, in both places', () => {
    const settings = { previewHost: 'VERCEL_URL' } as const;
    const both = { 'proxy.ts': sends('VERCEL_BRANCH_URL'), 'convex.json': registers('VERCEL_BRANCH_URL') };
    expect(look('proxy.ts', both, settings).found).toEqual(['otherSettingsHost: process.env.VERCEL_BRANCH_URL']);
    expect(flat(look('proxy.ts', both, settings).fixed)).toBe(flat(sends('VERCEL_URL')));
    expect(flat(look('convex.json', both, settings).fixed)).toBe(flat(registers('VERCEL_URL')));
  });

  it('is given origins', () => {
    const cors = {
      'proxy.ts': sends('VERCEL_URL'),
      'convex.json': registers('VERCEL_URL', '/callback', 'VERCEL_BRANCH_URL'),
    };
    expect(look('convex.json', cors).found).toEqual(['otherCorsHost: "https://${buildEnv.VERCEL_BRANCH_URL}"']);
    expect(flat(look('convex.json', cors).fixed)).toBe(flat(registers('VERCEL_URL')));
  });

  it('is given sign-out', () => {
    const route = (name: string) =>
      `import { signOut } from '@workos-inc/authkit-nextjs';\nexport const POST = () => signOut({ returnTo: process.env.VERCEL_ENV === 'preview' ? \`https://\${process.env.${name}}/\` : '/' });\n`;
    const out = { 'proxy.ts': sends('VERCEL_BRANCH_URL'), 'app/sign-out/route.ts': route('VERCEL_URL') };
    expect(look('app/sign-out/route.ts', out).found).toEqual(['otherSignOutHost: process.env.VERCEL_URL']);
    expect(flat(look('app/sign-out/route.ts', out).fixed)).toBe(flat(route('VERCEL_BRANCH_URL')));
    expect(
      look('app/sign-out/route.ts', { ...out, 'app/sign-out/route.ts': route('VERCEL_BRANCH_URL') }).found,
    ).toEqual([]);
  });
});

describe('the callback path', () => {
  it('differs from the registered one', () => {
    const files = {
      'proxy.ts': sends('VERCEL_URL', '/auth/callback'),
      'convex.json': registers('VERCEL_URL'),
      'app/auth/callback/route.ts': CALLBACK['app/callback/route.ts'],
    };
    expect(look('proxy.ts', files).found).toEqual(['otherPath: process.env.VERCEL_URL']);
  });
});
