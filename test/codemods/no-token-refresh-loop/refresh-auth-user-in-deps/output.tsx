'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading: isLoading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(async () => {
    if (!user) return null;
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [user, getAccessToken]);

  return { isLoading, isAuthenticated: !!user, fetchAccessToken };
}
