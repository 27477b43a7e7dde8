/** Which codemods there are. Listing them loads none of them. */
import type { Codemod } from './transform.ts';

export type { FileChange, LeftPlace, Place, Plan, PlanInput, Planner, Transaction } from './workspace/plan.ts';
export type {
  Codemod,
  CodemodInput,
  CodemodResult,
  LeftFinding,
  PlacedFinding,
  TransformFile,
  TransformOptions,
} from './transform.ts';

export interface CodemodEntry {
  /** The name of the rule whose findings it rewrites. */
  readonly name: string;
  /** What it does to the code, in the imperative; no full stop. */
  readonly description: string;
  /** Its rule is in the preset `strict` alone: `all` leaves it out, as `check` leaves out the rule. */
  readonly isStrict?: true;
  /** Loads the codemod and what it needs. */
  readonly load: () => Promise<Codemod>;
}

export const codemods: readonly CodemodEntry[] = [
  {
    name: 'consistent-preview-host',
    description: 'send on previews the redirect URI that convex.json registers for them',
    load: async () => (await import('./consistent-preview-host.ts')).default,
  },
  {
    name: 'handle-token-error',
    description: 'catch what getAccessToken() throws, and take isLoading and isAuthenticated from useAuth() alone',
    load: async () => (await import('./handle-token-error.ts')).default,
  },
  {
    name: 'no-forced-token-refresh',
    description: "return getAccessToken() to Convex's forced requests",
    load: async () => (await import('./no-forced-token-refresh.ts')).default,
  },
  {
    name: 'no-get-sign-out',
    description: "return 204 to the requests of Next.js's router before a GET signs users out",
    isStrict: true,
    load: async () => (await import('./no-get-sign-out.ts')).default,
  },
  {
    name: 'no-hardcoded-redirect-host',
    description: "make redirect URIs name the preview's own host on previews",
    load: async () => (await import('./no-hardcoded-redirect-host.ts')).default,
  },
  {
    name: 'no-sign-in-prefetch',
    description: 'add prefetch={false} to links that would start a sign-in as soon as they are visible',
    load: async () => (await import('./no-sign-in-prefetch.ts')).default,
  },
  {
    name: 'no-sign-out-prefetch',
    description: 'add prefetch={false} to links that would sign users out as soon as they are visible',
    load: async () => (await import('./no-sign-out-prefetch.ts')).default,
  },
  {
    name: 'no-stale-access-token',
    description: 'return getAccessToken() to Convex instead of a stored token',
    load: async () => (await import('./no-stale-access-token.ts')).default,
  },
  {
    name: 'no-token-refresh-loop',
    description: 'end refresh loops: a memoised getAccessToken(), both flags from useAuth() alone',
    load: async () => (await import('./no-token-refresh-loop.ts')).default,
  },
  {
    name: 'valid-auth-config',
    description: 'write the WorkOS providers of auth.config as the playbook has them, on process.env.WORKOS_CLIENT_ID',
    load: async () => (await import('./valid-auth-config.ts')).default,
  },
  {
    name: 'valid-callback-route',
    description: 'call handleAuth() where the callback exports it uncalled, and export it as GET',
    load: async () => (await import('./valid-callback-route.ts')).default,
  },
  {
    name: 'valid-proxy',
    description: 'add routes that call withAuth() to the matcher of the proxy, export what Next.js calls',
    load: async () => (await import('./valid-proxy.ts')).default,
  },
  {
    name: 'valid-redirect-uri',
    description:
      'put https:// before VERCEL_URL, test variables instead of templates, send the production host in production',
    load: async () => (await import('./valid-redirect-uri.ts')).default,
  },
];

/** The codemod of a name; undefined when there is none. */
export function codemodNamed(name: string): CodemodEntry | undefined {
  return codemods.find((entry) => entry.name === name);
}
