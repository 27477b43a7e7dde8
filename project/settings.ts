/** `settings` of the ESLint config or of `authkit.json`, as far as the playbook reads them. */

/** Where an app is deployed; `fixed` is one host without preview deployments. */
const HOSTINGS = ['auto', 'vercel', 'netlify', 'railway', 'render', 'cloudflare', 'fly', 'fixed'] as const;

const PREVIEW_HOSTS = ['auto', 'VERCEL_URL', 'VERCEL_BRANCH_URL'] as const;

/** `settings` in authkit.json, and `settings.authkit` in an ESLint or Oxlint config. docs/configuration.md explains each key. */
export interface AuthKitSettings {
  /** The app's root, or several in a monorepo; relative to `cwd` (in authkit.json: to that file). Default: found from each file. */
  readonly rootDir?: string | readonly string[];
  /** Paths that sign users out: a list adds to what the project shows, `{ replace: [...] }` takes its place. */
  readonly signOutPaths?: readonly string[] | { readonly replace: readonly string[] };
  /** Env files that are read before those next to the app and to Convex; relative as `rootDir` is. */
  readonly envFiles?: readonly string[];
  /** Every variable of the Convex deployment: what it lacks is unset. */
  readonly env?: Readonly<Record<string, string>>;
  readonly hosting?: (typeof HOSTINGS)[number];
  readonly previewHost?: (typeof PREVIEW_HOSTS)[number];
  /** Components that render a next/link, by the convention of eslint-plugin-react and jsx-a11y. */
  readonly linkComponents?: readonly (LinkComponentSetting | string)[];
  /** Whether `check` and `codemod all` run the rules of the preset `strict` as well; ESLint has its presets for that. */
  readonly strict?: boolean;
  /** For `eslint --cache`, which starts again when it changes: see `factsCacheKey`. */
  readonly cacheKey?: string;
}

/** A component that renders a next/link, and the prop that has its URL (default: `href`). */
export interface LinkComponentSetting {
  readonly name: string | readonly string[];
  readonly linkAttribute?: string | readonly string[];
}

export interface ProjectSettings {
  readonly authkit: Omit<AuthKitSettings, 'cacheKey' | 'linkComponents'>;
  /** Of `settings.linkComponents`, which other plugins read as well, and of `settings.authkit.linkComponents`. */
  readonly linkComponents: readonly LinkComponent[];
}

export interface LinkComponent {
  readonly name: string;
  readonly linkAttribute: readonly string[];
}

/** Reads `context.settings`. What has the wrong shape is left out; nothing throws. */
export function readSettings(raw: unknown): ProjectSettings {
  const settings = recordOf(raw);
  const own = recordOf(settings['authkit']);
  const linkComponents = [...listOf(own['linkComponents']), ...listOf(settings['linkComponents'])];
  return { authkit: readAuthKit(own), linkComponents: linkComponents.flatMap(readLinkComponent) };
}

function readAuthKit(raw: Readonly<Record<string, unknown>>): ProjectSettings['authkit'] {
  const { env, envFiles, hosting, previewHost, rootDir, signOutPaths, strict } = raw;
  const hostingName = HOSTINGS.find((name) => name === hosting);
  const preview = PREVIEW_HOSTS.find((name) => name === previewHost);
  return {
    ...(typeof rootDir === 'string' && { rootDir }),
    ...(Array.isArray(rootDir) && { rootDir: stringsOf(rootDir) }),
    ...(Array.isArray(signOutPaths) && { signOutPaths: stringsOf(signOutPaths) }),
    ...(Array.isArray(recordOf(signOutPaths)['replace']) && {
      signOutPaths: { replace: stringsOf(recordOf(signOutPaths)['replace']) },
    }),
    ...(envFiles !== undefined && { envFiles: stringsOf(envFiles) }),
    ...(isRecord(env) && { env: environmentOf(env) }),
    ...(hostingName !== undefined && { hosting: hostingName }),
    ...(preview !== undefined && { previewHost: preview }),
    ...(typeof strict === 'boolean' && { strict }),
  };
}
// `process.env` spread into settings has undefined values: such a variable is unset. Numbers and booleans are what a shell makes of them.
function environmentOf(raw: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, String(value)]]
        : [],
    ),
  );
}

function readLinkComponent(raw: unknown): LinkComponent[] {
  if (typeof raw === 'string') return [{ name: raw, linkAttribute: ['href'] }];
  const { linkAttribute, name } = recordOf(raw);
  const attributes = stringsOf(linkAttribute);
  return stringsOf(name).map((each) => ({ name: each, linkAttribute: attributes.length > 0 ? attributes : ['href'] }));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is an object that is no array, else an empty one. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : value === undefined ? [] : [value];
}

/** The strings of an array, or the one string; else none. */
export function stringsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}
