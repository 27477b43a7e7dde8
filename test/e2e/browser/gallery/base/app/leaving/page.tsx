import Link from 'next/link';
import { Menu } from './menu';

export default function LeavingPage() {
  return (
    <main>
      <a href="/leaving/sign-out">By anchor</a>
      <Link href="/leaving/sign-out" prefetch={false}>
        By link
      </Link>
      <Link href="/leaving/guarded" prefetch={false}>
        By link to a route that reads the request
      </Link>
      <form method="post" action="/routes/by-post">
        <button type="submit">By POST</button>
      </form>
      <Menu />
    </main>
  );
}
