import { useAuth } from '@workos-inc/authkit-react';

export function useBridge() {
  const { user, isLoading, getAccessToken } = useAuth();

  return {
    isLoading,
    isAuthenticated: !!user,
    fetchAccessToken: async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        return await getAccessToken(forceRefreshToken ? { forceRefresh: true } : {});
      } catch {
        return null;
      }
    },
  };
}
