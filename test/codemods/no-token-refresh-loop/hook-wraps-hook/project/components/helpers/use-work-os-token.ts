import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';

export function useWorkOSToken() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh, loading: tokenLoading } = useAccessToken();
  return { signedIn: user !== null, busy: loading || tokenLoading, read: getAccessToken, renew: refresh };
}
