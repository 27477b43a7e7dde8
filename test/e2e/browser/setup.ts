/** Vitest's global set-up: finds a browser, installs the packages, builds the apps. Without a browser nothing runs, and it says why. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { runCommand } from '../../helpers/commands.ts';
import { buildApps, FOLDER, type Reports, type State } from './apps.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of Chromium; empty where there is none. */
    browser: string;
    reports: Readonly<Record<State, Reports>>;
  }
}

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export default function setup(project: TestProject): void {
  const browser = [process.env['CHROMIUM'] ?? '', ...BROWSERS].find((path) => path !== '' && existsSync(path)) ?? '';
  project.provide('browser', browser);
  if (browser === '') {
    console.log(
      `The browser tests are skipped: no Chromium at ${BROWSERS.join(', ')}, and CHROMIUM is not set. On Debian: apt-get install chromium.`,
    );
    project.provide('reports', { before: {}, after: {} });
    return;
  }
  install();
  project.provide('reports', buildApps());
}

function install(): void {
  const lockfile = join(FOLDER, 'package-lock.json');
  const installed = join(FOLDER, 'node_modules/.package-lock.json.of');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lockfile, 'utf8')) return;
  // Next.js has its compiler among the optional packages.
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', '--prefer-offline'];
  const { all, status } = runCommand('npm', args, FOLDER);
  if (status !== 0) throw new Error(`npm ci in ${FOLDER}: ${all}`);
  copyFileSync(lockfile, installed);
}
