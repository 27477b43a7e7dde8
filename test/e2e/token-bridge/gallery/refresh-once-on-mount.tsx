'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useEffect } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);

  useEffect(() => {
    if (user) refresh().catch(() => undefined);
  }, [user?.id, refresh]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
