/** What the functions of the API take in common. */
import { resolve } from 'node:path';
import type { AuthKitSettings } from '../project/settings.ts';

export interface ProjectOptions {
  /** The folder that paths and settings are relative to; default: the working directory. */
  readonly cwd?: string;
  /** As `settings.authkit` of an ESLint config: over those of `authkit.json`, key by key. */
  readonly settings?: AuthKitSettings;
}

/** The same, complete: `cwd` is absolute, the settings are as an ESLint config has them. */
export function resolved({ cwd = '.', settings = {} }: ProjectOptions): {
  readonly cwd: string;
  readonly settings: { readonly authkit: AuthKitSettings };
} {
  return { cwd: resolve(cwd), settings: { authkit: settings } };
}
