/** `npm run bench`: the figures that this project holds itself to, one command each. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './measure.mjs';

const FIGURES = {
  import: ['', 'importing the plugin, over bare node: at most 25 ms'],
  rules: [
    '<home> <app>…',
    'rule time of `recommended` compared with @next/eslint-plugin-next, which is installed in <home>: at most 0.2 times, in an app without AuthKit as well',
  ],
  codemods: [
    '<set>',
    '`codemod all --dry-run` compared with `rg -l` + bare node (at most 3 times), and with jscodeshift',
  ],
  oxlint: ['<set>', 'Oxlint with our rules compared with Oxlint with one JS rule that touches no AST: at most 2 times'],
  many: ['[number]', '100,000 files: linear, at most 250 MB'],
};

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !Object.hasOwn(FIGURES, name)) {
  console.log('Build first. <set> is a folder of TSX files: node bench/collect.mjs <checkouts> <set> makes one.\n');
  for (const [figure, [parameters, measures]] of Object.entries(FIGURES))
    console.log(`npm run bench -- ${`${figure} ${parameters}`.padEnd(22)} ${measures}`);
} else {
  const { status } = spawnSync(process.execPath, [join(root, 'bench', `${name}.mjs`), ...args], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
