/** Files of this package: pages, schemas, the skill. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foldersUp } from '../../project/folders.ts';

/** The absolute path of a file of this package, from its sources and from dist/ alike. */
export function packageFile(...parts: readonly string[]): string {
  const folders = foldersUp(dirname(fileURLToPath(import.meta.url)));
  const root = folders.find((folder) => existsSync(join(folder, 'package.json'))) ?? folders[0] ?? '';
  return join(root, ...parts);
}
