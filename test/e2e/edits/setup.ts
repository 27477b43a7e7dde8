/** Vitest's global set-up: installs the tools, where they are not there or another lockfile has come. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runCommand } from '../../helpers/commands.ts';

export default function setup(): void {
  const folder = join(ROOT, 'test/e2e/edits');
  const lockfile = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules/.package-lock.json.of');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lockfile, 'utf8')) return;
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--omit=optional', '--loglevel=error'];
  const { all, status } = runCommand('npm', [...args, '--prefer-offline'], folder);
  if (status !== 0) throw new Error(`npm ci in ${folder}: ${all}`);
  copyFileSync(lockfile, installed);
}
