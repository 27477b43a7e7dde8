import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pathnameOf, type ServingOptions } from '../../../project/project.ts';
import { nextPackage, sandbox, type Sandbox } from '../helpers.ts';

/** An app of these (empty) files. */
function app(files: readonly string[], more: Readonly<Record<string, string>> = {}): Sandbox {
  return sandbox({ 'package.json': nextPackage(), ...Object.fromEntries(files.map((file) => [file, ''])), ...more });
}

/** `kind file` of what serves a path, the file relative to the root. */
function served(box: Sandbox, pathname: string, options?: ServingOptions): string | undefined {
  const project = box.project();
  const own = project.appOf(box.path('app', 'x.tsx'));
  const route = own && project.servingRoute(own, pathname, options);
  return route && `${route.kind} ${project.display(route.path)}`;
}

describe('a path of the App Router', () => {
  it.each([
    ['app/sign-out/route.ts', '/sign-out', 'route'],
    ['src/app/sign-out/route.js', '/sign-out', 'route'],
    ['app/page.tsx', '/', 'page'],
    ['app/(auth)/(out)/sign-out/route.ts', '/sign-out', 'route'],
    ['app/@modal/login/page.tsx', '/login', 'page'],
    ['app/%5Finternal/page.tsx', '/_internal', 'page'],
    ['app/a%20b/page.tsx', '/a%20b', 'page'],
    ['app/build/page.tsx', '/build', 'page'],
    ['app/.well-known/jwks/route.ts', '/.well-known/jwks', 'route'],
    ['app/sign-out/route.ts', '/sign-out/', 'route'],
    ['app/sign-out/route.ts', '/sign-out?next=/#top', 'route'],
    ['app/[team]/sign-out/route.ts', '/acme/sign-out', 'route'],
    ['app/auth/[...all]/route.ts', '/auth/a/b', 'route'],
    ['app/auth/[[...all]]/route.ts', '/auth', 'route'],
  ])('is served by %s: %s', (file, pathname, kind) => {
    expect(served(app([file]), pathname)).toBe(`${kind} ${file}`);
  });

  it.each([
    'app/sign-out/route.ts',
    'src/app/sign-out/route.js',
    'app/page.tsx',
    'app/(auth)/(out)/[locale]/sign-out/route.ts',
    'app/@modal/login/page.tsx',
    'app/%5Finternal/page.tsx',
    'app/.well-known/jwks/route.ts',
    'app/_private/sign-out/route.ts',
    'app/(.)sign-out/page.tsx',
    'app/sign-out/layout.tsx',
    'app/sign-out/my-route.ts',
    'pages/api/logout.ts',
    'pages/api/auth/index.ts',
    'pages/index.tsx',
    'pages/_app.tsx',
    'pages/types.d.ts',
    'lib/route.ts',
  ])('has one answer, whether the file is looked up or found: %s', (file) => {
    const project = app([file], { 'next.config.js': '' }).project();
    const [own] = project.appsFor(`${project.cwd}/${file}`);
    expect(own && project.routeOfFile(own, `${project.cwd}/${file}`)).toEqual(own && project.routesOf(own)[0]);
    expect(own).toBeDefined();
  });

  it('may be of a file that is not saved yet', () => {
    const project = app(['app/page.tsx']).project();
    const own = project.appOf(`${project.cwd}/app/page.tsx`);
    expect(own && project.routeOfFile(own, `${project.cwd}/app/sign-out/route.ts`)).toMatchObject({
      kind: 'route',
      pattern: '/sign-out',
    });
    expect(own && project.routeOfFile(own, `${project.cwd}/src/pages/api/logout.ts`)).toMatchObject({
      kind: 'api',
      pattern: '/api/logout',
    });
  });

  it.each([
    ['app/_private/sign-out/route.ts', '/sign-out'],
    ['app/_private/sign-out/route.ts', '/_private/sign-out'],
    ['app/(.)sign-out/page.tsx', '/sign-out'],
    ['app/feed/(..)sign-out/page.tsx', '/feed/sign-out'],
    ['app/feed/(...)sign-out/page.tsx', '/sign-out'],
    ['app/sign-out/layout.tsx', '/sign-out'],
    ['app/sign-out/route.css', '/sign-out'],
    ['app/sign-out/my-route.ts', '/sign-out'],
    ['app/sign-out/route.ts', '/sign-out/now'],
    ['app/sign-out/route.ts', '/Sign-Out'],
    ['app/auth/[...all]/route.ts', '/auth'],
    ['app/node_modules/x/route.ts', '/node_modules/x'],
    ['app/sign-out/route.ts', 'sign-out'],
    ['app/sign-out/route.ts', '/%E0%A4%A'],
  ])('is not served by %s: %s', (file, pathname) => {
    expect(served(app([file]), pathname)).toBeUndefined();
  });

  it('goes to the static segment before dynamic, catch-all and optional catch-all ones', () => {
    const files = [
      'app/x/[[...rest]]/page.tsx',
      'app/x/y/[...rest]/page.tsx',
      'app/x/y/[id]/page.tsx',
      'app/x/y/z/page.tsx',
    ];
    const box = app(files);
    expect(served(box, '/x/y/z')).toBe('page app/x/y/z/page.tsx');
    expect(served(box, '/x/y/1')).toBe('page app/x/y/[id]/page.tsx');
    expect(served(box, '/x/y/1/2')).toBe('page app/x/y/[...rest]/page.tsx');
    expect(served(box, '/x')).toBe('page app/x/[[...rest]]/page.tsx');
  });

  it('goes back to a dynamic segment when the static one leads nowhere', () => {
    expect(served(app(['app/x/a/page.tsx', 'app/[id]/b/page.tsx']), '/x/b')).toBe('page app/[id]/b/page.tsx');
  });

  it('comes with what stood in the dynamic segments', () => {
    const box = app(['app/[team]/files/[...path]/route.ts']);
    const project = box.project();
    const own = project.appOf(box.path('app/x.ts'));
    expect(own && project.servingRoute(own, '/a%20b/files/x/y')).toMatchObject({
      by: 'path',
      pattern: '/[team]/files/[...path]',
      params: { team: 'a b', path: ['x', 'y'] },
    });
  });

  it('is served by the page next to a slot rather than by the slot', () => {
    expect(served(app(['app/@a/x/page.tsx', 'app/x/page.tsx']), '/x')).toBe('page app/x/page.tsx');
  });

  it('is found in other letter case only when that is asked for', () => {
    const box = app(['app/sign-out/route.ts']);
    expect(served(box, '/SIGN-OUT')).toBeUndefined();
    expect(served(box, '/SIGN-OUT', { ignoreCase: true })).toBe('route app/sign-out/route.ts');
  });
});

