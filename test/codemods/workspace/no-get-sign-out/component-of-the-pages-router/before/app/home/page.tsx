import { Nav } from '../../components/nav';

export default function Page() {
  return (
    <>
      <Nav />
      <a href="/sign-out">Sign out</a>
    </>
  );
}
