/** Runs observe-gallery.ts on a Node.js that doesn't read TypeScript: `npm run observe:bridges`. */
import { rm } from 'node:fs/promises';
import { fileURLToPath, URL } from 'node:url';
import { build } from 'esbuild';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));
// Next to its source, for the modules find their neighbours on disk by their own place.
const script = at('.observe-gallery.mjs');
await build({
  entryPoints: [at('observe-gallery.ts')],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  outfile: script,
});
try {
  await import(script);
} finally {
  await rm(script);
}
