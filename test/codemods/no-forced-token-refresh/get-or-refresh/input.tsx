'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(async () => {
    try {
      return (await getAccessToken()) ?? (await refresh()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken, refresh]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
