'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useEffect } from 'react';

export function useVariableBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(async (): Promise<string | null> => {
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}

export function useStorageBridge() {
  const { user, loading } = useAuth();
  const { accessToken, getAccessToken } = useAccessToken();

  useEffect(() => {
    if (accessToken) localStorage.setItem('token', accessToken);
  }, [accessToken]);

  const fetchAccessToken = useCallback(async (): Promise<string | null> => {
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
