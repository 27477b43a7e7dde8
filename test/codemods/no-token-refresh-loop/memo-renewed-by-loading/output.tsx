'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useMemo } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, loading: tokenLoading } = useAccessToken();

  return useMemo(
    () => ({
      isLoading: loading,
      isAuthenticated: !!user,
      isRefreshing: tokenLoading,
      fetchAccessToken: async () => {
        try {
          return (await getAccessToken()) ?? null;
        } catch {
          return null;
        }
      },
    }),
    [loading, tokenLoading, user, getAccessToken],
  );
}
