'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useEffect } from 'react';

let kept: string | undefined;

export function useVariableBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(async (): Promise<string | null> => {
    if (!kept) kept = await getAccessToken();
    return kept ?? null;
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}

export function useStorageBridge() {
  const { user, loading } = useAuth();
  const { accessToken } = useAccessToken();

  useEffect(() => {
    if (accessToken) localStorage.setItem('token', accessToken);
  }, [accessToken]);

  const fetchAccessToken = useCallback(async (): Promise<string | null> => localStorage.getItem('token'), []);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
