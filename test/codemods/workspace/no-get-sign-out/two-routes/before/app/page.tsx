export default function Page() {
  return (
    <main>
      <a href="/sign-out">Sign out</a>
      <a href="/api/logout">Sign out and in again</a>
    </main>
  );
}
