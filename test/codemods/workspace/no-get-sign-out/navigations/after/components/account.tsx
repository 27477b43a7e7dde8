'use client';

import { useCallback } from 'react';
import { signOutAction } from '../app/api/auth/logout/actions';

export function Account({ track }: { track: (name: string) => void }) {
  const leave = useCallback(async () => {
    try {
      await fetch('/api/track', { method: 'POST' });
      void signOutAction();
    } catch {
      void signOutAction();
    }
  }, [track]);
  return (
    <>
      <button onClick={leave}>Sign out</button>
      <button onClick={() => void signOutAction()}>Sign out</button>
      <button onClick={() => void signOutAction()}>Sign out</button>
      <button onClick={() => track('logout')}>Track</button>
    </>
  );
}
