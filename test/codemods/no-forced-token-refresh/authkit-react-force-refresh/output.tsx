import { useAuth } from '@workos-inc/authkit-react';
import { useCallback } from 'react';

export function useBridge() {
  const { user, isLoading, getAccessToken } = useAuth();

  const fetchAccessToken = useCallback(async () => {
    try {
      return await getAccessToken();
    } catch {
      return null;
    }
  }, [getAccessToken]);

  return { isLoading, isAuthenticated: !!user, fetchAccessToken };
}
