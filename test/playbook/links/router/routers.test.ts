/** Routers that go from hand to hand: as a parameter, a prop, a member, or inside a function that fetches for others. */
import { describe, expect, it } from 'vitest';
import { APP, type Files, findingsIn, messagesOf } from '../support.ts';

const SIGN_OUT = "import { signOut } from '@workos-inc/authkit-nextjs';\nexport const GET = () => signOut();\n";
const look = (body: string, files: Files = {}, path?: string) =>
  messagesOf(
    body,
    {
      ...APP,
      'app/sign-out/route.ts': SIGN_OUT,
      'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./*"]}}}',
      ...files,
    },
    path,
  );

const unfixableIn = (body: string) =>
  findingsIn(body, { ...APP, 'app/sign-out/route.ts': SIGN_OUT }).map(({ unfixable }) => unfixable);

const HOOKS = "import { useRouter } from 'next/navigation';\nimport { useCallback, useEffect, useRef } from 'react';\n";
const page = (body: string) =>
  `${HOOKS}export function Page() { const router = useRouter(); ${body} return <Main />; }`;
const WARM: Files = {
  'lib/warm.ts': `${HOOKS}export function useWarm(path: string) { const router = useRouter(); useEffect(() => { router.prefetch(path); }, [router, path]); }`,
};

describe('a router that prefetches a sign-out route', () => {
  it.each([
    [
      'is handed to a function',
      `${HOOKS}function warm(router) { router.prefetch('/sign-out'); }\nexport function Page() { const router = useRouter(); useEffect(() => { warm(router); }, []); return <Main />; }`,
    ],
    [
      'is handed to a function with the path',
      `${HOOKS}function warm(router, path) { router.prefetch(path); }\nexport function Page() { const router = useRouter(); useEffect(() => { warm(router, '/sign-out'); }, []); return <Main />; }`,
    ],
    [
      'is a prop of a component',
      `${HOOKS}function Warm({ router }) { router.prefetch('/sign-out'); return <Main />; }\nexport const Page = () => <Warm router={useRouter()} />;`,
    ],
    [
      'is held by a ref',
      page("const held = useRef(router); useEffect(() => { held.current.prefetch('/sign-out'); }, []);"),
    ],
    ['lends its method under another name', page("const { prefetch: warm } = router; warm('/sign-out');")],
    ['lends its method to a loop', page("['/home', '/sign-out'].forEach(router.prefetch);")],
    ['is asked by a name in quotes', page("router['prefetch']('/sign-out');")],
    [
      'fetches what a function of the page is given',
      page("const warm = useCallback((path) => router.prefetch(path), [router]); const go = () => warm('/sign-out');"),
    ],
  ])('is seen where it %s', (_, body) => {
    expect(look(body)).toEqual([expect.stringMatching(/^routerPrefetchedSignOut \/sign-out/u)]);
  });

  it.each([
    [
      'is handed to a function that prefetches nothing',
      `${HOOKS}function go(router, path) { router.push(path); }\nexport function Page() { const router = useRouter(); go(router, '/sign-out'); return <Main />; }`,
    ],
    [
      'is handed over next to a function that others give another router',
      `function warm(router, path) { router.prefetch(path); }\nexport function Page({ cache }) { warm(cache, '/sign-out'); return <Main />; }`,
    ],
    [
      'skips the path in its loop',
      page("for (const path of ['/home', '/sign-out']) { if (path === '/sign-out') continue; router.prefetch(path); }"),
    ],
    ['lends its push', page("['/home', '/sign-out'].forEach(router.push);")],
  ])('is left alone where it %s', (_, body) => {
    expect(look(body)).toEqual([]);
  });

  it('is told by the type of a parameter', () => {
    const warm = (type: string) =>
      `import type { AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';\nimport type { Router } from 'express';\nexport const warm = ({ router }: { router: ${type} }) => router.prefetch('/sign-out');`;
    expect(look(warm('AppRouterInstance'), {}, 'lib/warm.ts')).toHaveLength(1);
    expect(look(warm('Router'), {}, 'lib/warm.ts')).toEqual([]);
  });

  it('is told by the type of its hook', () => {
    const warm = (module: string) =>
      `import type { useRouter } from '${module}';\nexport const warm = (router: ReturnType<typeof useRouter>) => router.prefetch('/sign-out');`;
    expect(look(warm('next/navigation'), {}, 'lib/warm.ts')).toHaveLength(1);
    expect(look(warm('@tanstack/react-router'), {}, 'lib/warm.ts')).toEqual([]);
  });

  it('is handed on by a hook among other things', () => {
    const hook = (result: string): Files => ({
      'lib/nav.ts': `${HOOKS}export function useNav() { const router = useRouter(); const other = useOther(); return ${result}; }`,
    });
    const user =
      "import { useNav } from '@/lib/nav';\nexport function Page() { const { router } = useNav(); router.prefetch('/sign-out'); return <Main />; }";
    expect(look(user, hook('{ router, other }'))).toHaveLength(1);
    expect(look(user, hook('{ router: other }'))).toEqual([]);
    const whole =
      "import { useNav } from '@/lib/nav';\nexport function Page() { const nav = useNav(); nav.prefetch('/sign-out'); return <Main />; }";
    expect(look(whole, hook('{ ...router, other }'))).toHaveLength(1);
  });
});

