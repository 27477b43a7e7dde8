/**
 * What stands on disk around the files that are being looked at. Everything here is lazy, cached and stamped:
 * nothing is read before a finding hinges on it, and an answer is looked at again at most once a second.
 */
import type { ModuleLoader } from '../analysis/modules.ts';

/** `settings` of the ESLint config, as far as the playbook reads them. Unknown keys are let through. */
export interface AuthKitSettings {
  /** The app's root, or several in a monorepo; relative to `cwd`. Default: found from each file. */
  readonly rootDir?: string | readonly string[];
  /** Paths that sign people out: a list adds to what the project shows, `{ replace: [...] }` stands in its place. */
  readonly signOutPaths?: readonly string[] | { readonly replace: readonly string[] };
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

export interface Project extends ModuleLoader {
  /** Absolute. Every relative path in settings is relative to it. */
  readonly cwd: string;
  readonly settings: ProjectSettings;
}
