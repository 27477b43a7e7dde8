import { signOutAction } from './sign-out/actions';

export default function Page() {
  return (
    <main>
      {/* eslint-disable-next-line authkit/no-get-sign-out -- mails link there */}
      <a href="/sign-out">Sign out</a>
      <form action={signOutAction} style={{ display: 'contents' }}>
        <button type="submit">Sign out</button>
      </form>
    </main>
  );
}
