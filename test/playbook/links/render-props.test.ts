/** Functions that make links, and that a component calls: as props, as children, handed on, by name. */
import { describe, expect, it } from 'vitest';
import { APP, type Files, messagesOf } from './support.ts';

const FILES: Files = {
  ...APP,
  'app/sign-out/route.ts':
    "import { signOut } from '@workos-inc/authkit-nextjs';\nexport const GET = () => signOut();\n",
  'components/menu.tsx': `const entries = [{ to: '/team', label: 'Team' }, { to: '/sign-out', label: 'Out' }];
export const Menu = ({ renderItem }) => <ul>{renderItem('/team', 'Team')}{renderItem('/sign-out', 'Out')}</ul>;
export const Entries = ({ children }) => <ul>{entries.map((entry) => children(entry))}</ul>;
export const Team = ({ renderItem }) => <ul>{renderItem('/team', 'Team')}</ul>;
const List = ({ items, render }) => <ul>{items.map((item) => render(item))}</ul>;
export const Sections = ({ sections, render }) => sections.map((items) => <List items={items} render={render} />);
`,
};
const look = (body: string) =>
  messagesOf(
    `import Link from 'next/link';\nimport { Entries, Menu, Sections, Team } from './menu';\n${body}\n`,
    FILES,
  );

describe('a function that makes a link, which a component calls', () => {
  it.each([
    ['as a prop', 'export const Nav = () => <Menu renderItem={(to, label) => <Link href={to}>{label}</Link>} />;'],
    [
      'as its child, once an entry',
      'export const Nav = () => <Entries>{({ to, label }) => <Link href={to}>{label}</Link>}</Entries>;',
    ],
    [
      'by its name',
      'const renderLink = (to) => <Link href={to}>Go</Link>;\nexport const Nav = () => <Menu renderItem={renderLink} />;',
    ],
    [
      'that hands it on to another one',
      "export const Nav = () => <Sections sections={[['/team'], ['/sign-out']]} render={(to) => { return <Link href={to}>Go</Link>; }} />;",
    ],
  ])('is reported: %s', (_, body) => {
    expect(look(body)).toEqual([expect.stringMatching(/^prefetchedSignOut \/sign-out/u)]);
  });

  it.each([
    ['that gives it other paths', 'export const Nav = () => <Team renderItem={(to) => <Link href={to}>Go</Link>} />;'],
    [
      'where it prefetches nothing',
      'export const Nav = () => <Menu renderItem={(to) => <Link href={to} prefetch={false}>Go</Link>} />;',
    ],
    [
      'where it links to the other paths alone',
      "export const Nav = () => <Menu renderItem={(to) => (to === '/sign-out' ? <a href={to}>Out</a> : <Link href={to}>Go</Link>)} />;",
    ],
    [
      'with the path as another argument',
      'export const Nav = () => <Menu renderItem={(_, to) => <Link href={to}>Go</Link>} />;',
    ],
  ])('is not: %s', (_, body) => {
    expect(look(body)).toEqual([]);
  });
});
