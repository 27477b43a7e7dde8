/**
 * Writes what the docs quote of the program itself: between `<!-- begin output: NAME -->` and `<!-- end output -->` stands what the
 * built command prints. With `--check` it writes nothing, and fails where a page is out of date.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codemods } from '../dist/codemods/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const PAGES = ['README.md', 'docs/codemods.md'];
/** As wide as a block is on GitHub and on npm without a scroll bar. */
const WIDTH = 112;

const OUTPUTS = {
  finding: () => fenced(wrapped(run('examples/apps/web', ['check', 'components/user-menu.tsx']))),
  diff: () =>
    fenced(run('examples/apps/web', ['codemod', 'no-sign-out-prefetch', '--diff', 'components/user-menu.tsx']), 'diff'),
  codemods: () =>
    [
      '| codemod | what it does |',
      '|---|---|',
      ...codemods.map(({ description, isOnDemand, name }) => {
        const folder = isOnDemand === true ? 'codemods' : 'rules';
        return `| [${name}](${folder}/${name}.md) | ${description} |`;
      }),
    ].join('\n'),
  'codemod help': () => fenced(run('.', ['codemod', '--help'])),
};

const isCheck = process.argv.includes('--check');
for (const page of PAGES) {
  const path = join(root, page);
  const text = readFileSync(path, 'utf8');
  const renewed = text.replace(
    /(?<=<!-- begin output: (?<name>[\w ]+) -->\n)[\s\S]*?(?=\n<!-- end output -->)/gu,
    (_, name) => `\n${OUTPUTS[name]()}\n`,
  );
  if (renewed === text) continue;
  if (isCheck) {
    console.error(`${page} is out of date: npm run docs`);
    process.exitCode = 1;
  } else writeFileSync(path, renewed);
}

function run(folder, args) {
  const cwd = join(root, folder);
  const env = { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' };
  const { stdout } = spawnSync(process.execPath, [join(root, 'dist/cli/main.cjs'), ...args], {
    cwd,
    encoding: 'utf8',
    env,
  });
  // ESLint's formats print absolute paths.
  return stdout.replaceAll(`${cwd}/`, '').trim();
}

function fenced(text, language = 'text') {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Lines as a terminal of that width breaks them, but between words. */
function wrapped(text) {
  return text.split('\n').map(wrap).join('\n');
}

function wrap(line) {
  const indent = ' '.repeat(/^ *(?:\d+:\d+ +(?:error|warning) +)?/u.exec(line)?.[0].length ?? 0);
  const lines = [''];
  for (const word of line.split(/(?<=\S)(?= )/u)) {
    if (lines.at(-1).length + word.length > WIDTH) lines.push(indent + word.trimStart());
    else lines[lines.length - 1] += word;
  }
  return lines.join('\n');
}
