'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null;
      } catch {
        for (let attempt = 0; attempt < 3; attempt += 1) {
          try {
            return (await refresh()) ?? null;
          } catch (error) {
            console.warn('Refresh failed', attempt, error);
          }
        }
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
