'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, error } = useAccessToken();

  const fetchAccessToken = useCallback(async () => {
    if (error) console.warn('The last refresh failed', error);
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [error, getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
