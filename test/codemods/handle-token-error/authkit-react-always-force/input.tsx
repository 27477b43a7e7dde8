import { useAuth } from '@workos-inc/authkit-react';
import { useCallback } from 'react';

export function useBridge() {
  const { user, isLoading, getAccessToken } = useAuth();
  const fetchAccessToken = useCallback(() => getAccessToken({ forceRefresh: true }), [getAccessToken]);
  return { isLoading, isAuthenticated: !!user, fetchAccessToken };
}
