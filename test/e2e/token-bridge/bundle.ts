/** Turns the page and the bridges into scripts that run in a window. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** Where the modules of a bridge's text are looked up unless it says where it is. */
export const galleryDirectory = join(here, 'gallery');

export type Sdk = 'authkit-nextjs' | 'authkit-react';

export interface BridgeSource {
  /** A module that exports the bridge as `useBridge`, importing what its users import. */
  readonly text: string;
  /** Relative imports are resolved from here. */
  readonly directory?: string;
  /** Whether React's compiler goes over it first, as `reactCompiler` in `next.config` does. */
  readonly reactCompiler?: boolean;
}

export interface BridgeScript {
  readonly code: string;
  readonly sdk: Sdk;
}

const browser = {
  bundle: true,
  write: false,
  platform: 'browser',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** What the page offers to a bridge; see `modules` in page/main.tsx. */
const PROVIDED = [
  'react',
  'react/jsx-runtime',
  'react/compiler-runtime',
  'convex/react',
  '@workos-inc/authkit-nextjs',
  '@workos-inc/authkit-nextjs/components',
  '@workos-inc/authkit-react',
];

/** The page as a script that defines the global `page`. */
export async function bundlePage(): Promise<string> {
  const result = await build({
    ...browser,
    entryPoints: [join(here, 'page/main.tsx')],
    format: 'iife',
    globalName: 'page',
    plugins: [standIns],
  });
  return onlyFile(result.outputFiles);
}

/** A bridge as a CommonJS script. Throws esbuild's error on a syntax error or an import that cannot be resolved. */
export async function bundleBridge(source: BridgeSource): Promise<BridgeScript> {
  const directory = source.directory ?? galleryDirectory;
  const result = await build({
    ...browser,
    stdin: {
      contents: source.reactCompiler === true ? await compileWithReact(source.text) : source.text,
      resolveDir: directory,
      sourcefile: 'bridge.tsx',
      loader: 'tsx',
    },
    format: 'cjs',
    external: PROVIDED,
    metafile: true,
  });
  const imported = Object.values(result.metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path));
  return {
    code: onlyFile(result.outputFiles),
    sdk: imported.includes('@workos-inc/authkit-react') ? 'authkit-react' : 'authkit-nextjs',
  };
}

/** Names what a bridge does, whatever its types, comments and layout: two texts of one fingerprint do the same. */
export async function fingerprint(source: BridgeSource): Promise<string> {
  const { code } = await bundleBridge(source);
  const { code: minified } = await transform(code, { minify: true });
  return createHash('sha256').update(minified).digest('hex').slice(0, 16);
}

/** The code of the worker that opens pages. `jsdom` stays outside: it looks for files of its own. */
export async function bundleWorker(): Promise<string> {
  const result = await build({
    entryPoints: [join(here, 'page-worker.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['jsdom'],
    logLevel: 'silent',
  });
  return onlyFile(result.outputFiles);
}

/** Server actions run on a server, so theirs is the one module of authkit-nextjs that is played. */
const standIns: Plugin = {
  name: 'stand-ins',
  setup(bundler) {
    // esbuild reads the filters as Go's regular expressions, which know no `u` flag.
    /* eslint-disable require-unicode-regexp */
    bundler.onResolve({ filter: /^\.\.\/actions\.js$/ }, () => ({ path: join(here, 'page/server-actions.ts') }));
    // Imported for a helper that sets response headers, which the browser modules never call.
    bundler.onResolve({ filter: /^next\/server$/ }, () => ({ path: 'next/server', namespace: 'empty' }));
    bundler.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
      contents: 'export const NextResponse = undefined;',
    }));
    /* eslint-enable require-unicode-regexp */
  },
};

/** Babel is loaded for the bridges that need it alone: it takes as long to load as the others take to run. */
async function compileWithReact(text: string): Promise<string> {
  const { transformAsync } = createRequire(import.meta.url)('@babel/core') as {
    readonly transformAsync: (code: string, options: object) => Promise<{ readonly code: string } | null>;
  };
  const result = await transformAsync(text, {
    filename: 'bridge.tsx',
    configFile: false,
    babelrc: false,
    parserOpts: { plugins: ['typescript', 'jsx'] },
    plugins: ['babel-plugin-react-compiler'],
    cwd: here,
  });
  if (result === null) throw new Error('React Compiler gave no output');
  return result.code;
}

function onlyFile(files: readonly { readonly text: string }[]): string {
  const [file] = files;
  if (file === undefined) throw new Error('esbuild gave no output');
  return file.text;
}
