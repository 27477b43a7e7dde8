/**
 * What the hosting platforms put into the environment, and what shows that a project runs on them: data, so that another platform is
 * another row. Vercel: vercel.com/docs/environment-variables/system-environment-variables. Netlify:
 * docs.netlify.com/build/configure-builds/environment-variables. Railway: docs.railway.com/reference/variables. Render:
 * render.com/docs/environment-variables. Cloudflare: developers.cloudflare.com/pages/configuration/build-configuration. Fly:
 * fly.io/docs/machines/runtime-environment.
 */

/** As `settings.authkit.hosting` names them, but for the last two, which are found and can't be set. */
export type HostingId = 'amplify' | 'cloudflare' | 'docker' | 'fly' | 'netlify' | 'railway' | 'render' | 'vercel';

export interface Hosting {
  readonly id: HostingId;
  readonly name: string;
  /** Literal hosts under these names belong to deployments. */
  readonly deploymentDomains: readonly string[];
  /** Whether each branch is deployed to a host of its own unless someone turns that off. */
  readonly hasPreviews: boolean;
  /** Variables that hold a host or a URL of the deployment. */
  readonly hostVariables: Readonly<Record<string, HostVariable>>;
  /** Files and folders in the root of an app, or around it, that only this platform reads. */
  readonly files: readonly string[];
  /** A variable that only this platform sets, as code names it. */
  readonly variables?: RegExp;
  /** A deployment's URL, for a platform that is shown by an app that names its own. */
  readonly ownHost?: RegExp;
}

export interface HostVariable {
  /** `deployment`: new with each deployment; `alias`: one a branch; `production`: the production host wherever it is read. */
  readonly scope: 'alias' | 'deployment' | 'production';
  /** Whether the value starts with `https://`. */
  readonly hasScheme: boolean;
}

const host = (scope: HostVariable['scope'], hasScheme = false): HostVariable => ({ scope, hasScheme });

export const VERCEL: Hosting = {
  id: 'vercel',
  name: 'Vercel',
  deploymentDomains: ['vercel.app', 'now.sh'],
  hasPreviews: true,
  hostVariables: {
    VERCEL_URL: host('deployment'),
    VERCEL_BRANCH_URL: host('alias'),
    VERCEL_PROJECT_PRODUCTION_URL: host('production'),
    NEXT_PUBLIC_VERCEL_URL: host('deployment'),
    NEXT_PUBLIC_VERCEL_BRANCH_URL: host('alias'),
    NEXT_PUBLIC_VERCEL_PROJECT_PRODUCTION_URL: host('production'),
  },
  files: ['vercel.json', 'vercel.ts', '.vercel'],
  ownHost: /https:\/\/[\w-]+\.vercel\.app\b/u,
  variables: /\b(?:NEXT_PUBLIC_)?VERCEL_(?:ENV|TARGET_ENV|URL|BRANCH_URL|PROJECT_PRODUCTION_URL)\b/u,
};

export const OTHER_HOSTINGS: readonly Hosting[] = [
  {
    id: 'netlify',
    name: 'Netlify',
    deploymentDomains: ['netlify.app'],
    hasPreviews: true,
    hostVariables: {
      URL: host('production', true),
      DEPLOY_URL: host('deployment', true),
      DEPLOY_PRIME_URL: host('alias', true),
    },
    files: ['netlify.toml', '.netlify'],
    variables: /\bDEPLOY_(?:PRIME_)?URL\b/u,
  },
  {
    id: 'railway',
    name: 'Railway',
    deploymentDomains: ['up.railway.app'],
    hasPreviews: false,
    hostVariables: { RAILWAY_PUBLIC_DOMAIN: host('alias'), RAILWAY_STATIC_URL: host('alias') },
    files: ['railway.json', 'railway.toml', 'nixpacks.toml'],
    variables: /\bRAILWAY_(?:PUBLIC_DOMAIN|STATIC_URL|ENVIRONMENT(?:_NAME)?)\b/u,
  },
  {
    id: 'render',
    name: 'Render',
    deploymentDomains: ['onrender.com'],
    hasPreviews: false,
    hostVariables: { RENDER_EXTERNAL_URL: host('alias', true), RENDER_EXTERNAL_HOSTNAME: host('alias') },
    files: ['render.yaml', 'render.yml'],
    variables: /\b(?:RENDER_EXTERNAL_(?:URL|HOSTNAME))\b/u,
  },
  {
    id: 'cloudflare',
    name: 'Cloudflare',
    deploymentDomains: ['pages.dev', 'workers.dev'],
    hasPreviews: true,
    hostVariables: { CF_PAGES_URL: host('deployment', true) },
    files: ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'],
    variables: /\bCF_PAGES(?:_URL|_BRANCH)?\b/u,
  },
  {
    id: 'fly',
    name: 'Fly',
    deploymentDomains: [],
    hasPreviews: false,
    hostVariables: {},
    files: ['fly.toml'],
    variables: /\bFLY_(?:APP_NAME|REGION|MACHINE_ID)\b/u,
  },
  {
    id: 'amplify',
    name: 'AWS Amplify',
    deploymentDomains: ['amplifyapp.com'],
    hasPreviews: true,
    hostVariables: {},
    files: ['amplify.yml', 'amplify.yaml'],
  },
];

/** A container that runs anywhere: only where nothing else is shown. */
export const DOCKER: Hosting = {
  id: 'docker',
  name: 'a container',
  deploymentDomains: [],
  hasPreviews: false,
  hostVariables: {},
  files: ['Dockerfile'],
};

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

/** Whether a variable is Vercel's and holds the host of one preview. */
export function isVercelPreviewHost(name: string): boolean {
  return isVercelHost(name) && hostVariable(name)?.scope !== 'production';
}

/** A Vercel host variable without the prefix that lets the browser read it: both hold the same host. */
export function withoutPublicPrefix(name: string): string {
  return name.replace(/^NEXT_PUBLIC_/u, '');
}

/** The platform whose deployments answer on a host; undefined for a domain of the user's own. */
export function hostingOf(hostname: string): Hosting | undefined {
  const name = hostname.toLowerCase().replace(/:\d+$/u, '');
  return HOSTINGS.find(({ deploymentDomains }) => deploymentDomains.some((domain) => name.endsWith(`.${domain}`)));
}

/** The same of a host whose start is not known: `-acme.vercel.app`. */
export const hostingOfSuffix = (suffix: string): Hosting | undefined => hostingOf(`x${suffix}`);

/** The row of a platform by its name in the settings. */
export function hostingNamed(id: string): Hosting | undefined {
  return HOSTINGS.find((hosting) => hosting.id === id);
}

/** Whether Convex serves a host, by its name or by that of the variable that holds it: its HTTP actions are no routes of an app (docs.convex.dev/functions/http-actions). */
export const isConvexHost = (host: string): boolean => /\.convex\.(?:cloud|site)$/u.test(host);
export const isConvexVariable = (name: string): boolean => /(?:^|_)CONVEX_(?:CLOUD|SITE)_URL$/u.test(name);

/** Whether a host is the developer's own machine. */
export function isLocalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/u, '');
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\]|.+\.local)$/u.test(name);
}
