import { afterAll, describe, expect, it } from 'vitest';
import { findCallbackInConvexJson } from '../../../playbook/callback/find-in-convex-json.ts';
import { findCallbackInEnv } from '../../../playbook/callback/find-in-env.ts';
import { openProject } from '../../../project/project.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const fixtures: { remove: () => void }[] = [];
afterAll(() => {
  for (const fixture of fixtures) fixture.remove();
});

const NAME = 'NEXT_PUBLIC_WORKOS_REDIRECT_URI';
const APP = {
  'package.json': '{ "dependencies": { "next": "16.0.0", "@workos-inc/authkit-nextjs": "4.3.2" } }',
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
};

function look(name: string, text: string, files: Record<string, string> = {}) {
  const fixture = projectFixture({ ...APP, ...files, [name]: text });
  fixtures.push(fixture);
  const project = openProject({ cwd: fixture.root });
  const find = name.endsWith('.json') ? findCallbackInConvexJson : findCallbackInEnv;
  return find(fixture.path(name), text, project).map(({ data, messageId, range }) => ({
    messageId,
    at: text.slice(...range),
    data,
  }));
}

const ids = (...args: Parameters<typeof look>) => look(...args).map(({ messageId }) => messageId);
const withScripts = (scripts: Record<string, string>) => ({
  'package.json': JSON.stringify({ scripts, dependencies: { next: '16.0.0' } }),
});

