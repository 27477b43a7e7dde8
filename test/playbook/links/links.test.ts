/** Each way in which a link and its href hide, next to its innocent neighbours, in small App Router apps. */
import { describe, expect, it } from 'vitest';
import { APP, type Files, messagesOf } from './support.ts';

const SIGN_OUT =
  "import { signOut } from '@workos-inc/authkit-nextjs';\nexport async function GET() { return signOut(); }\n";
const look = (code: string, files: Files, path?: string) =>
  messagesOf(code, { ...APP, 'app/sign-out/route.ts': SIGN_OUT, ...files }, path);

describe('a link that prefetches a sign-out route', () => {
  it.each<[string, string, Files, string?]>([
    [
      'import = require',
      `import Link = require('next/link');
export const n = <Link href='/sign-out' />;`,
      {},
    ],
    [
      'import = require default',
      `import L = require('next/link');
export const n = <L.default href='/sign-out' />;`,
      {},
    ],
    [
      'await import destructured',
      `const { default: L } = await import('next/link');
export const n = <L href='/sign-out' />;`,
      {},
    ],
    [
      'require',
      `const Link = require('next/link');
module.exports = () => <Link href='/sign-out' />;`,
      {},
      'components/nav.jsx',
    ],
    [
      'require default',
      `const Link = require('next/link').default;
module.exports = () => <Link href='/sign-out' />;`,
      {},
      'components/nav.js',
    ],
    [
      'interopRequire',
      `const { default: Link } = require('next/link');
module.exports = () => <Link href='/sign-out' />;`,
      {},
      'components/nav.js',
    ],
    [
      'default as',
      `import { default as L } from 'next/link';
export const n = <L href='/sign-out' />;`,
      {},
    ],
    [
      'dynamic',
      `import dynamic from 'next/dynamic';
const L = dynamic(() => import('next/link'));
export const n = <L href='/sign-out' />;`,
      {},
    ],
    [
      'lazy project',
      `import { lazy } from 'react';
const L = lazy(() => import('./my-link'));
export const n = <L href='/sign-out' />;`,
      {
        'components/my-link.tsx': `import Link from 'next/link';
export default function MyLink(p) { return <Link {...p} />; }`,
      },
    ],
    [
      'dynamic then',
      `import dynamic from 'next/dynamic';
const L = dynamic(() => import('./my-link').then((m) => m.MyLink), { ssr: false });
export const n = <L href='/sign-out' />;`,
      {
        'components/my-link.tsx': `import Link from 'next/link';
export function MyLink(p) { return <Link {...p} />; }`,
      },
    ],
    [
      'dynamic then default obj',
      `import dynamic from 'next/dynamic';
const L = dynamic(() => import('./my-link').then((m) => ({ default: m.MyLink })));
export const n = <L href='/sign-out' />;`,
      {
        'components/my-link.tsx': `import Link from 'next/link';
export function MyLink(p) { return <Link {...p} />; }`,
      },
    ],
    [
      'dynamic async',
      `import dynamic from 'next/dynamic';
const L = dynamic(async () => { const m = await import('./my-link'); return m.MyLink; });
export const n = <L href='/sign-out' />;`,
      {
        'components/my-link.tsx': `import Link from 'next/link';
export function MyLink(p) { return <Link {...p} />; }`,
      },
    ],
    [
      'dynamic async await member',
      `import dynamic from 'next/dynamic';
const L = dynamic(async () => (await import('./my-link')).MyLink);
export const n = <L href='/sign-out' />;`,
      {
        'components/my-link.tsx': `import Link from 'next/link';
export function MyLink(p) { return <Link {...p} />; }`,
      },
    ],
    [
      're-export default',
      `import { Link } from './ui';
export const n = <Link href='/sign-out' />;`,
      { 'components/ui.ts': "export { default as Link } from 'next/link';" },
    ],
    [
      'barrel star',
      `import { AppLink } from './ui';
export const n = <AppLink href='/sign-out' />;`,
      {
        'components/ui/index.ts': `export * from './link';
export * from './b';`,
        'components/ui/link.ts': `import Link from 'next/link';
export const AppLink = Link;`,
        'components/ui/b.ts': 'export const x = 1',
      },
    ],
    [
      'namespace of project',
      `import * as UI from './ui';
export const n = <UI.AppLink href='/sign-out' />;`,
      {
        'components/ui/index.ts': "export * from './link';",
        'components/ui/link.ts': `import Link from 'next/link';
export const AppLink = Link;`,
      },
    ],
    [
      'compound Object.assign',
      `import { Nav } from './ui';
export const n = <Nav.Item href='/sign-out' />;`,
      {
        'components/ui.tsx': `import Link from 'next/link';
function Item(p) { return <Link {...p} />; }
export const Nav = Object.assign(function Nav() { return null; }, { Item });`,
      },
    ],
    [
      'compound static assignment',
      `import { Nav } from './ui';
export const n = <Nav.Item href='/sign-out' />;`,
      {
        'components/ui.tsx': `import Link from 'next/link';
function Item({ href }) { return <Link href={href} />; }
export function Nav() { return null; }
Nav.Item = Item;`,
      },
    ],
    [
      'compound object',
      `import { Nav } from './ui';
export const n = <Nav.Item href='/sign-out' />;`,
      {
        'components/ui.tsx': `import Link from 'next/link';
const Nav = { Item: ({ href }) => <Link href={href} /> };
export { Nav };`,
      },
    ],
    [
      'class component',
      `import { NavLink } from './ui';
export const n = <NavLink href='/sign-out' />;`,
      {
        'components/ui.tsx': `import Link from 'next/link';
export class NavLink extends React.Component { render() { const { href } = this.props; return <Link href={href} />; } }`,
      },
    ],
    [
      'class component local this.props.to',
      `import Link from 'next/link';
class NavLink extends React.Component { render() { return <Link href={this.props.to} />; } }
export const n = <NavLink to='/sign-out' />;`,
      {},
    ],
    [
      'class spread',
      `import Link from 'next/link';
class NavLink extends React.Component { render() { return <Link {...this.props} />; } }
export const n = <NavLink href='/sign-out' />;`,
      {},
    ],
    [
      'wrapper five deep',
      `import { E } from './e';
export const n = <E goto='/sign-out' />;`,
      {
        'components/a.tsx': `import Link from 'next/link';
export const A = ({ href }) => <Link href={href} />;`,
        'components/b.tsx': `import { A } from './a';
export const B = ({ to }) => <A href={to} />;`,
        'components/c.tsx': `import { B } from './b';
export const C = ({ url }) => <B to={url} />;`,
        'components/d.tsx': `import { C } from './c';
export const D = ({ link }) => <C url={link} />;`,
        'components/e.tsx': `import { D } from './d';
export const E = ({ goto }) => <D link={goto} />;`,
      },
    ],
    [
      'default prop in def reported there',
      `import Link from 'next/link';
export const OutLink = ({ href = '/sign-out', className }) => <Link href={href} className={className} />;`,
      {},
    ],
    [
      'wrapper def with own',
      `import Link from 'next/link';
export const SignOutLink = (props) => <Link {...props} href='/sign-out' />;`,
      {},
    ],
    [
      'useRef props const',
      `import Link from 'next/link';
function NavLink(props) { const { to, children } = props; return <Link href={to}>{children}</Link>; }
export const n = <NavLink to='/sign-out'>x</NavLink>;`,
      {},
    ],
    [
      'props.href',
      `import Link from 'next/link';
function NavLink(props) { return <Link href={props.href}>{props.children}</Link>; }
export const n = <NavLink href='/sign-out'>x</NavLink>;`,
      {},
    ],
    [
      'const Comp = cond',
      `import Link from 'next/link';
export const n = (ext) => { const Comp = ext ? 'a' : Link; return <Comp href='/sign-out' />; };`,
      {},
    ],
    [
      'let Comp assigned',
      `import Link from 'next/link';
export function N({ ext }) { let Comp = 'a'; if (!ext) Comp = Link; return <Comp href='/sign-out' />; }`,
      {},
    ],
    [
      'components map',
      `import Link from 'next/link';
const tags = { link: Link, a: 'a' };
export const n = <tags.link href='/sign-out' />;`,
      {},
    ],
    [
      'memo forwardRef generic',
      `import Link from 'next/link';
import * as React from 'react';
const N = React.forwardRef<HTMLAnchorElement, any>(function N({ to, ...p }, ref) { return <Link ref={ref} href={to} {...p} />; });
N.displayName = 'N';
export const n = <N to='/sign-out' />;`,
      {},
    ],
    [
      'motion(Link)',
      `import Link from 'next/link';
import { motion } from 'framer-motion';
const M = motion(Link);
export const n = <M href='/sign-out' />;`,
      {},
    ],
    [
      'motion.create(Link)',
      `import Link from 'next/link';
import { motion } from 'framer-motion';
const M = motion.create(Link);
export const n = <M href='/sign-out' />;`,
      {},
    ],
    [
      'chakra.factory',
      `import Link from 'next/link';
import { chakra } from '@chakra-ui/react';
const M = chakra(Link, { base: {} });
export const n = <M href='/sign-out' />;`,
      {},
    ],
    [
      'withStyle hoc',
      `import Link from 'next/link';
const withX = (C) => (p) => <C {...p} />;
const M = withX(Link);
export const n = <M href='/sign-out' />;`,
      {},
    ],
    [
      'chakra as NextLink',
      `import { Link } from '@chakra-ui/react';
import NextLink from 'next/link';
export const n = <Link as={NextLink} href='/sign-out' />;`,
      {},
    ],
    [
      'chakra asChild',
      `import { Link } from '@chakra-ui/react';
import NextLink from 'next/link';
export const n = <Link asChild><NextLink href='/sign-out'>x</NextLink></Link>;`,
      {},
    ],
    [
      'useRender base ui',
      `import Link from 'next/link';
export const n = <NavigationMenu.Link render={<Link href='/sign-out' />}>x</NavigationMenu.Link>;`,
      {},
    ],
    [
      'render function',
      `import Link from 'next/link';
export const n = <Item render={(p) => <Link {...p} href='/sign-out' />}>x</Item>;`,
      {},
    ],
    [
      'legacyBehavior with a',
      `import Link from 'next/link';
export const n = <Link href='/sign-out' legacyBehavior><a>x</a></Link>;`,
      {},
    ],
    [
      'list written out in a prop of any name',
      `import { Crumbs } from './crumbs';
export const n = <Crumbs segments={[{ label: 'Home', href: '/' }, { label: 'Out', href: '/sign-out' }]} />;`,
      {
        'components/crumbs.tsx': `import Link from 'next/link';
export const Crumbs = ({ segments }) => segments.map((one) => <Link key={one.href} href={one.href}>{one.label}</Link>);`,
      },
    ],
    [
      'component that renders itself',
      `import Link from 'next/link';
const pages = [{ href: '/', children: [{ href: '/sign-out', children: [] }] }];
function Tree({ nodes }) { return nodes.map((one) => <li key={one.href}><Link href={one.href}>x</Link><Tree nodes={one.children} /></li>); }
export const n = <Tree nodes={pages} />;`,
      {},
    ],
    [
      'linkComponent prop',
      `import Link from 'next/link';
export const n = <UI linkComponent={Link} href='/sign-out' />;`,
      {},
    ],
    [
      'createElement alias',
      `import Link from 'next/link';
import { createElement as h } from 'react';
export const n = h(Link, { href: '/sign-out' }, 'x');`,
      {},
    ],
    [
      'createElement const props',
      `import Link from 'next/link';
import React from 'react';
const p = { href: '/sign-out' };
export const n = React.createElement(Link, p);`,
      {},
    ],
    [
      'createElement spread',
      `import Link from 'next/link';
import * as React from 'react';
export const n = React.createElement(Link, { ...x, href: '/sign-out' });`,
      {},
    ],
    [
      'lazy ui package type',
      `import { Link } from 'next-view-transitions';
export const n = <Link href='/sign-out' />;`,
      {},
    ],
    [
      'next-intl new',
      `import {createNavigation} from 'next-intl/navigation';
const {Link: L} = createNavigation({});
export const n = <L href='/sign-out' />;`,
      {},
    ],
    [
      'next-intl namespace',
      `import {createNavigation} from 'next-intl/navigation';
const nav = createNavigation({});
export const n = <nav.Link href='/sign-out' />;`,
      {},
    ],
    [
      'next-intl file with default export',
      `import {Link} from '@/i18n/navigation';
export const n = <Link href={{ pathname: '/sign-out' }} locale='en' />;`,
      {
        'i18n/navigation.ts': `import {createNavigation} from 'next-intl/navigation';
import {routing} from './routing';
export const {Link, redirect, usePathname, useRouter} = createNavigation(routing);`,
        'i18n/routing.ts': 'export const routing = {}',
        'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./*"]}}}',
      },
    ],
    [
      'enum',
      `import Link from 'next/link';
enum R { Out = '/sign-out' }
export default function Nav(props: any) { return <Link href={R.Out} />; }`,
      {},
    ],
    [
      'const enum imported',
      `import Link from 'next/link';
import { R } from './r';
export default function Nav(props: any) { return <Link href={R.Out} />; }`,
      { 'components/r.ts': "export const enum R { Home = '/', Out = '/sign-out' }" },
    ],
    [
      'satisfies',
      `import Link from 'next/link';
const R = { out: '/sign-out' } satisfies Record<string, string>;
export default function Nav(props: any) { return <Link href={R.out} />; }`,
      {},
    ],
    [
      'function route',
      `import Link from 'next/link';
const r = { out: (to?: string) => \`/sign-out\${to ? \`?to=\${to}\` : ''}\` };
export default function Nav(props: any) { return <Link href={r.out()} />; }`,
      {},
    ],
    [
      'template query',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={\`/sign-out?returnTo=\${encodeURIComponent(props.path)}\`} />; }`,
      {},
    ],
    [
      'template locale',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={\`/\${props.locale}/sign-out\`} />; }`,
      {
        'app/[locale]/sign-out/route.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() { return signOut(); }`,
      },
    ],
    [
      'locale prefix literal',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/en/sign-out" />; }`,
      {
        'app/[locale]/sign-out/route.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() { return signOut(); }`,
      },
    ],
    [
      'basePath template',
      `import Link from 'next/link';
const base = process.env.NEXT_PUBLIC_BASE_PATH ?? '';
export default function Nav(props: any) { return <Link href={\`\${base}/sign-out\`} />; }`,
      {},
    ],
    [
      'env base path no fallback',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={\`\${process.env.NEXT_PUBLIC_BASE_PATH}/sign-out\`} />; }`,
      {},
    ],
    [
      'absolute env origin',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={\`\${process.env.NEXT_PUBLIC_APP_URL}/sign-out\`} />; }`,
      {},
    ],
    [
      'absolute localhost',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="http://localhost:3000/sign-out" />; }`,
      {},
    ],
    [
      'absolute literal same as env',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="https://app.acme.com/sign-out" />; }`,
      {
        '.env.production': `NEXT_PUBLIC_APP_URL=https://app.acme.com
`,
      },
    ],
    [
      'absolute literal same as redirect uri',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="https://app.acme.com/sign-out" />; }`,
      {
        '.env': `NEXT_PUBLIC_WORKOS_REDIRECT_URI=https://app.acme.com/callback
`,
      },
    ],
    [
      'new URL origin',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={new URL('/sign-out', window.location.origin)} />; }`,
      {},
    ],
    [
      'new URL href',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={new URL('/sign-out', process.env.NEXT_PUBLIC_URL).toString()} />; }`,
      {},
    ],
    [
      'url pathname',
      `import Link from 'next/link';
const u = new URL('https://x.y/sign-out');
export default function Nav(props: any) { return <Link href={u.pathname} />; }`,
      {},
    ],
    [
      'object query',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={{ pathname: '/sign-out', query: { a: 1 } }} />; }`,
      {},
    ],
    [
      'object const',
      `import Link from 'next/link';
const to = { pathname: '/sign-out' } as const;
export default function Nav(props: any) { return <Link href={to} />; }`,
      {},
    ],
    [
      'uppercase',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/Sign-Out" />; }`,
      {},
    ],
    [
      'switch',
      `import Link from 'next/link';
function to(x) { switch (x) { case 'a': return '/a'; case 'b': return '/sign-out'; default: return '/'; } }
export default function Nav(props: any) { return <Link href={to(props.x)} />; }`,
      {},
    ],
    [
      'switch let',
      `import Link from 'next/link';
export function N({ kind }) { let href; switch (kind) { case 'out': href = '/sign-out'; break; default: href = '/'; } return <Link href={href} />; }`,
      {},
    ],
    [
      'if else let',
      `import Link from 'next/link';
export function N({ user }) { let href = '/sign-in'; if (user) { href = '/sign-out'; } return <Link href={href} />; }`,
      {},
    ],
    [
      'map lookup',
      `import Link from 'next/link';
const R = { in: '/sign-in', out: '/sign-out' };
export default function Nav(props: any) { return <Link href={R[props.user ? "out" : "in"]} />; }`,
      {},
    ],
    [
      '&& href',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={props.user && "/sign-out"} />; }`,
      {},
    ],
    [
      '?? href',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={props.href ?? "/sign-out"} />; }`,
      {},
    ],
    [
      '|| href',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={props.href || "/sign-out"} />; }`,
      {},
    ],
    [
      'join',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={["", "sign-out"].join("/")} />; }`,
      {},
    ],
    [
      'concat',
      `import Link from 'next/link';
const base = '/auth';
export default function Nav(props: any) { return <Link href={base + "/sign-out"} />; }`,
      {},
    ],
    [
      'useMemo',
      `import Link from 'next/link';
import { useMemo } from 'react';
export default function Nav(props: any) { return <Link href={useMemo(() => "/sign-out", [])} />; }`,
      {},
    ],
    [
      'helper in file',
      `import Link from 'next/link';
import { path } from './p';
export default function Nav(props: any) { return <Link href={path("sign-out")} />; }`,
      { 'components/p.ts': "export function path(s) { return '/' + s; }" },
    ],
    [
      'default import constants',
      `import Link from 'next/link';
import routes from './p';
export default function Nav(props: any) { return <Link href={routes.auth.out} />; }`,
      {
        'components/p.ts': `const routes = { auth: { out: '/sign-out' } } as const;
export default routes;`,
      },
    ],
    [
      'namespace constants',
      `import Link from 'next/link';
import * as routes from './p';
export default function Nav(props: any) { return <Link href={routes.OUT} />; }`,
      { 'components/p.ts': "export const OUT = '/sign-out';" },
    ],
    [
      'class static',
      `import Link from 'next/link';
class R { static readonly out = '/sign-out'; }
export default function Nav(props: any) { return <Link href={R.out} />; }`,
      {},
    ],
    [
      'class private getter',
      `import Link from 'next/link';
class R { static get out() { return '/sign-out'; } }
export default function Nav(props: any) { return <Link href={R.out} />; }`,
      {},
    ],
    [
      'relative href',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="sign-out" />; }`,
      {},
    ],
    [
      'dot relative',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="./sign-out" />; }`,
      {},
    ],
    [
      'trailing slash + route',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out/" />; }`,
      {},
    ],
    [
      'double slash inside',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/auth//logout" />; }`,
      {},
    ],
    [
      'comma',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={(0, "/sign-out")} />; }`,
      {},
    ],
    [
      'generic function id',
      `import Link from 'next/link';
const route = <T extends string>(r: T) => r;
export default function Nav(props: any) { return <Link href={route("/sign-out")} />; }`,
      {},
    ],
    [
      'iife',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href={(() => "/sign-out")()} />; }`,
      {},
    ],
    [
      'array index',
      `import Link from 'next/link';
const A = ['/a', '/sign-out'] as const;
export default function Nav(props: any) { return <Link href={A[1]} />; }`,
      {},
    ],
    [
      'array destructuring',
      `import Link from 'next/link';
const [, out] = ['/a', '/sign-out'] as const;
export default function Nav(props: any) { return <Link href={out} />; }`,
      {},
    ],
    [
      'the default of a context, of another file',
      `import Link from 'next/link';
import { useMenu } from './menu';

export function Nav() { return useMenu().map((item) => <Link key={item.href} href={item.href} />); }`,
      {
        'components/menu.ts': `import { createContext, useContext } from 'react';
const MenuContext = createContext([{ href: '/' }, { href: '/sign-out' }]);
export const useMenu = () => useContext(MenuContext);`,
      },
    ],
    [
      'what a provider of a context provides',
      `import Link from 'next/link';
import { createContext, use } from 'react';

const Paths = createContext({ out: '/' });
export const WithPaths = ({ children }) => <Paths value={{ out: '/sign-out' }}>{children}</Paths>;
export function Nav() { const { out } = use(Paths); return <Link href={out} />; }`,
      {},
    ],
    [
      'useState',
      `import Link from 'next/link';
import { useState } from 'react';
export default function Nav(props: any) { return <Wrap />; }
function Wrap() { const [href] = useState('/sign-out'); return <Link href={href} />; }`,
      {},
    ],
    [
      'rewrite',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/logout" />; }`,
      {
        'next.config.js':
          "module.exports = { rewrites: async () => [{ source: '/logout', destination: '/sign-out' }] };",
      },
    ],
    [
      'prefetch const true',
      `import Link from 'next/link';
const off = true;
export default function Nav(props: any) { return <Link href="/sign-out" prefetch={off} />; }`,
      {},
    ],
    [
      'prefetch "auto"',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out" prefetch="auto" />; }`,
      {},
    ],
    [
      'prefetch false as string',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out" prefetch={"false"} />; }`,
      {},
    ],
    [
      'prefetch cond undefined',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out" prefetch={props.x ? false : undefined} />; }`,
      {},
    ],
    [
      'spread after false with prefetch true',
      `import Link from 'next/link';
const o = { prefetch: true };
export default function Nav(props: any) { return <Link href="/sign-out" prefetch={false} {...o} />; }`,
      {},
    ],
    [
      'spread && false',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out" {...(props.a && { prefetch: false })} />; }`,
      {},
    ],
    [
      'prefetch env prod',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out" prefetch={process.env.NODE_ENV === "production"} />; }`,
      {},
    ],
    [
      'dup prefetch',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link prefetch={false} href="/sign-out" prefetch />; }`,
      {},
    ],
    [
      'unstable_dynamicOnHover',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out" unstable_dynamicOnHover />; }`,
      {},
    ],
    [
      'Form formAction',
      `import Form from 'next/form';
export const n = <Form action={'/sign-out'} />;`,
      {},
    ],
    [
      'Form replace',
      `import Form from 'next/form';
export const n = <Form action='/sign-out' prefetch={null} />;`,
      {},
    ],
    [
      'router.prefetch nested',
      `import { useRouter } from 'next/navigation';
export function P() { const r = useRouter(); r?.prefetch('/sign-out'); return null; }`,
      {},
    ],
    [
      'router prefetch const',
      `import { useRouter } from 'next/navigation';
import { R } from './r';
export function P() { const r = useRouter(); useEffect(() => { [R.out, '/'].forEach((p) => r.prefetch(p)); }); return null; }`,
      { 'components/r.ts': "export const R = { out: '/sign-out' };" },
    ],
    [
      'router prefetch for of',
      `import { useRouter } from 'next/navigation';
export function P() { const r = useRouter(); for (const p of ['/', '/sign-out']) r.prefetch(p); return null; }`,
      {},
    ],
    [
      'router prefetch inline',
      `import { useRouter } from 'next/navigation';
export function P() { useRouter().prefetch('/sign-out'); return null; }`,
      {},
    ],
    [
      'next-intl router',
      `import { useRouter } from '../i18n/nav';
export function P() { const r = useRouter(); r.prefetch('/sign-out'); return null; }`,
      {
        'i18n/nav.ts': `import {createNavigation} from 'next-intl/navigation';
export const {Link, useRouter} = createNavigation({});`,
      },
    ],
    [
      'project useAppRouter',
      `import { useAppRouter } from './r';
export function P() { const r = useAppRouter(); r.prefetch('/sign-out'); return null; }`,
      {
        'components/r.ts': `import { useRouter } from 'next/navigation';
export const useAppRouter = () => useRouter();`,
      },
    ],
    [
      'onMouseEnter prefetch',
      `import { useRouter } from 'next/navigation';
export function P() { const router = useRouter(); const warm = () => router.prefetch('/sign-out'); return <b onMouseEnter={warm} />; }`,
      {},
    ],
    [
      'map local',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { href: '/sign-out' }];
