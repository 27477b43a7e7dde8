/**
 * `node scripts/pack.mjs <folder>`: packs what is published, from dist/ as it is, and prints the path of the tarball. Its package.json has
 * nothing of the development: no scripts, which would run or be asked about where it is installed, and no devDependencies. In GitHub's CI it has
 * the addresses of the repository that CI runs for, which npm compares with the provenance.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/pack.mjs <folder>');
  process.exit(1);
}

const staged = mkdtempSync(join(tmpdir(), 'authkit-pack-'));
try {
  run('tar', ['-xzf', pack(root, staged), '-C', staged]);
  const path = join(staged, 'package', 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  for (const name of ['devDependencies', 'scripts']) delete manifest[name];
  writeFileSync(
    path,
    `${JSON.stringify({ ...manifest, ...addresses(process.env.GITHUB_REPOSITORY) }, undefined, 2)}\n`,
  );
  mkdirSync(resolve(folder), { recursive: true });
  console.log(pack(join(staged, 'package'), resolve(folder)));
} finally {
  rmSync(staged, { recursive: true, force: true });
}

function addresses(repository) {
  if (repository === undefined) return {};
  const url = `https://github.com/${repository}`;
  return {
    homepage: `${url}#readme`,
    bugs: `${url}/issues`,
    repository: { type: 'git', url: `git+${url}.git` },
  };
}

/** Packs a folder into another one; the path of the tarball. */
function pack(from, to) {
  const printed = run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', to], from);
  return join(to, printed.trim().split('\n').at(-1));
}

function run(command, args, cwd = root) {
  const { error, status, stderr, stdout } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}
