/**
 * `npm run ecosystem -- <folder of checkouts> [--against <folder of another build>] [--only <text>] [--json <file>]`
 *
 * Runs `check --strict` and `codemod all` over every checkout, as their owners would: each codemod run is on a copy, and no code of a checkout
 * runs. A checkout fails when the command crashes, a file that was changed does not parse, a second run changes something more, or a
 * codemod leaves findings that were not there before. With `--against`, the findings and edits that another build of this plugin (a folder
 * with its `dist/`) does not have, and those that only it has, are listed: what a change means for real code. Prints Markdown for a comment on
 * a pull request, with links where `checkouts.json` names the commit of a checkout. Exits with 1 when a checkout fails.
 */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './commands.mjs';
import { reportOf } from './report.mjs';
import { readCheckouts } from './checkouts.mjs';
import { examine } from './examine.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { against: { type: 'string' }, json: { type: 'string' }, only: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined || positionals.length > 1 || !existsSync(folder)) {
  console.error(
    'usage: npm run ecosystem -- <folder of checkouts> [--against <folder>] [--only <text>] [--json <file>]',
  );
  process.exit(2);
}
const other = values.against === undefined ? undefined : resolve(values.against);
if (other !== undefined && !existsSync(join(other, 'dist/cli/main.cjs'))) {
  console.error(`${other} has no dist/cli/main.cjs: build that commit first (git worktree add; npm ci; npm run build)`);
  process.exit(2);
}

const names = readdirSync(folder).filter(
  (name) => name.includes(values.only ?? '') && statSync(join(folder, name)).isDirectory(),
);
const results = [];
for (const [index, name] of names.entries()) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${String(index + 1)}/${String(names.length)} ${name}`);
  results.push(examine(name, resolve(folder, name), ROOT, other));
}
if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');

console.log(reportOf(results, readCheckouts()));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = results.some(({ failures }) => failures.length > 0) ? 1 : 0;
