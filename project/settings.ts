/** `settings` of the ESLint config, as far as the playbook reads them. */

export interface AuthKitSettings {
  /** The app's root, or several in a monorepo; relative to `cwd`. Default: found from each file. */
  readonly rootDir?: string | readonly string[];
  /** Paths that sign people out: a list adds to what the project shows, `{ replace: [...] }` stands in its place. */
  readonly signOutPaths?: readonly string[] | { readonly replace: readonly string[] };
  /** Env files that are read beside (and before) those that stand next to the app and to Convex; relative to `cwd`. */
  readonly envFiles?: readonly string[];
  /** Every variable of the Convex deployment: what it lacks is unset. */
  readonly env?: Readonly<Record<string, string>>;
  readonly hosting?: 'auto' | 'fixed' | 'vercel';
  readonly previewHost?: 'VERCEL_BRANCH_URL' | 'VERCEL_URL' | 'auto';
}

export interface ProjectSettings {
  readonly authkit: AuthKitSettings;
  /** The convention of eslint-plugin-react and jsx-a11y. */
  readonly linkComponents: readonly LinkComponent[];
}

export interface LinkComponent {
  readonly name: string;
  readonly linkAttribute: readonly string[];
}

/** Reads `context.settings`. What has the wrong shape is left out; nothing throws. */
export function readSettings(raw: unknown): ProjectSettings {
  const settings = recordOf(raw);
  return {
    authkit: readAuthKit(recordOf(settings['authkit'])),
    linkComponents: listOf(settings['linkComponents']).flatMap(readLinkComponent),
  };
}

function readAuthKit(raw: Readonly<Record<string, unknown>>): AuthKitSettings {
  const { env, envFiles, hosting, previewHost, rootDir, signOutPaths } = raw;
  return {
    ...(typeof rootDir === 'string' && { rootDir }),
    ...(Array.isArray(rootDir) && { rootDir: stringsOf(rootDir) }),
    ...(Array.isArray(signOutPaths) && { signOutPaths: stringsOf(signOutPaths) }),
    ...(Array.isArray(recordOf(signOutPaths)['replace']) && {
      signOutPaths: { replace: stringsOf(recordOf(signOutPaths)['replace']) },
    }),
    ...(envFiles !== undefined && { envFiles: stringsOf(envFiles) }),
    ...(isRecord(env) && { env: environmentOf(env) }),
    ...((hosting === 'auto' || hosting === 'fixed' || hosting === 'vercel') && { hosting }),
    ...((previewHost === 'auto' || previewHost === 'VERCEL_URL' || previewHost === 'VERCEL_BRANCH_URL') && {
      previewHost,
    }),
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
