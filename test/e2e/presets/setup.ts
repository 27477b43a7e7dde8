/** Vitest's global set-up: installs what the matrix needs, where it is not there or another lockfile has come. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runCommand } from '../../helpers/commands.ts';

export default function setup(): void {
  for (const major of ['9', '10']) {
    const folder = join(ROOT, 'test/e2e/presets', `eslint-${major}`);
    const lockfile = join(folder, 'package-lock.json');
    const installed = join(folder, 'node_modules/.package-lock.json.of');
    if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lockfile, 'utf8')) continue;
    const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', '--prefer-offline'];
    const { all, status } = runCommand('npm', args, folder);
    if (status !== 0) throw new Error(`npm ci in ${folder}: ${all}`);
    copyFileSync(lockfile, installed);
  }
}
