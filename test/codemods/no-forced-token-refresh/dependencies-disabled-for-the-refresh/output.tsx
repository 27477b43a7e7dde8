'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useAuthFromAuthKit() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();
  const fetchAccessToken = useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);
  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
