/** Convex, as far as signing in needs it. Sources: get-convex/convex-js `src/{browser,react}`, get-convex/workos-authkit `src/client`. */
import { type Entry, type Library, KNOWN } from './entry.ts';

const client: Entry = { returns: { setAuth: { takesFetcher: true } } };

export const convexReact: Library = {
  name: 'convex/react',
  modules: ['convex/react'],
  exports: {
    ConvexProviderWithAuth: { tokenProvider: 'own' },
    ConvexReactClient: client,
    useConvex: client,
    useConvexAuth: KNOWN,
  },
};

export const convexBrowser: Library = {
  name: 'convex/browser',
  modules: ['convex/browser'],
  exports: {
    ConvexClient: client,
    BaseConvexClient: client,
    // It is given a token.
    ConvexHttpClient: { returns: { setAuth: KNOWN } },
  },
};

export const convexWorkos: Library = {
  name: '@convex-dev/workos',
  modules: ['@convex-dev/workos'],
  exports: { ConvexProviderWithAuthKit: { tokenProvider: 'adapted' } },
};

/** The component; the class `AuthKit` makes `authKit.getAuthConfigProviders()`. */
export const convexWorkosAuthkit: Library = {
  name: '@convex-dev/workos-authkit',
  modules: ['@convex-dev/workos-authkit'],
  exports: { AuthKit: { makesProviders: true } },
};
