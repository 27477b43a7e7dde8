/**
 * Builds dist/. What costs time is loading code, so nothing is loaded before it is needed: `engine/` has what everything rests on, and
 * each failure mode for itself; the plugin is one small file that loads of it what a linted file asks for; so is the command. Then the
 * codemods with their shared chunks, and declaration files. The old dist/ stays in use until the new one is whole.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);

/** The bundles of `engine/`, and the modules in each. Imports between them never go round in a circle (eslint.config.js). */
const ENGINE = engineBundles();

const SCOPE_MANAGER = '@typescript-eslint/scope-manager';
const VISITOR_KEYS = '@typescript-eslint/visitor-keys';
const PARSER = 'oxc-parser';

/** What `require` gives: the plugin itself, which a declaration file of an ES module cannot say. */
const REQUIRED = `import type { AuthKitPlugin } from './index.js' with { 'resolution-mode': 'import' };
declare const plugin: AuthKitPlugin;
export = plugin;
`;

const require = createRequire(import.meta.url);

const cache = at('node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const next = mkdtempSync(join(cache, 'dist-'));
// mkdtemp makes folders for their owner alone; a package that root installed is run by others.
chmodSync(next, 0o755);
try {
  await bundle();
  makeExecutable(join(next, 'cli', 'main.cjs'));
  // What TypeScript has to say fails the build, but what was bundled can be run.
  if (!declare()) process.exitCode = 1;
  rmSync(at('dist'), { recursive: true, force: true });
  renameSync(next, at('dist'));
} finally {
  rmSync(next, { recursive: true, force: true });
}

// What a new rule brings has a bundle of its own without being named here.
function engineBundles() {
  const bundles = { core: ['analysis', 'project'], parsers: ['parsers'] };
  for (const entry of readdirSync(at('playbook'), { withFileTypes: true })) {
    const name = entry.isDirectory() && entry.name !== 'libraries' ? entry.name : 'core';
    (bundles[name] ??= []).push(`playbook/${entry.name}`);
  }
  return bundles;
}

async function bundle() {
  const esm = { format: 'esm' };
  const cjs = { format: 'cjs', outExtension: { '.js': '.cjs' }, define: { 'import.meta.url': '__filename' } };
  const shared = {
    absWorkingDir: root,
    outbase: '.',
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    minify: true,
    logLevel: 'warning',
  };
  await bundleScopeManager({ ...shared, ...cjs });
  await bundleParser({ ...shared, ...cjs });
  for (const [name, paths] of Object.entries(ENGINE)) {
    await build({
      ...shared,
      ...cjs,
      stdin: { contents: namespacesOf(paths), resolveDir: root },
      outfile: join(next, 'engine', `${name}.cjs`),
      plugins: [fromEngine(name, '.'), ownPackages(), builtinsWithoutFacade()],
    });
  }
  const outside = (path) => [nameAndVersionOnly(), fromEngine(undefined, path), builtinsWithoutFacade()];
  await build({ ...shared, ...esm, outdir: next, entryPoints: ['index.ts'], plugins: outside('./engine') });
  await build({ ...shared, ...cjs, outdir: next, entryPoints: ['cli/main.ts'], plugins: outside('../engine') });
  await bundleCodemods({ ...shared, ...esm, outdir: next, plugins: outside('../engine') });
}

async function bundleCodemods(options) {
  // Those that the index loads; the other modules beside them are nobody's entry.
  const index = readFileSync(at('codemods', 'index.ts'), 'utf8');
  const names = [...index.matchAll(/import\('\.\/(?<name>[^']+\.ts)'\)/gu)].map(({ groups }) => groups.name);
  const entryPoints = ['index.ts', 'without-babel.ts', ...names].map((name) => `codemods/${name}`);
  await build({ ...options, entryPoints, splitting: true, chunkNames: 'chunks/[name]-[hash]' });
  // It must run before any other module of a codemod loads; bundlers do not keep the order of imports across chunks.
  for (const name of names) {
    const path = join(next, 'codemods', name.replace(/\.ts$/u, '.js'));
    writeFileSync(path, `import './without-babel.js';\n${readFileSync(path, 'utf8')}`);
  }
}

/**
 * scope-manager as one file: its hundred take 46 ms to load. Most of them list the globals of TypeScript's libraries, which
 * nobody asks for (`lib: []` in analysis/syntax/source-file.ts).
 */
async function bundleScopeManager(options) {
  const libraries = join(dirname(require.resolve(SCOPE_MANAGER)), 'lib', 'index.js');
  await bundlePackage(
    'scope-manager',
    `export { analyze } from '${SCOPE_MANAGER}'; export { visitorKeys } from '${VISITOR_KEYS}';`,
    {
      ...options,
      plugins: [
        {
          name: 'no-libraries',
          setup({ onLoad }) {
            onLoad({ filter: /[\\/]lib[\\/]index\.js$/ }, ({ path }) =>
              path === libraries ? { contents: 'exports.lib = new Map();' } : undefined,
            );
          },
        },
      ],
    },
  );
}

/**
 * What of oxc-parser is JavaScript, as one CommonJS file: to start the loader of ES modules for it takes about 10 ms. The parser itself is a binary
 * that the installed package finds; package.json pins the version, so that the two belong together.
 */
async function bundleParser(options) {
  const folder = dirname(require.resolve(PARSER));
  const part = (name) => JSON.stringify(join(folder, name));
  // As parseSync() of its index.js, without the options that we don't give.
  const contents = `import { parseSync as parse } from ${part('bindings.js')};
import { wrap } from ${part('wrap.js')};
export const parseSync = (name, text, options) => wrap(parse(name, text, options));`;
  // What is looked for from there on is looked for from the package.
  const define = { 'import.meta.url': 'packageIndex' };
  await bundlePackage('parser', contents, {
    ...options,
    define,
    banner: { js: `const packageIndex = require.resolve('${PARSER}');` },
  });
}

/** A package, or what we need of it, as one file of `engine/`. The licences of what is in the file go with it. */
async function bundlePackage(name, contents, options) {
  const { metafile } = await build({
    ...options,
    packages: 'bundle',
    legalComments: 'none',
    metafile: true,
    stdin: { contents, resolveDir: root },
    outfile: join(next, 'engine', `${name}.cjs`),
  });
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(path)?.[0] ?? []),
  );
  const licences = [...packages].sort().map((path) => {
    const { license, name: packageName, version } = JSON.parse(readFileSync(at(path, 'package.json'), 'utf8'));
    const file = readdirSync(at(path)).find((each) => /^licen[cs]e/iu.test(each));
    if (file === undefined) throw new Error(`${packageName} has no file with its licence`);
    return `${packageName} ${version} (${license})\n\n${readFileSync(at(path, file), 'utf8').trim()}\n`;
  });
  writeFileSync(join(next, 'engine', `${name}.LICENSES.txt`), licences.join(`\n${'-'.repeat(80)}\n\n`));
}

