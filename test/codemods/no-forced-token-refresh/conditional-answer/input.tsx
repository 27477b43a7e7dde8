'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useAskedUnlessForced() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }): Promise<string | null> => {
      try {
        let token = forceRefreshToken ? null : await getAccessToken();
        if (!token) token = await refresh();
        return token ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}

export function useOtherwise() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }): Promise<string | null> => {
      try {
        let token = await getAccessToken();
        if (token && !forceRefreshToken) console.debug('cached');
        else token = await refresh();
        return token ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}

export function useAlternative() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }): Promise<string | null> => {
      try {
        let token = await getAccessToken();
        if (forceRefreshToken || !token) {
          token = await refresh();
        } else {
          console.debug('cached');
        }
        return token ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}

export function useAttempt() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }): Promise<string | null> => {
      try {
        let token = await getAccessToken();
        if (forceRefreshToken || !token) {
          try {
            token = await refresh();
          } catch (cause) {
            console.error('no token', cause);
          }
        }
        return token ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
