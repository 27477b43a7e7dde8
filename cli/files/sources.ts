/** The texts of a run's files. */
import { isWithin } from '../../project/folders.ts';
import { repositoryRoot } from '../../project/packages.ts';
import type { Facts } from '../../project/stamps.ts';
import type { Discovery, FoundFile } from './discover.ts';
import { readSource, readSources, type ReadResult } from './read.ts';

/** Beyond this many bytes a run holds one text at a time. */
const MAX_HELD = 64 * 1024 * 1024;

export interface Sources {
  readonly read: (file: FoundFile) => ReadResult;
  /** The texts by their paths; undefined where they are not all of a repository, or too many to be held. */
  readonly whole?: ReadonlyMap<string, string>;
}

/** Reads the files one after the other, or all at once where that tells something about each of them. */
export function sourcesOf({ files, folders, isFiltered }: Discovery, cwd: string, facts: Facts): Sources {
  const repository = repositoryRoot(facts, cwd, cwd);
  const isWhole = folders.some((folder) => isWithin(folder, repository)) && !isFiltered();
  const results = isWhole ? readSources(files, MAX_HELD) : undefined;
  if (!results) return { read: readSource };
  const whole = new Map<string, string>();
  for (const [path, result] of results) if (result.ok) whole.set(path, result.text);
  return { read: (file) => results.get(file.path) ?? readSource(file), whole };
}
