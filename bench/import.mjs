/** What it costs to import the plugin, over a bare node. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { minima, ms, root, verdict } from './measure.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'authkit-bench-'));
try {
  const script = (name, text) => {
    writeFileSync(join(scratch, name), text);
    return [process.execPath, join(scratch, name)];
  };
  const plugin = pathToFileURL(join(root, 'dist/index.js')).href;
  const times = minima(15, {
    'bare node': script('bare.mjs', ''),
    'node that imports the plugin': script('plugin.mjs', `import ${JSON.stringify(plugin)};\n`),
  });
  const [bare, imported] = Object.values(times);
  verdict(`${ms(imported - bare)} over bare node`, imported - bare <= 25, 'at most 25 ms');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
