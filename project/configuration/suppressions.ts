/** `eslint-suppressions.json`: what `eslint --suppress-all` has written down, to be looked at another day (ESLint 9.24). */
import { dirname, join, relative } from 'node:path';
import { readJsonObject } from '../json.ts';
import { repositoryRoot } from '../modules/packages.ts';
import { recordOf } from '../settings.ts';
import type { Facts } from '../memos/stamps.ts';
import { markedFoldersAround } from '../surroundings.ts';
import { posixPath } from '../folders.ts';

const SUPPRESSIONS_NAME = 'eslint-suppressions.json';

/**
 * How many errors of a rule (its name without a prefix) are suppressed in a file (absolute), by the nearest file of that name. ESLint
 * reads the one in the folder that it is run in, and there is no knowing which that is.
 */
export function suppressedCount(facts: Facts, cwd: string, path: string, name: string): number {
  const folder = dirname(path);
  const around = markedFoldersAround(facts, folder, 'suppressions', repositoryRoot(facts, folder, cwd));
  for (const { path: root } of around) {
    const files = readJsonObject(facts, join(root, SUPPRESSIONS_NAME));
    const { count } = recordOf(recordOf(files[posixPath(relative(root, path))])[`authkit/${name}`]);
    if (typeof count === 'number') return count;
  }
  return 0;
}
