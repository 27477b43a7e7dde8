/** `npm start [-- paths]`: the main job, on the example app unless paths are given. Exits as the command does. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/cli/main.cjs', import.meta.url));
const paths = process.argv.slice(2);
const { status } = spawnSync(process.execPath, [main, 'check', ...(paths.length > 0 ? paths : ['examples'])], {
  stdio: 'inherit',
});
process.exitCode = status ?? 2;
