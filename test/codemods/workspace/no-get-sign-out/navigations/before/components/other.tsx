'use client';

import { useRouter } from 'next/navigation';

export function Other({ isDone }: { isDone: boolean }) {
  const { replace, push } = useRouter();
  return (
    <>
      <button onClick={() => replace('/api/auth/logout')}>Sign out</button>
      <button onClick={() => push('/')}>Home</button>
      <button onClick={() => push(isDone ? '/' : '/api/auth/logout')}>Leave</button>
    </>
  );
}
