'use client';

import { useAccessToken } from '@workos-inc/authkit-nextjs/components';
import { ConvexProvider, ConvexReactClient } from 'convex/react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';

export function ConvexClientProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => new ConvexReactClient(process.env.NEXT_PUBLIC_CONVEX_URL!));
  const { accessToken, loading } = useAccessToken();

  const getToken = useCallback(async (): Promise<string | null> => {
    if (loading) return null;
    return accessToken || null;
  }, [accessToken, loading]);

  useEffect(() => {
    client.setAuth(getToken);
  }, [client, getToken]);

  return <ConvexProvider client={client}>{children}</ConvexProvider>;
}
