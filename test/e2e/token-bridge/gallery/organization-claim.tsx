'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

function organizationOf(token: string): string | undefined {
  return JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))).org_id;
}

export function useBridge() {
  const { user, loading, organizationId } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(async () => {
    try {
      const token = await getAccessToken();
      if (!token) return null;
      return organizationOf(token) === organizationId ? token : ((await refresh()) ?? null);
    } catch {
      return null;
    }
  }, [getAccessToken, refresh, organizationId]);

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
