'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useEffect, useState } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, error } = useAccessToken();
  const [token, setToken] = useState<string | null>(null);

  useEffect(() => {
    if (!user) return;
    getAccessToken().then(
      (value) => setToken(value ?? null),
      () => setToken(null),
    );
  }, [user, getAccessToken]);

  const fetchAccessToken = useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user && token !== null && !error, fetchAccessToken };
}
