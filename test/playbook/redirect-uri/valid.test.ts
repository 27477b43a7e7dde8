import { describe, expect, it } from 'vitest';
import { readConvexJson } from '../../../playbook/redirect-uri/convex-json/convex-json.ts';
import { findInvalidRegistrations } from '../../../playbook/redirect-uri/convex-json/valid-json.ts';
import { findInvalidRedirectUris } from '../../../playbook/redirect-uri/detect/valid.ts';
import { applyEdits } from '../../../analysis/edits/edits.ts';
import { openProject } from '../../../project/project.ts';
import { ask, flat } from './support.ts';

const PROJECT = openProject({ cwd: '/nowhere/app' });

const proxy = (value: string, before = '') =>
  `import { authkitProxy } from '@workos-inc/authkit-nextjs';\n${before}export default authkitProxy({ redirectUri: ${value} });\n`;
const find = (code: string) => ask(findInvalidRedirectUris, code).found;
const fixed = (code: string) => ask(findInvalidRedirectUris, code).fixed;
const guarded = (arm: string) => `process.env.VERCEL_ENV === 'preview' ? ${arm} : undefined`;

describe('a URI that leaves the scheme to a browser', () => {
  it('is no absolute one', () => {
    expect(find(proxy(guarded('`//${process.env.VERCEL_URL}/callback`')))).toHaveLength(1);
    expect(find(proxy("'//shop.example/callback'"))).toHaveLength(1);
    expect(find(proxy(guarded('`https://${process.env.VERCEL_URL}/callback`')))).toEqual([]);
    expect(find(proxy('`${process.env.ORIGIN}//callback`'))).toEqual([]);
  });
});

describe('a URI without https://', () => {
  it.each([
    [
      'a template',
      guarded('`${process.env.VERCEL_URL}/callback`'),
      guarded('`https://${process.env.VERCEL_URL}/callback`'),
    ],
    [
      'a sum',
      guarded("process.env.VERCEL_BRANCH_URL + '/callback'"),
      guarded("`https://${process.env.VERCEL_BRANCH_URL}` + '/callback'"),
    ],
    [
      'new URL',
      guarded("new URL('/callback', process.env.VERCEL_URL).href"),
      guarded("new URL('/callback', `https://${process.env.VERCEL_URL}`).href"),
    ],
  ])('%s', (_, value, right) => {
    expect(find(proxy(value))).toHaveLength(1);
    expect(find(proxy(value))[0]).toMatch(/^missingScheme: process\.env\.VERCEL_/u);
    expect(flat(fixed(proxy(value)))).toBe(flat(proxy(right)));
    expect(find(proxy(right))).toEqual([]);
  });

  it('is right where the variable is a whole URL', () => {
    expect(find(proxy('`${process.env.SITE_URL}/callback`'))).toEqual([]);
    expect(find(proxy('`${process.env.RENDER_EXTERNAL_URL}/callback`'))).toEqual([]);
  });

  it('is left alone where the code adds https:// itself', () => {
    const helper =
      "const url = (host?: string) => (!host ? undefined : host.startsWith('http') ? host : `https://${host}`);\n";
    expect(find(proxy(guarded('new URL("/callback", url(process.env.VERCEL_URL)).href'), helper))).toEqual([]);
  });
});

describe('http:// before a host of Vercel’s', () => {
  it('is pointed at, and made https', () => {
    const code = (scheme: string) => proxy(guarded(`\`${scheme}://\${process.env.VERCEL_URL}/callback\``));
    expect(find(code('http'))).toEqual(['plainHttp: process.env.VERCEL_URL']);
    expect(flat(fixed(code('http')))).toBe(flat(code('https')));
    expect(find(code('https'))).toEqual([]);
  });

  it('is told, and left, where the scheme stands elsewhere', () => {
    const code = proxy(guarded('scheme + process.env.VERCEL_URL'), "const scheme = 'http://';\n");
    expect(find(code)).toEqual(['plainHttp: process.env.VERCEL_URL']);
    expect(fixed(code)).toBe(code);
  });

  it('is right before the developer’s machine', () => {
    expect(
      find(
        proxy(
          "process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : 'http://localhost:3000/callback'",
        ),
      ),
    ).toEqual([]);
  });
});

