/**
 * Builds dist/: one bundle with shared chunks (an import that is spread over many files costs a file read each), and
 * declaration files. The old dist/ stays in use until the new one is whole.
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
  const codemods = readdirSync(at('codemods')).filter((name) => name.endsWith('.ts'));
  const entryPoints = ['index.ts', ...codemods.map((name) => `codemods/${name}`), 'cli/main.ts'];
  await build({
    absWorkingDir: root,
    entryPoints: entryPoints.filter((path) => existsSync(at(path))),
    outdir: next,
    outbase: '.',
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    plugins: [nameAndVersionOnly()],
    logLevel: 'warning',
  });
  // It must run before any other module of a codemod loads; bundlers do not keep the order of imports across chunks.
  for (const name of codemods.map((file) => file.replace(/\.ts$/u, '.js'))) {
    if (['index.js', 'transform.js', 'without-babel.js'].includes(name)) continue;
    const path = join(next, 'codemods', name);
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
