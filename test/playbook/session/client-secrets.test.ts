import { describe, expect, it } from 'vitest';
import { CLIENT_SECRET_NEEDLES, findClientSecrets } from '../../../playbook/session/client-secrets.ts';
import { openProject } from '../../../project/project.ts';
import { parsed } from '../../helpers/parse.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const withWorkOS = projectFixture({
  'package.json': '{ "dependencies": { "next": "16.0.0", "@workos-inc/authkit-nextjs": "4.3.2" } }',
  'app/page.tsx': '',
});
const withoutWorkOS = projectFixture({ 'app/page.tsx': '' });

function look(code: string, { name = 'components/a.tsx', root = withWorkOS.root } = {}): string[] {
  const findings = findClientSecrets(parsed(`${root}/${name}`, code), openProject({ cwd: root }));
  // What the rule never looks at it can't report.
  if (findings.length > 0) expect(code).toMatch(CLIENT_SECRET_NEEDLES);
  return findings.map(({ messageId, range }) => `${messageId}: ${code.slice(...range)}`);
}

const KEY = 'sk_live_abcdefgh';

describe('in any script', () => {
  it.each([
    ['process.env.NEXT_PUBLIC_WORKOS_API_KEY', 'process.env.NEXT_PUBLIC_WORKOS_API_KEY'],
    ["process.env['NEXT_PUBLIC_WORKOS_COOKIE_PASSWORD']!", "process.env['NEXT_PUBLIC_WORKOS_COOKIE_PASSWORD']"],
  ])('a secret under a public name is reported: %s', (code, place) => {
    expect(look(`export const a = ${code};`)).toEqual([`publicSecret: ${place}`]);
  });

  it('a secret that is destructured under a public name is reported', () => {
    expect(look('const { NEXT_PUBLIC_WORKOS_API_KEY: key } = process.env;')).toEqual([
      'publicSecret: NEXT_PUBLIC_WORKOS_API_KEY: key',
    ]);
  });

  it.each([
    'export const a = process.env.WORKOS_API_KEY;',
    'export const a = process.env.NEXT_PUBLIC_WORKOS_CLIENT_ID; // not NEXT_PUBLIC_WORKOS_API_KEY',
    "export const names = ['NEXT_PUBLIC_WORKOS_API_KEY'];",
    `export const a = '${KEY}';`,
    'export const f = (process: any) => process.env.NEXT_PUBLIC_WORKOS_API_KEY;',
  ])('this is right on the server: %s', (code) => {
    expect(look(code)).toEqual([]);
  });

  it('a test may do as it likes', () => {
    expect(look('process.env.NEXT_PUBLIC_WORKOS_API_KEY;', { name: 'a.test.ts' })).toEqual([]);
  });
});

describe("in a file that says 'use client'", () => {
  it('a secret is reported under its own name', () => {
    expect(look("'use client';\nexport const a = process.env.WORKOS_COOKIE_PASSWORD;")).toEqual([
      'clientSecret: process.env.WORKOS_COOKIE_PASSWORD',
    ]);
  });

  it('a secret key is reported, where the app uses WorkOS', () => {
    expect(look(`"use client"\nexport const a = '${KEY}';`)).toEqual([`clientSecretValue: '${KEY}'`]);
    expect(look(`'use client';\nexport const a = \`${KEY}\`;`)).toHaveLength(1);
    expect(look(`'use client';\nexport const a = '${KEY}';`, { root: withoutWorkOS.root })).toEqual([]);
  });

  it.each(["'Bearer sk_live_abcdefgh'", '`Bearer sk_live_abcdefgh ${rest}`', "'sk_a2V5XzAxSFgzMTJCVFE'"])(
    'a key in a longer text, or of an older form, is reported: %s',
    (text) => {
      expect(look(`'use client';\nexport const a = ${text};`)).toHaveLength(1);
    },
  );

  it.each([
    'const env = process.env;\nexport const a = env.WORKOS_API_KEY;',
    'export const a = globalThis.process.env.WORKOS_API_KEY;',
    "import { env } from 'node:process';\nexport const a = env.WORKOS_API_KEY;",
  ])('a secret is reported by another name of the environment: %s', (code) => {
    expect(look(`'use client';\n${code}`)).toHaveLength(1);
  });

  it('a member of another object is none', () => {
    expect(look("'use client';\nimport { env } from '../lib/env';\nexport const a = env.WORKOS_API_KEY;")).toEqual([]);
  });

  it.each([
    "'sk_loader_box'",
    "'sk_skeletonlist_inner'",
    "'sk_…'",
    "'sk_test_'",
    "'ask_me_anything'",
    "'sk_ is how keys begin'",
  ])('a text is no key: %s', (text) => {
    expect(look(`'use client';\nexport const a = ${text};`)).toEqual([]);
  });

  it('a string that is no directive says nothing', () => {
    expect(look("const a = 1;\n('use client');\nexport const b = process.env.WORKOS_API_KEY;")).toEqual([]);
  });
});
