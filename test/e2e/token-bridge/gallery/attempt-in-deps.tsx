'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useState } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();
  const [attempt, setAttempt] = useState(0);

  const fetchAccessToken = useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch (error) {
      console.warn('No access token', attempt, error);
      setAttempt((count) => count + 1);
      return null;
    }
  }, [attempt, getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
