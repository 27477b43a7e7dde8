/**
 * `npm run fuzz -- [--inputs <number>] [--from <number>] [--seed <number>]`: mutated fixtures through all rules and codemods (fuzz.e2e.ts), in as many processes as
 * there are cores (four at most), and the built command over odd folders (trees.e2e.ts). Exits with 1 when an input fails; it is printed, as small as it gets, with the seed that makes it again.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '20000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'string', default: String(Math.min(4, availableParallelism())) },
  },
});
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const VITEST = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/e2e/fuzz/vitest.config.ts',
  '--reporter=dot',
];
const parts = Number(values.processes);

/** The exit code of one process. */
const run = (file, part) =>
  new Promise((resolve) => {
    const env = {
      ...process.env,
      AUTHKIT_FUZZ_INPUTS: values.inputs,
      AUTHKIT_FUZZ_FROM: values.from,
      AUTHKIT_FUZZ_SEED: values.seed,
      AUTHKIT_FUZZ_PART: `${String(part)}/${String(parts)}`,
    };
    spawn(process.execPath, [...VITEST, file], { cwd: ROOT, stdio: 'inherit', env }).on('exit', resolve);
  });
// Each does every so many inputs; then, over odd folders, the built command.
const codes = await Promise.all(Array.from({ length: parts }, (_, part) => run('fuzz.e2e', part)));
codes.push(await run('trees.e2e', 0));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
