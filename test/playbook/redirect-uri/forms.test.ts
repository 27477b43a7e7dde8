/** Forms of wrong hosts and URIs, each next to its closest innocent neighbour; and input of any size. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../analysis/edits/edits.ts';
import { readConvexJson } from '../../../playbook/redirect-uri/convex-json/convex-json.ts';
import { findInconsistentRegistrations } from '../../../playbook/redirect-uri/convex-json/consistent-json.ts';
import { findHardcodedRegistrations } from '../../../playbook/redirect-uri/convex-json/hardcoded-json.ts';
import { findInvalidRegistrations } from '../../../playbook/redirect-uri/convex-json/valid-json.ts';
import { findHardcodedRedirectHosts } from '../../../playbook/redirect-uri/detect/hardcoded.ts';
import { findInvalidRedirectUris } from '../../../playbook/redirect-uri/detect/valid.ts';
import { openProject } from '../../../project/project.ts';
import { ask } from './support.ts';

const AUTHKIT =
  "import { authkit, authkitProxy, getSignInUrl, handleAuth, signOut } from '@workos-inc/authkit-nextjs';\n";
const proxy = (value: string, before = '') =>
  `${AUTHKIT}${before}export default authkitProxy({ redirectUri: ${value} });\n`;
const withRequest = (body: string) =>
  `${AUTHKIT}import type { NextRequest } from 'next/server';\nconst HOSTS = new Set(['app.dev']);\nexport async function proxy(request: NextRequest) {\nconst host = request.headers.get('host') ?? '';\n${body}\n}\n`;
const hardcoded = (code: string) => ask(findHardcodedRedirectHosts, code).findings.map(({ messageId }) => messageId);
const invalid = (code: string) => ask(findInvalidRedirectUris, code).findings.map(({ messageId }) => messageId);
const send = (value: string) => `return authkit(request, { redirectUri: ${value} });`;

describe('a Host header next to another arm', () => {
  it.each([
    ['behind a variable', send('process.env.SITE ?? `https://${host}/callback`')],
    [
      'behind one known host',
      `if (host === 'app.dev') return authkit(request, { redirectUri: 'https://app.dev/callback' });\n${send('`https://${host}/callback`')}`,
    ],
    [
      'in a condition of something else',
      send('request.nextUrl.searchParams.has("x") ? `https://${host}/callback` : process.env.SITE'),
    ],
    ['that is there', send('host ? `https://${host}/callback` : process.env.SITE')],
    [
      'that is not localhost',
      send("host.startsWith('localhost') ? 'http://localhost:3000/callback' : `https://${host}/callback`"),
    ],
    [
      'in a variable',
      `let base = process.env.SITE;\nif (!base) base = \`https://\${host}\`;\n${send('`${base}/callback`')}`,
    ],
  ])('is wrong: %s', (_, body) => {
    expect(hardcoded(withRequest(body))).toEqual(['hostHeader']);
  });

  it.each([
    ['in a list', send('HOSTS.has(host) ? `https://${host}/callback` : process.env.SITE')],
    ['not in a list', send('!HOSTS.has(host) ? process.env.SITE : `https://${host}/callback`')],
    [
      'in one of two lists',
      send("HOSTS.has(host) || host === 'b.dev' ? `https://${host}/callback` : process.env.SITE"),
    ],
    ['in a list, by &&', send('(HOSTS.has(host) && `https://${host}/callback`) || process.env.SITE')],
    ['by if and else', `if (HOSTS.has(host)) ${send('`https://${host}/callback`')}\nelse ${send('process.env.SITE')}`],
    [
      'in a variable',
      `const base = HOSTS.has(host) ? \`https://\${host}\` : process.env.SITE;\n${send('`${base}/callback`')}`,
    ],
    ['by a function that throws', `assertKnown(host);\n${send('process.env.SITE ?? `https://${host}/callback`')}`],
    ['only compared', send("host === 'b.dev' ? 'https://b.dev/callback' : process.env.SITE")],
    ['given to a function that decides', send('pick(host) ?? process.env.SITE')],
  ])('is right: %s', (_, body) => {
    const helpers =
      'declare function assertKnown(host: string): void;\nconst pick = (host: string) => (HOSTS.has(host) ? `https://${host}/callback` : undefined);\n';
    expect(hardcoded(withRequest(body) + helpers)).toEqual([]);
  });
});

describe('a branch host made by hand', () => {
  const REF = "const ref = process.env.VERCEL_GIT_COMMIT_REF?.replace('/', '-');\n";
  it('is a deployment’s, and the platform’s own variable takes its place, with what made it', () => {
    const code = (value: string, before = '') =>
      proxy(`process.env.VERCEL_ENV === 'preview' ? ${value} : undefined`, before);
    const { fixed, found } = ask(
      findHardcodedRedirectHosts,
      code('`https://shop-git-${ref}-acme.vercel.app/callback`', REF),
    );
    expect(found).toEqual(['branchHost: `https://shop-git-${ref}-acme.vercel.app/callback`']);
    expect(fixed).toBe(code('`https://${process.env.VERCEL_BRANCH_URL}/callback`'));
  });

  it.each(['`https://${process.env.APP}.vercel.app/callback`', '`https://shop-${slug()}.netlify.app/callback`'])(
    '%s',
    (value) => {
      expect(hardcoded(proxy(value))).toEqual(['branchHost']);
    },
  );

  it.each([
    '`https://${slug()}.app.dev/callback`',
    '`https://app.dev/${slug()}.vercel.app`',
    '`https://${process.env.HOST}/callback`',
  ])('is none: %s', (value) => {
    expect(hardcoded(proxy(value))).toEqual([]);
  });
});

describe('a URI that is not absolute', () => {
  it.each([
    ["'/dashboard'", 'relativeUri'],
    ["'app.dev/callback'", 'relativeUri'],
    ["'localhost:3000/callback'", 'relativeUri'],
    ['`/callback?next=${next()}`', 'relativeUri'],
    ["'https://*.app.dev/callback'", 'wildcardHost'],
  ])('%s', (value, messageId) => {
    expect(invalid(proxy(value))).toEqual([messageId]);
  });

  it.each([
    "'https://app.dev/*'",
    "'myapp://auth/callback'",
    "''",
    "`${process.env.SITE ?? ''}/callback`",
    "process.env.NODE_ENV === 'development' ? '/callback' : process.env.SITE",
    "process.env.BASE + '/callback'",
  ])('is none: %s', (value) => {
    expect(invalid(proxy(value))).toEqual([]);
  });

  it('is right to return to after signing out, and wrong as a base', () => {
    expect(invalid(`${AUTHKIT}export const out = () => signOut({ returnTo: '/bye' });`)).toEqual([]);
    expect(invalid(`${AUTHKIT}export const GET = handleAuth({ baseURL: '/' });`)).toEqual(['relativeUri']);
  });
});

describe('WorkOS’s own client', () => {
  const out = (client: string, value: string) =>
    `import { WorkOS } from '@workos-inc/node';\nconst workos = new WorkOS();\nexport const url = () => ${client}.getLogoutUrl({ sessionId: 's', returnTo: ${value} });\n`;
  it.each(['workos.userManagement', 'new WorkOS().userManagement'])('signs out by %s', (client) => {
    expect(hardcoded(out(client, "'https://shop.vercel.app'"))).toEqual(['literalHost']);
    expect(hardcoded(out(client, 'process.env.SITE'))).toEqual([]);
  });

  it('is no other client', () => {
    expect(hardcoded(out('auth0', "'https://shop.vercel.app'"))).toEqual([]);
  });
});

describe('what goes wrong', () => {
  const outcome = (code: string) => ask(findHardcodedRedirectHosts, code).findings[0]?.data['outcome'];
  it('is redirect-uri-invalid for redirect URIs alone', () => {
    expect(outcome(proxy("'https://shop.vercel.app/callback'"))).toContain('redirect-uri-invalid');
    expect(outcome(`${AUTHKIT}export const GET = handleAuth({ baseURL: 'https://shop.vercel.app' });`)).not.toContain(
      'invalid',
    );
    expect(
      outcome(`${AUTHKIT}export const out = () => signOut({ returnTo: 'https://shop.vercel.app' });`),
    ).not.toContain('invalid');
  });

  it('shows no password and no key', () => {
    const { findings } = ask(
      findHardcodedRedirectHosts,
      proxy("'https://me:PASSWORD@shop.vercel.app/callback?api_key=abc'"),
    );
    expect(JSON.stringify(findings[0]?.data)).not.toMatch(/PASSWORD|abc/u);
  });
});

describe('a template behind another variable', () => {
  it('is the one that is named and tested', () => {
    const code = (arm: string) => proxy(`\`\${process.env.SITE || ${arm}}/callback\``);
    const { findings, fixed, found } = ask(findInvalidRedirectUris, code("`https://${process.env.HOST}` || ''"));
    expect(found).toEqual(['testedTemplate: `https://${process.env.HOST}`']);
    expect(findings).toMatchObject([{ data: { name: 'HOST' } }]);
    expect(fixed).toBe(code("(process.env.HOST ? `https://${process.env.HOST}` : '')"));
    expect(ask(findInvalidRedirectUris, fixed).found).toEqual([]);
  });
});

describe('convex.json', () => {
  const project = openProject({ cwd: '/nowhere/app', settings: { authkit: { hosting: 'vercel' } } });
  const look = (text: string) => {
    const json = readConvexJson('/nowhere/app/convex.json', text);
    return json
      ? [
          ...findHardcodedRegistrations(json, project),
          ...findInvalidRegistrations(json, project),
          ...findInconsistentRegistrations(json, project),
        ]
      : [];
  };
  const words = (text: string) =>
    look(text).map(({ data, messageId }) => `${messageId}: ${data['name'] ?? ''} ${data['instead'] ?? ''}`);

  it.each([
    ['{ "authkit": {} }', 'authkit authKit'],
    ['{ "auth-kit": {} }', 'auth-kit authKit'],
    ['{ "authKit": { "previews": {} } }', 'previews preview'],
    ['{ "authKit": { "preveiw": {} } }', 'preveiw preview'],
    ['{ "authKit": { "production": {} } }', 'production prod'],
    ['{ "authKit": { "preview": { "configuration": {}, "config": {} } } }', undefined],
    ['{ "authKit": { "preview": { "configur": {} } } }', 'configur configure'],
    ['{ "authKit": { "preview": { "configure": { "redirectURIs": [] } } } }', 'redirectURIs redirectUris'],
    ['{ "authKit": { "preview": { "configure": { "redirectUrls": [] } } } }', 'redirectUrls redirectUris'],
    ['{ "authKit": { "preview": { "configure": { "corsOrigin": [] } } } }', 'corsOrigin corsOrigins'],
    ['{ "authKit": { "preview": { "redirectUris": [] } } }', 'redirectUris configure.redirectUris'],
    ['{ "authKit": { "preview": { "configure": { "redirectUris": [], "redirectURIs": [] } } } }', undefined],
    ['{ "functions": "convex/", "auth": {}, "authKit": { "staging": {} } }', undefined],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected === undefined ? [] : [`misspeltKey: ${expected}`]);
  });

  it.each(['preview', 'prod'])('http under %s', (environment) => {
    const text = `{ "authKit": { "${environment}": { "configure": { "redirectUris": ["http://\${buildEnv.VERCEL_BRANCH_URL}/callback"] } } } }`;
    expect(words(text)).toEqual(['jsonPlainHttp: VERCEL_BRANCH_URL https://${buildEnv.VERCEL_BRANCH_URL}/callback']);
    expect(words(text.replace('http:', 'https:'))).toEqual([]);
  });

  it('is one finding a string, whatever else is wrong with it', () => {
    const strings = ['"http://${VERCEL_URL}/callback"', '"https://$VERCEL_URL"', '"${buildEnv.BRANCH_URL}/x"'];
    expect(
      look(`{ "authKit": { "preview": { "configure": { "redirectUris": [${strings.join(', ')}] } } } }`),
    ).toHaveLength(3);
  });

  it('nested five thousand deep is no convex.json', () => {
    expect(look(`{ "authKit": ${'['.repeat(5_000)}${']'.repeat(5_000)} }`)).toEqual([]);
  });

  it('may register thirty thousand URIs, and a string of a megabyte', () => {
    const uris = Array.from(
      { length: 30_000 },
      (_, index) => `"https://\${buildEnv.VERCEL_URL}/callback/${String(index)}"`,
    );
    expect(
      look(
        `{ "authKit": { "preview": { "configure": { "redirectUris": [${uris.join(',')}], "corsOrigins": [${uris.join(',')}] } } } }`,
      ),
    ).toEqual([]);
    expect(
      look(`{ "authKit": { "preview": { "configure": { "redirectUris": ["${'${'.repeat(500_000)}"] } } } }`),
    ).toEqual([]);
  });
});

describe('code of any size', () => {
  it('may be a template of some hundred parts', () => {
    expect(hardcoded(proxy(`\`https://app.vercel.app/${'${process.env.A}/'.repeat(300)}\``))).toEqual(['literalHost']);
  });

  it('may be a sum of two thousand', () => {
    expect(hardcoded(proxy(`'https://app.vercel.app/callback'${" + ''".repeat(2_000)}`))).toHaveLength(1);
  });
});

it.each([
  ['handleAuth((({ baseURL: SITE })))', 'handleAuth((({})))'],
  ['handleAuth((\n  { baseURL: SITE } // the site\n))', 'handleAuth((\n  {} // the site\n))'],
  ['handleAuth(({ baseURL: SITE } /* the site */))', 'handleAuth(({} /* the site */))'],
])('an option in parentheses of its own leaves none that are empty: %s', (call, expected) => {
  const code = `${AUTHKIT}export const GET = ${call.replace('SITE', "'http://localhost:3000'")};`;
  const edits = ask(findHardcodedRedirectHosts, code).findings.map(({ fix }) => fix?.edits ?? []);
  expect(applyEdits(code, edits).text).toContain(`${expected};`);
});
