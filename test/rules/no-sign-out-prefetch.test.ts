import rule from '../../rules/no-sign-out-prefetch.ts';
import { type InvalidCase, type ValidCase, ruleTester } from '../helpers/rule-tester.ts';

const SIGN_OUT =
  "import { signOut } from '@workos-inc/authkit-nextjs';\nexport async function GET() { return signOut(); }\n";
const packageJson = (dependencies: Record<string, string>) => JSON.stringify({ name: 'fixture', dependencies });

const link = (attributes: string): string =>
  `import Link from 'next/link';\nexport const nav = <Link ${attributes}>Sign out</Link>;`;
/** Without the import that nothing uses any more. */
const anchored = (attributes: string): string => `export const nav = <a ${attributes}>Sign out</a>;`;

/** One report whose fix is the output, whatever else is suggested. */
function reported(name: string, code: string, output: string | null, extra: Partial<InvalidCase> = {}): InvalidCase {
  return { name, code, output, errors: [{ messageId: 'prefetchedSignOut' }], ...extra };
}

/** A link whose href is fixed, and which may be an `<a>` as well. */
function plain(name: string, attributes: string, fixed: string, anchor: string): InvalidCase {
  return {
    name,
    code: link(attributes),
    output: link(fixed),
    errors: [{ messageId: 'prefetchedSignOut', suggestions: [{ messageId: 'useAnchor', output: anchored(anchor) }] }],
  };
}

const quiet = (name: string, code: string, extra: Partial<ValidCase> = {}): ValidCase => ({ name, code, ...extra });

