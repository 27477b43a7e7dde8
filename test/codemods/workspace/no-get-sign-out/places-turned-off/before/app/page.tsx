export default function Page() {
  return (
    <main>
      {/* eslint-disable-next-line authkit/no-get-sign-out -- mails link there */}
      <a href="/sign-out">Sign out</a>
      <a href="/sign-out">Sign out</a>
    </main>
  );
}
