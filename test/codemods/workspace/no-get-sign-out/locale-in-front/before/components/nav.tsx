import { Link } from '../i18n/navigation';

export const Nav = () => (
  <nav>
    <Link href="/sign-out">Sign out</Link>
    <Link href="/">Home</Link>
  </nav>
);
