/**
 * The public apps that each pull request is looked at with, each at a commit.
 *
 * `node test/e2e/ecosystem/checkouts.mjs <folder>` brings them into a folder, for `npm run ecosystem -- <folder>`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIST = fileURLToPath(new URL('checkouts.json', import.meta.url));

/** By the name of the folder, `owner+name`: `{ repository, commit }`. */
export function readCheckouts() {
  const commits = JSON.parse(readFileSync(LIST, 'utf8'));
  return new Map(
    Object.entries(commits).map(([repository, commit]) => [repository.replace('/', '+'), { repository, commit }]),
  );
}

function git(cwd, ...args) {
  const { status } = spawnSync('git', args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} failed in ${cwd}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder] = process.argv;
  if (folder === undefined) {
    console.error('usage: node test/e2e/ecosystem/checkouts.mjs <folder>');
    process.exit(2);
  }
  for (const [name, { commit, repository }] of readCheckouts()) {
    const checkout = join(resolve(folder), name);
    if (existsSync(checkout)) continue;
    mkdirSync(checkout, { recursive: true });
    git(checkout, 'init', '--quiet');
    git(checkout, 'fetch', '--quiet', '--depth', '1', `https://github.com/${repository}.git`, commit);
    git(checkout, 'checkout', '--quiet', 'FETCH_HEAD');
  }
}
