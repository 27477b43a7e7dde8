'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useMemo } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh, loading: tokenLoading } = useAccessToken();

  return useMemo(
    () => ({
      isLoading: loading,
      isAuthenticated: !!user,
      isRefreshing: tokenLoading,
      fetchAccessToken: async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
        try {
          return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null;
        } catch {
          return null;
        }
      },
    }),
    [loading, tokenLoading, user, getAccessToken, refresh],
  );
}
