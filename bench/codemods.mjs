/** What `codemod all --dry-run` costs over a set of files, compared with a search for one word, and with jscodeshift. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argumentsOf, minima, root, verdict } from './measure.mjs';

const [set] = argumentsOf('npm run bench -- codemods <folder of TSX files>', 1);
const scratch = mkdtempSync(join(tmpdir(), 'authkit-bench-'));
try {
  const parsing = join(scratch, 'parsing.mjs');
  // What every transform of jscodeshift's own kind does first.
  writeFileSync(parsing, 'export default (file, { jscodeshift }) => void jscodeshift(file.source);\n');
  const bare = join(scratch, 'bare.mjs');
  writeFileSync(bare, '');
  const hasRipgrep = spawnSync('rg', ['--version']).status === 0;
  if (!hasRipgrep) console.log('  rg is not installed: grep is used instead');
  const jscodeshift = join(root, 'node_modules/jscodeshift/bin/jscodeshift.js');
  const options = ['--dry', '--silent', '--extensions', 'tsx', '--parser', 'tsx', '.'];
  const times = minima(
    3,
    {
      search: hasRipgrep ? ['rg', '-l', 'sign-out', '.'] : ['grep', '-rl', 'sign-out', '.'],
      'bare node': [process.execPath, bare],
      'codemod all --dry-run': [process.execPath, join(root, 'dist/cli/main.cjs'), 'codemod', 'all', '--dry-run', '.'],
      'jscodeshift with a parse of its own': [process.execPath, jscodeshift, '-t', parsing, ...options],
    },
    set,
  );
  const [search, node, ours, theirs] = Object.values(times);
  const ratio = ours / (search + node);
  verdict(`${ratio.toFixed(1)} times the search and bare node`, ratio <= 3, 'at most 3 times');
  verdict(`jscodeshift takes ${(theirs / ours).toFixed(1)} times as long`, theirs / ours >= 25, 'at least 25 times');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
