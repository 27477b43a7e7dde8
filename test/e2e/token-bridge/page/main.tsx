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
import type { PageOptions, PageRecord } from '../page-record.ts';
import { SWITCH_SECOND } from '../scenarios.ts';
import type { Scenario } from '../scenarios.ts';
import { installAppServer } from './app-server.ts';
import { deployment } from './convex-server.ts';
import { OrganizationSwitch } from './organization-switch.tsx';
import { noteState, record } from './record.ts';
import { StateRecorder } from './state-recorder.tsx';
import { installWorkosApi } from './workos-api.ts';
import * as workos from './workos.ts';

type Bridge = Parameters<typeof convexReact.ConvexProviderWithAuth>[0]['useAuth'];
type Wrapper = react.ComponentType<{ readonly children: react.ReactNode }>;

/** What a gallery module exports: the hook for `ConvexProviderWithAuth`, or the component around the app that sets Convex up. */
export interface BridgeModule {
  readonly useBridge?: Bridge;
  readonly ConvexClientProvider?: Wrapper;
}

let scenario: Scenario | undefined;

/** The real client, connected to the deployment of the scenario, which says what it is asked to do. */
class ConvexReactClient extends convexReact.ConvexReactClient {
  constructor(url: string, options?: convexReact.ConvexReactClientOptions) {
    super(url, {
      ...options,
      webSocketConstructor: deployment(scenario?.convexAcceptsTokens ?? true),
      unsavedChangesWarning: false,
      initialAuthTokenReuse: scenario?.initialAuthTokenReuse ?? false,
    });
  }

  override setAuth(...[fetchToken, onChange, ...others]: Parameters<convexReact.ConvexReactClient['setAuth']>): void {
    record.setAuths.push(Date.now());
    if (!hasConvexAuth) noteState('loading');
    const counted: typeof fetchToken = (request) => {
      record.fetches.push({ forced: request.forceRefreshToken });
      return fetchToken(request);
    };
    const noted: typeof onChange = (isAuthenticated) => {
      if (!hasConvexAuth) noteState(isAuthenticated ? 'authenticated' : 'signed out');
      onChange?.(isAuthenticated);
    };
    super.setAuth(counted, noted, ...others);
  }

  override clearAuth(): void {
    if (!hasConvexAuth) noteState('signed out');
    super.clearAuth();
  }
}

/** Whether the app is inside a `ConvexProviderWithAuth`, so that it has `useConvexAuth()`. */
let hasConvexAuth = true;

/** The modules a bridge may import, shared with the page as one bundler would share them. */
export const modules: Readonly<Record<string, unknown>> = {
  react,
  'react/jsx-runtime': jsxRuntime,
  'react/compiler-runtime': compilerRuntime,
  'convex/react': { ...convexReact, ConvexReactClient },
  '@workos-inc/authkit-nextjs': {
    refreshSession: workos.refreshSession,
    withAuth: async () => (await workos.readSession()) ?? { user: null },
  },
  '@workos-inc/authkit-nextjs/components': authkitNext,
  '@workos-inc/authkit-react': authkitReact,
};

/** Renders the app with the bridge, and returns the record that fills up as the page lives. */
export function open({ useBridge, ConvexClientProvider }: BridgeModule, options: PageOptions): PageRecord {
  ({ scenario } = options);
  const { outage, switchesBy } = scenario;
  workos.startSession({
    isSignedOut: scenario.isSignedOut ?? false,
    secondsLeft: options.tokenSecondsLeft,
    minted: options.sdk === 'authkit-nextjs' ? 'earlier' : 'now',
    outage,
    startedAt: options.startedAt,
    backsOff: options.sdk === 'authkit-nextjs',
    isOffline: scenario.isOffline ?? false,
  });
  const Convex = useBridge || !ConvexClientProvider ? withBridge(useBridge) : ConvexClientProvider;
  const app = (
    <>
      <Convex>
        <StateRecorder
          onMissing={() => {
            hasConvexAuth = false;
          }}
        />
      </Convex>
      {switchesBy && <OrganizationSwitch by={switchesBy} sdk={options.sdk} afterSeconds={SWITCH_SECOND} />}
    </>
  );
  const root = createRoot(document.body);
  if (options.sdk === 'authkit-nextjs') {
    installAppServer();
    root.render(<authkitNext.AuthKitProvider {...initialAuthOf(scenario)}>{app}</authkitNext.AuthKitProvider>);
  } else {
    installWorkosApi('client_01');
    root.render(<authkitReact.AuthKitProvider clientId="client_01">{app}</authkitReact.AuthKitProvider>);
  }
  return record;
}

function initialAuthOf({ hasInitialAuth }: Scenario): Partial<Parameters<typeof authkitNext.AuthKitProvider>[0]> {
  const session = workos.currentSession();
  if (hasInitialAuth === undefined || session === null) return {};
  const { accessToken: _, ...initialAuth } = session;
  return { initialAuth: initialAuth as never };
}

function withBridge(useBridge: Bridge | undefined): Wrapper {
  if (typeof useBridge !== 'function') throw new TypeError('the module exports no useBridge');
  const client = new ConvexReactClient('https://example.convex.cloud');
  return ({ children }) => (
    <convexReact.ConvexProviderWithAuth client={client} useAuth={useBridge}>
      {children}
    </convexReact.ConvexProviderWithAuth>
  );
}