describe('the path of the redirect URI in an env file', () => {
  it('is served by no route, and the callback that exists is named', () => {
    expect(look('.env.local', `${NAME}=http://localhost:3000/auth/callback`)).toEqual([
      {
        messageId: 'wrongPath',
        at: 'http://localhost:3000/auth/callback',
        data: {
          what: "'http://localhost:3000/auth/callback'",
          path: '/auth/callback',
          found: 'no route serves it',
          advice: "Use '/callback' (app/callback/route.ts).",
        },
      },
    ]);
    expect(look('.env.local', `${NAME}=http://localhost:3000/callback`)).toEqual([]);
  });

  it('is no route of the app where Convex serves it', () => {
    expect(ids('.env', `${NAME}=https://happy-otter-12.convex.site/auth/done`)).toEqual([]);
    expect(ids('.env', `${NAME}=https://convex.example.com/auth/done`)).toEqual(['wrongPath']);
  });

  it('is expanded as Next.js does it', () => {
    expect(ids('.env.local', `BASE=http://localhost:3000\n${NAME}=$BASE/nowhere`)).toEqual(['wrongPath']);
    expect(ids('.env.local', `BASE=http://localhost:3000\n${NAME}=\${BASE}/callback`)).toEqual([]);
    expect(ids('.env', `${NAME}=https://$VERCEL_URL/nowhere`)).toEqual([]);
    expect(ids('.env', `${NAME}=`)).toEqual([]);
  });

  it.each([
    ['is a page', { 'app/done/page.tsx': 'export default () => null;\n' }, ['wrongPath']],
    ['is a page of pages/', { 'pages/done.tsx': 'export default () => null;\n' }, ['wrongPath']],
    [
      'responds with something else',
      { 'app/done/route.ts': 'export const GET = () => Response.json({});\n' },
      ['wrongPath'],
    ],
    [
      'finishes sign-ins on POST, which the route itself is told',
      { 'app/done/route.ts': APP['app/callback/route.ts'].replace('GET', 'POST') },
      [],
    ],
    [
      'responds to POST with something else',
      { 'app/done/route.ts': 'export const POST = () => Response.json({});\n' },
      ['wrongPath'],
    ],
    [
      'starts the next sign-in',
      {
        'app/done/route.ts':
          "import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nexport const GET = async () => Response.redirect(await getSignInUrl());\n",
      },
      ['wrongPath'],
    ],
    [
      'asks a module that has nothing of WorkOS',
      {
        'app/done/route.ts': "import { ok } from '../../lib/ok';\nexport const GET = ok;\n",
        'lib/ok.ts': 'export const ok = () => new Response();\n',
      },
      ['wrongPath'],
    ],
    [
      'asks WorkOS by hand',
      {
        'app/done/route.ts':
          "import { WorkOS } from '@workos-inc/node';\nexport const GET = () => new WorkOS('').userManagement.authenticateWithCode({});\n",
      },
      [],
    ],
    [
      'asks a package that no one knows',
      { 'app/done/route.ts': "import { done } from '@acme/auth';\nexport const GET = done;\n" },
      [],
    ],
    [
      'loads what it needs',
      { 'app/done/route.ts': "export const GET = async () => (await import('@acme/auth')).done();\n" },
      [],
    ],
    ['hands on everything', { 'app/done/route.ts': "export * from '@acme/auth';\n" }, []],
    [
      'is not called, which is told in the route itself',
      { 'app/done/route.ts': APP['app/callback/route.ts'].replace('()', '') },
      [],
    ],
    [
      'may be redirected to the one that does',
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/done', destination: '/callback', permanent: true }] };\n",
      },
      [],
    ],
    [
      'is none of those that are redirected',
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/old', destination: '/new', permanent: true }] };\n",
      },
      ['wrongPath'],
    ],
    [
      'only begins as one that is redirected does',
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/done-with', destination: '/callback', permanent: true }] };\n",
      },
      ['wrongPath'],
    ],
    [
      'is where another path is redirected to',
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/login', destination: '/done/login', permanent: true }] };\n",
      },
      ['wrongPath'],
    ],
    [
      'is redirected to what no route serves',
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/done', destination: '/finished', permanent: true }] };\n",
      },
      ['wrongPath'],
    ],
    [
      'is redirected by a pattern',
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/:path', destination: '/callback', permanent: true }] };\n",
      },
      [],
    ],
    [
      'is redirected to another site',
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/done', destination: 'https://example.com/callback', permanent: true }] };\n",
      },
      [],
    ],
    [
      'may be redirected under a condition',
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/d(one|oing)', destination: '/callback', permanent: true }, { source: '/:path*', has: [{ type: 'host', value: 'www.example.com' }], destination: '/callback', permanent: true }] };\n",
      },
      [],
    ],
    [
      'is not redirected under a condition',
      {
        'next.config.ts':
          "export default { redirects: async () => [{ source: '/old/:path*', has: [{ type: 'host', value: 'www.example.com' }], destination: '/callback', permanent: true }] };\n",
      },
      ['wrongPath'],
    ],
    [
      'may be redirected by what another package lists',
      {
        'next.config.ts': "import { redirects } from '@acme/config';\nexport default { redirects };\n",
      },
      [],
    ],
    [
      'may be redirected by what is set later',
      {
        'next.config.ts': 'const config = {};\nconfig.redirects = async () => [];\nexport default config;\n',
      },
      [],
    ],
    ['may be served by a rewrite', { 'next.config.ts': 'export default { rewrites: async () => [] };\n' }, []],
  ])('%s', (_, files: Record<string, string>, expected) => {
    expect(ids('.env.local', `${NAME}=http://localhost:3000/done`, files)).toEqual(expected);
  });

  it('counts neither in examples nor in files for tests', () => {
    for (const name of ['.env.example', '.env.test']) expect(ids(name, `${NAME}=http://localhost:3000/no`)).toEqual([]);
  });
});

