'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useConvexAuthFromWorkOS() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(async (): Promise<string | null> => {
    // No one is signed in on the landing page.
    if (!user) return null;

    try {
      return (await getAccessToken()) ?? null;
    } catch {
      // The page stays as it is until the network is back.
      return null;
    }
  }, [user, getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
