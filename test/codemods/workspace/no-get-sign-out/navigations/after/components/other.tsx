'use client';

import { useRouter } from 'next/navigation';
import { signOutAction } from '../app/api/auth/logout/actions';

export function Other({ isDone }: { isDone: boolean }) {
  const { push } = useRouter();
  return (
    <>
      <button onClick={() => void signOutAction()}>Sign out</button>
      <button onClick={() => push('/')}>Home</button>
      <button onClick={() => push(isDone ? '/' : '/api/auth/logout')}>Leave</button>
    </>
  );
}