describe('the port of a redirect URI on localhost', () => {
  const line = `${NAME}=http://localhost:3000/callback`;

  it.each([
    ['next dev --port 3001', 'http://localhost:3001/callback'],
    ['next dev -p 3001', 'http://localhost:3001/callback'],
    ['PORT=3001 next dev --turbopack', 'http://localhost:3001/callback'],
    ['concurrently "convex dev" "next dev --port=3001"', 'http://localhost:3001/callback'],
    ['next dev --experimental-https', 'https://localhost:3000/callback'],
  ])('differs from that of %s', (dev, instead) => {
    const [finding, ...others] = look('.env.local', line, withScripts({ dev }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ messageId: 'otherDevPort', data: { script: 'dev', instead } });
  });

  it.each([
    ['is the default', { dev: 'next dev' }],
    ['is written there', { dev: 'next dev -p 3000' }],
    ['is that of another script', { dev: 'next dev -p 3001', 'dev:auth': 'next dev --port 3000' }],
    ['is a variable', { dev: 'next dev -p $PORT' }],
    ['is chosen by another program', { dev: 'portless app next dev' }],
    ['is not known where nothing runs next dev', { dev: 'turbo dev' }],
  ])('%s', (_, scripts: Record<string, string>) => {
    expect(ids('.env.local', line, withScripts(scripts))).toEqual([]);
  });

  it.each([
    ['a container publishes it', 8080, { 'compose.yaml': 'services:\n  web:\n    ports: ["8080:3000"]\n' }],
    ['the dev server of a platform has it', 4000, withScripts({ dev: 'vercel dev --listen 4000', next: 'next dev' })],
    ['netlify dev chooses it', 8888, withScripts({ dev: 'next dev', start: 'netlify dev' })],
    ['netlify dev may choose it', 8888, { 'netlify.toml': '[build]\n' }],
    ['a container of development has it', 8080, { 'docker-compose.dev.yml': 'ports:\n  - "${PORT:-8080}:3000"\n' }],
    [
      'a container has it in the long form',
      8080,
      { 'compose.yaml': 'ports:\n  - target: 3000\n    published: "8080"\n' },
    ],
    ['a container shares the network', 8080, { 'compose.yaml': 'network_mode: host\ncommand: caddy --from :8080\n' }],
  ])('may be that of something in front: %s', (_, port, files) => {
    const text = `${NAME}=http://localhost:${String(port)}/callback`;
    expect(ids('.env.local', text, { ...withScripts({ dev: 'next dev' }), ...files })).toEqual([]);
    expect(
      ids('.env.local', text, { ...withScripts({ dev: 'next dev' }), 'compose.yaml': 'ports: ["5432:5432"]\n' }),
    ).toEqual(['otherDevPort']);
  });

  it('may be that of vercel dev, which is the one of Next.js', () => {
    const files = { dev: 'vercel dev', next: 'next dev -p 3001' };
    expect(ids('.env.local', `${NAME}=http://localhost:3000/callback`, withScripts(files))).toEqual([]);
    expect(ids('.env.local', `${NAME}=http://localhost:3002/callback`, withScripts(files))).toEqual(['otherDevPort']);
  });

  it.each([
    [
      'inside of a container',
      3000,
      { ...withScripts({ dev: 'next dev -p 3001' }), 'compose.yaml': 'ports: ["8080:3000"]\n' },
    ],
    [
      'of a version',
      4000,
      {
        'package.json':
          '{ "version": "1.0.4000", "scripts": { "dev": "next dev" }, "dependencies": { "next": "16.0.0" } }',
      },
    ],
    ['that netlify dev does not choose', 3001, withScripts({ dev: 'next dev', start: 'netlify dev' })],
  ])('is not that of something in front where the number is one %s', (_, port, files) => {
    expect(ids('.env.local', `${NAME}=http://localhost:${String(port)}/callback`, files)).toEqual(['otherDevPort']);
  });

  it('does not matter for a host that is not this machine, nor behind something that speaks https', () => {
    const files = withScripts({ dev: 'next dev -p 3001' });
    expect(ids('.env.local', `${NAME}=https://my-tunnel.example.com/callback`, files)).toEqual([]);
    expect(ids('.env.local', `${NAME}=https://localhost/callback`, files)).toEqual([]);
  });

  it('survives a package.json of the wrong types', () => {
    expect(
      ids('.env.local', line, { 'package.json': '{ "scripts": [1], "dependencies": { "next": "16.0.0" } }' }),
    ).toEqual([]);
  });
});

