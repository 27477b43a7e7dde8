export default function Page() {
  return (
    <main>
      <h1>Hello</h1>
      <p>Welcome</p>
      <a href="/sign-out">Sign out</a>
    </main>
  );
}
