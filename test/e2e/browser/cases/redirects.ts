/** Redirect URIs, as an app on Vercel sends them and `convex.json` registers them: PLAYBOOK §4. */
import type { Files } from '../stage/common.ts';
import { PORTS } from '../stage/ports.ts';

/** A deployment, with what Vercel sets there. */
interface Setting {
  /** The part of `convex.json` that is registered for it. */
  readonly part: 'dev' | 'preview' | 'prod';
  readonly environment: Readonly<Record<string, string>>;
}

const DEPLOYMENT = 'shop-3f9a-acme.vercel.app';
const ALIAS = 'shop-git-menu-acme.vercel.app';
const HOST = 'shop.example';
export const HOSTS = [DEPLOYMENT, ALIAS, HOST];

const VERCEL = { VERCEL: '1', VERCEL_PROJECT_PRODUCTION_URL: HOST };

export const SETTINGS = {
  preview: {
    part: 'preview',
    environment: {
      ...VERCEL,
      VERCEL_ENV: 'preview',
      VERCEL_TARGET_ENV: 'preview',
      VERCEL_URL: DEPLOYMENT,
      VERCEL_BRANCH_URL: ALIAS,
    },
  },
  production: {
    part: 'prod',
    environment: {
      ...VERCEL,
      VERCEL_ENV: 'production',
      VERCEL_TARGET_ENV: 'production',
      VERCEL_URL: 'shop-77c1-acme.vercel.app',
      VERCEL_BRANCH_URL: 'shop-git-main-acme.vercel.app',
    },
  },
  development: { part: 'dev', environment: {} },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

interface Place {
  readonly setting: SettingName;
  /** Undefined: localhost, under `next dev`. */
  readonly host?: string;
  readonly port: number;
}

/** Where a person opens the app. */
export type PlaceName = 'alias' | 'deployment' | 'development' | 'production';

export const PLACES: Readonly<Record<PlaceName, Place>> = {
  deployment: { setting: 'preview', host: DEPLOYMENT, port: 3616 },
  alias: { setting: 'preview', host: ALIAS, port: 3617 },
  production: { setting: 'production', host: HOST, port: 3618 },
  development: { setting: 'development', port: PORTS.development },
};

export const PLACE_NAMES = Object.keys(PLACES) as readonly PlaceName[];

/**
 * What a person gets who signs in. At another host than the one where the sign-in began, the callback has no verifier cookie, and refuses the code
 * (authkit-nextjs 3.0.0 on); failed is anything else that is not a session.
 */
export type Outcome = 'callback at another host' | 'failed' | 'redirect-uri-invalid' | 'signed in';

export interface RedirectCase {
  readonly name: string;
  readonly files: Files;
  /** The rules that report the project, before the codemods and after. */
  readonly reported: readonly string[];
  readonly reportedAfter: readonly string[];
  /** Where a person does not get in, before the codemods and after. */
  readonly fails: Partial<Readonly<Record<PlaceName, Outcome>>>;
  readonly failsAfter: Partial<Readonly<Record<PlaceName, Outcome>>>;
}

const CALLBACK = `http://localhost:${String(PORTS.development)}/callback`;

type Parts = Readonly<Record<Setting['part'], readonly string[]>>;
const REGISTERED: Parts = {
  dev: [CALLBACK],
  preview: ['https://${buildEnv.VERCEL_URL}/callback'],
  prod: [`https://${HOST}/callback`],
};
const BOTH = ['https://${buildEnv.VERCEL_URL}/callback', 'https://${buildEnv.VERCEL_BRANCH_URL}/callback'];
const BRANCH: Partial<Parts> = { preview: ['https://${buildEnv.VERCEL_BRANCH_URL}/callback'] };

const convexJson = (parts: Partial<Parts>, key = 'redirectUris'): string => {
  const all = { ...REGISTERED, ...parts };
  const { dev, preview, prod } = all;
  return JSON.stringify({
    authKit: {
      dev: { configure: { redirectUris: dev } },
      preview: { configure: { [key]: preview } },
      prod: { environmentType: 'production', configure: { redirectUris: prod } },
    },
  });
};

const proxyOf = (options: string, head = ''): string =>
  `import { authkitProxy } from '@workos-inc/authkit-nextjs';\n${head === '' ? '' : `\n${head}\n`}\nexport default authkitProxy(${options});\n`;

const perRequest = (redirectUri: string): string =>
  `import { authkitProxy } from '@workos-inc/authkit-nextjs';\nimport type { NextFetchEvent, NextRequest } from 'next/server';\n\nexport default function proxy(request: NextRequest, event: NextFetchEvent) {\n  return authkitProxy({ redirectUri: ${redirectUri} })(request, event);\n}\n`;

const INVALID = 'redirect-uri-invalid' as const;
const OTHER = 'callback at another host' as const;
/** A preview has two hosts, and what is sent is one of them. */
const AT_ALIAS = { alias: OTHER };
const AT_DEPLOYMENT = { deployment: OTHER };
const PREVIEWS = { deployment: INVALID, alias: INVALID };
const EVERYWHERE = { deployment: 'failed', alias: 'failed', production: 'failed', development: 'failed' } as const;

interface Details extends Partial<Omit<RedirectCase, 'files' | 'name'>> {
  readonly proxy: string;
  readonly convex?: string;
  readonly files?: Files;
}

const redirect = (name: string, { proxy, convex = convexJson({}), files, ...rest }: Details): RedirectCase => ({
  name,
  reported: [],
  reportedAfter: [],
  fails: {},
  failsAfter: {},
  ...rest,
  files: {
    'convex.json': convex,
    'vercel.json': '{}',
    '.env.local': `NEXT_PUBLIC_WORKOS_REDIRECT_URI=${CALLBACK}\n`,
    'proxy.ts': proxy,
    ...files,
  },
});

const onPreview = (redirectUri: string): string =>
  `{ redirectUri: process.env.VERCEL_ENV === 'preview' ? ${redirectUri} : undefined }`;
const VERCEL_URL = '`https://${process.env.VERCEL_URL}/callback`';
const BRANCH_URL = '`https://${process.env.VERCEL_BRANCH_URL}/callback`';

export const REDIRECTS: readonly RedirectCase[] = [
  redirect('deployment-host', { proxy: proxyOf(onPreview(VERCEL_URL)), fails: AT_ALIAS, failsAfter: AT_ALIAS }),
  redirect('branch-host', {
    proxy: proxyOf(onPreview(BRANCH_URL)),
    convex: convexJson(BRANCH),
    fails: AT_DEPLOYMENT,
    failsAfter: AT_DEPLOYMENT,
  }),
  redirect('both-hosts-registered', {
    proxy: proxyOf(onPreview(BRANCH_URL)),
    convex: convexJson({ preview: BOTH }),
    fails: AT_DEPLOYMENT,
    failsAfter: AT_DEPLOYMENT,
  }),
  redirect('target-environment', {
    proxy: proxyOf(`{ redirectUri: process.env.VERCEL_TARGET_ENV === 'preview' ? ${VERCEL_URL} : undefined }`),
    fails: AT_ALIAS,
    failsAfter: AT_ALIAS,
  }),
  redirect('url-object', {
    proxy: proxyOf(onPreview("new URL('/callback', `https://${process.env.VERCEL_URL}`).href")),
    fails: AT_ALIAS,
    failsAfter: AT_ALIAS,
  }),
  redirect('helper', {
    proxy: proxyOf(
      '{ redirectUri: redirectUri() }',
      "function redirectUri() {\n  if (process.env.VERCEL_ENV === 'preview') return `https://${process.env.VERCEL_URL}/callback`;\n  if (process.env.VERCEL_ENV === 'production') return `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback`;\n  return undefined;\n}",
    ),
    fails: AT_ALIAS,
    failsAfter: AT_ALIAS,
  }),
  redirect('origin-off-previews', {
    proxy: perRequest(`process.env.VERCEL_ENV === 'preview' ? ${VERCEL_URL} : \`\${request.nextUrl.origin}/callback\``),
    fails: AT_ALIAS,
    failsAfter: AT_ALIAS,
  }),
  redirect('nothing-sent', {
    proxy: proxyOf(''),
    reported: ['consistent-preview-host'],
    fails: PREVIEWS,
    failsAfter: AT_ALIAS,
  }),
  redirect('other-host-registered', {
    proxy: proxyOf(onPreview(VERCEL_URL)),
    convex: convexJson(BRANCH),
    reported: ['consistent-preview-host'],
    fails: PREVIEWS,
    failsAfter: AT_DEPLOYMENT,
  }),
  redirect('other-path-registered', {
    proxy: proxyOf(onPreview(VERCEL_URL)),
    convex: convexJson({ preview: ['https://${buildEnv.VERCEL_URL}/callback/'] }),
    reported: ['consistent-preview-host'],
    reportedAfter: ['consistent-preview-host'],
    fails: PREVIEWS,
    failsAfter: PREVIEWS,
  }),
  redirect('no-scheme', {
    proxy: proxyOf(onPreview('`${process.env.VERCEL_URL}/callback`')),
    reported: ['valid-redirect-uri'],
    fails: { deployment: 'failed', alias: 'failed' },
    failsAfter: AT_ALIAS,
  }),
  redirect('http', {
    proxy: proxyOf(onPreview('`http://${process.env.VERCEL_URL}/callback`')),
    reported: ['valid-redirect-uri'],
    fails: PREVIEWS,
    failsAfter: AT_ALIAS,
  }),
  redirect('path-alone', {
    proxy: proxyOf("{ redirectUri: '/callback' }"),
    reported: ['valid-redirect-uri'],
    fails: EVERYWHERE,
    failsAfter: AT_ALIAS,
  }),
  redirect('deployment-host-everywhere', {
    proxy: proxyOf(`{ redirectUri: ${VERCEL_URL} }`),
    reported: ['valid-redirect-uri'],
    fails: { ...AT_ALIAS, production: INVALID, development: INVALID },
    failsAfter: AT_ALIAS,
  }),
  redirect('template-tested', {
    proxy: proxyOf(`{ redirectUri: ${BRANCH_URL} || '${CALLBACK}' }`),
    convex: convexJson(BRANCH),
    reported: ['valid-redirect-uri'],
    fails: { ...AT_DEPLOYMENT, production: INVALID, development: INVALID },
    failsAfter: AT_DEPLOYMENT,
  }),
  redirect('other-deployment', {
    proxy: proxyOf(onPreview("'https://shop-git-main-acme.vercel.app/callback'")),
    reported: ['no-hardcoded-redirect-host'],
    fails: PREVIEWS,
    failsAfter: AT_ALIAS,
  }),
  redirect('node-environment', {
    proxy: proxyOf(
      `{ redirectUri: process.env.NODE_ENV === 'production' ? 'https://${HOST}/callback' : '${CALLBACK}' }`,
    ),
    reported: ['no-hardcoded-redirect-host'],
    fails: PREVIEWS,
    failsAfter: AT_ALIAS,
  }),
  redirect('production-host-as-fallback', {
    proxy: proxyOf(`{ redirectUri: process.env.SITE_REDIRECT || 'https://${HOST}/callback' }`),
    reported: ['no-hardcoded-redirect-host'],
    fails: { ...PREVIEWS, development: INVALID },
    failsAfter: { ...AT_ALIAS, development: INVALID },
  }),
  redirect('origin-of-the-request', {
    proxy: perRequest('`${request.nextUrl.origin}/callback`'),
    reported: ['no-hardcoded-redirect-host'],
    fails: { alias: INVALID },
    failsAfter: AT_ALIAS,
  }),
  redirect('origin-with-both-hosts-registered', {
    proxy: perRequest('`${request.nextUrl.origin}/callback`'),
    convex: convexJson({ preview: BOTH }),
  }),
  redirect('host-header', {
    proxy: perRequest("`https://${request.headers.get('x-forwarded-host')}/callback`"),
    reported: ['no-hardcoded-redirect-host'],
    fails: { alias: INVALID, development: INVALID },
    failsAfter: AT_ALIAS,
  }),
  redirect('origin-in-the-sign-in-route', {
    proxy: proxyOf(''),
    files: {
      'app/sign-in/route.ts':
        "import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nimport { redirect } from 'next/navigation';\n\nexport async function GET(request: Request) {\n  redirect(await getSignInUrl({ redirectUri: new URL('/callback', request.url).href }));\n}\n",
    },
    reported: ['consistent-preview-host', 'no-hardcoded-redirect-host'],
    fails: { alias: INVALID },
    failsAfter: AT_ALIAS,
  }),
  redirect('no-callback-there', {
    proxy: proxyOf(onPreview('`https://${process.env.VERCEL_URL}/auth/callback`')),
    convex: convexJson({ preview: ['https://${buildEnv.VERCEL_URL}/auth/callback'] }),
    reported: ['valid-callback-route'],
    reportedAfter: ['valid-callback-route'],
    fails: { deployment: 'failed', alias: 'failed' },
    failsAfter: { deployment: 'failed', alias: 'failed' },
  }),
  redirect('registered-as-http', {
    proxy: proxyOf(onPreview(VERCEL_URL)),
    convex: convexJson({ preview: ['http://${buildEnv.VERCEL_URL}/callback'] }),
    reported: ['valid-redirect-uri'],
    fails: PREVIEWS,
    failsAfter: AT_ALIAS,
  }),
  redirect('registered-under-another-key', {
    proxy: proxyOf(onPreview(VERCEL_URL)),
    convex: convexJson({}, 'redirectURIs'),
    reported: ['valid-redirect-uri'],
    fails: PREVIEWS,
    failsAfter: AT_ALIAS,
  }),
  redirect('registered-without-namespace', {
    proxy: proxyOf(onPreview(VERCEL_URL)),
    convex: convexJson({ preview: ['https://${VERCEL_URL}/callback'] }),
    reported: ['valid-redirect-uri'],
    fails: PREVIEWS,
    failsAfter: AT_ALIAS,
  }),
  redirect('production-host-registered', {
    proxy: proxyOf(onPreview(VERCEL_URL)),
    convex: convexJson({ preview: [`https://${HOST}/callback`] }),
    reported: ['consistent-preview-host'],
    fails: PREVIEWS,
    failsAfter: AT_ALIAS,
  }),
  redirect('other-port-registered', {
    proxy: proxyOf(onPreview(VERCEL_URL)),
    convex: convexJson({ dev: ['http://localhost:3000/callback'] }),
    reported: ['valid-callback-route'],
    reportedAfter: ['valid-callback-route'],
    fails: { ...AT_ALIAS, development: INVALID },
    failsAfter: { ...AT_ALIAS, development: INVALID },
  }),
];

interface ConvexJson {
  readonly authKit?: Partial<
    Record<Setting['part'], { readonly configure?: { readonly redirectUris?: readonly string[] } }>
  >;
}

/** What Convex registers at WorkOS for a deployment: it strips keys that it does not know, and fills in `${buildEnv.NAME}`. */
export function registeredBy(convexJson: string, setting: SettingName): readonly string[] {
  const { environment, part } = SETTINGS[setting];
  const { authKit } = JSON.parse(convexJson) as ConvexJson;
  const templates = authKit?.[part]?.configure?.redirectUris ?? [];
  return templates.map((template) =>
    template.replaceAll(/\$\{buildEnv\.(?<name>\w+)\}/gu, (_, name: string) => {
      const value = new Map<string, string>(Object.entries(environment)).get(name);
      return value ?? '';
    }),
  );
}
