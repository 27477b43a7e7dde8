import { Nav } from 'ui/nav';

export default function Page() {
  return (
    <main>
      <Nav />
      <a href="/sign-out">Sign out</a>
    </main>
  );
}
