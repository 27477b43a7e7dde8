import { signOutAction } from './sign-out/actions';

export default function Page() {
  return (
    <>
      <form action="/sign-out" method="post">
        <button>Audit</button>
      </form>
      <form action={signOutAction} style={{ display: 'contents' }}>
        <button type="submit">Sign out</button>
      </form>
    </>
  );
}
