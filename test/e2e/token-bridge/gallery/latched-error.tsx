'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useState } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, error } = useAccessToken();
  const [failedFor, setFailedFor] = useState<string>();
  if (error && user && failedFor !== user.id) setFailedFor(user.id);

  const fetchAccessToken = useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user && failedFor !== user.id, fetchAccessToken };
}
