/**
 * `npm run bench [-- <folder of TSX files>]`: the figures that this project holds itself to. What is compared runs in turn, so that a
 * busy machine slows both; ratios are of the minima. bench/collect.mjs builds a folder from checkouts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [folder] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'authkit-bench-'));
try {
  importTime();
  if (folder === undefined)
    console.log(
      '\nThe other figures need a folder of TSX files: npm run bench -- <folder> (bench/collect.mjs builds one).',
    );
  else {
    lintShare(resolve(folder));
    codemodTime(resolve(folder));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function importTime() {
  const bare = script('bare.mjs', '');
  const plugin = script('plugin.mjs', `import ${JSON.stringify(pathToFileURL(join(root, 'dist/index.js')).href)};\n`);
  const times = inTurn(15, { bare: () => node([bare]), plugin: () => node([plugin]) });
  const over = times.plugin.min - times.bare.min;
  const usual = times.plugin.median - times.bare.median;
  console.log('Importing the plugin');
  row('bare node', times.bare);
  row('node that imports the plugin', times.plugin);
  verdict(`over bare node: ${ms(over)} of the minima, ${ms(usual)} of the medians`, over <= 15, '15 ms');
}

function lintShare(path) {
  const runs = Array.from({ length: 3 }, () => JSON.parse(node([join(root, 'bench/lint-share.mjs'), path]).stdout));
  const [{ clean, files, reads, rules }] = runs;
  const share = (rule) => Math.min(...runs.map((run) => (run.rules[rule] ?? 0) / run.total));
  const all = Math.min(...runs.map((run) => Object.values(run.rules).reduce((sum, time) => sum + time, 0) / run.total));
  console.log(
    `\nLinting ${String(files)} files, ${String(clean)} without a finding, with the preset alone: share of ESLint's time for these`,
  );
  for (const rule of Object.keys(rules)) console.log(`  ${rule.padEnd(36)} ${percent(share(rule))}`);
  verdict(
    `authkit/no-sign-out-prefetch: ${percent(share('authkit/no-sign-out-prefetch'))}; all rules: ${percent(all)}`,
    share('authkit/no-sign-out-prefetch') <= 0.01,
    '1 %',
  );
  console.log(`  ${String(reads)} other files were read, once each, to answer for ${String(files)}`);
}

function codemodTime(path) {
  const name = 'no-sign-out-prefetch';
  const ours = [join(root, 'dist/cli/main.cjs'), 'codemod', name, '--dry-run', '.'];
  const transform = join(root, 'dist/codemods', `${name}.cjs`);
  const theirs = (file) => [
    join(root, 'node_modules/jscodeshift/bin/jscodeshift.js'),
    '-t',
    file,
    '--dry',
    '--silent',
    '--extensions',
    'tsx',
    '--parser',
    'tsx',
    '.',
  ];
  // What every transform of jscodeshift's own kind does first.
  const parsing = script('parsing.mjs', 'export default (file, { jscodeshift }) => void jscodeshift(file.source);\n');
  const times = inTurn(3, {
    bare: () => node([script('bare.mjs', '')]),
    ours: () => node(ours, path),
    theirs: () => node(theirs(transform), path),
    parsing: () => node(theirs(parsing), path),
  });
  console.log(`\ncodemod ${name}, whole process`);
  row('bare node', times.bare);
  row('npx eslint-plugin-authkit codemod', times.ours);
  row('jscodeshift with the same transform', times.theirs);
  row('jscodeshift with a parse of its own', times.parsing);
  verdict(`whole process: ${ms(times.ours.min)}`, times.ours.min <= 250, '250 ms');
  const ratio = times.theirs.min / times.ours.min;
  verdict(
    `jscodeshift takes ${ratio.toFixed(1)} times as long with the same transform, ${(times.parsing.min / times.ours.min).toFixed(1)} times with a parse`,
    ratio >= 20,
    '20 times',
    'at least',
  );
}

function script(name, text) {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

function node(args, cwd = scratch) {
  const start = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  const time = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(' ')} exited with ${String(status)}\n${stderr}${stdout}`);
  return { time, stdout };
}

/** Runs the subjects in turn, `rounds` times after one round that warms the disk; the times of each. */
function inTurn(rounds, subjects) {
  const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(subjects)) {
      const { time } = run();
      if (round > 0) times[name].push(time);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, summary(all)]));
}

function summary(all) {
  const sorted = [...all].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], runs: sorted.length };
}

function row(name, { median, min, runs }) {
  console.log(`  ${name.padEnd(36)} min ${ms(min)}, median ${ms(median)} of ${String(runs)}`);
}

function verdict(text, isReached, goal, word = 'at most') {
  console.log(`  ${isReached ? '✔' : '✖'} ${text} (goal: ${word} ${goal})`);
}

function ms(time) {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

function percent(share) {
  return `${(share * 100).toFixed(2)} %`;
}
