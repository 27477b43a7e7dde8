import Link from 'next/link';

export default function Page() {
  return (
    <main>
      <Link href="/sign-out">Sign out</Link>
    </main>
  );
}
