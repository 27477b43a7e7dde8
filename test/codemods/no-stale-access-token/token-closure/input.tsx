'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken } = useAccessToken();
  const fetchAccessToken = useCallback(() => Promise.resolve(accessToken ?? null), [accessToken]);
  return { isLoading: loading, isAuthenticated: !!user && !!accessToken, fetchAccessToken };
}
