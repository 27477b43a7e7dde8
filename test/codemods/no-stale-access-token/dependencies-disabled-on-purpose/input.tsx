'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useAuthFromAuthKit() {
  const { user, loading } = useAuth();
  const { accessToken } = useAccessToken();
  const fetchAccessToken = useCallback(async () => {
    if (!user) return null;
    return accessToken ?? null;
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [user?.id]);
  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
