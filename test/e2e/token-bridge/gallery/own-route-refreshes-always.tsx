'use client';

import { useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();

  const fetchAccessToken = useCallback(async () => {
    const response = await fetch('/api/token');
    if (!response.ok) return null;
    const { accessToken } = await response.json();
    return accessToken ?? null;
  }, []);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
