/** Links to a route that signs users out, or starts a sign-in, each as a page of its own: PLAYBOOK §1 and §6. */

export interface LinkCase {
  readonly name: string;
  /** JSX of the page. */
  readonly jsx: string;
  readonly imports?: readonly string[];
  /** Statements of the component; with some, it is a client component. */
  readonly body?: string;
  readonly router?: 'pages';
  /** What a person does after the page has loaded. Not a click: what follows one is meant. */
  readonly act?: 'hover' | 'scroll';
  /** Whether the route is requested without a click. */
  readonly prefetches: boolean;
  /** Whether a rule reports the page. */
  readonly reported: boolean;
}

const LINK = "import Link from 'next/link';";
const FORM = "import Form from 'next/form';";
const ROUTER = "import { useRouter } from 'next/navigation';\nimport { useEffect } from 'react';";

const link = (name: string, attributes: string, prefetches: boolean): LinkCase => ({
  name,
  jsx: `<Link ${attributes}>Sign out</Link>`,
  imports: [LINK],
  prefetches,
  reported: prefetches,
});

export const LINKS: readonly LinkCase[] = [
  link('default', 'href="/sign-out"', true),
  link('prefetch', 'href="/sign-out" prefetch', true),
  link('prefetch-true', 'href="/sign-out" prefetch={true}', true),
  link('prefetch-null', 'href="/sign-out" prefetch={null}', true),
  link('prefetch-undefined', 'href="/sign-out" prefetch={undefined}', true),
  link('prefetch-auto', 'href="/sign-out" prefetch="auto"', true),
  link('prefetch-string-false', 'href="/sign-out" prefetch="false"', true),
  link('prefetch-false', 'href="/sign-out" prefetch={false}', false),
  link('prefetch-false-spread', 'href="/sign-out" {...{ prefetch: false }}', false),
  { ...link('prefetch-false-hover', 'href="/sign-out" prefetch={false}', false), act: 'hover' },
  link('href-object', "href={{ pathname: '/sign-out' }}", true),
  link('query', 'href="/sign-out?from=menu"', true),
  link('replace', 'href="/sign-out" replace', true),
  link('target-blank', 'href="/sign-out" target="_blank"', true),
  link('dynamic-on-hover', 'href="/sign-out" unstable_dynamicOnHover', true),
  {
    ...link('below-the-fold', 'href="/sign-out"', true),
    jsx: '<div><div style={{ height: 4000 }} /><Link href="/sign-out">Sign out</Link></div>',
    act: 'scroll',
  },
  {
    ...link('in-a-list', '', true),
    jsx: "<ul>{[{ href: '/' }, { href: '/sign-out' }].map((item) => <li key={item.href}><Link href={item.href}>{item.href}</Link></li>)}</ul>",
  },
  {
    name: 'router-prefetch',
    imports: [ROUTER],
    body: "const router = useRouter();\n  useEffect(() => {\n    router.prefetch('/sign-out');\n  }, [router]);",
    jsx: '<p>Sign out</p>',
    prefetches: true,
    reported: true,
  },
  {
    name: 'form',
    imports: [FORM],
    jsx: '<Form action="/sign-out"><button>Sign out</button></Form>',
    prefetches: true,
    reported: true,
  },
  {
    name: 'form-prefetch-false',
    imports: [FORM],
    jsx: '<Form action="/sign-out" prefetch={false}><button>Sign out</button></Form>',
    prefetches: false,
    reported: false,
  },
  { name: 'anchor', jsx: '<a href="/sign-out">Sign out</a>', prefetches: false, reported: false },
  {
    name: 'button',
    body: 'const leave = () => window.location.assign("/sign-out");',
    jsx: '<button onClick={leave}>Sign out</button>',
    prefetches: false,
    reported: false,
  },
  {
    name: 'page-that-signs-out',
    imports: [LINK],
    jsx: '<Link href="/signs-out">Sign out</Link>',
    prefetches: false,
    reported: false,
  },
  {
    name: 'pages-router',
    router: 'pages',
    imports: [LINK],
    jsx: '<Link href="/api/sign-out">Sign out</Link>',
    prefetches: true,
    reported: true,
  },
  {
    name: 'pages-router-hover',
    router: 'pages',
    imports: [LINK],
    jsx: '<Link href="/api/sign-out" prefetch={false}>Sign out</Link>',
    act: 'hover',
    prefetches: true,
    reported: true,
  },
  link('sign-in', 'href="/sign-in"', true),
  link('sign-in-prefetch-false', 'href="/sign-in" prefetch={false}', false),
  { name: 'sign-in-anchor', jsx: '<a href="/sign-in">Sign in</a>', prefetches: false, reported: false },
];

export const startsSignIn = ({ name }: LinkCase): boolean => name.startsWith('sign-in');

/** Where the page is, from the root of the app. */
export const fileOf = ({ name, router }: LinkCase): string =>
  router === 'pages' ? `pages/links/${name}.tsx` : `app/links/${name}/page.tsx`;

export function sourceOf({ body, imports = [], jsx }: LinkCase): string {
  const head = [...(body === undefined ? [] : ["'use client';\n"]), ...imports].join('\n');
  return `${head}${head === '' ? '' : '\n\n'}export default function Page() {\n${body === undefined ? '' : `  ${body}\n`}  return <main>${jsx}</main>;\n}\n`;
}
