/** Links to a route that signs users out, or starts a sign-in, each as a page of its own: PLAYBOOK §1 and §6. */
import type { Files } from '../stage/common.ts';

export interface LinkCase {
  readonly name: string;
  /** JSX of the page. */
  readonly jsx: string;
  readonly imports?: readonly string[];
  /** Statements of the component; with some, it is a client component. */
  readonly body?: string;
  /** Statements of the module. */
  readonly head?: string;
  readonly router?: 'pages';
  /** What a person does after the page has loaded. Not a click on the link: what follows one is meant. */
  readonly act?: 'hover' | 'open' | 'scroll';
  /** The path that is asked for. */
  readonly target: string;
  /** What happens without a click. */
  readonly does: Effect;
  /** With Next.js 15, where that is something else. */
  readonly does15?: Effect;
  /** Whether a rule reports the page. */
  readonly reported: boolean;
  /** Where the rule and the browser differ: why. */
  readonly because?: string;
}

export type Effect = 'nothing' | 'requests the route' | 'signs out' | 'starts a sign-in';

const LINK = "import Link from 'next/link';";
const API = '/api/sign-out';
const FORM = "import Form from 'next/form';";
const ROUTER = "import { useRouter } from 'next/navigation';\nimport { useEffect } from 'react';";
const PAGES_ROUTER = "import { useRouter } from 'next/router';\nimport { useEffect } from 'react';";

type Rest = Partial<LinkCase>;

/** A page whose link signs out as soon as it is on screen, and which a rule reports. */
const signsOut = (name: string, jsx: string, rest: Rest = {}): LinkCase => ({
  name,
  jsx,
  imports: [LINK],
  target: '/sign-out',
  does: 'signs out',
  reported: true,
  ...rest,
});
const quiet = (name: string, jsx: string, rest: Rest = {}): LinkCase =>
  signsOut(name, jsx, { does: 'nothing', reported: false, ...rest });
const link = (attributes: string): string => `<Link ${attributes}>Sign out</Link>`;

const APP_ROUTER: readonly LinkCase[] = [
  signsOut('default', link('href="/sign-out"')),
  signsOut('prefetch', link('href="/sign-out" prefetch')),
  signsOut('prefetch-true', link('href="/sign-out" prefetch={true}')),
  signsOut('prefetch-null', link('href="/sign-out" prefetch={null}')),
  signsOut('prefetch-undefined', link('href="/sign-out" prefetch={undefined}')),
  signsOut('prefetch-auto', link('href="/sign-out" prefetch="auto"')),
  signsOut('prefetch-string-false', link('href="/sign-out" prefetch="false"')),
  quiet('prefetch-false', link('href="/sign-out" prefetch={false}')),
  quiet('prefetch-false-spread', link('href="/sign-out" {...{ prefetch: false }}')),
  quiet('prefetch-false-hover', link('href="/sign-out" prefetch={false}'), { act: 'hover' }),
  signsOut('spread-after-prefetch-false', link('href="/sign-out" prefetch={false} {...{ prefetch: true }}')),
  signsOut('href-object', link("href={{ pathname: '/sign-out' }}")),
  signsOut('href-conditional', link("href={process.env.APP_ORIGIN ? '/sign-out' : '/'}")),
  signsOut('href-absolute', link('href={`${process.env.APP_ORIGIN}/sign-out`}')),
  signsOut('query', link('href="/sign-out?from=menu"')),
  signsOut('replace', link('href="/sign-out" replace')),
  signsOut('target-blank', link('href="/sign-out" target="_blank"')),
  signsOut('dynamic-on-hover', link('href="/sign-out" unstable_dynamicOnHover')),
  signsOut('below-the-fold', '<div><div style={{ height: 4000 }} /><Link href="/sign-out">Sign out</Link></div>', {
    act: 'scroll',
  }),
  signsOut('in-closed-details', `<details><summary>More</summary>${link('href="/sign-out"')}</details>`, {
    act: 'open',
  }),
  signsOut(
    'in-a-list',
    "<ul>{[{ href: '/' }, { href: '/sign-out' }].map((item) => <li key={item.href}><Link href={item.href}>{item.href}</Link></li>)}</ul>",
  ),
  signsOut('wrapper', '<NavLink href="/sign-out">Sign out</NavLink>', {
    imports: [LINK, "import type { ComponentProps } from 'react';"],
    head: 'function NavLink(props: ComponentProps<typeof Link>) {\n  return <Link {...props} />;\n}',
  }),
  signsOut('component-prop', '<Box component={Link} href="/sign-out">Sign out</Box>', {
    imports: [LINK, "import type { ComponentProps, ElementType } from 'react';"],
    head: 'function Box({ component: Component, ...rest }: ComponentProps<typeof Link> & { component: ElementType }) {\n  return <Component {...rest} />;\n}',
  }),
  signsOut('create-element', "{createElement(Link, { href: '/sign-out' }, 'Sign out')}", {
    imports: [LINK, "import { createElement } from 'react';"],
  }),
  signsOut('router-prefetch', '<p>Sign out</p>', {
    imports: [ROUTER],
    body: "const router = useRouter();\n  useEffect(() => {\n    router.prefetch('/sign-out');\n  }, [router]);",
  }),
  signsOut('form', '<Form action="/sign-out"><button>Sign out</button></Form>', { imports: [FORM] }),
  quiet('form-prefetch-false', '<Form action="/sign-out" prefetch={false}><button>Sign out</button></Form>', {
    imports: [FORM],
  }),
  quiet('form-of-html', '<form action="/sign-out"><button>Sign out</button></form>', { imports: [] }),
  quiet('server-action', '<form action={leave}><button>Sign out</button></form>', {
    imports: ["import { signOut } from '@workos-inc/authkit-nextjs';"],
    head: "async function leave() {\n  'use server';\n  await signOut();\n}",
  }),
  quiet('anchor', '<a href="/sign-out">Sign out</a>', { imports: [] }),
  quiet('button', '<button onClick={leave}>Sign out</button>', {
    imports: [],
    body: 'const leave = () => window.location.assign("/sign-out");',
  }),
  signsOut('link-of-html', '<link rel="prefetch" href="/sign-out" />', { imports: [] }),
  quiet('page-that-signs-out', link('href="/signs-out"'), { target: '/signs-out', does: 'requests the route' }),
  signsOut('api-route', link('href="/api/sign-out"'), { target: API }),
  quiet('route-with-guard', link('href="/routes/guarded"'), { target: '/routes/guarded', does: 'requests the route' }),
  signsOut('route-with-half-a-guard', link('href="/routes/half-guarded" prefetch={true}'), {
    target: '/routes/half-guarded',
    does: 'requests the route',
    does15: 'signs out',
  }),
  quiet('route-with-post', link('href="/routes/by-post"'), { target: '/routes/by-post', does: 'requests the route' }),
];

