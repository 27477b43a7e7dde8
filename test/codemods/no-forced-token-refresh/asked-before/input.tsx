'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useConvexAuthFromWorkOS() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }): Promise<string | null> => {
      try {
        if (forceRefreshToken) {
          return (await refresh()) ?? null;
        }

        const token = await getAccessToken();
        if (token) return token;

        // Right after sign-in there may be no token yet: a refresh
        // brings one.
        return (await refresh()) ?? null;
      } catch (cause) {
        console.error('no token', cause);
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
