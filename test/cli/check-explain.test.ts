/** `check --explain`: which value reaches the place of a finding, from where, under which condition. */
import { describe, expect, it } from 'vitest';
import { projectFixture } from '../helpers/project-fixture.ts';
import { APP, cli } from './cli.ts';

const explained = (files: Readonly<Record<string, string>>, ...args: string[]): string =>
  cli(projectFixture(files).root, ['check', '--explain', ...args]).stdout;

const linking = (href: string, before = '', rest = ''): Record<string, string> => ({
  ...APP,
  'components/nav.tsx': `import Link from 'next/link';
import { LEAVE } from './paths';
${before}
export function Nav({ admin, path }: { admin: boolean; path?: string }) {
  ${rest}
  return <Link href={${href}}>out</Link>;
}
`,
  'components/paths.ts': "export const LEAVE = '/sign-out';\n",
});

describe('the values of a link', () => {
  it('are told with the file and the line they come from', () => {
    expect(explained(linking('LEAVE'))).toContain("\n      Value: '/sign-out', from components/paths.ts:1:22\n");
  });

  it('are told with their conditions', () => {
    const text = explained(linking("admin ? '/admin' : LEAVE"));
    expect(text).toContain("Value: '/admin', from components/nav.tsx:6:30, where admin (line 6)\n");
    expect(text).toContain("Value: '/sign-out', from components/paths.ts:1:22, otherwise\n");
  });

  it('are those of ?? and || as well', () => {
    expect(explained(linking("path ?? '/sign-out'"))).toMatch(
      /Value: path, from components\/nav\.tsx:6:\d+, where path is set \(line 6\)\n.*Value: '\/sign-out', from components\/nav\.tsx:6:\d+, otherwise\n/u,
    );
  });

  it('are those of a function of the project, with what it asks', () => {
    const text = explained(
      linking(
        'leave(admin)',
        "function leave(isAdmin: boolean) {\n  if (!isAdmin) return LEAVE;\n  return '/admin';\n}",
      ),
    );
    expect(text).toContain("Value: '/sign-out', from components/paths.ts:1:22, where !isAdmin (line 4)");
  });

  it('are no texts of functions', () => {
    const text = explained({ ...APP, 'app/sign-out/route.ts': APP['app/sign-out/route.ts'] }, '--strict');
    expect(text).toContain('no-get-sign-out');
    expect(text).not.toContain('Value:');
  });

  it('are not repeated where the link itself has the value', () => {
    expect(explained(linking("'/sign-out'"))).not.toContain('Value:');
  });
});

describe('the condition of a place', () => {
  it('is what the code around it asks before', () => {
    expect(explained(linking("'/sign-out'", '', 'if (!admin) return null;'))).toContain(
      'Reached: only where admin (line 5)\n',
    );
  });

  it('is told from the outside in', () => {
    const rest = 'if (!admin) return null;\n  if (path) return <Link href={LEAVE}>in</Link>;';
    expect(explained(linking("'/in'", '', rest))).toContain('Reached: only where admin (line 5) and path (line 6)\n');
  });

  it('is not told where there is none', () => {
    expect(explained(linking("'/sign-out'"))).not.toContain('Reached:');
  });
});

describe('a redirect URI', () => {
  const proxy = {
    'vercel.json': '{}',
    'package.json': '{ "dependencies": { "next": "16.4.0", "@workos-inc/authkit-nextjs": "4.3.0" } }',
    'lib/url.ts':
      "export const base = process.env.VERCEL_ENV === 'production' ? 'https://shop.example' : 'https://shop.vercel.app';\n",
    'proxy.ts':
      "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nimport { base } from './lib/url';\nexport default authkitProxy({ redirectUri: `${base}/callback` });\n",
  };

  it('is told for each kind of deployment', () => {
    const text = explained(proxy, '--rule', 'valid-callback-route:off');
    expect(text).toContain("Sent as: 'redirectUri' of authkitProxy(), proxy.ts:3\n");
    expect(text).toContain('On a preview: https://shop.vercel.app/callback (lib/url.ts:1)\n');
    expect(text).toContain('In production: https://shop.example/callback (lib/url.ts:1)\n');
  });

  it('is not told of a finding that is about something else', () => {
    expect(explained(APP)).not.toContain('Sent as:');
  });
});

it('all of it is in the JSON', () => {
  const { stdout } = cli(projectFixture(linking("admin ? '/admin' : LEAVE")).root, ['check', '--json', '--explain']);
  const results = JSON.parse(stdout) as { messages: { explanation: object }[] }[];
  expect(results.flatMap(({ messages }) => messages.map(({ explanation }) => explanation))).toMatchObject([
    {
      values: [
        { text: "'/admin'", place: 'components/nav.tsx:6:30', when: 'admin (line 6)' },
        { text: "'/sign-out'", place: 'components/paths.ts:1:22', when: 'otherwise' },
      ],
      sends: [],
      edit: { safety: 'safe', line: 6, codemod: 'no-sign-out-prefetch' },
    },
  ]);
});

it('the line of an edit is the line that changes', () => {
  expect(explained(APP)).toContain('Edit: line 3, by codemod no-sign-out-prefetch\n');
});
