'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useState } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();
  const [refreshing, setRefreshing] = useState(false);

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      if (!forceRefreshToken) return (await getAccessToken().catch(() => null)) ?? null;
      setRefreshing(true);
      try {
        return (await refresh()) ?? null;
      } catch {
        return null;
      } finally {
        setRefreshing(false);
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user && !refreshing, fetchAccessToken };
}
