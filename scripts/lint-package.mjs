/** `npm run lint:package`: what publint and arethetypeswrong say about the tarball that is published, from dist/ as it is. Fails with their findings. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'authkit-pack-'));
try {
  const [, packed] = run('scripts/pack.mjs', [folder], 'pipe');
  const tarball = packed.trim();
  run('node_modules/publint/src/cli.js', [tarball, '--strict']);
  // TypeScript's resolution `node10` knows no `exports`; no one who can load an ESLint that we support has to use it.
  run('node_modules/@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', 'node16']);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(script, args, stdout = 'inherit') {
  const result = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', stdout, 'inherit'],
  });
  if (result.status !== 0) process.exitCode = 1;
  return [result.status, result.stdout];
}