const PAGES: readonly LinkCase[] = [
  signsOut('pages-router', link('href="/api/sign-out"'), { target: API }),
  signsOut('pages-router-hover', link('href="/api/sign-out" prefetch={false}'), { act: 'hover', target: API }),
  quiet('pages-router-prefetch-false', link('href="/api/sign-out" prefetch={false}'), {
    target: API,
    reported: true,
    because: 'it signs out on hover',
  }),
  signsOut('pages-router-router-prefetch', '<p>Sign out</p>', {
    imports: [PAGES_ROUTER],
    target: API,
    body: "const router = useRouter();\n  useEffect(() => {\n    void router.prefetch('/api/sign-out');\n  }, [router]);",
  }),
  quiet('pages-router-anchor', '<a href="/api/sign-out">Sign out</a>', { imports: [], target: API }),
  quiet('pages-router-outside-the-matcher', link('href="/api/uncovered"'), {
    target: '/api/uncovered',
    reported: true,
    because: 'the next change of the matcher signs users out',
  }),
  quiet('pages-router-app-route', link('href="/sign-out"'), { target: '/sign-out', does: 'requests the route' }),
  quiet('pages-router-server-side-props', link('href="/leaves"'), { target: '/leaves', does: 'requests the route' }),
].map((one) => ({ ...one, router: 'pages' }));

const startsSignIn = (name: string, jsx: string, rest: Rest = {}): LinkCase =>
  signsOut(name, jsx, { target: '/sign-in', does: 'starts a sign-in', ...rest });

const SIGN_IN: readonly LinkCase[] = [
  startsSignIn('sign-in', '<Link href="/sign-in">Sign in</Link>'),
  startsSignIn('sign-in-form', '<Form action="/sign-in"><button>Sign in</button></Form>', { imports: [FORM] }),
  startsSignIn('sign-in-router-prefetch', '<p>Sign in</p>', {
    imports: [ROUTER],
    body: "const router = useRouter();\n  useEffect(() => {\n    router.prefetch('/sign-in');\n  }, [router]);",
  }),
  quiet('sign-in-prefetch-false', '<Link href="/sign-in" prefetch={false}>Sign in</Link>', { target: '/sign-in' }),
  quiet('sign-in-anchor', '<a href="/sign-in">Sign in</a>', { imports: [], target: '/sign-in' }),
  quiet('sign-in-page', '<Link href="/login">Sign in</Link>', { target: '/login', does: 'requests the route' }),
  quiet('pages-router-sign-in', '<Link href="/sign-in">Sign in</Link>', {
    router: 'pages',
    target: '/sign-in',
    does: 'requests the route',
  }),
];

export const LINKS: readonly LinkCase[] = [...APP_ROUTER, ...PAGES, ...SIGN_IN];

/** Where the page is, from the root of the app. */
export const fileOf = ({ name, router }: LinkCase): string =>
  router === 'pages' ? `pages/links/${name}.tsx` : `app/links/${name}/page.tsx`;

/** The pages of all of them. */
export const linkFiles = (): Files => Object.fromEntries(LINKS.map((one) => [fileOf(one), sourceOf(one)]));

function sourceOf({ body, head, imports = [], jsx }: LinkCase): string {
  const lines = [...(body === undefined ? [] : ["'use client';\n"]), ...imports].join('\n');
  const parts = [lines, head].filter((part) => part !== undefined && part !== '');
  const component = `export default function Page() {\n${body === undefined ? '' : `  ${body}\n`}  return <main>${jsx}</main>;\n}\n`;
  return [...parts, component].join('\n\n');
}