/** What analysis/syntax/source-file.ts takes from packages, it takes from the bundles beside it. */
function ownPackages() {
  return {
    name: 'own-packages',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]source-file\.ts$/ }, ({ path }) => {
        let contents = readFileSync(path, 'utf8');
        for (const [name, bundled] of [
          [SCOPE_MANAGER, './scope-manager.cjs'],
          [VISITOR_KEYS, './scope-manager.cjs'],
          [PARSER, './parser.cjs'],
        ]) {
          if (!contents.includes(`require('${name}')`)) throw new Error(`${path} does not load ${name} any more`);
          contents = contents.replace(`require('${name}')`, `require('${bundled}')`);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** A module that exports each module below some paths as a whole, by its path. */
function namespacesOf(paths) {
  const modules = paths.flatMap((path) =>
    path.endsWith('.ts')
      ? [path]
      : readdirSync(at(path), { recursive: true, encoding: 'utf8' }).flatMap((name) =>
          name.endsWith('.ts') ? [`${path}/${name}`] : [],
        ),
  );
  return modules.map((path) => `export * as ${JSON.stringify(path)} from ${JSON.stringify(`./${path}`)};`).join('\n');
}

/**
 * Takes modules of the engine from its bundles (at `folder`, as seen from the output) but for those of the bundle that is being built.
 * The plugin and its rules load them late: finders are functions, and a function that loads the bundle when it is called does the same.
 */
function fromEngine(own, folder) {
  return {
    name: 'engine',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ importer, path, resolveDir }) => {
        const module = posix.normalize(relative(root, join(resolveDir, path)).replaceAll(sep, '/'));
        const bundleName = Object.keys(ENGINE).find((name) =>
          ENGINE[name].some((each) => module === each || module.startsWith(`${each}/`)),
        );
        if (bundleName === undefined || bundleName === own) return undefined;
        const isLate = ['.', 'rules'].includes(dirname(relative(root, importer)));
        return { path: module, namespace: isLate ? 'late' : 'engine', pluginData: `${folder}/${bundleName}.cjs` };
      });
      onLoad({ filter: /./, namespace: 'engine' }, ({ path, pluginData }) => ({
        contents: `module.exports = require('engine').load(${JSON.stringify(pluginData)})[${JSON.stringify(path)}];`,
      }));
      onLoad({ filter: /./, namespace: 'late' }, ({ path, pluginData }) => ({
        contents: lateModule(path, pluginData),
      }));
      // A module of its own, so that no entry says `import.meta`: Babel compiles the entry that jscodeshift loads, and cannot compile that.
      onResolve({ filter: /^engine$/ }, () => ({ path: 'engine', namespace: 'load' }));
      onLoad({ filter: /^engine$/, namespace: 'load' }, () => ({
        contents: "export const load = process.getBuiltinModule('node:module').createRequire(import.meta.url);",
      }));
    },
  };
}

/** A module whose functions load the engine when they are called. Of other exports it has texts, lists and patterns; nothing else can be asked for. */
function lateModule(path, bundlePath) {
  const module = createRequire(import.meta.url)(join(next, 'engine', basename(bundlePath)))[path];
  const exported = Object.entries(module).flatMap(([name, value]) => {
    if (typeof value === 'function')
      return [`export const ${name} = (...args) => (late ??= loaded()).${name}(...args);`];
    if (value instanceof RegExp) return [`export const ${name} = ${String(value)};`];
    return typeof value === 'string' || Array.isArray(value)
      ? [`export const ${name} = ${JSON.stringify(value)};`]
      : [];
  });
  // Rules ask for every file, and `require` takes some microseconds to find what it has loaded.
  const head = `let late; const loaded = () => load(${JSON.stringify(bundlePath)})[${JSON.stringify(path)}];`;
  return ["import { load } from 'engine';", head, ...exported].join('\n');
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
  writeFileSync(join(next, 'index.d.cts'), REQUIRED);
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
      onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin' }));
      onLoad({ filter: /^node:/, namespace: 'builtin' }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      }));
    },
  };
}

/** The plugin's version is the one in package.json at build time; the rest of that file stays out of the bundle. */
function nameAndVersionOnly() {
  return {
    name: 'package-json',
    setup({ onLoad }) {
      // Go's regular expressions know no `u` flag.
      onLoad({ filter: /package\.json$/ }, ({ path }) => {
        const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
        return { contents: JSON.stringify({ name, version }), loader: 'json' };
      });
    },
  };
}
