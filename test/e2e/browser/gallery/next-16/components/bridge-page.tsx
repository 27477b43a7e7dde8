'use client';

import { AuthKitProvider } from '@workos-inc/authkit-nextjs/components';
import { ConvexProviderWithAuth, ConvexReactClient, useConvexAuth } from 'convex/react';
import type { ComponentProps } from 'react';

const convex = new ConvexReactClient(process.env.NEXT_PUBLIC_CONVEX_URL!);

function State() {
  const { isAuthenticated, isLoading } = useConvexAuth();
  return <p id="state">{isLoading ? 'loading' : isAuthenticated ? 'authenticated' : 'signed out'}</p>;
}

export function BridgePage({ useAuth }: Pick<ComponentProps<typeof ConvexProviderWithAuth>, 'useAuth'>) {
  return (
    <AuthKitProvider>
      <ConvexProviderWithAuth client={convex} useAuth={useAuth}>
        <State />
      </ConvexProviderWithAuth>
    </AuthKitProvider>
  );
}
