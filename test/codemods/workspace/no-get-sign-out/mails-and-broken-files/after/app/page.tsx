import { signOutAction } from './sign-out/actions';

export default function Page() {
  return (
    <form action={signOutAction} style={{ display: 'contents' }}>
      <button type="submit">Sign out</button>
    </form>
  );
}
