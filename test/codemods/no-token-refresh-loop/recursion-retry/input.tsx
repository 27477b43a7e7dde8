'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }): Promise<string | null> => {
      const attempt = async (): Promise<string | null> => {
        try {
          return (await refresh()) ?? null;
        } catch {
          return attempt();
        }
      };
      return forceRefreshToken ? attempt() : ((await getAccessToken().catch(() => null)) ?? null);
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