describe('what convex.json registers for dev', () => {
  const registers = (...uris: string[]) => ({
    'convex.json': JSON.stringify({ authKit: { dev: { configure: { redirectUris: uris } } } }),
  });

  it('is what the env file has to say, to the letter', () => {
    const line = `${NAME}=http://localhost:3000/callback`;
    expect(ids('.env.local', line, registers('http://localhost:3001/callback'))).toEqual(['otherDevUri']);
    expect(ids('.env.local', line, registers('http://127.0.0.1:3000/callback'))).toEqual(['otherDevUri']);
    expect(ids('.env.local', line, registers('http://x.dev/callback', 'http://localhost:3000/callback'))).toEqual([]);
    expect(ids('.env.local', line, registers('http://localhost:${buildEnv.PORT}/callback'))).toEqual([]);
    expect(ids('.env.production', line, registers('http://localhost:3001/callback'))).toEqual([]);
  });
});

describe('the dev side of convex.json', () => {
  const dev = (uris: readonly string[], local?: string) =>
    JSON.stringify({
      authKit: {
        dev: { configure: { redirectUris: uris }, localEnvVars: local === undefined ? {} : { [NAME]: local } },
      },
    });

  it('registers the port of next dev', () => {
    const files = withScripts({ dev: 'next dev -p 3001' });
    expect(ids('convex.json', dev(['http://localhost:3000/callback']), files)).toEqual(['otherDevPort']);
    expect(
      ids('convex.json', dev(['http://localhost:3000/callback', 'http://localhost:3001/callback']), files),
    ).toEqual([]);
    expect(ids('convex.json', dev(['https://tunnel.example.com/callback']), files)).toEqual([]);
  });

  it('writes into .env.local what it registers', () => {
    const uris = ['http://localhost:3000/callback'];
    expect(ids('convex.json', dev(uris, 'http://localhost:3000/callback'))).toEqual([]);
    expect(ids('convex.json', dev(uris, 'https://localhost:3000/callback'))).toEqual(['otherDevUri']);
    expect(ids('convex.json', dev(uris, 'http://localhost:${buildEnv.PORT}/callback'))).toEqual([]);
  });
});

describe('a path that convex.json registers', () => {
  const json = (uri: string) =>
    JSON.stringify({
      authKit: { preview: { configure: { redirectUris: [uri] } }, prod: { configure: { redirectUris: [uri] } } },
    });

  it('is served by no route, and told once', () => {
    expect(ids('convex.json', json('https://${buildEnv.VERCEL_URL}/auth/callback'))).toEqual(['wrongPath']);
    expect(ids('convex.json', json('https://${buildEnv.VERCEL_URL}/callback'))).toEqual([]);
  });

  it('is told in the proxy or the env file where they send it', () => {
    const uri = 'https://${buildEnv.VERCEL_URL}/done';
    const proxy =
      "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/done` : undefined });\n";
    expect(ids('convex.json', json(uri), { 'proxy.ts': proxy })).toEqual([]);
    expect(ids('convex.json', json(uri), { '.env.local': `${NAME}=http://localhost:3000/done` })).toEqual([]);
  });

  it('is told by consistent-preview-host where the proxy sends another path on previews', () => {
    const preview = JSON.stringify({
      authKit: { preview: { configure: { redirectUris: ['https://${buildEnv.VERCEL_URL}/done'] } } },
    });
    const proxy = (host: string) =>
      `import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy({ redirectUri: \`https://\${process.env.${host}}/callback\` });\n`;
    expect(ids('convex.json', preview, { 'proxy.ts': proxy('VERCEL_URL') })).toEqual([]);
    expect(ids('convex.json', preview, { 'proxy.ts': proxy('OWN_HOST') })).toEqual(['wrongPath']);
  });

  it('may be another app’s where the host is written down, and no JSON is no reason to throw', () => {
    expect(ids('convex.json', json('https://app.example.com/nowhere'))).toEqual([]);
    expect(ids('convex.json', '<html>')).toEqual([]);
    expect(ids('convex.json', '{ "authKit": { "dev": { "configure": { "redirectUris": 1 } } } }')).toEqual([]);
  });
});
