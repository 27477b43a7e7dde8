'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useEffect, useRef } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();
  const tokens = useRef({ getAccessToken, refresh });

  useEffect(() => {
    tokens.current = { getAccessToken, refresh };
  }, [getAccessToken, refresh]);

  const fetchAccessToken = useCallback(async () => {
    try {
      const token = await tokens.current.getAccessToken();
      return token ?? null;
    } catch {
      return null;
    }
  }, []);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
