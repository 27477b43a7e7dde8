'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';

const LOGOUT = '/api/auth/logout';

export function Account({ track }: { track: (name: string) => void }) {
  const router = useRouter();
  const leave = useCallback(async () => {
    try {
      await fetch('/api/track', { method: 'POST' });
      router.push(LOGOUT);
    } catch {
      window.location.href = '/api/auth/logout';
    }
  }, [router, track]);
  return (
    <>
      <button onClick={leave}>Sign out</button>
      <button onClick={() => (window.location.href = '/api/auth/logout')}>Sign out</button>
      <button onClick={() => location.assign(`/api/auth/logout`)}>Sign out</button>
      <button onClick={() => track('logout')}>Track</button>
    </>
  );
}
