/** Runs observe-gallery.ts on a Node.js that doesn't read TypeScript: `npm run observe:bridges`. */
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { build } from 'esbuild';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));
const script = at('.observe-gallery.mjs');
await build({
  entryPoints: [at('observe-gallery.ts')],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  outfile: script,
  plugins: [
    {
      // The modules find their neighbours on disk by their own place.
      name: 'own-urls',
      setup(bundler) {
        // esbuild reads the filter as a regular expression of Go, which knows no `u` flag.
        // eslint-disable-next-line require-unicode-regexp
        bundler.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => ({
          contents: (await readFile(path, 'utf8')).replaceAll(
            'import.meta.url',
            JSON.stringify(pathToFileURL(path).href),
          ),
          loader: path.endsWith('x') ? 'tsx' : 'ts',
        }));
      },
    },
  ],
});
try {
  await import(script);
} finally {
  await rm(script);
}
