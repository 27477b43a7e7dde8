/** What one run of a command knows of the disk. */
import { createFacts, disk, type Facts } from '../../project/stamps.ts';
import type { Discovery } from './discover.ts';

/**
 * Facts for one run: one look at the disk for all of it, so that what is found does not hang on how fast the run is, or on what it
 * has written already. Folders that were listed when its files were looked for are not listed again.
 */
export function factsOfRun({ folders }: Pick<Discovery, 'folders'>): Facts {
  const names = (path: string) => folders.get(path) ?? disk.names(path);
  return createFacts({ interval: Infinity, fileSystem: { ...disk, names } });
}
