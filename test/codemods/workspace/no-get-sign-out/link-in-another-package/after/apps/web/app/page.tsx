import { Nav } from 'ui/nav';
import { signOutAction } from './sign-out/actions';

export default function Page() {
  return (
    <main>
      <Nav />
      <form action={signOutAction} style={{ display: 'contents' }}>
        <button type="submit">Sign out</button>
      </form>
    </main>
  );
}
