/**
 * `npm run fuzz -- [--inputs <number>] [--seed <number>]`: mutated fixtures through all rules and codemods (fuzz.e2e.ts). Exits with 1 when
 * an input fails; it is printed, as small as it gets, with the seed that makes it again.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/e2e/fuzz/vitest.config.ts', '--reporter=dot'],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, AUTHKIT_FUZZ_INPUTS: values.inputs, AUTHKIT_FUZZ_SEED: values.seed },
  },
);
process.exitCode = status ?? 1;
