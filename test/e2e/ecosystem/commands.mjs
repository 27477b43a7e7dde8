/** Our command, as a build of it is run over a folder. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** A checkout that takes longer has found something that this project has to know. */
const TIMEOUT = 300_000;

/** Runs the command of a build in a folder: its exit code (undefined when it was ended by a signal), its output as JSON, and the time. */
export function run(build, cwd, args) {
  const start = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(build, 'dist/cli/main.cjs'), ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: TIMEOUT,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  return { status: status ?? undefined, output: parsed(stdout), stderr, ms: Math.round(performance.now() - start) };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
