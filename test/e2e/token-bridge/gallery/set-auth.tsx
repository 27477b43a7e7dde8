'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { ConvexProvider, ConvexReactClient } from 'convex/react';
import { type ReactNode, useEffect, useState } from 'react';

export function ConvexClientProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => new ConvexReactClient(process.env.NEXT_PUBLIC_CONVEX_URL!));
  const { user } = useAuth();
  const { getAccessToken } = useAccessToken();
  const userId = user?.id;

  useEffect(() => {
    if (!userId) return;
    client.setAuth(async () => {
      try {
        return (await getAccessToken()) ?? null;
      } catch {
        return null;
      }
    });
    return () => client.clearAuth();
  }, [client, userId, getAccessToken]);

  return <ConvexProvider client={client}>{children}</ConvexProvider>;
}
