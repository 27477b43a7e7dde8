'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { ConvexProvider, ConvexReactClient } from 'convex/react';
import { type ReactNode, useEffect, useState } from 'react';

export function ConvexClientProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => new ConvexReactClient(process.env.NEXT_PUBLIC_CONVEX_URL!));
  const { user } = useAuth();
  const { accessToken, refresh } = useAccessToken();

  useEffect(() => {
    if (!user) return;
    client.setAuth(async () => {
      try {
        return (await refresh()) ?? null;
      } catch {
        return null;
      }
    });
  }, [client, user, accessToken, refresh]);

  return <ConvexProvider client={client}>{children}</ConvexProvider>;
}
