'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

async function settle(promise: Promise<string | undefined>) {
  try {
    return await promise;
  } catch {
    return undefined;
  }
}

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();
  const fetchAccessToken = useCallback(async () => {
    return (await settle(getAccessToken())) ?? null;
  }, [getAccessToken]);
  return { isLoading: loading, isAuthenticated: user !== null, fetchAccessToken };
}
