/**
 * Writes what the docs quote of the program itself: between `<!-- begin output: NAME -->` and `<!-- end output -->` is what the
 * built command prints, and `docs/check.svg` is a picture of it. With `--check` it writes nothing, and fails where a file is out of date.
 */
import { spawnSync } from 'node:child_process';
import { codemods } from '../dist/codemods/index.js';
import { at, bringUpToDate } from './page.mjs';
import { pictureOf } from './picture.mjs';

const PAGES = ['README.md', 'docs/codemods.md'];
const PICTURE = 'docs/check.svg';
const APP = 'examples/apps/web';
/** As wide as a block is on GitHub and on npm without a scroll bar. */
const COLUMNS = 112;
const PICTURE_COLUMNS = 100;

const OUTPUTS = {
  finding: () => fenced(run(APP, ['check', 'components/user-menu.tsx'])),
  triage: () => fenced(run('examples', ['triage', 'No auth provider found matching the given token'])),
  diff: () => fenced(run(APP, ['codemod', 'no-sign-out-prefetch', '--diff', 'components/user-menu.tsx']), 'diff'),
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

for (const page of PAGES) {
  bringUpToDate(page, (text) =>
    text.replace(
      /(?<=<!-- begin output: (?<name>[\w ]+) -->\n)[\s\S]*?(?=\n<!-- end output -->)/gu,
      (_, name) => `\n${OUTPUTS[name]()}\n`,
    ),
  );
}
bringUpToDate(PICTURE, picture);

function picture() {
  const sessions = [
    ['check', 'components'],
    ['codemod', 'no-sign-out-prefetch', '--diff', 'components'],
  ].map((args) => ({
    command: ['npx eslint-plugin-authkit', ...args].join(' '),
    output: run(APP, args, { columns: PICTURE_COLUMNS, isColored: true }),
  }));
  return pictureOf({
    title: 'eslint-plugin-authkit in a terminal',
    description:
      'check reports links that prefetch a sign-out route and a token refresh loop; codemod shows the diff that fixes the links.',
    columns: PICTURE_COLUMNS,
    sessions,
  });
}

/** What a command of ours prints on a terminal of this width. */
function run(folder, args, { columns = COLUMNS, isColored = false } = {}) {
  const colors = isColored ? { FORCE_COLOR: '1', NO_COLOR: '' } : { FORCE_COLOR: '0', NO_COLOR: '1' };
  const { stdout } = spawnSync(
    process.execPath,
    ['--import', at('scripts/terminal.mjs'), at('dist/cli/main.cjs'), ...args],
    {
      cwd: at(folder),
      encoding: 'utf8',
      env: { ...process.env, ...colors, COLUMNS: String(columns) },
    },
  );
  return stdout.replace(/(?<=files? checked in )[\d.]+ m?s/u, '0.4 s').trim();
}

function fenced(text, language = 'text') {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
