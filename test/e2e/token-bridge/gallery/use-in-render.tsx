'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { use, useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();
  const token = use(getAccessToken());

  const fetchAccessToken = useCallback(async () => token ?? null, [token]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
