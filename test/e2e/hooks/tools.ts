/** Installs the tools of a recipe, outside of this repository. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../helpers/commands.ts';

/** A new folder with these packages in its node_modules. Throws what npm says where it can't. */
export function installedTools(packages: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'authkit-tools-'));
  const npm = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, ...packages];
  const { all, status } = runCommand('npm', npm, folder);
  if (status !== 0) throw new Error(all);
  return folder;
}