export default function Nav(props: any) { return <>{items.map((i) => <Link key={i.href} href={i.href} />)}</>; }`,
      {},
    ],
    [
      'map destructured',
      `import Link from 'next/link';
const items = [{ href: '/a', label: 'A' }, { href: '/sign-out', label: 'B' }];
export default function Nav(props: any) { return <>{items.map(({ href, label }) => <Link key={href} href={href}>{label}</Link>)}</>; }`,
      {},
    ],
    [
      'nested groups',
      `import Link from 'next/link';
const groups = [{ items: [{ to: '/a' }] }, { items: [{ to: '/sign-out' }] }];
export default function Nav(props: any) { return <>{groups.map((g) => g.items.map((i) => <Link href={i.to} />))}</>; }`,
      {},
    ],
    [
      'Object.entries',
      `import Link from 'next/link';
const R = { Home: '/', Out: '/sign-out' };
export default function Nav(props: any) { return <>{Object.entries(R).map(([k, v]) => <Link key={k} href={v} />)}</>; }`,
      {},
    ],
    [
      'Object.values',
      `import Link from 'next/link';
const R = { Home: '/', Out: '/sign-out' };
export default function Nav(props: any) { return <>{Object.values(R).map((v) => <Link key={v} href={v} />)}</>; }`,
      {},
    ],
    [
      'Object.keys',
      `import Link from 'next/link';
