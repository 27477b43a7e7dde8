/**
 * One major of ESLint, in a process of its own: every preset without us, with us and with `configs.files`. Prints as JSON what ESLint would
 * exit with, and what it reports, in each of them.
 *
 * Usage: node matrix.mjs <major> <folder of the projects> [part of a preset's name]
 */
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { presets } from './presets.mjs';

const [major, root, filter = ''] = process.argv.slice(2);

/** How a config has us: `preset` stands for the items of the other preset. */
const SETUPS = {
  without: (preset) => preset,
  recommended: (preset) => `${preset}, authkit.configs.recommended`,
  files: (preset) => `${preset}, authkit.configs.recommended, authkit.configs.files`,
};

const results = {};
for (const { imports, items, name, only, typescript = false } of presets) {
  if ((only !== undefined && only !== Number(major)) || !name.includes(filter)) continue;
  const cwd = join(root, typescript ? 'ts' : 'js');
  const { ESLint } = createRequire(join(cwd, 'config.js'))('eslint');
  results[name] = {};
  for (const [setup, write] of Object.entries(SETUPS)) {
    const config = join(cwd, `${name.replace(/\W+/gu, '-')}-${setup}.config.mjs`);
    writeFileSync(
      config,
      `import { defineConfig } from 'eslint/config';\nimport authkit from 'eslint-plugin-authkit';\n${imports}\n\nexport default defineConfig([{ ignores: ['*.mjs'] }, ${write(items)}]);\n`,
    );
    results[name][setup] = await lint(new ESLint({ cwd, overrideConfigFile: config }), cwd);
  }
}
process.stdout.write(JSON.stringify(results));

async function lint(eslint, cwd) {
  try {
    const files = await eslint.lintFiles(['.']);
    const reports = files.flatMap(({ filePath, messages }) =>
      messages.map(({ column, line, message, ruleId, severity }) => ({
        place: `${filePath.slice(cwd.length + 1)}:${String(line)}:${String(column)}`,
        rule: ruleId,
        severity,
        message,
      })),
    );
    return { exitCode: reports.some(({ severity }) => severity === 2) ? 1 : 0, reports };
  } catch (error) {
    return { exitCode: 2, reports: [], error: String(error.message ?? error).slice(0, 500) };
  }
}
