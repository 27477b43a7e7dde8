'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useConvexAuthFromWorkOS() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(async (): Promise<string | null> => {
    try {
      const token = await getAccessToken();
      return token ?? null;
    } catch (cause) {
      console.error('no token', cause);
      return null;
    }
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}

export function useOtherBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(async (): Promise<string | null> => {
    let token: string | undefined;
    try {
      token = await getAccessToken();
    } catch {
      console.error('no token');
    }
    return token ?? null;
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}

export function useThirdBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(async (): Promise<string | null> => {
    const token = await getAccessToken().catch(() => undefined);
    return token ?? null;
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
