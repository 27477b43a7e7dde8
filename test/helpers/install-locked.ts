/** Packages that some tests alone need, in a folder with a lockfile of its own. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runCommand } from './commands.ts';

/** Installs them, where they are not there or another lockfile has come. `flags` are npm's. */
export function installLocked(relative: string, flags: readonly string[] = []): void {
  const folder = join(ROOT, relative);
  const lockfile = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules/.package-lock.json.of');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lockfile, 'utf8')) return;
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', '--prefer-offline', ...flags];
  const { all, status } = runCommand('npm', args, folder);
  if (status !== 0) throw new Error(`npm ci in ${folder}: ${all}`);
  copyFileSync(lockfile, installed);
}
