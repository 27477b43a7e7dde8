/**
 * What the rules cost within ESLint, by its own clock (`stats`), over the files of a folder that have no finding: prints JSON. ESLint runs
 * with the recommended preset and typescript-eslint's parser, and no other rule: anybody's real config makes the share smaller.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import tsParser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';

const [folder] = process.argv.slice(2);
const files = fs
  .readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx'))
  .map((name) => join(folder, name));
const texts = new Map(files.map((path) => [path, fs.readFileSync(path, 'utf8')]));

let reads = 0;
const { readFileSync } = fs;
fs.readFileSync = (...args) => {
  reads += 1;
  return readFileSync(...args);
};
// Whoever imports `readFileSync` from now on gets the one that counts.
syncBuiltinESMExports();
const { default: authkit } = await import('../dist/index.js');

const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  overrideConfig: [
    ...authkit.configs.recommended,
    {
      files: ['**/*.tsx'],
      languageOptions: { parser: tsParser, parserOptions: { ecmaFeatures: { jsx: true } } },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
    },
  ],
  stats: true,
});
await eslint.lintText('export {};', { filePath: join(folder, 'warm-up.tsx') });

reads = 0;
let total = 0;
let clean = 0;
const rules = new Map();
for (const [path, text] of texts) {
  const [result] = await eslint.lintText(text, { filePath: path });
  if (result?.messages.some(({ ruleId }) => ruleId?.startsWith('authkit/'))) continue;
  clean += 1;
  for (const pass of result?.stats?.times.passes ?? []) {
    total += pass.total;
    for (const [id, { total: time }] of Object.entries(pass.rules ?? {})) {
      if (id.startsWith('authkit/')) rules.set(id, (rules.get(id) ?? 0) + time);
    }
  }
}
console.log(JSON.stringify({ files: texts.size, clean, total, reads, rules: Object.fromEntries(rules) }));
