'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useConvexAuthFromWorkOS() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }): Promise<string | null> => {
      // No one is signed in on the landing page.
      if (!user) return null;

      try {
        // When Convex has rejected the last token, a new one is needed:
        // refresh() always brings one.
        return forceRefreshToken ? ((await refresh()) ?? null) : ((await getAccessToken()) ?? null);
      } catch {
        // The page stays as it is until the network is back.
        return null;
      }
    },
    [user, getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