describe('a template that is tested for truth', () => {
  it('is pointed at, and the variable tested in its place', () => {
    const code = proxy("`https://${process.env.VERCEL_BRANCH_URL}` || 'http://localhost:3000'");
    expect(find(code)).toEqual(['testedTemplate: `https://${process.env.VERCEL_BRANCH_URL}`']);
    expect(flat(fixed(code))).toBe(
      flat(
        proxy("process.env.VERCEL_BRANCH_URL ? `https://${process.env.VERCEL_BRANCH_URL}` : 'http://localhost:3000'"),
      ),
    );
    expect(find(fixed(code))).toEqual([]);
  });

  it('is found behind a name', () => {
    expect(
      find(proxy("base ?? 'http://localhost:3000'", 'const base = `https://${process.env.VERCEL_BRANCH_URL}`;\n')),
    ).toEqual(['testedTemplate: base']);
  });

  it('is right where the variable is tested', () => {
    expect(
      find(proxy("process.env.HOST ? `https://${process.env.HOST}/callback` : 'http://localhost:3000/callback'")),
    ).toEqual([]);
  });

  it('is right where it can be empty', () => {
    expect(find(proxy("process.env.HOST || 'http://localhost:3000/callback'"))).toEqual([]);
  });
});

describe('VERCEL_URL in production', () => {
  it('is pointed at, and production gets its own host', () => {
    const code = proxy('`https://${process.env.VERCEL_URL}/callback`');
    expect(find(code)).toEqual(['deploymentHostInProduction: process.env.VERCEL_URL']);
    expect(flat(fixed(code))).toBe(
      flat(
        proxy(
          "process.env.VERCEL_ENV === 'production' ? `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback` : process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : 'http://localhost:3000/callback'",
        ),
      ),
    );
    expect(find(fixed(code))).toEqual([]);
  });

  it.each([
    ['behind a guard', guarded('`https://${process.env.VERCEL_URL}/callback`')],
    ['the branch', '`https://${process.env.VERCEL_BRANCH_URL}/callback`'],
    ['behind a variable that production sets', 'process.env.SITE_URL || `https://${process.env.VERCEL_URL}/callback`'],
  ])('is right: %s', (_, value) => {
    expect(find(proxy(value))).toEqual([]);
  });
});

