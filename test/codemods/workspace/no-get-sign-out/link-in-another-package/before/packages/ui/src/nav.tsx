import Link from 'next/link';

export const Nav = () => (
  <nav>
    <Link href="/sign-out">Sign out</Link>
  </nav>
);
