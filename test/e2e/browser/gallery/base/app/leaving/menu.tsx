'use client';

import { useRouter } from 'next/navigation';

export function Menu() {
  const router = useRouter();
  return (
    <nav>
      <button onClick={() => window.location.assign('/leaving/sign-out')}>By location</button>
      <button onClick={() => router.push('/leaving/sign-out')}>By router</button>
    </nav>
  );
}
