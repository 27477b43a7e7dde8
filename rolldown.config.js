/**
 * Builds dist/: one CommonJS build of everything, so that configs of either kind get the same plugin object from one copy of the code
 * (those of entries/ load it), two packages that load faster as one file, and rolled-up declarations.
 */
import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { transform } from 'esbuild';
import { defineConfig } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

/** Each is an entry, which jscodeshift loads by its path; those that make codemods are none. */
const ADAPTERS = new Set(['codemod-of.ts', 'passes.ts', 'text-side.ts', 'transform.ts']);
const codemods = readdirSync('codemods').filter((name) => name.endsWith('.ts') && !ADAPTERS.has(name));

/** esbuild writes ASCII alone, unlike the minifier of rolldown: V8 keeps such a text in half the space, and compiles it a fifth faster. */
const minified = {
  name: 'minified',
  renderChunk: async (code) => (await transform(code, { format: 'cjs', minify: true, platform: 'node' })).code,
};
const isPackage = /^[^./]/u;
/** By paths within the repository: a chunk without a name of its own gets that of a folder, wherever the repository is. */
const isEngine = (path) =>
  /^(?:index|presets|(?:analysis|parsers|playbook|project|rules)\/.*)\.ts$/u.test(relative('.', path));
const shared = { platform: 'node', logLevel: 'warn', checks: { pluginTimings: false } };
const output = {
  dir: 'dist',
  format: 'cjs',
  minify: false,
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
};

export default defineConfig([
  {
    input: {
      index: 'index.ts',
      api: 'api/index.ts',
      'cli/main': 'cli/main.ts',
      ...Object.fromEntries(codemods.map((name) => [`codemods/${name.replace('.ts', '')}`, `codemods/${name}`])),
    },
    ...shared,
    external: isPackage,
    plugins: [minified],
    output: {
      ...output,
      cleanDir: true,
      // What the plugin needs is what everything needs. A command's own code stays with the command.
      codeSplitting: {
        groups: [
          { name: 'words', test: /texts\/(?:edit-distance|redact)|configuration\/closest/u, priority: 1 },
          { name: 'engine', test: isEngine, minShareCount: 2 },
        ],
      },
    },
  },
  {
    input: { index: 'entries/index.js', api: 'entries/api.js', 'codemods/index': 'entries/codemods/index.js' },
    ...shared,
    external: /./u,
    output: { dir: 'dist', format: 'esm' },
  },
  {
    ...shared,
    input: { index: 'types/index.ts', api: 'types/api.ts', codemods: 'types/codemods.ts' },
    external: isPackage,
    treeshake: { moduleSideEffects: false },
    plugins: [dts({ emitDtsOnly: true, tsconfig: 'tsconfig.build.json' })],
    output: { dir: 'dist', format: 'esm', chunkFileNames: '[name].ts' },
  },
  packageAsOneFile('scope-manager'),
  packageAsOneFile('parser', {
    // oxc-parser looks for its binary from where it is installed.
    define: { 'import.meta.url': 'oxcParserPath' },
    banner: "const oxcParserPath = require.resolve('oxc-parser');",
  }),
]);

/** A file of analysis/syntax/ that stands for a package, with the package inside. */
function packageAsOneFile(name, { banner = '', define = {} } = {}) {
  return {
    input: { [name]: `analysis/syntax/${name}.cjs` },
    ...shared,
    transform: { define },
    plugins: [minified],
    output: { ...output, banner, codeSplitting: false },
  };
}
