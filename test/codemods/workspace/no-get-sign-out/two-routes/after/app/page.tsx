import { signOutAction } from './api/logout/actions';
import { signOutAction as signOutOnServer } from './sign-out/actions';

export default function Page() {
  return (
    <main>
      <form action={signOutOnServer} style={{ display: 'contents' }}>
        <button type="submit">Sign out</button>
      </form>
      <form action={signOutAction} style={{ display: 'contents' }}>
        <button type="submit">Sign out and in again</button>
      </form>
    </main>
  );
}
