'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useRef } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken, loading: tokenLoading, error } = useAccessToken();
  const isLoading = loading || tokenLoading;
  const isAuthenticated = !!user && !!accessToken && !isLoading;

  const latestToken = useRef<string | null>(null);
  if (accessToken && !error) latestToken.current = accessToken;

  const fetchAccessToken = useCallback(async () => {
    return latestToken.current && !error ? latestToken.current : null;
  }, [error]);

  return { isLoading, isAuthenticated, fetchAccessToken };
}