ruleTester.run(rule, {
  files: { 'app/sign-out/route.ts': SIGN_OUT, 'app/page.tsx': 'export default function Page() { return null; }' },
  valid: [
    {
      name: 'a page for any path, which serves this one as well',
      code: link('href="/logout"'),
      files: { 'app/[...slug]/page.tsx': 'export default function Page() { return null; }' },
    },
    quiet(
      'an element whose clone does not prefetch',
      "import Link from 'next/link';\nimport { cloneElement, createElement } from 'react';\nexport const Nav = () => cloneElement(createElement(Link, { href: '/sign-out' }), { prefetch: false });",
    ),
    quiet(
      'a link where the condition that leads to the route makes it an <a>',
      "import Link from 'next/link';\nexport function Nav({ user }) { const href = user ? '/sign-out' : '/pricing'; return user ? <a href={href}>x</a> : <Link href={href}>x</Link>; }",
    ),
    quiet(
      'one of two objects that says how to link to it',
      "import Link from 'next/link';\nexport function Nav({ user }) { const item = user ? { href: '/sign-out', hard: true } : { href: '/' }; return item.hard ? <a href={item.href}>x</a> : <Link href={item.href}>x</Link>; }",
    ),
    quiet('a link that does not prefetch', link('href="/sign-out" prefetch={false}')),
    quiet('a link elsewhere', link('href="/settings"')),
    quiet('prefetch={false} by a spread', link('href="/sign-out" {...{ prefetch: false }}')),
    quiet('an anchor', 'export const nav = <a href="/sign-out">Sign out</a>;'),
    quiet(
      'a Link of another library',
      'import { Link } from "@chakra-ui/react";\nexport const nav = <Link href="/sign-out" />;',
    ),
    quiet(
      'a Link of react-router',
      'import { Link } from "react-router-dom";\nexport const nav = <Link to="/sign-out" />;',
    ),
    quiet(
      'a shadowed Link',
      'import Link from "next/link";\nexport const nav = (Link: any) => <Link href="/sign-out" />;',
    ),
    quiet(
      'a type-only import',
      'import type Link from "next/link";\ndeclare const X: typeof Link;\nexport const nav = <X href="/sign-out" />;',
    ),
    quiet('an href without a value', link('href')),
    quiet('an empty href', link('href=""')),
    quiet('an href expression that is empty', link('href={}')),
    quiet('another site', link('href="https://example.com/sign-out"')),
    quiet('a hash', link('href="#sign-out"')),
    quiet('a query that says sign-out', link('href="/help?topic=/sign-out"')),
    quiet('a longer name', link('href="/sign-out-help"')),
    quiet('a page, which Next.js does not let change cookies', link('href="/logout"'), {
      files: { 'app/logout/page.tsx': 'export default function Page() { signOut(); }' },
    }),
    quiet('a page for any step of signing in and out', link('href="/auth/sign-out"'), {
      files: { 'app/auth/[step]/page.tsx': 'export default function Page() { return null; }' },
    }),
    quiet('a route that has POST alone', link('href="/logout"'), {
      files: { 'app/logout/route.ts': 'export async function POST() {}' },
    }),
    quiet('a GET that turns everybody away', link('href="/logout"'), {
      files: { 'app/logout/route.ts': 'export async function GET() { return new Response(null, { status: 405 }); }' },
    }),
    quiet('a GET that only goes home, beside a POST that signs out', link('href="/logout"'), {
      files: {
        'app/logout/route.ts':
          "import { redirect } from 'next/navigation';\nimport { signOut } from '@workos-inc/authkit-nextjs';\nexport function GET() { redirect('/'); }\nexport async function POST() { await signOut(); }",
      },
    }),
    quiet('a GET that answers router requests first', link('href="/leave"'), {
      files: {
        'app/leave/route.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request: Request) {
  if (request.headers.get('RSC')) return new Response(null, { status: 204 });
  return signOut();
}`,
      },
    }),
    quiet('a GET that signs out only when a check fails', link('href="/switch"'), {
      files: {
        'app/switch/route.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET() {
  try { await change(); } catch { await signOut(); }
  return new Response();
}`,
      },
    }),
    quiet('NextAuth, which asks first', link('href="/api/auth/signout"'), {
      files: { 'app/api/auth/[...nextauth]/route.ts': 'export { GET, POST } from "@/auth";' },
    }),
    quiet(
      'NextAuth in a template that has no route of its own',
      link('href={session ? "/api/auth/signout" : "/api/auth/signin"}'),
    ),
    quiet(
      'an href that nobody knows',
      'import Link from "next/link";\nexport const nav = (p: { href: string }) => <Link href={p.href} />;',
    ),
    quiet('text in a string', 'const text = "<Link href=\\"/sign-out\\">";\nexport default text;'),
    quiet(
      'an item that is linked without prefetch',
      `import Link from 'next/link';
const items = [{ href: '/a' }, { href: '/sign-out', prefetch: false as const }];
export const nav = items.map((item) => <Link key={item.href} href={item.href} prefetch={item.prefetch ?? undefined} />);`,
    ),
    quiet(
      'an item that is rendered as an anchor',
      `import Link from 'next/link';
const items = [{ href: '/a', hard: false }, { href: '/sign-out', hard: true }];
export const nav = items.map((item) => (item.hard ? <a href={item.href} /> : <Link href={item.href} />));`,
    ),
    quiet(
      'prefetch that hangs on the same condition as the href',
      link("href={user ? '/sign-out' : '/sign-in'} prefetch={user ? false : undefined}"),
    ),
    quiet(
      'next/form without prefetch',
      'import Form from "next/form";\nexport const f = <Form action="/sign-out" prefetch={false} />;',
    ),
    quiet(
      'a form with a server action',
      'import Form from "next/form";\nasync function out() { "use server"; }\nexport const f = <Form action={out} />;',
    ),
    quiet(
      'router.push',
      'import { useRouter } from "next/navigation";\nexport function B() { const r = useRouter(); return <b onClick={() => r.push("/sign-out")} />; }',
    ),
    quiet(
      'prefetch of something else',
      'import { useQuery } from "./q";\nconst q = useQuery();\nq.prefetch("/sign-out");',
    ),
    quiet(
      'a wrapper that fixes prefetch',
      `import Link from 'next/link';
function NavLink({ href }: { href: string }) { return <Link href={href} prefetch={false} />; }
export const nav = <NavLink href="/sign-out" />;`,
    ),
    quiet(
      'a wrapper that renders an anchor',
      `import Link from 'next/link';
function NavLink({ href, hard }: any) { if (hard) return <a href={href} />; return <Link href={href} />; }
export const nav = <NavLink href="/sign-out" hard />;`,
    ),
    quiet(
      'a host whose prefetch reaches the link',
      `import Link from 'next/link';
export const nav = <Button asChild prefetch={false}><Link href="/sign-out">Out</Link></Button>;`,
    ),
    quiet('paths that settings replace', link('href="/sign-out"'), {
      settings: { authkit: { signOutPaths: { replace: ['/bye'] } } },
    }),
    quiet(
      'circular constants',
      'import Link from "next/link";\nconst a = b; const b = a;\nexport const nav = <Link href={a} />;',
    ),
    quiet(
      'a component that renders itself',
      'import Link from "next/link";\nfunction Tree(p: any) { return <><Link href={p.href} /><Tree href={p.next} /></>; }\nexport const t = <Tree href="/a" />;',
    ),
  ],
  invalid: [
    reported(
      'an element whose clone prefetches',
      "import Link from 'next/link';\nimport { cloneElement, createElement } from 'react';\nexport const Nav = () => cloneElement(createElement(Link, { href: '/sign-out' }), { className: 'x' });",
      "import Link from 'next/link';\nimport { cloneElement, createElement } from 'react';\nexport const Nav = () => cloneElement(createElement(Link, { href: '/sign-out', prefetch: false }), { className: 'x' });",
    ),
    reported(
      'a link that another condition than that of the route makes an <a>',
      "import Link from 'next/link';\nexport function Nav({ user, beta }) { const href = user ? '/sign-out' : '/pricing'; return beta ? <a href={href}>x</a> : <Link href={href}>x</Link>; }",
      "import Link from 'next/link';\nexport function Nav({ user, beta }) { const href = user ? '/sign-out' : '/pricing'; return beta ? <a href={href}>x</a> : <Link href={href} prefetch={false}>x</Link>; }",
      { errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }] },
    ),
    plain('no prefetch', 'href="/sign-out"', 'href="/sign-out" prefetch={false}', 'href="/sign-out"'),
    plain('bare prefetch', 'href="/sign-out" prefetch', 'href="/sign-out" prefetch={false}', 'href="/sign-out"'),
    plain(
      'prefetch={true}',
      'prefetch={true} href="/sign-out"',
      'prefetch={false} href="/sign-out"',
      'href="/sign-out"',
    ),
    plain(
      'prefetch={null}',
      'href="/sign-out" prefetch={null}',
      'href="/sign-out" prefetch={false}',
      'href="/sign-out"',
    ),
    plain(
      'prefetch={undefined}',
      'href="/sign-out" prefetch={undefined}',
      'href="/sign-out" prefetch={false}',
      'href="/sign-out"',
    ),
    plain(
      'the string "auto"',
      'href="/sign-out" prefetch="auto"',
      'href="/sign-out" prefetch={false}',
      'href="/sign-out"',
    ),
    plain(
      'the string "false"',
      'href="/sign-out" prefetch="false"',
      'href="/sign-out" prefetch={false}',
      'href="/sign-out"',
    ),
    plain(
      'replace and target',
      'href="/sign-out" replace target="_blank"',
      'href="/sign-out" prefetch={false} replace target="_blank"',
      'href="/sign-out" target="_blank"',
    ),
    plain(
      'a query and a hash',
      'href="/sign-out?returnTo=/#x"',
      'href="/sign-out?returnTo=/#x" prefetch={false}',
      'href="/sign-out?returnTo=/#x"',
    ),
    plain(
      'a cast',
      "href={'/sign-out' as Route}",
      "href={'/sign-out' as Route} prefetch={false}",
      "href={'/sign-out' as Route}",
    ),
    plain('a template', 'href={`/sign-out`}', 'href={`/sign-out`} prefetch={false}', 'href={`/sign-out`}'),
    plain(
      'a conditional with one bad arm',
      "href={user ? '/sign-out' : '/sign-in'}",
      "href={user ? '/sign-out' : '/sign-in'} prefetch={false}",
      "href={user ? '/sign-out' : '/sign-in'}",
    ),
    plain('a trailing slash', 'href="/sign-out/"', 'href="/sign-out/" prefetch={false}', 'href="/sign-out/"'),
    reported(
      'an object',
      link("href={{ pathname: '/sign-out' }}"),
      link("href={{ pathname: '/sign-out' }} prefetch={false}"),
      {
        errors: [{ messageId: 'prefetchedSignOut', suggestions: [] }],
      },
    ),
    {
      name: 'says which file shows it',
      code: link('href="/sign-out"'),
      output: link('href="/sign-out" prefetch={false}'),
      errors: [
        {
          message:
            /^This link prefetches '\/sign-out' in production, which signs users out \(.*app\/sign-out\/route\.ts: signOut\(\)\)\. Add prefetch=\{false\}\.$/u,
          line: 2,
          column: 26,
          suggestions: 1,
        },
      ],
    },
    {
      name: 'says that it was the name where no file serves the path',
      code: link('href="/auth/LogOut"'),
      output: link('href="/auth/LogOut" prefetch={false}'),
      errors: [
        {
          message:
            "This link prefetches '/auth/LogOut', which looks like a sign-out URL (no route file found), in production. Add prefetch={false}.",
          suggestions: 1,
        },
      ],
    },
    {
      name: 'a page for any workspace, which says nothing of a path that is named like a sign-out route',
      code: link('href="/logout"'),
      output: link('href="/logout" prefetch={false}'),
      files: { 'app/[workspace]/page.tsx': 'export default function Page() { return null; }' },
      errors: [{ messageId: 'prefetchedSignOutName', suggestions: 1 }],
    },
    {
      name: 'a route by what its GET does, whatever its path',
      code: link('href="/goodbye"'),
      output: link('href="/goodbye" prefetch={false}'),
      files: {
        'app/(account)/goodbye/route.ts':
          "import { end } from '../../../lib/auth';\nexport const GET = async () => end();",
        'lib/auth.ts':
          "import * as authkit from '@workos-inc/authkit-nextjs';\nexport const end = () => authkit.signOut();",
      },
      errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
    },
    {
      name: 'a route that deletes the session cookie',
      code: link('href="/leave"'),
      output: link('href="/leave" prefetch={false}'),
      files: {
        'app/leave/route.ts':
          "import { cookies } from 'next/headers';\nexport async function GET() { (await cookies()).delete('wos-session'); return new Response(); }",
      },
      errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
    },
    {
      name: 'a route that redirects to the logout URL of WorkOS',
      code: link('href="/leave"'),
      output: link('href="/leave" prefetch={false}'),
      files: {
        'app/leave/route.ts':
          "import { redirect } from 'next/navigation';\nexport async function GET() { redirect(await session.getLogoutUrl()); }",
      },
      errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
    },
    {
      name: 'a guard that looks at Next-Router-Prefetch alone',
      code: link('href="/leave"'),
      output: link('href="/leave" prefetch={false}'),
      files: {
        'app/leave/route.ts': `import { signOut } from '@workos-inc/authkit-nextjs';
export async function GET(request: Request) {
  if (request.headers.get('next-router-prefetch')) return new Response(null, { status: 204 });
  return signOut();
}`,
      },
      errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
    },
    {
      name: 'a locale before the path',
      code: link('href={`/${locale}/sign-out`}'),
      output: link('href={`/${locale}/sign-out`} prefetch={false}'),
      files: { 'app/[locale]/sign-out/route.ts': SIGN_OUT },
      errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
    },
    {
      name: 'a constant of another file',
      code: "import Link from 'next/link';\nimport { ROUTES } from '../lib/routes';\nexport const nav = <Link href={ROUTES.signOut} />;",
      output:
        "import Link from 'next/link';\nimport { ROUTES } from '../lib/routes';\nexport const nav = <Link href={ROUTES.signOut} prefetch={false} />;",
      files: { 'lib/routes.ts': "export const ROUTES = { signOut: '/sign-out' } as const;" },
      errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
    },
    {
      name: 'one item of a list of another file',
      code: "import Link from 'next/link';\nimport { items } from '../lib/items';\nexport const nav = items.map((item) => <Link key={item.href} href={item.href}>{item.label}</Link>);",
      output:
        "import Link from 'next/link';\nimport { items } from '../lib/items';\nexport const nav = items.map((item) => <Link key={item.href} href={item.href} prefetch={false}>{item.label}</Link>);",
      files: {
        'lib/items.ts': "export const items = [{ href: '/a', label: 'A' }, { href: '/sign-out', label: 'B' }];",
      },
      errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
    },
    reported(
      'an alias',
      'import NextLink from "next/link";\nconst L = NextLink;\nexport const nav = <L href="/sign-out" />;',
      'import NextLink from "next/link";\nconst L = NextLink;\nexport const nav = <L href="/sign-out" prefetch={false} />;',
      { errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }] },
    ),
    reported(
      'a namespace',
      'import * as NL from "next/link";\nexport const nav = <NL.default href="/sign-out" />;',
      'import * as NL from "next/link";\nexport const nav = <NL.default href="/sign-out" prefetch={false} />;',
      { errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }] },
    ),
    reported(
      'a namespace, where the parser resolves no JSX names',
      'import * as NL from "next/link";\nexport const nav = <NL.default href="/sign-out" />;',
      'import * as NL from "next/link";\nexport const nav = <NL.default href="/sign-out" prefetch={false} />;',
      {
        errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
        parser: 'espree',
        filename: 'components/nav.jsx',
      },
    ),
    reported(
      'component={Link}',
      'import Link from "next/link";\nexport const nav = <Button component={Link} href="/sign-out" />;',
      'import Link from "next/link";\nexport const nav = <Button component={Link} href="/sign-out" prefetch={false} />;',
    ),
    reported(
      'as={isExternal ? "a" : Link}',
      'import Link from "next/link";\nexport const nav = <Button as={isExternal ? "a" : Link} href="/sign-out" />;',
      'import Link from "next/link";\nexport const nav = <Button as={isExternal ? "a" : Link} href="/sign-out" prefetch={false} />;',
    ),
    reported(
      'render={<Link />} with the href on the host',
      'import Link from "next/link";\nexport const nav = <Item href="/sign-out" render={<Link />} />;',
      'import Link from "next/link";\nexport const nav = <Item href="/sign-out" prefetch={false} render={<Link />} />;',
    ),
    reported(
      'render={<Link href />}',
      'import Link from "next/link";\nexport const nav = <Item render={<Link href="/sign-out" />} />;',
      'import Link from "next/link";\nexport const nav = <Item render={<Link href="/sign-out" prefetch={false} />} />;',
    ),
    {
      name: 'asChild',
      code: 'import Link from "next/link";\nexport const nav = <Button asChild><Link href="/sign-out">Out</Link></Button>;',
      output:
        'import Link from "next/link";\nexport const nav = <Button asChild><Link href="/sign-out" prefetch={false}>Out</Link></Button>;',
      errors: [{ messageId: 'prefetchedSignOut' }],
    },
    reported(
      'createElement',
      'import { createElement } from "react";\nimport Link from "next/link";\nexport const nav = createElement(Link, { href: "/sign-out" });',
      'import { createElement } from "react";\nimport Link from "next/link";\nexport const nav = createElement(Link, { href: "/sign-out", prefetch: false });',
    ),
    reported(
      'React.createElement with a wrong prefetch',
      'import React from "react";\nimport Link from "next/link";\nexport const nav = React.createElement(Link, { prefetch: true, href: "/sign-out" });',
      'import React from "react";\nimport Link from "next/link";\nexport const nav = React.createElement(Link, { prefetch: false, href: "/sign-out" });',
    ),
    reported(
      'props made elsewhere',
      'import Link from "next/link";\nconst props = { href: "/sign-out" };\nexport const nav = <Link {...props} />;',
      'import Link from "next/link";\nconst props = { href: "/sign-out" };\nexport const nav = <Link {...props} prefetch={false} />;',
    ),
    reported(
      'a spread that takes prefetch={false} back',
      'import Link from "next/link";\nexport const nav = <Link href="/sign-out" prefetch={false} {...{ prefetch: true }} />;',
      'import Link from "next/link";\nexport const nav = <Link href="/sign-out" {...{ prefetch: true }} prefetch={false} />;',
    ),
    reported(
      'next/form',
      'import Form from "next/form";\nexport const f = <Form action="/sign-out"><button /></Form>;',
      'import Form from "next/form";\nexport const f = <Form action="/sign-out" prefetch={false}><button /></Form>;',
    ),
    {
      name: 'the Link that next-intl makes in a file of the project',
      code: 'import { Link } from "../i18n/navigation";\nexport const nav = <Link href="/sign-out" />;',
      output:
        'import { Link } from "../i18n/navigation";\nexport const nav = <Link href="/sign-out" prefetch={false} />;',
      files: {
        'i18n/navigation.ts':
          "import { createNavigation } from 'next-intl/navigation';\nexport const { Link, redirect } = createNavigation();",
      },
      errors: [{ messageId: 'prefetchedSignOut' }],
    },
    {
      name: 'a wrapper of another file, by its own prop',
      code: 'import { NavLink } from "../ui/nav-link";\nexport const nav = <NavLink to="/sign-out" />;',
      output:
        'import { NavLink } from "../ui/nav-link";\nexport const nav = <NavLink to="/sign-out" prefetch={false} />;',
      files: {
        'ui/nav-link.tsx':
          "import Link from 'next/link';\nexport function NavLink({ to, ...rest }: any) { return <Link href={to} {...rest} />; }",
      },
      errors: [{ messageId: 'prefetchedSignOut' }],
    },
    {
      name: 'a wrapper that swallows prefetch cannot be fixed from outside',
      code: 'import { NavLink } from "../ui/nav-link";\nexport const nav = <NavLink href="/sign-out" />;',
      files: {
        'ui/nav-link.tsx':
          "import Link from 'next/link';\nexport const NavLink = ({ href }: any) => <Link href={href} />;",
      },
      errors: [{ messageId: 'prefetchedSignOut' }],
    },
    {
      name: 'a list handed to a component that links it',
      code: 'import { Menu } from "../ui/menu";\nexport const nav = <Menu items={[{ href: "/a" }, { href: "/sign-out" }]} />;',
      files: {
        'ui/menu.tsx':
          "import Link from 'next/link';\nexport const Menu = ({ items }: any) => items.map((i: any) => <Link key={i.href} href={i.href} />);",
      },
      errors: [{ messageId: 'prefetchedSignOut' }],
    },
    reported(
      'forwardRef and memo',
      'import { forwardRef, memo } from "react";\nimport Link from "next/link";\nconst A = memo(forwardRef((props: any, ref) => <Link ref={ref} {...props} />));\nexport const nav = <A href="/sign-out" />;',
      'import { forwardRef, memo } from "react";\nimport Link from "next/link";\nconst A = memo(forwardRef((props: any, ref) => <Link ref={ref} {...props} />));\nexport const nav = <A href="/sign-out" prefetch={false} />;',
    ),
    reported(
      'a wrapper that puts the locale before the path, and hands prefetch on',
      'import Link from "next/link";\nconst A = ({ href, locale, ...rest }: any) => <Link href={`/${locale}${href}`} {...rest} />;\nexport const nav = <A href="/sign-out" locale="en" />;',
      'import Link from "next/link";\nconst A = ({ href, locale, ...rest }: any) => <Link href={`/${locale}${href}`} {...rest} />;\nexport const nav = <A href="/sign-out" prefetch={false} locale="en" />;',
      { files: { 'app/[locale]/sign-out/route.ts': SIGN_OUT } },
    ),
    reported(
      'a wrapper that is given an item, and hands prefetch on',
      'import Link from "next/link";\nconst A = ({ item, ...rest }: any) => <Link href={item.href} {...rest} />;\nexport const nav = <A item={{ href: "/sign-out" }} className="x" />;',
      'import Link from "next/link";\nconst A = ({ item, ...rest }: any) => <Link href={item.href} {...rest} />;\nexport const nav = <A item={{ href: "/sign-out" }} prefetch={false} className="x" />;',
    ),
    reported(
      'styled(Link)',
      'import styled from "styled-components";\nimport Link from "next/link";\nconst A = styled(Link)`color: red`;\nexport const nav = <A href="/sign-out" />;',
      'import styled from "styled-components";\nimport Link from "next/link";\nconst A = styled(Link)`color: red`;\nexport const nav = <A href="/sign-out" prefetch={false} />;',
      { errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }] },
    ),
    {
      name: 'settings.linkComponents',
      code: 'import { Anchor } from "@acme/ui";\nexport const nav = <Anchor to="/sign-out" />;',
      output: 'import { Anchor } from "@acme/ui";\nexport const nav = <Anchor to="/sign-out" prefetch={false} />;',
      settings: { linkComponents: [{ name: 'Anchor', linkAttribute: 'to' }] },
      errors: [{ messageId: 'prefetchedSignOut' }],
    },
    {
      name: 'settings.authkit.signOutPaths adds a path',
      code: link('href="/bye"'),
      output: link('href="/bye" prefetch={false}'),
      settings: { authkit: { signOutPaths: ['/bye'] } },
      errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
    },
    reported(
      'a spread of an object that is made elsewhere and brings prefetch',
      'import Link from "next/link";\nconst extra = { prefetch: true };\nexport const nav = <Link prefetch={false} href="/sign-out" {...extra} />;',
      'import Link from "next/link";\nconst extra = { prefetch: true };\nexport const nav = <Link href="/sign-out" {...extra} prefetch={false} />;',
    ),
    reported(
      'createElement with a spread that brings prefetch',
      'import { createElement } from "react";\nimport Link from "next/link";\nconst extra = { prefetch: true };\nexport const nav = createElement(Link, { href: "/sign-out", ...extra });',
      'import { createElement } from "react";\nimport Link from "next/link";\nconst extra = { prefetch: true };\nexport const nav = createElement(Link, { href: "/sign-out", ...extra, prefetch: false });',
    ),
    reported(
      'an href over several lines, with a comment and CRLF',
      "import Link from 'next/link';\r\nexport const nav = <Link\r\n  href=\"/sign-out\" // out\r\n  {...{ id: 'x' }}\r\n/>;\r\n",
      "import Link from 'next/link';\r\nexport const nav = <Link\r\n  href=\"/sign-out\" // out\r\n  prefetch={false}\r\n  {...{ id: 'x' }}\r\n/>;\r\n",
    ),
    ...(['jsx', 'js'] as const).flatMap((extension): InvalidCase[] => [
      reported(
        `a wrapper of the file, in JavaScript (.${extension})`,
        'import Link from "next/link";\nconst A = ({ to, ...rest }) => <Link href={to} {...rest} />;\nexport const nav = <A to="/sign-out" />;',
        'import Link from "next/link";\nconst A = ({ to, ...rest }) => <Link href={to} {...rest} />;\nexport const nav = <A to="/sign-out" prefetch={false} />;',
        { filename: `components/nav.${extension}` },
      ),
      reported(
        `items of a list, in JavaScript (.${extension})`,
        'import Link from "next/link";\nconst items = [{ href: "/" }, { href: "/sign-out" }];\nexport const nav = items.map((item) => <Link key={item.href} href={item.href} />);',
        'import Link from "next/link";\nconst items = [{ href: "/" }, { href: "/sign-out" }];\nexport const nav = items.map((item) => <Link key={item.href} href={item.href} prefetch={false} />);',
        { filename: `components/nav.${extension}`, errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }] },
      ),
      reported(
        `a namespace and a host, in JavaScript (.${extension})`,
        'import * as Next from "next/link";\nexport const nav = <Button as={Next.default} href="/sign-out" />;',
        'import * as Next from "next/link";\nexport const nav = <Button as={Next.default} href="/sign-out" prefetch={false} />;',
        { filename: `components/nav.${extension}` },
      ),
    ]),
    {
      name: 'an absolute URL of this app, as its env file tells',
      code: link('href="https://app.acme.com/sign-out"'),
      output: link('href="https://app.acme.com/sign-out" prefetch={false}'),
      files: { '.env.production': 'NEXT_PUBLIC_APP_URL=https://app.acme.com\n' },
      errors: [{ messageId: 'prefetchedSignOut', suggestions: 1 }],
    },
    {
      name: 'router.prefetch as a statement',
      code: 'import { useEffect } from "react";\nimport { useRouter } from "next/navigation";\nexport function P() {\n  const router = useRouter();\n  useEffect(() => {\n    router.prefetch("/sign-out");\n  }, [router]);\n}',
      errors: [
        {
          messageId: 'routerPrefetchedSignOut',
          suggestions: [
            {
              messageId: 'removePrefetchCall',
              output: 'export function P() {\n}',
            },
          ],
        },
      ],
    },
    {
      name: 'router.prefetch taken out of the router',
      code: 'import { useRouter } from "next/navigation";\nexport function P() { const { prefetch } = useRouter(); return <b onMouseEnter={() => prefetch("/sign-out")} />; }',
      errors: [
        {
          messageId: 'routerPrefetchedSignOut',
          suggestions: [
            {
              messageId: 'removePrefetchCall',
              output: 'export function P() { return <b />; }',
            },
          ],
        },
      ],
    },
  ],
});

