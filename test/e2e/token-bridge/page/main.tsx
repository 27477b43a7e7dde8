/**
 * The page of an app that signs in with AuthKit and talks to Convex through the bridge under test. React, the Convex
 * client and AuthKit's browser modules are the packages users install.
 */
import * as authkitNext from '@workos-inc/authkit-nextjs/components';
import * as authkitReact from '@workos-inc/authkit-react';
import * as convexReact from 'convex/react';
import * as react from 'react';
import * as compilerRuntime from 'react/compiler-runtime';
import * as jsxRuntime from 'react/jsx-runtime';
import { createRoot } from 'react-dom/client';
import type { MutablePageRecord, PageOptions, PageRecord } from '../page-record.ts';
import { authenticateMessages, deployment } from './convex-server.ts';
import { installWorkosApi } from './workos-api.ts';
import * as workos from './workos.ts';

type Bridge = Parameters<typeof convexReact.ConvexProviderWithAuth>[0]['useAuth'];
type FetchAccessToken = ReturnType<Bridge>['fetchAccessToken'];

/** The modules a bridge may import, shared with the page as one bundler would share them. */
export const modules: Readonly<Record<string, unknown>> = {
  react,
  'react/jsx-runtime': jsxRuntime,
  'react/compiler-runtime': compilerRuntime,
  'convex/react': convexReact,
  '@workos-inc/authkit-nextjs': { refreshSession: workos.refreshSession },
  '@workos-inc/authkit-nextjs/components': authkitNext,
  '@workos-inc/authkit-react': authkitReact,
};

/** Renders the app with the bridge, and returns the record that fills up as the page lives. */
export function open(useBridge: Bridge, options: PageOptions): PageRecord {
  const record: MutablePageRecord = { refreshes: workos.refreshes, setAuths: [], fetches: [], authenticateMessages, states: [] };
  const minted = options.sdk === 'authkit-nextjs' ? 'earlier' : 'now';
  workos.startSession(options.tokenSecondsLeft, minted, options.workosRateLimited);
  const client = new convexReact.ConvexReactClient('https://example.convex.cloud', {
    webSocketConstructor: deployment(options.convexAcceptsTokens),
    unsavedChangesWarning: false,
    initialAuthTokenReuse: options.initialAuthTokenReuse,
  });
  const setAuth = client.setAuth.bind(client);
  client.setAuth = (...args) => {
    record.setAuths.push(Date.now());
    setAuth(...args);
  };

  /** Counts Convex's requests. The wrapper changes its identity when, and only when, the bridge's fetcher does. */
  function useCountedBridge(): ReturnType<Bridge> {
    const bridge = useBridge();
    const { fetchAccessToken } = bridge;
    const counted = react.useMemo<FetchAccessToken>(
      () => (request) => {
        record.fetches.push({ forced: request.forceRefreshToken });
        return fetchAccessToken(request);
      },
      [fetchAccessToken],
    );
    return { ...bridge, fetchAccessToken: counted };
  }

  function StateRecorder(): null {
    const { isLoading, isAuthenticated } = convexReact.useConvexAuth();
    react.useEffect(() => {
      record.states.push({ at: Date.now(), state: isLoading ? 'loading' : isAuthenticated ? 'authenticated' : 'signed out' });
    }, [isLoading, isAuthenticated]);
    return null;
  }

  const app = (
    <convexReact.ConvexProviderWithAuth client={client} useAuth={useCountedBridge}>
      <StateRecorder />
    </convexReact.ConvexProviderWithAuth>
  );
  const root = createRoot(document.body);
  if (options.sdk === 'authkit-nextjs') {
    root.render(<authkitNext.AuthKitProvider>{app}</authkitNext.AuthKitProvider>);
  } else {
    installWorkosApi('client_01');
    root.render(<authkitReact.AuthKitProvider clientId="client_01">{app}</authkitReact.AuthKitProvider>);
  }
  return record;
}
