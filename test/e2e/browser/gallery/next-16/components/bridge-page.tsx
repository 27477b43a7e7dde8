'use client';

import { AuthKitProvider, useAuth as useAuthKit } from '@workos-inc/authkit-nextjs/components';
import { ConvexProviderWithAuth, ConvexReactClient, useConvexAuth } from 'convex/react';
import { type ComponentProps, type ComponentType, type ReactNode, useEffect, useState } from 'react';

interface Seen {
  /** The states that the page has shown, each once in a row. */
  readonly states: string[];
  authKit?: ReturnType<typeof useAuthKit>;
}

/** What the test reads. */
const seen: Seen = { states: [] };

function State() {
  const { isAuthenticated, isLoading } = useConvexAuth();
  const state = isLoading ? 'loading' : isAuthenticated ? 'authenticated' : 'signed out';
  seen.authKit = useAuthKit();
  useEffect(() => {
    Object.assign(window, { seen });
    if (seen.states.at(-1) !== state) seen.states.push(state);
    // What the pages of an app do that are for users alone.
    if (state === 'signed out' && window.location.search === '?guarded') window.location.assign('/sign-in/again');
  }, [state]);
  return <p id="state">{state}</p>;
}

export function ProviderPage({ Provider }: { Provider: ComponentType<{ children: ReactNode }> }) {
  return (
    <AuthKitProvider>
      <Provider>
        <State />
      </Provider>
    </AuthKitProvider>
  );
}

export function BridgePage({ useAuth }: Pick<ComponentProps<typeof ConvexProviderWithAuth>, 'useAuth'>) {
  const [convex] = useState(() => new ConvexReactClient(process.env.NEXT_PUBLIC_CONVEX_URL!));
  return (
    <AuthKitProvider>
      <ConvexProviderWithAuth client={convex} useAuth={useAuth}>
        <State />
      </ConvexProviderWithAuth>
    </AuthKitProvider>
  );
}
