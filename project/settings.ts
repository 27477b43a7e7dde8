/** `settings` of the ESLint config, read leniently: what does not fit is left out, and nothing throws. */

export interface AuthKitSettings {
  /** The app's root, or several in a monorepo; relative to `cwd`. Default: found from each file. */
  readonly rootDir?: readonly string[];
  /** Paths that sign people out: a list adds to what the project shows, `{ replace: [...] }` stands in its place. */
  readonly signOutPaths?: readonly string[] | { readonly replace: readonly string[] };
  readonly envFiles?: readonly string[];
  /** Every variable of the Convex deployment: what it lacks is unset. */
  readonly env?: Readonly<Record<string, string>>;
  readonly hosting?: 'auto' | 'fixed' | 'vercel';
  readonly previewHost?: 'VERCEL_BRANCH_URL' | 'VERCEL_URL' | 'auto';
}

export interface LinkComponent {
  readonly name: string;
  readonly linkAttribute: readonly string[];
}

export interface ProjectSettings {
  readonly authkit: AuthKitSettings;
  /** The convention of eslint-plugin-react and jsx-a11y. */
  readonly linkComponents: readonly LinkComponent[];
}

/** The settings that the playbook knows, of ESLint's `context.settings` of any shape. */
export function readSettings(settings: unknown): ProjectSettings {
  const all = asRecord(settings);
  return { authkit: readAuthKit(asRecord(all['authkit'])), linkComponents: readLinkComponents(all['linkComponents']) };
}

function readAuthKit(given: Readonly<Record<string, unknown>>): AuthKitSettings {
  const { env, envFiles, hosting, previewHost, rootDir, signOutPaths } = given;
  const roots = textList(rootDir);
  const files = textList(envFiles);
  const paths = textList(signOutPaths);
  const replacing = textList(asRecord(signOutPaths)['replace']);
  return {
    ...(roots && { rootDir: roots }),
    ...(files && { envFiles: files }),
    ...(paths ? { signOutPaths: paths } : replacing && { signOutPaths: { replace: replacing } }),
    ...(typeof env === 'object' && env !== null && !Array.isArray(env) && { env: texts(asRecord(env)) }),
    ...((hosting === 'auto' || hosting === 'fixed' || hosting === 'vercel') && { hosting }),
    ...((previewHost === 'auto' || previewHost === 'VERCEL_URL' || previewHost === 'VERCEL_BRANCH_URL') && { previewHost }),
  };
}

function readLinkComponents(given: unknown): LinkComponent[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.flatMap((entry): LinkComponent[] => {
    if (typeof entry === 'string') return [{ name: entry, linkAttribute: ['href'] }];
    const { linkAttribute, name } = asRecord(entry);
    const linkAttributes = textList(linkAttribute) ?? ['href'];
    return (textList(name) ?? []).map((one) => ({ name: one, linkAttribute: linkAttributes }));
  });
}

function textList(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return undefined;
  return value.filter((item): item is string => typeof item === 'string');
}

function texts(record: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
