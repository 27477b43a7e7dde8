import { signOutAction } from './sign-out/actions';

export default function Page() {
  return (
    <main>
      <form action={signOutAction} className="leave">
        <button type="submit">Sign out</button>
      </form>
      <form action={signOutAction}>
        <button type="submit">Sign out</button>
      </form>
    </main>
  );
}
