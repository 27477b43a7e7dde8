/**
 * What the hosting platforms put into the environment: data, so that another platform is another row.
 * Vercel: vercel.com/docs/environment-variables/system-environment-variables. Netlify: docs.netlify.com/build/configure-builds/environment-variables.
 * Railway: docs.railway.com/reference/variables. Render: render.com/docs/environment-variables. Cloudflare: developers.cloudflare.com/pages/configuration/build-configuration.
 */

export interface Hosting {
  readonly name: string;
  /** Literal hosts under these names belong to deployments. */
  readonly deploymentDomains: readonly string[];
  /** Variables that hold a host or a URL of the deployment. */
  readonly hostVariables: Readonly<Record<string, HostVariable>>;
}

export interface HostVariable {
  /** `deployment`: new with each deployment; `alias`: one a branch; `production`: the production host wherever it is read. */
  readonly scope: 'alias' | 'deployment' | 'production';
  /** Whether the value starts with `https://`. */
  readonly hasScheme: boolean;
}

const host = (scope: HostVariable['scope'], hasScheme = false): HostVariable => ({ scope, hasScheme });

export const VERCEL: Hosting = {
  name: 'Vercel',
  deploymentDomains: ['vercel.app', 'now.sh'],
  hostVariables: {
    VERCEL_URL: host('deployment'),
    VERCEL_BRANCH_URL: host('alias'),
    VERCEL_PROJECT_PRODUCTION_URL: host('production'),
    NEXT_PUBLIC_VERCEL_URL: host('deployment'),
    NEXT_PUBLIC_VERCEL_BRANCH_URL: host('alias'),
    NEXT_PUBLIC_VERCEL_PROJECT_PRODUCTION_URL: host('production'),
  },
};

export const OTHER_HOSTINGS: readonly Hosting[] = [
  {
    name: 'Netlify',
    deploymentDomains: ['netlify.app'],
    hostVariables: {
      URL: host('production', true),
      DEPLOY_URL: host('deployment', true),
      DEPLOY_PRIME_URL: host('alias', true),
    },
  },
  {
    name: 'Railway',
    deploymentDomains: ['up.railway.app'],
    hostVariables: { RAILWAY_PUBLIC_DOMAIN: host('alias'), RAILWAY_STATIC_URL: host('alias') },
  },
  {
    name: 'Render',
    deploymentDomains: ['onrender.com'],
    hostVariables: { RENDER_EXTERNAL_URL: host('alias', true), RENDER_EXTERNAL_HOSTNAME: host('alias') },
  },
  {
    name: 'Cloudflare',
    deploymentDomains: ['pages.dev', 'workers.dev'],
    hostVariables: { CF_PAGES_URL: host('deployment', true) },
  },
  { name: 'AWS Amplify', deploymentDomains: ['amplifyapp.com'], hostVariables: {} },
];

const HOSTINGS = [VERCEL, ...OTHER_HOSTINGS];

/** Every system variable of Vercel's build and run time. */
export const VERCEL_VARIABLES: ReadonlySet<string> = new Set([
  'VERCEL',
  'VERCEL_ENV',
  'VERCEL_TARGET_ENV',
  'VERCEL_URL',
  'VERCEL_BRANCH_URL',
  'VERCEL_PROJECT_PRODUCTION_URL',
  'VERCEL_REGION',
  'VERCEL_DEPLOYMENT_ID',
  'VERCEL_PROJECT_ID',
  'VERCEL_SKEW_PROTECTION_ENABLED',
  'VERCEL_AUTOMATION_BYPASS_SECRET',
  'VERCEL_OIDC_TOKEN',
  'VERCEL_GIT_PROVIDER',
  'VERCEL_GIT_REPO_SLUG',
  'VERCEL_GIT_REPO_OWNER',
  'VERCEL_GIT_REPO_ID',
  'VERCEL_GIT_COMMIT_REF',
  'VERCEL_GIT_COMMIT_SHA',
  'VERCEL_GIT_COMMIT_MESSAGE',
  'VERCEL_GIT_COMMIT_AUTHOR_LOGIN',
  'VERCEL_GIT_COMMIT_AUTHOR_NAME',
  'VERCEL_GIT_PREVIOUS_SHA',
  'VERCEL_GIT_PULL_REQUEST_ID',
]);

/** The row of a variable that holds a host, whichever platform sets it. */
export function hostVariable(name: string): HostVariable | undefined {
  return HOSTINGS.find(({ hostVariables }) => Object.hasOwn(hostVariables, name))?.hostVariables[name];
}

/** Whether a variable is Vercel's and holds a host. */
export function isVercelHost(name: string): boolean {
  return Object.hasOwn(VERCEL.hostVariables, name);
}

/** A Vercel host variable without the prefix that lets the browser read it: both hold the same host. */
export function withoutPublicPrefix(name: string): string {
  return name.replace(/^NEXT_PUBLIC_/u, '');
}

/** The platform whose deployments answer on a host; undefined for a domain of the user's own. */
export function hostingOf(hostname: string): Hosting | undefined {
  const name = hostname.toLowerCase();
  return HOSTINGS.find(({ deploymentDomains }) => deploymentDomains.some((domain) => name.endsWith(`.${domain}`)));
}

/** Whether a host is the developer's own machine. */
export function isLocalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/u, '');
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\]|.+\.local)$/u.test(name);
}
