/** Paths that next.config leads elsewhere: to a sign-out route, to a page, to another site. */
import { describe, expect, it } from 'vitest';
import { APP, type Files, messagesOf } from '../links/support.ts';

const END = "import { signOut } from '@workos-inc/authkit-nextjs';\nexport const GET = () => signOut();\n";
const config = (name: string, rules: string): Files => ({
  'next.config.ts': `import type { NextConfig } from 'next';\nconst config: NextConfig = { async ${name}() { return ${rules}; } };\nexport default config;\n`,
});
const look = (href: string, files: Files) =>
  messagesOf(`import Link from 'next/link';\nexport const out = <Link href="${href}">Out</Link>;`, {
    ...APP,
    'app/api/session/end/route.ts': END,
    'app/goodbye/page.tsx': 'export default () => null;\n',
    ...files,
  });

describe('a path that next.config leads to a sign-out route', () => {
  it.each<[string, string, Files]>([
    [
      'by a rewrite',
      '/account/logout',
      config('rewrites', "[{ source: '/account/logout', destination: '/api/session/end' }]"),
    ],
    [
      'by a rewrite before the files',
      '/account/logout',
      config('rewrites', "({ beforeFiles: [{ source: '/account/logout', destination: '/api/session/end' }] })"),
    ],
    [
      'by a rewrite with a parameter',
      '/logout/end',
      {
        ...config('rewrites', "[{ source: '/logout/:step', destination: '/api/session/:step' }]"),
        'app/[page]/[step]/page.tsx': 'export default () => null;\n',
      },
    ],
    [
      'by a rewrite with all that follows',
      '/logout/session/end',
      config('rewrites', "[{ source: '/logout/:path*', destination: '/api/:path*' }]"),
    ],
    [
      'by a redirect',
      '/account/logout',
      config('redirects', "[{ source: '/account/logout', destination: '/api/session/end', permanent: false }]"),
    ],
    [
      'whose name does not tell',
      '/leave',
      config('rewrites', "[{ source: '/leave', destination: '/api/session/end' }]"),
    ],
    [
      'by way of another, whose name does not tell',
      '/bye/now',
      config(
        'redirects',
        "[{ source: '/bye/now', destination: '/leave', permanent: true }, { source: '/leave', destination: '/api/session/end', permanent: true }]",
      ),
    ],
    [
      'with parameters, and a name that does not tell',
      '/my/session/end',
      config('rewrites', "[{ source: '/my/:path*', destination: '/api/:path*' }]"),
    ],
    [
      'by a redirect and a rewrite',
      '/account/logout',
      {
        'next.config.js':
          "const rewrites = [{ source: '/leave', destination: '/api/session/end' }];\nmodule.exports = { rewrites: async () => rewrites, redirects: async () => [{ source: '/account/logout', destination: '/leave', permanent: true }] };\n",
      },
    ],
  ])('is reported %s', (_, href, files) => {
    expect(look(href, files)).toEqual([
      expect.stringMatching(/^prefetchedSignOut \S+ \(next\.config\.[jt]s re(?:direct|write)s it to '/u),
    ]);
  });

  it.each<[string, string, Files]>([
    ['to a page', '/logout', config('rewrites', "[{ source: '/logout', destination: '/goodbye' }]")],
    [
      'to a page by a redirect',
      '/logout',
      config('redirects', "[{ source: '/logout', destination: '/goodbye', permanent: true }]"),
    ],
    [
      'to another site by a redirect',
      '/logout',
      config('redirects', "[{ source: '/logout', destination: 'https://auth.example.com/logout', permanent: true }]"),
    ],
    [
      'to a route that has POST alone',
      '/logout',
      {
        ...config('rewrites', "[{ source: '/logout', destination: '/api/leave' }]"),
        'app/api/leave/route.ts':
          "import { signOut } from '@workos-inc/authkit-nextjs';\nexport const POST = () => signOut();\n",
      },
    ],
    [
      'after the page that serves it',
      '/logout',
      {
        ...config('rewrites', "[{ source: '/logout', destination: '/api/session/end' }]"),
        'app/logout/page.tsx': 'export default () => null;\n',
      },
    ],
  ])('is left alone where it leads %s', (_, href, files) => {
    expect(look(href, files)).toEqual([]);
  });

  it('is told by its name where no one knows when the rule holds, or where it leads to another app', () => {
    const byName = [expect.stringMatching(/^prefetchedSignOutName/u)];
    expect(
      look(
        '/logout',
        config('rewrites', "[{ source: '/logout', has: [{ type: 'cookie', key: 'beta' }], destination: '/goodbye' }]"),
      ),
    ).toEqual(byName);
    expect(
      look('/logout', config('rewrites', "[{ source: '/logout', destination: 'https://auth.example.com/logout' }]")),
    ).toEqual(byName);
    expect(look('/logout', config('rewrites', "[{ source: '/(logout|bye)', destination: '/goodbye' }]"))).toEqual(
      byName,
    );
  });

  it('may go in circles', () => {
    expect(
      look(
        '/goodbye/logout',
        config(
          'redirects',
          "[{ source: '/goodbye/logout', destination: '/a' }, { source: '/a', destination: '/goodbye/logout' }]",
        ),
      ),
    ).toHaveLength(1);
  });
});
