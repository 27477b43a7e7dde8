import { Link } from '../i18n/navigation';
import { signOutAction } from '../app/[locale]/sign-out/actions';

export const Nav = () => (
  <nav>
    <form action={signOutAction} style={{ display: 'contents' }}>
      <button type="submit">Sign out</button>
    </form>
    <Link href="/">Home</Link>
  </nav>
);
