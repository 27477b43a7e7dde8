import { signOutAction } from './sign-out/actions';

export default function Page() {
  return (
    <main>
      <button className="button">Save</button>
      <form action={signOutAction} style={{ display: 'contents' }}>
        <button className="button" type="submit">
          Sign out
        </button>
      </form>
      <a className="nav-link" href="/sign-out">
        Sign out
      </a>
    </main>
  );
}