describe('a path of the Pages Router', () => {
  it.each([
    ['pages/index.tsx', '/', 'pages-page'],
    ['pages/about.tsx', '/about', 'pages-page'],
    ['pages/blog/index.js', '/blog', 'pages-page'],
    ['pages/api/logout.ts', '/api/logout', 'api'],
    ['src/pages/api/auth/[...nextauth].ts', '/api/auth/signout', 'api'],
    ['pages/[[...slug]].tsx', '/a/b', 'pages-page'],
    ['pages/_hidden/x.tsx', '/_hidden/x', 'pages-page'],
  ])('is served by %s: %s', (file, pathname, kind) => {
    expect(served(app([file]), pathname)).toBe(`${kind} ${file}`);
  });

  it.each([
    ['pages/_app.tsx', '/_app'],
    ['pages/404.tsx', '/404'],
    ['pages/types.d.ts', '/types'],
    ['pages/style.css', '/style'],
  ])('is not served by %s', (file, pathname) => {
    expect(served(app([file]), pathname)).toBeUndefined();
  });

  it('is served by the App Router where the page of the Pages Router only matches dynamically', () => {
    expect(served(app(['pages/[slug].tsx', 'app/sign-out/route.ts']), '/sign-out')).toBe('route app/sign-out/route.ts');
  });
});

describe('page extensions', () => {
  it('of the config replace the default ones', () => {
    const box = app(['app/x/route.ts', 'app/y/route.api.ts', 'pages/z.page.tsx'], {
      'next.config.mjs': "export default { pageExtensions: ['api.ts', 'page.tsx'] };",
    });
    expect([served(box, '/x'), served(box, '/y'), served(box, '/z')]).toEqual([
      undefined,
      'route app/y/route.api.ts',
      'pages-page pages/z.page.tsx',
    ]);
  });
});

