import { signOutAction } from './sign-out/actions';

export default function Page() {
  return (
    <main>
      <h1>Hello</h1>
      <p>Welcome</p>
      <form action={signOutAction} style={{ display: 'contents' }}>
        <button type="submit">Sign out</button>
      </form>
    </main>
  );
}
