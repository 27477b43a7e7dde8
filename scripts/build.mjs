/**
 * Builds dist/: the plugin as one file, for every further file would cost a millisecond or two on each start of ESLint; the
 * command and the codemods as a bundle with shared chunks; and declaration files. The old dist/ stays in use until the new one is whole.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);

const cache = at('node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const next = mkdtempSync(join(cache, 'dist-'));
// mkdtemp makes folders for their owner alone; a package that root installed is run by others.
chmodSync(next, 0o755);
try {
  await bundle();
  makeExecutable(join(next, 'cli', 'main.js'));
  // What TypeScript has to say fails the build, but what was bundled can be run.
  if (!declare()) process.exitCode = 1;
  rmSync(at('dist'), { recursive: true, force: true });
  renameSync(next, at('dist'));
} finally {
  rmSync(next, { recursive: true, force: true });
}

async function bundle() {
  // A codemod has the name of a rule; the other modules beside them are nobody's entry.
  const codemods = readdirSync(at('codemods')).filter((name) => existsSync(at('rules', name)));
  const entryPoints = ['codemods/index.ts', 'codemods/without-babel.ts', ...codemods.map((name) => `codemods/${name}`), 'cli/main.ts'];
  const shared = {
    absWorkingDir: root,
    outdir: next,
    outbase: '.',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    plugins: [nameAndVersionOnly(), builtinsWithoutFacade()],
    logLevel: 'warning',
  };
  await build({ ...shared, entryPoints: ['index.ts'], minifyWhitespace: true });
  await build({ ...shared, entryPoints: entryPoints.filter((path) => existsSync(at(path))), splitting: true, chunkNames: 'chunks/[name]-[hash]' });
  // It must run before any other module of a codemod loads; bundlers do not keep the order of imports across chunks.
  for (const name of codemods) {
    const path = join(next, 'codemods', name.replace(/\.ts$/u, '.js'));
    writeFileSync(path, `import './without-babel.js';\n${readFileSync(path, 'utf8')}`);
  }
}

function makeExecutable(main) {
  if (!existsSync(main)) return;
  if (!readFileSync(main, 'utf8').startsWith('#!')) throw new Error('cli/main.ts has lost its shebang line');
  chmodSync(main, 0o755);
}

function declare() {
  const tsc = at('node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', at('tsconfig.build.json'), '--outDir', next];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // TypeScript rewrites the `.ts` of an import in JavaScript alone; readers of the package have no .ts files.
  for (const name of readdirSync(next, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(next, name);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/(?<=(?:from |import\()['"]\.[^'"]*)\.ts(?=['"])/gu, '.js'));
  }
  return status === 0;
}

/**
 * `import 'node:fs'` has Node.js read every export of it once, which loads its streams, and so costs more than the whole plugin.
 * `process.getBuiltinModule` (Node.js 20.16, 22.3) does not.
 */
function builtinsWithoutFacade() {
  return {
    name: 'builtins',
    setup({ onLoad, onResolve }) {
      // eslint-disable-next-line require-unicode-regexp
      onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin' }));
      // eslint-disable-next-line require-unicode-regexp
      onLoad({ filter: /^node:/, namespace: 'builtin' }, ({ path }) => ({ contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});` }));
    },
  };
}

/** The plugin's version is the one in package.json at build time; the rest of that file stays out of the bundle. */
function nameAndVersionOnly() {
  return {
    name: 'package-json',
    setup({ onLoad }) {
      // Go's regular expressions know no `u` flag.
      // eslint-disable-next-line require-unicode-regexp
      onLoad({ filter: /package\.json$/ }, ({ path }) => {
        const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
        return { contents: JSON.stringify({ name, version }), loader: 'json' };
      });
    },
  };
}