ruleTester.run(rule, {
  files: {
    'package.json': packageJson({ next: '15.0.0' }),
    'pages/index.tsx': 'export default function Page() { return null; }',
    'pages/api/logout.ts':
      "export default function handler(req, res) { res.setHeader('Set-Cookie', 'session=; Max-Age=0'); res.redirect('/'); }",
    'pages/api/sign-out.ts':
      "export default function handler(req, res) { if (req.method !== 'POST') return res.status(405).end(); res.end(); }",
  },
  valid: [
    quiet('in the Pages Router, an anchor', 'export const nav = <a href="/api/logout">Out</a>;'),
    quiet('in the Pages Router, an API route for POST alone', link('href="/api/sign-out"')),
    quiet(
      'in the Pages Router, a route handler of the App Router, which its prefetch does not run',
      link('href="/bye"'),
      {
        filename: 'pages/menu.tsx',
        files: { 'app/bye/route.ts': SIGN_OUT },
      },
    ),
    quiet(
      'in the Pages Router, next/form does not prefetch',
      'import Form from "next/form";\nexport const f = <Form action="/api/logout" />;',
    ),
  ],
  invalid: [
    {
      name: 'in the Pages Router, prefetch={false} does not help on hover',
      code: link('href="/api/logout" prefetch={false}'),
      errors: [
        {
          messageId: 'hoverPrefetchedSignOut',
          suggestions: [{ messageId: 'useAnchor', output: anchored('href="/api/logout"') }],
        },
      ],
    },
    {
      name: 'next to the Pages Router, a page of the App Router that prefetches such a handler',
      filename: 'app/menu.tsx',
      files: { 'app/bye/route.ts': SIGN_OUT },
      code: link('href="/bye"'),
      output: link('href="/bye" prefetch={false}'),
      errors: [
        { messageId: 'prefetchedSignOut', suggestions: [{ messageId: 'useAnchor', output: anchored('href="/bye"') }] },
      ],
    },
    {
      name: 'in the Pages Router, a link without prefetch is cured by an anchor',
      code: link('href="/api/logout"'),
      errors: [
        {
          messageId: 'hoverPrefetchedSignOut',
          suggestions: [{ messageId: 'useAnchor', output: anchored('href="/api/logout"') }],
        },
      ],
    },
  ],
});
