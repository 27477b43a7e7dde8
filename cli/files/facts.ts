/** What one run of a command knows of the disk. */
import { createFacts, disk, type Facts } from '../../project/stamps.ts';
import type { Discovery } from './discover.ts';

/**
 * Facts for one run: one look at the disk for all of it, so that what is found does not hang on how fast the run is, or on what it
 * has written already. Folders that were listed when its files were looked for are not listed again.
 */
export function factsOfRun({ listed }: Pick<Discovery, 'listed'>): Facts {
  const list = (path: string) => listed.get(path) ?? disk.list(path);
  return createFacts({ interval: Infinity, fileSystem: { ...disk, list, listed: (path) => listed.get(path) } });
}
