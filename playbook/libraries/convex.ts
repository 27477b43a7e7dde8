/** Convex, as far as signing in needs it. Sources: get-convex/convex-js `src/{browser,react}`, get-convex/workos-authkit `src/client`. */
import { type Library, KNOWN } from './entry.ts';

export const convexReact: Library = {
  name: 'convex/react',
  modules: ['convex/react'],
  exports: {
    ConvexProviderWithAuth: KNOWN,
    ConvexReactClient: { returns: { setAuth: KNOWN } },
    useConvex: { returns: { setAuth: KNOWN } },
    useConvexAuth: KNOWN,
  },
};

export const convexBrowser: Library = {
  name: 'convex/browser',
  modules: ['convex/browser'],
  exports: {
    ConvexClient: { returns: { setAuth: KNOWN } },
    BaseConvexClient: { returns: { setAuth: KNOWN } },
    ConvexHttpClient: { returns: { setAuth: KNOWN } },
  },
};

export const convexWorkos: Library = {
  name: '@convex-dev/workos',
  modules: ['@convex-dev/workos'],
  exports: { ConvexProviderWithAuthKit: KNOWN },
};
