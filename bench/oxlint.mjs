/** What our rules cost in Oxlint over a set of files, next to Oxlint with one JS rule that does not touch the AST. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import authkit from '../dist/index.js';
import { argumentsOf, minima, root, verdict } from './measure.mjs';

const [set] = argumentsOf('npm run bench -- oxlint <folder of TSX files>', 1);
const scratch = mkdtempSync(join(tmpdir(), 'authkit-bench-'));
try {
  const one = join(scratch, 'one.mjs');
  writeFileSync(
    one,
    'export default { meta: { name: "one" }, rules: { one: { create: ({ sourceCode }) => (sourceCode.text.includes("x"), {}) } } };\n',
  );
  const config = (name, jsPlugins, rules) => {
    const path = join(scratch, name);
    writeFileSync(path, JSON.stringify({ plugins: [], categories: { correctness: 'off' }, jsPlugins, rules }));
    return [join(root, 'node_modules/.bin/oxlint'), '-c', path, '--silent', '.'];
  };
  const recommended = Object.assign({}, ...authkit.configs.recommended.map(({ rules }) => rules));
  const times = minima(
    3,
    {
      'oxlint with one rule': config('one.json', [one], { 'one/one': 'error' }),
      [`oxlint with ${String(Object.keys(recommended).length)} rules of ours`]: config(
        'ours.json',
        [join(root, 'dist/index.js')],
        recommended,
      ),
    },
    set,
  );
  const [bare, ours] = Object.values(times);
  verdict(`${(ours / bare).toFixed(1)} times the one rule`, ours / bare <= 2, 'at most 2 times');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
