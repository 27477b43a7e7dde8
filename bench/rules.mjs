/**
 * What the rules cost in a whole app, compared with `@next/eslint-plugin-next` in the same run, by ESLint's own clock (`stats`):
 * both plugins with their recommended presets and typescript-eslint's parser, over every source file. What a rule asks of the app once is counted at the file that made it ask:
 * `slowest` is the time of that file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import tsParser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import authkit from '../dist/index.js';
import { argumentsOf, ms, verdict } from './measure.mjs';

const [home, ...apps] = argumentsOf(
  'npm run bench -- rules <folder with node_modules/@next/eslint-plugin-next> <app>…',
  2,
);
const next = createRequire(resolve(home, 'package.json'))('@next/eslint-plugin-next');
const SKIPPED = /^(?:node_modules|\..*|dist|build|out|coverage)$/u;
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/u;

for (const app of apps) await measure(resolve(app));

async function measure(cwd) {
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
        plugins: { '@next/next': next },
        rules: next.configs.recommended.rules,
        languageOptions: { parser: tsParser, parserOptions: { ecmaFeatures: { jsx: true } } },
        linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
      },
      ...authkit.configs.recommended,
    ],
    stats: true,
  });
  const rules = new Map();
  const files = sourceFiles(cwd);
  let findings = 0;
  for (const path of files) {
    const [result] = await eslint.lintText(readFileSync(path, 'utf8'), { filePath: path });
    findings += result?.messages.filter(({ ruleId }) => ruleId?.startsWith('authkit/')).length ?? 0;
    for (const pass of result?.stats?.times.passes ?? []) {
      for (const [id, { total }] of Object.entries(pass.rules ?? {})) {
        const rule = rules.get(id) ?? { total: 0, slowest: 0, at: '' };
        rule.total += total;
        if (total > rule.slowest) Object.assign(rule, { slowest: total, at: path.slice(cwd.length + 1) });
        rules.set(id, rule);
      }
    }
  }
  const of = (prefix) => [...rules].filter(([id]) => id.startsWith(prefix)).sort(([, a], [, b]) => b.total - a.total);
  const sum = (all) => all.reduce((time, [, { total }]) => time + total, 0);
  const [ours, theirs] = [of('authkit/'), of('@next/next/')];
  console.log(`\n${basename(cwd)}: ${String(files.length)} files, ${String(findings)} findings`);
  for (const [id, { at, slowest, total }] of ours)
    console.log(`  ${id.padEnd(36)} ${ms(total)}, slowest ${ms(slowest)} (${at})`);
  const ratio = sum(ours) / sum(theirs);
  const slowest = ours.reduce((time, [, rule]) => time + rule.slowest, 0);
  console.log(`  all of ours ${ms(sum(ours))} (without each rule's slowest file ${ms(sum(ours) - slowest)})`);
  console.log(`  all of @next/next ${ms(sum(theirs))}`);
  verdict(`${ratio.toFixed(2)} times @next/next`, ratio <= 0.2, 'at most 0.2 times');
}

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.test(entry.name) ? [] : sourceFiles(path);
    return entry.isFile() && SOURCE.test(entry.name) ? [path] : [];
  });
}
