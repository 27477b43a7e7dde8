'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useConvexAuthFromWorkOS() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(async (): Promise<string | null> => {
    try {
      const token = await getAccessToken();
      if (token) return token;

      return null;
    } catch (cause) {
      console.error('no token', cause);
      return null;
    }
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
