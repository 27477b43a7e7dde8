'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

const secondsLeft = (token: string) => JSON.parse(atob(token.split('.')[1] ?? '')).exp - Date.now() / 1000;

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(async () => {
    try {
      const token = await getAccessToken();
      if (!token) return null;
      return secondsLeft(token) < 300 ? ((await refresh()) ?? null) : token;
    } catch {
      return null;
    }
  }, [getAccessToken, refresh]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
