/** Vitest's global set-up: finds a browser, installs the packages, builds the apps. Without a browser nothing runs, and it says why. */
import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { installLocked } from '../../helpers/install-locked.ts';
import { buildApps, NO_VERDICTS, type Verdicts } from './stage/apps.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of Chromium; empty where there is none. */
    browser: string;
    verdicts: Verdicts;
  }
}

/** The first one has no window, and takes less of a machine. */
const BROWSERS = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

export default async function setup(project: TestProject): Promise<void> {
  const browser = [process.env['CHROMIUM'] ?? '', ...BROWSERS].find((path) => path !== '' && existsSync(path)) ?? '';
  project.provide('browser', browser);
  if (browser === '') {
    console.log(
      `The browser tests are skipped: no Chromium at ${BROWSERS.join(', ')}, and CHROMIUM is not set. On Debian: apt-get install chromium-headless-shell.`,
    );
    project.provide('verdicts', NO_VERDICTS);
    return;
  }
  // With optional packages: Next.js has its compiler among them.
  installLocked('test/e2e/browser');
  installLocked('test/e2e/browser/next-15');
  const start = Date.now();
  project.provide('verdicts', await buildApps());
  console.log(`The apps were built in ${String(Math.round((Date.now() - start) / 1000))} s.`);
}
