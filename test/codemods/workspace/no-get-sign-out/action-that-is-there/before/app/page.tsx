import { leave as signOutAction } from './actions/auth';

export default function Page() {
  return (
    <main>
      <form action={signOutAction}>
        <button>Sign out</button>
      </form>
      <a href="/sign-out">Sign out</a>
    </main>
  );
}