describe('a locale', () => {
  it('may be in front of the path or left to the proxy', () => {
    const box = app(['app/[locale]/sign-out/route.ts']);
    expect(served(box, '/sign-out')).toBe('route app/[locale]/sign-out/route.ts');
    expect(served(box, '/de/sign-out')).toBe('route app/[locale]/sign-out/route.ts');
  });

  it('that a proxy adds is told from one that is in the path', () => {
    const box = app(['app/(site)/[lang]/t/[id]/page.tsx']);
    const project = box.project();
    const own = project.appOf(box.path('app/x.ts'));
    expect(own && project.servingRoute(own, '/t/1')).toMatchObject({ by: 'locale', params: { id: '1' } });
    expect(own && project.servingRoute(own, '/en/t/1')).toMatchObject({ by: 'path', params: { lang: 'en', id: '1' } });
  });

  it('is not taken for the first segment when the segment behind it is a file of its own', () => {
    expect(served(app(['app/[locale]/page.tsx', 'app/[locale]/sign-out/route.ts']), '/sign-out')).toBe(
      'route app/[locale]/sign-out/route.ts',
    );
  });

  it('does not hide a static route', () => {
    expect(served(app(['app/[locale]/sign-out/page.tsx', 'app/sign-out/route.ts']), '/sign-out')).toBe(
      'route app/sign-out/route.ts',
    );
  });

  it('is not assumed of other dynamic segments', () => {
    expect(served(app(['app/[team]/sign-out/route.ts']), '/sign-out')).toBeUndefined();
  });

  it('of the config is taken off a path of the Pages Router', () => {
    const config = {
      'next.config.js': "module.exports = { i18n: { locales: ['en', 'de-CH'], defaultLocale: 'en' } };",
    };
    const box = app(['pages/out.tsx'], config);
    expect([served(box, '/de-CH/out'), served(box, '/out'), served(box, '/fr/out')]).toEqual([
      'pages-page pages/out.tsx',
      'pages-page pages/out.tsx',
      undefined,
    ]);
  });
});

describe('a base path', () => {
  it('may be there or not: Link adds it, an anchor does not', () => {
    const box = app(['app/sign-out/route.ts'], {
      'next.config.ts': "export default { basePath: '/docs' } satisfies NextConfig;",
    });
    expect(served(box, '/docs/sign-out')).toBe('route app/sign-out/route.ts');
    expect(served(box, '/sign-out')).toBe('route app/sign-out/route.ts');
    expect(served(box, '/other/sign-out')).toBeUndefined();
  });
});

describe('the route table', () => {
  it('lists every handler and page in the order in which they are tried', () => {
    const box = app(['app/[x]/page.tsx', 'app/page.tsx', 'app/api/a/route.ts', 'pages/api/b.ts']);
    const project = box.project();
    const own = project.appOf(box.path('app/x.ts'));
    expect(own && project.routesOf(own).map(({ kind, pattern }) => `${kind} ${pattern}`)).toEqual([
      'page /',
      'route /api/a',
      'api /api/b',
      'page /[x]',
    ]);
  });

  it('knows a new route a second after it was written', () => {
    const box = app(['app/page.tsx']);
    expect(served(box, '/sign-out')).toBeUndefined();
    box.write({ 'app/(auth)/sign-out/route.ts': '' });
    box.wait(1000);
    expect(served(box, '/sign-out')).toBe('route app/(auth)/sign-out/route.ts');
  });

  it('is not listed again while no folder has changed', () => {
    const box = app(['app/page.tsx', 'app/a/page.tsx']);
    served(box, '/a');
    box.calls.length = 0;
    box.wait(1000);
    // Another one next to it changes the folder around both.
    sandbox();
    served(box, '/a');
    expect(box.calls.filter((call) => call.startsWith('list'))).toEqual([]);
  });

  it('asks the disk nothing for further paths within a second', () => {
    const box = app(['app/page.tsx', 'app/a/page.tsx']);
    served(box, '/a');
    box.calls.length = 0;
    for (const path of ['/b', '/c', '/a']) served(box, path);
    expect(box.calls).toEqual([]);
  });

  it('ends where a link leads back to a folder around it', () => {
    const box = app(['app/page.tsx', 'app/a/page.tsx']);
    symlinkSync(box.path('app'), box.path('app/a/again'), 'dir');
    expect(served(box, '/a')).toBe('page app/a/page.tsx');
    expect(served(box, '/a/again/a')).toBeUndefined();
  });

  it('follows a link to a folder elsewhere', () => {
    const box = app(['app/page.tsx', 'shared/route.ts']);
    symlinkSync(box.path('shared'), box.path('app/sign-out'), 'dir');
    expect(served(box, '/sign-out')).toBe('route app/sign-out/route.ts');
  });
});

describe('the path that an href leads to', () => {
  it.each([
    ['/sign-out?x=1#y', '/sign-out'],
    ['sign-out', '/sign-out'],
    ['./a/../sign-out', '/sign-out'],
    [' /sign-out ', '/sign-out'],
    ['http://localhost:3000/sign-out', '/sign-out'],
    ['https://app.test/sign-out', '/sign-out'],
    ['//app.test/sign-out', undefined],
    ['https://other.test/sign-out', undefined],
    ['#top', undefined],
    ['?a=b', undefined],
    ['mailto:a@b.test', undefined],
    ['javascript:void 0', undefined],
    ['', undefined],
    ['http://[', undefined],
  ])('%j: %j', (href, pathname) => {
    expect(pathnameOf(href, ['https://app.test/x', 'nonsense'])).toBe(pathname);
  });
});
