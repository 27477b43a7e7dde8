import { leave as signOutAction } from './actions/auth';

export default function Page() {
  return (
    <main>
      <form action={signOutAction}>
        <button>Sign out</button>
      </form>
      <form action={signOutAction} style={{ display: 'contents' }}>
        <button type="submit">Sign out</button>
      </form>
    </main>
  );
}