describe('convex.json', () => {
  const json = (authKit: object) => JSON.stringify({ authKit }, undefined, 2);
  const uri = (environment: string, text: string) => json({ [environment]: { configure: { redirectUris: [text] } } });
  const findJson = (text: string) => {
    const read = readConvexJson('/nowhere/app/convex.json', text);
    return read
      ? findInvalidRegistrations(read, PROJECT).map(
          ({ messageId, range }) => `${messageId}: ${read.text.slice(...range)}`,
        )
      : [];
  };
  const fixedJson = (text: string) => {
    const read = readConvexJson('/nowhere/app/convex.json', text);
    return read
      ? applyEdits(
          text,
          findInvalidRegistrations(read, PROJECT).map(({ fix }) => fix?.edits ?? []),
        ).text
      : text;
  };

  it.each([
    ['a bare variable', '${VERCEL_URL}', 'missingBuildEnv', '${buildEnv.VERCEL_URL}'],
    ['a variable without its prefix', '${buildEnv.BRANCH_URL}', 'unknownVariable', '${buildEnv.VERCEL_BRANCH_URL}'],
    ['a variable that lacks its end', '${buildEnv.VERCEL_BRANCH}', 'unknownVariable', '${buildEnv.VERCEL_BRANCH_URL}'],
    ['a variable in small letters', '${buildEnv.vercel_url}', 'unknownVariable', '${buildEnv.VERCEL_URL}'],
    ['a variable as the shell writes it', '$VERCEL_URL', 'noTemplate', '${buildEnv.VERCEL_URL}'],
    ['what the shell would take', '${process.env.VERCEL_URL}', 'unknownTemplate', '${buildEnv.VERCEL_URL}'],
  ])('%s', (_, host, messageId, right) => {
    const wrong = uri('preview', `https://${host}/callback`);
    expect(findJson(wrong)).toEqual([`${messageId}: ${host}`]);
    expect(fixedJson(wrong)).toBe(uri('preview', `https://${right}/callback`));
    expect(findJson(fixedJson(wrong))).toEqual([]);
  });

  it.each([
    ['a name that Vercel does not have', '${buildEnv.VERCEL_PREVIEW_URL}', 'unknownVariable'],
    ['a namespace that no one has', '${vercel.url}', 'unknownTemplate'],
    ['a value that WorkOS does not have', '${authEnv.WORKOS_SECRET}', 'unknownTemplate'],
  ])('%s is told, and left', (_, host, messageId) => {
    expect(findJson(uri('preview', `https://${host}/callback`))).toEqual([`${messageId}: ${host}`]);
    expect(fixedJson(uri('preview', `https://${host}/callback`))).toBe(uri('preview', `https://${host}/callback`));
  });

  it('a host without https://', () => {
    expect(fixedJson(uri('preview', '${buildEnv.VERCEL_URL}/callback'))).toBe(
      uri('preview', 'https://${buildEnv.VERCEL_URL}/callback'),
    );
  });

  it('a deployment host in production', () => {
    expect(findJson(uri('prod', 'https://${buildEnv.VERCEL_URL}/callback'))).toEqual([
      'deploymentHostInProd: ${buildEnv.VERCEL_URL}',
    ]);
  });

  it('keys that belong elsewhere', () => {
    expect(findJson(json({ preview: { localEnvVars: {}, environmentType: 'production' } }))).toEqual([
      'misplacedKey: "localEnvVars"',
      'misplacedKey: "environmentType"',
    ]);
    expect(findJson(json({ dev: { localEnvVars: {} }, prod: { environmentType: 'production' } }))).toEqual([]);
  });

  it.each([
    ['a variable of the project’s own', 'https://${buildEnv.PREVIEW_HOST}/callback'],
    ['the production host under preview', 'https://${buildEnv.VERCEL_PROJECT_PRODUCTION_URL}'],
    ['a literal', 'https://app.vercel.app/callback'],
  ])('%s is right', (_, text) => {
    expect(findJson(uri('preview', text))).toEqual([]);
  });

  it.each([
    [
      'comments and trailing commas',
      '{ // here\n "authKit": { "preview": { "configure": { "redirectUris": ["https://${VERCEL_URL}/callback",], }, }, }, }',
      1,
    ],
    ['a byte order mark', `\uFEFF${uri('preview', 'https://${VERCEL_URL}/callback')}`, 1],
    [
      'types that do not fit',
      '{ "authKit": { "preview": { "configure": { "redirectUris": "https://${VERCEL_URL}" } }, "dev": [], "prod": 1 } }',
      0,
    ],
    ['no object', '[1]', 0],
    ['nothing', '', 0],
    ['half a file', '{ "authKit": { "preview": { "configure": { "redirectUris": ["https://${VERCEL_URL}/c"', 1],
    [
      'a megabyte',
      `{ "x": "${'a'.repeat(1_000_000)}", "authKit": { "preview": { "configure": { "redirectUris": ["https://\${VERCEL_URL}"] } } } }`,
      1,
    ],
  ])('%s', (_, text, count) => {
    expect(findJson(text)).toHaveLength(count);
  });
});
