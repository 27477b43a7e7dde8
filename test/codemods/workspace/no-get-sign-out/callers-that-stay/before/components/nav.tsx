import Link from 'next/link';

const items = [
  { href: '/', label: 'Home' },
  { href: '/sign-out', label: 'Sign out' },
];

export const Nav = ({ props, isAdmin }: { props: object; isAdmin: boolean }) => (
  <nav>
    {items.map((item) => (
      <Link key={item.href} href={item.href}>
        {item.label}
      </Link>
    ))}
    <Link href="/sign-out" {...props}>
      Sign out
    </Link>
    <Link href="/sign-out" target="_blank">
      Sign out
    </Link>
    <Link href={isAdmin ? '/admin' : '/sign-out'}>Go</Link>
  </nav>
);
