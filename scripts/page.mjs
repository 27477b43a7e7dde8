/** Brings a generated file up to date. With `--check` on the command line nothing is written, and a file that is out of date fails the run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const isCheck = process.argv.includes('--check');

/** The absolute path of a file of this repository. */
export const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export function bringUpToDate(file, renew) {
  const text = existsSync(at(file)) ? readFileSync(at(file), 'utf8') : '';
  const renewed = renew(text);
  if (renewed === text) return;
  if (isCheck) {
    console.error(`${file} is out of date: npm run docs`);
    process.exitCode = 1;
  } else writeFileSync(at(file), renewed);
}

/** A file that is written as a whole, laid out by prettier. */
export async function writePage(file, text) {
  const page = await format(text, { ...(await resolveConfig(at(file))), filepath: at(file) });
  bringUpToDate(file, () => page);
}

export const table = (heads, rows) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