const R = { '/': 'Home', '/sign-out': 'Out' };
export default function Nav(props: any) { return <>{Object.keys(R).map((v) => <Link key={v} href={v} />)}</>; }`,
      {},
    ],
    [
      'filter keeps',
      `import Link from 'next/link';
const items = [{ href: '/a', auth: false }, { href: '/sign-out', auth: true }];
export default function Nav(props: any) { return <>{items.filter((i) => i.auth).map((i) => <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'function returning array',
      `import Link from 'next/link';
const getItems = (u) => [{ href: '/a' }, ...(u ? [{ href: '/sign-out' }] : [])];
export default function Nav(props: any) { return <>{getItems(props.u).map((i) => <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'hook returning array',
      `import Link from 'next/link';
import { useItems } from './h';
export default function Nav(props: any) { return <>{useItems().map((i) => <Link href={i.href} />)}</>; }`,
      {
        'components/h.ts': `import { useMemo } from 'react';
export function useItems() { const { user } = useAuth(); return useMemo(() => user ? [{ href: '/a' }, { href: '/sign-out' }] : [], [user]); }`,
      },
    ],
    [
      'hook returning object',
      `import Link from 'next/link';
import { useItems } from './h';
export default function Nav(props: any) { return <Menu />; }
function Menu() { const { items, loading } = useItems(); return items.map((i) => <Link href={i.href} />); }`,
      {
        'components/h.ts':
          "export function useItems() { const items = [{ href: '/a' }, { href: '/sign-out' }]; return { items, loading: false }; }",
      },
    ],
    [
      'conditional push',
      `import Link from 'next/link';
export function N({ user }) { const items = [{ href: '/' }]; if (user) { items.push({ href: '/sign-out' }); } return items.map((i) => <Link href={i.href} />); }`,
      {},
    ],
    [
      'children prop items to imported Menu',
      `import { Menu } from './menu';
const items = [{ href: '/sign-out' }];
export const n = <Menu items={items} />;`,
      {
        'components/menu.tsx': `import Link from 'next/link';
export function Menu({ items }) { return <ul>{items.map((i) => <MenuItem key={i.href} {...i} />)}</ul>; }
function MenuItem({ href }) { return <Link href={href} />; }`,
      },
    ],
    [
      'item prop',
      `import { MenuItem } from './menu';
export const n = [{ href: '/sign-out' }].map((item) => <MenuItem item={item} />);`,
      {
        'components/menu.tsx': `import Link from 'next/link';
export function MenuItem({ item }) { return <Link href={item.href} />; }`,
      },
    ],
    [
      'Array.from map',
      `import Link from 'next/link';
const s = new Set(['/a', '/sign-out']);
export default function Nav(props: any) { return <>{[...s].map((i) => <Link href={i} />)}</>; }`,
      {},
    ],
    [
      'for of jsx',
      `import Link from 'next/link';
export function N() { const out = []; for (const i of [{ href: '/a' }, { href: '/sign-out' }]) { out.push(<Link href={i.href} />); } return out; }`,
      {},
    ],
    [
      'satisfies array',
      `import Link from 'next/link';
type I = { href: string };
const items = [{ href: '/sign-out' }] as const satisfies readonly I[];
export default function Nav(props: any) { return <>{items.map((i) => <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'concat arrays',
      `import Link from 'next/link';
const a = [{ href: '/a' }]; const z = [{ href: '/sign-out' }];
export default function Nav(props: any) { return <>{a.concat(z).map((i) => <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'record by role',
      `import Link from 'next/link';
const byRole = { admin: [{ href: '/a' }], user: [{ href: '/sign-out' }] };
export default function Nav(props: any) { return <>{byRole[props.role].map((i) => <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'optional chain',
      `import Link from 'next/link';
const nav = { items: [{ href: '/sign-out' }] };
export default function Nav(props: any) { return <>{nav?.items?.map((i) => <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'named callback',
      `import Link from 'next/link';
const items = [{ href: '/sign-out' }];
const renderItem = (i) => <Link href={i.href} />;
export default function Nav(props: any) { return <>{items.map(renderItem)}</>; }`,
      {},
    ],
    [
      'called helper',
      `import Link from 'next/link';
const renderItem = (href) => <Link href={href} />;
export default function Nav(props: any) { return <>{renderItem("/sign-out")}</>; }`,
      {},
    ],
    [
      'auth0 catch-all logout',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/api/auth/logout" />; }`,
      {
        'app/api/auth/[auth0]/route.ts': `import { handleAuth } from '@auth0/nextjs-auth0';
export const GET = handleAuth();`,
      },
    ],
    [
      'kinde catch-all logout',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/api/auth/logout" />; }`,
      {
        'app/api/auth/[kindeAuth]/route.js': `import { handleAuth } from '@kinde-oss/kinde-auth-nextjs/server';
export const GET = handleAuth();`,
      },
    ],
  ])('%s', (_, code, files, path) => {
    expect(look(code, files, path)).toHaveLength(1);
  });
});

describe('what is left alone', () => {
  it.each<[string, string, Files, string?]>([
    [
      'default prop',
      `import { OutLink } from './o';
export const n = <OutLink className='x' />;`,
      {
        'components/o.tsx': `import Link from 'next/link';
export const OutLink = ({ href = '/sign-out', className }) => <Link href={href} className={className} />;`,
      },
    ],
    [
      'wrapper def hanging on props',
      `import Link from 'next/link';
export const NavLink = ({ href, ...rest }) => <Link href={href} {...rest} />; // sign-out`,
      {},
    ],
    [
      'chakra Link',
      `import { Link } from '@chakra-ui/react';
export const n = <Link href='/sign-out' />;`,
      {},
    ],
    [
      'kinde LogoutLink',
      `import { LogoutLink } from '@kinde-oss/kinde-auth-nextjs/components';
export const n = <LogoutLink href='/sign-out'>x</LogoutLink>;`,
      {},
    ],
    [
      'createElement false',
      `import Link from 'next/link';
import { createElement } from 'react';
export const n = createElement(Link, { href: '/sign-out', prefetch: false });`,
      {},
    ],
    [
      'list written out whose last item is no link',
      `import { Crumbs } from './crumbs';
export const n = <Crumbs segments={[{ label: 'Home', href: '/' }, { label: 'Out', href: '/sign-out' }]} />;`,
      {
        'components/crumbs.tsx': `import Link from 'next/link';
export const Crumbs = ({ segments }) => segments.map((one, index) => index < segments.length - 1 ? <Link key={one.href} href={one.href}>{one.label}</Link> : <span>{one.label}</span>);`,
      },
    ],
    [
      'component that renders itself with other pages',
      `import Link from 'next/link';
const pages = [{ href: '/', hidden: '/sign-out', children: [{ href: '/a', children: [] }] }];
function Tree({ nodes }) { return nodes.map((one) => <li key={one.href}><Link href={one.href}>x</Link><Tree nodes={one.children} /></li>); }
export const n = <Tree nodes={pages} />;`,
      {},
    ],
    [
      'createElement string',
      `import Link from 'next/link';
import { createElement } from 'react';
export const n = createElement('a', { href: '/sign-out' });`,
      {},
    ],
    [
      'absolute literal elsewhere',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="https://other.com/sign-out" />; }`,
      {
        '.env': `NEXT_PUBLIC_APP_URL=https://app.acme.com
`,
      },
    ],
    [
      'api host of an env var',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="https://api.acme.com/sign-out" />; }`,
      {
        '.env': `NEXT_PUBLIC_API_URL=https://api.acme.com
`,
      },
    ],
    [
      'the default of a context that a provider replaces',
      `import Link from 'next/link';
import { createContext, useContext } from 'react';

const Paths = createContext({ out: '/sign-out' });
export const WithPaths = ({ children }) => <Paths.Provider value={{ out: '/about' }}>{children}</Paths.Provider>;
export function Nav() { const { out } = useContext(Paths); return <Link href={out} />; }`,
      {},
    ],
    ...[
      ['is exported', 'export const Paths', ''],
      ['has a provider of another name', 'const Paths', 'export const PathsProvider = Paths.Provider;'],
      [
        'has a provider that is given its props',
        'const Paths',
        'export const WithPaths = (props) => <Paths.Provider {...props} />;',
      ],
    ].map(([what = '', declared = '', provider = '']): [string, string, Files] => [
      `the default of a context that ${what}, so that any provider may replace it`,
      `import Link from 'next/link';
import { usePaths } from './paths';

export function Nav() { const { out } = usePaths(); return <Link href={out} />; }`,
      {
        'components/paths.tsx': `import { createContext, useContext } from 'react';
${declared} = createContext({ out: '/sign-out' });
${provider}
export const usePaths = () => useContext(Paths);`,
      },
    ]),
    [
      'a variable that names another site',
      `import Link from 'next/link';

const DOCS = process.env.NEXT_PUBLIC_DOCS_URL ?? 'https://docs.acme.com';
export default function Nav(props: any) { return <Link href={\`\${DOCS}/sign-out\`} />; }`,
      {},
    ],
    [
      'query only',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="?logout" />; }`,
      {},
    ],
    [
      'mailto',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="mailto:sign-out" />; }`,
      {},
    ],
    [
      'child page',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out/done" />; }`,
      { 'app/sign-out/done/page.tsx': 'export default () => null' },
    ],
    [
      'hash help',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/docs#sign-out" />; }`,
      {},
    ],
    [
      'prefetch const false',
      `import Link from 'next/link';
const off = false;
export default function Nav(props: any) { return <Link href="/sign-out" prefetch={off} />; }`,
      {},
    ],
    [
      'prefetch !true',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out" prefetch={!true} />; }`,
      {},
    ],
    [
      'spread with false const',
      `import Link from 'next/link';
const o = { prefetch: false };
export default function Nav(props: any) { return <Link href="/sign-out" {...o} />; }`,
      {},
    ],
    [
      'spread cond false',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out" {...(props.a ? { prefetch: false } : { prefetch: false })} />; }`,
      {},
    ],
    [
      'prefetch env dev',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/sign-out" prefetch={process.env.NODE_ENV !== "production"} />; }`,
      {},
    ],
    [
      'dup prefetch off last',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link prefetch href="/sign-out" prefetch={false} />; }`,
      {},
    ],
    [
      'queryClient.prefetch',
      `import { useRouter } from './other';
export function P() { const r = useRouter(); r.prefetch('/sign-out'); return null; }`,
      { 'components/other.ts': 'export const useRouter = () => ({ prefetch() {} });' },
    ],
    [
      'filter drops',
      `import Link from 'next/link';
const items = [{ href: '/a', auth: false }, { href: '/sign-out', auth: true }];
export default function Nav(props: any) { return <>{items.filter((i) => !i.auth).map((i) => <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'filter drops by href',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { href: '/sign-out' }];
export default function Nav(props: any) { return <>{items.filter((i) => i.href !== "/sign-out").map((i) => <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'item isExternal anchor',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { href: '/sign-out', hard: true }];
export default function Nav(props: any) { return <>{items.map((i) => { if (i.hard) return <a href={i.href} />; return <Link href={i.href} />; })}</>; }`,
      {},
    ],
    [
      'item action',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { label: 'Sign out', action: '/sign-out' }];
export default function Nav(props: any) { return <>{items.map((i) => i.action ? <a href={i.action} /> : <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'item prefetch prop',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { href: '/sign-out', prefetch: false }];
export default function Nav(props: any) { return <>{items.map((i) => <Link href={i.href} prefetch={i.prefetch} />)}</>; }`,
      {},
    ],
    [
      'item startsWith api anchor',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { href: '/sign-out' }];
export default function Nav(props: any) { return <>{items.map((i) => i.href === "/sign-out" ? <a href={i.href} /> : <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'prefetch by compare',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { href: '/sign-out' }];
export default function Nav(props: any) { return <>{items.map((i) => <Link href={i.href} prefetch={i.href === "/sign-out" ? false : undefined} />)}</>; }`,
      {},
    ],
    [
      'prefetch by !includes',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { href: '/sign-out' }];
export default function Nav(props: any) { return <>{items.map((i) => <Link href={i.href} prefetch={!i.href.includes("sign-out")} />)}</>; }`,
      {},
    ],
    [
      'prefetch by regex',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { href: '/sign-out' }];
export default function Nav(props: any) { return <>{items.map((i) => <Link href={i.href} prefetch={/sign-out/.test(i.href) ? false : undefined} />)}</>; }`,
      {},
    ],
    [
      'prefetch by set has',
      `import Link from 'next/link';
const NO = new Set(['/sign-out']);
const items = [{ href: '/a' }, { href: '/sign-out' }];
export default function Nav(props: any) { return <>{items.map((i) => <Link href={i.href} prefetch={NO.has(i.href) ? false : undefined} />)}</>; }`,
      {},
    ],
    [
      'React.Children map',
      `import Link from 'next/link';
const items = new Array({ href: '/sign-out' });
export default function Nav(props: any) { return <>{items.map((i) => <Link href={i.href} />)}</>; }`,
      {},
    ],
    [
      'nextauth signout',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/api/auth/signout" />; }`,
      {
        'app/api/auth/[...nextauth]/route.ts': `import { handlers } from '@/auth';
export const { GET, POST } = handlers;`,
      },
    ],
    [
      'better-auth sign-out is POST',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/api/auth/sign-out" />; }`,
      {
        'app/api/auth/[...all]/route.ts': `import { auth } from '@/lib/auth';
import { toNextJsHandler } from 'better-auth/next-js';
export const { GET, POST } = toNextJsHandler(auth);`,
      },
    ],
    [
      'post only in catch all',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href="/api/auth/sign-out" />; }`,
      { 'app/api/auth/[...all]/route.ts': 'export async function POST() {}' },
    ],
    [
      'circular constants',
      `import Link from 'next/link';
const a = b, b = c, c = a;
export default function Nav(props: any) { return <Link href={a} prefetch={b} {...c} />; }`,
      {},
    ],
    [
      'self import',
      `import Link from 'next/link';
import { x } from './nav';
export { x } from './nav';
export default function Nav(props: any) { return <Link href={x} /> /* sign-out */; }`,
      {},
    ],
    [
      'recursive function',
      `import Link from 'next/link';
function f(n) { return n ? f(n - 1) : f(n + 1); }
export default function Nav(props: any) { return <Link href={f(3)} /> /* sign-out */; }`,
      {},
    ],
    [
      'null values',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href prefetch key /> /* sign-out */; }`,
      {},
    ],
    ['empty', "// <Link href='/sign-out'>", {}],
    [
      'namespaced',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link xlink:href="/sign-out" />; }`,
      {},
    ],
    [
      'jsx in attr',
      `import Link from 'next/link';

export default function Nav(props: any) { return <Link href=<b/> /> /* sign-out */; }`,
      {},
    ],
  ])('%s', (_, code, files, path) => {
    expect(look(code, files, path)).toEqual([]);
  });
});

describe('a spread after prefetch={false}', () => {
  const link = (before: string) => `import Link, { type LinkProps } from 'next/link';\n${before}`;

  it.each<[string, string, string?]>([
    [
      'is the props of a component in JavaScript',
      link("export const Out = (props) => <Link href='/sign-out' prefetch={false} {...props} />;").replace(
        ', { type LinkProps }',
        '',
      ),
      'components/out.jsx',
    ],
    [
      'is the rest of props that a link takes',
      link(
        "export const Out = ({ className, ...rest }: React.ComponentProps<typeof Link>) => <Link href='/sign-out' prefetch={false} {...rest} />;",
      ),
    ],
    [
      'is of a type that is made of LinkProps',
      link(
        "type Props = Omit<LinkProps, 'href'>;\nexport const Out = (rest: Props) => <Link href='/sign-out' prefetch={false} {...rest} />;",
      ),
    ],
    ['is of any type', link("export const Out = (rest: any) => <Link href='/sign-out' prefetch={false} {...rest} />;")],
  ])('may undo it where it %s', (_, code, path) => {
    expect(look(code, {}, path)).toHaveLength(1);
  });

  it.each([
    [
      'prefetch is taken out of it',
      link("export const Out = ({ prefetch, ...rest }: any) => <Link href='/sign-out' prefetch={false} {...rest} />;"),
    ],
    ['it is before', link("export const Out = (rest: any) => <Link href='/sign-out' {...rest} prefetch={false} />;")],
    [
      'its type has no prefetch',
      link(
        "export const Out = (rest: { className?: string }) => <Link href='/sign-out' prefetch={false} {...rest} />;",
      ),
    ],
    [
      'the interface of it has no prefetch',
      link(
        "interface Props { className?: string }\nexport const Out = ({ ...rest }: Props) => <Link href='/sign-out' prefetch={false} {...rest} />;",
      ),
    ],
  ])('does not where %s', (_, code) => {
    expect(look(code, {})).toEqual([]);
  });
});

describe('a path that comes through several modules', () => {
  const user =
    "import Link from 'next/link';\nimport { items } from '../lib';\nexport const Nav = () => items.map((item) => <Link key={item.href} href={item.href}>{item.label}</Link>);";
  const files = {
    'lib/index.ts': "export * from './nav';",
    'lib/nav.ts': "import { ROUTES } from '../constants';\nexport const items = [{ href: ROUTES.out, label: 'Out' }];",
    'constants/index.ts': "export { ROUTES } from './routes';",
    'constants/routes.ts': "export const ROUTES = { out: '/sign-out' } as const;",
  };

  it('is found where each hands it on to the next', () => {
    expect(look(user, files)).toHaveLength(1);
  });

  it('is none where the last of them names another one', () => {
    expect(
      look(user, { ...files, 'constants/routes.ts': "export const ROUTES = { out: '/about' } as const;" }),
    ).toEqual([]);
  });
});

describe('a list of links that is kept elsewhere', () => {
  const list = (head: string, items: string) =>
    `import Link from 'next/link';\n${head}\nexport const Nav = () => ${items}.map(({ href }) => <Link key={href} href={href}>Go</Link>);`;
  const json = '{ "main": [{ "href": "/team" }], "account": [{ "href": "/sign-out" }] }';
  const files = {
    'lib/nav.json': json,
    'lib/all.ts': "import nav from './nav.json';\nexport const account = nav.account;\nexport const { main } = nav;",
    'lib/routes.ts':
      "export namespace Nav { export const main = [{ href: '/team' }]; export const account = [{ href: '/sign-out' }]; }",
    'lib/nav.cjs': "module.exports = { main: [{ href: '/team' }], account: [{ href: '/sign-out' }] };",
    'lib/old.cjs': "exports.main = [{ href: '/team' }];\nexports.account = [{ href: '/sign-out' }];",
  };

  it.each([
    ['in JSON', "import nav from '../lib/nav.json';", 'nav'],
    ['in JSON, by a name of its own', "import * as nav from '../lib/nav.json';", 'nav'],
    ['in JSON, behind another module', "import * as nav from '../lib/all';", 'nav'],
    ['in JSON that is required', "const nav = require('../lib/nav.json');", 'nav'],
    ['in a TypeScript namespace', "import { Nav as nav } from '../lib/routes';", 'nav'],
    ['in module.exports', "const nav = require('../lib/nav.cjs');", 'nav'],
    ['in exports', "const nav = require('../lib/old.cjs');", 'nav'],
  ])('is followed: %s', (_, head, nav) => {
    expect(look(list(head, `${nav}.account`), files)).toHaveLength(1);
    expect(look(list(head, `${nav}.main`), files)).toEqual([]);
  });

  it('is none where JSON has the word in its texts alone', () => {
    const messages = '{ "nav": { "sign-out": "/ sign-out" }, "home": "/" }';
    const code = list("import texts from '../lib/texts.json';", '[{ href: texts.home }]');
    expect(look(code, { 'lib/texts.json': messages })).toEqual([]);
  });

  it.each([
    ['is no JSON', '{ "account": [{ "href": "/sign-out" }'],
    ['is longer than any list', `{ "account": [{ "href": "/sign-out" }], "rest": "${'x'.repeat(200_001)}" }`],
  ])('is left alone where the file %s', (_, text) => {
    expect(look(list("import nav from '../lib/nav.json';", 'nav.account'), { ...files, 'lib/nav.json': text })).toEqual(
      [],
    );
  });
});

describe('a path that next-intl makes', () => {
  const NAVIGATION = {
    'i18n/navigation.ts':
      "import { createNavigation } from 'next-intl/navigation';\nexport const { getPathname } = createNavigation();",
  };
  const to = (href: string, from = '../i18n/navigation') =>
    `import Link from 'next/link';\nimport { getPathname } from '${from}';\nexport const Nav = ({ locale }) => <Link href={getPathname({ locale, href: ${href} })}>Go</Link>;`;

  it('leads where its href does', () => {
    expect(look(to("'/sign-out'"), NAVIGATION)).toHaveLength(1);
    expect(look(to("{ pathname: '/sign-out' }"), NAVIGATION)).toHaveLength(1);
    expect(look(to("'/team'"), NAVIGATION)).toEqual([]);
  });

  it('is not known of another function of that name', () => {
    expect(look(to("'/sign-out'", '@acme/paths'), NAVIGATION)).toEqual([]);
  });
});

describe('a link in an e-mail', () => {
  const mail = (from: string) => `import ${from};\nexport const Mail = () => <Link href="/sign-out">Sign out</Link>;`;

  it('is prefetched by no one', () => {
    expect(look(mail("{ Link } from '@react-email/components'"), {})).toEqual([]);
    expect(look(mail("{ Link } from 'react-email'"), {})).toEqual([]);
    expect(look(mail("Link from 'next/link'"), {})).toHaveLength(1);
  });
});

describe('a path that a serializer of nuqs makes', () => {
  const to = (call: string, from = 'nuqs/server') =>
    `import Link from 'next/link';\nimport { createSerializer, parseAsString } from '${from}';\nconst withQuery = createSerializer({ from: parseAsString });\nexport const Nav = () => <Link href={${call}}>Go</Link>;`;

  it('leads where its first argument does', () => {
    expect(look(to("withQuery('/sign-out', { from: 'menu' })"), {})).toHaveLength(1);
    expect(look(to("withQuery('/team', { from: '/sign-out' })"), {})).toEqual([]);
    expect(look(to("withQuery({ from: '/sign-out' })"), {})).toEqual([]);
  });

  it('is not known of another package', () => {
    expect(look(to("withQuery('/sign-out', { from: 'menu' })", '@acme/nuqs'), {})).toEqual([]);
  });
});

describe('a prefetch that depends on the same condition as the path', () => {
  const nav = (prefetch: string) =>
    `import Link from 'next/link';\nexport function Nav({ user }) {\n  const target = user ? '/sign-out' : '/team';\n  return <Link href={target} prefetch={${prefetch}}>Go</Link>;\n}`;

  it('is off where the path, kept in a constant, leads to the sign-out', () => {
    expect(look(nav('user ? false : undefined'), {})).toEqual([]);
  });

  it('is on there where it is the other way round', () => {
    expect(look(nav('user ? undefined : false'), {})).toHaveLength(1);
  });
});