describe('a call that prefetches more than a sign-out route', () => {
  it.each([
    ['the items of a list', page("for (const path of ['/home', '/sign-out']) router.prefetch(path);")],
    [
      'one of two paths',
      `${HOOKS}export function Page({ user }) { const router = useRouter(); router.prefetch(user ? '/sign-out' : '/sign-in'); return <Main />; }`,
    ],
    [
      'what no one knows',
      `${HOOKS}export function Page({ path }) { const router = useRouter(); router.prefetch(path ?? '/sign-out'); return <Main />; }`,
    ],
  ])('is left to a person: %s', (_, body) => {
    expect(unfixableIn(body)).toEqual(['the call fetches other paths as well; leave this one out by hand']);
  });

  it('is taken out where it is told how to fetch nothing else', () => {
    expect(unfixableIn(page("router.prefetch('/sign-out', { kind: 'full' });"))).toEqual([undefined]);
  });
});

describe('a hook of the project that prefetches', () => {
  it('is reported where it is given a sign-out route', () => {
    expect(
      look(
        "import { useWarm } from '@/lib/warm';\nexport function Page() { useWarm('/sign-out'); return <Main />; }",
        WARM,
      ),
    ).toHaveLength(1);
  });

  it('is left alone where it is given another', () => {
    expect(
      look(
        "import { useWarm } from '@/lib/warm';\nexport function Page() { useWarm('/sign-in'); return <Main label=\"sign-out\" />; }",
        WARM,
      ),
    ).toEqual([]);
  });

  it('is left alone where it only goes there', () => {
    const go: Files = {
      'lib/warm.ts': `${HOOKS}export function useWarm(path: string) { const router = useRouter(); useEffect(() => { router.prefetch('/home'); router.push(path); }, [router, path]); }`,
    };
    expect(
      look(
        "import { useWarm } from '@/lib/warm';\nexport function Page() { useWarm('/sign-out'); return <Main />; }",
        go,
      ),
    ).toEqual([]);
  });
});

describe('a component of the project that prefetches', () => {
  const WARM_LINK: Files = {
    'components/warm-link.tsx': `${HOOKS}export function WarmLink({ href, warm = true, children }) { const router = useRouter(); useEffect(() => { const poll = () => { if (warm) router.prefetch(href, { onInvalidate: poll }); }; poll(); }, [href, router]); return <a href={href}>{children}</a>; }`,
  };
  const use = (attributes: string) =>
    `import { WarmLink } from '@/components/warm-link';\nexport const Page = () => <WarmLink ${attributes}>Out</WarmLink>;`;

  it('is reported where it is given a sign-out route', () => {
    expect(look(use('href="/sign-out"'), WARM_LINK)).toEqual([expect.stringMatching(/^prefetchedSignOut \/sign-out/u)]);
  });

  it('is left alone where it is told not to', () => {
    expect(look(use('href="/sign-out" warm={false}'), WARM_LINK)).toEqual([]);
  });

  it('is left alone where it is given another', () => {
    expect(look(use('href="/sign-in" title="/sign-out"'), WARM_LINK)).toEqual([]);
  });
});

describe('a router that another file hands on', () => {
  const FILES: Files = {
    'lib/warm.js': 'export function warmAll(router, paths) { paths.forEach((path) => router.prefetch(path)); }',
    'lib/typed.ts':
      "import type { useRouter } from 'next/navigation';\ntype Router = ReturnType<typeof useRouter>;\nexport const warm = (router: Router, path: string) => { router.prefetch(path); };",
    'lib/nav.ts': `${HOOKS}export function useNav() { const router = useRouter(); return { go: (path) => router.push(path), warm: (path) => router.prefetch(path) }; }`,
    'lib/context.tsx':
      "import { createContext, useContext } from 'react';\nimport { useRouter } from 'next/navigation';\nconst RouterContext = createContext<ReturnType<typeof useRouter> | null>(null);\nexport const useAppRouter = () => { const router = useContext(RouterContext); return router; };",
  };

  it.each([
    [
      'to a function without types',
      `${HOOKS}import { warmAll } from '@/lib/warm';\nexport function Page() { const router = useRouter(); useEffect(() => { warmAll(router, ['/team', '/sign-out']); }); return null; }`,
    ],
    [
      'to a function with an alias of its type',
      `${HOOKS}import { warm } from '@/lib/typed';\nexport function Page() { const router = useRouter(); useEffect(() => { warm(router, '/sign-out'); }); return null; }`,
    ],
    [
      'inside of a function that a hook gives',
      "import { useNav } from '@/lib/nav';\nexport function Page() { const { warm } = useNav(); return <button onFocus={() => warm('/sign-out')}>Out</button>; }",
    ],
    [
      'by a context',
      "import { useAppRouter } from '@/lib/context';\nexport function Page() { const router = useAppRouter(); return <button onFocus={() => router.prefetch('/sign-out')}>Out</button>; }",
    ],
  ])('is found: %s', (_, code) => {
    expect(look(code, FILES)).toHaveLength(1);
  });

  it.each([
    [
      'what is handed on is no router',
      "import { warmAll } from '@/lib/warm';\nimport { createCache } from '@acme/cache';\nexport const warm = () => { warmAll(createCache(), ['/sign-out']); };",
    ],
    [
      'it only goes there',
      "import { useNav } from '@/lib/nav';\nexport function Page() { const { go } = useNav(); return <button onClick={() => go('/sign-out')}>Out</button>; }",
    ],
  ])('is not where %s', (_, code) => {
    expect(look(code, FILES)).toEqual([]);
  });
});
