/** The project as one run of a command sees it. */
import { isWithin } from '../../project/folders.ts';
import { repositoryRoot } from '../../project/packages.ts';
import { openProject, type Project } from '../../project/project.ts';
import { createFacts, disk, type Facts } from '../../project/stamps.ts';
import type { Discovery, FoundFile } from './discover.ts';
import { readSource, readSources, type ReadResult } from './read.ts';

/** Beyond this many bytes a run holds one text at a time. */
const MAX_HELD = 64 * 1024 * 1024;

export interface RunProject {
  readonly project: Project;
  /** What a file that was found holds. Never throws. */
  readonly read: (file: FoundFile) => ReadResult;
}

/**
 * The project around the files of a run, and their texts: read one after the other, or all at once where those of a whole repository
 * tell something about each of them.
 */
export function projectOfRun(found: Discovery, cwd: string): RunProject {
  const facts = factsOf(found);
  const results = isWhole(found, repositoryRoot(facts, cwd, cwd)) ? readSources(found.files, MAX_HELD) : undefined;
  if (!results) return { project: openProject({ cwd, facts }), read: readSource };
  const sources = new Map<string, string>();
  for (const [path, result] of results) if (result.ok) sources.set(path, result.text);
  return { project: openProject({ cwd, facts, sources }), read: (file) => results.get(file.path) ?? readSource(file) };
}

/**
 * One look at the disk for all of a run, so that what is found does not hang on how fast the run is, or on what it has written
 * already. Folders that were listed when its files were looked for are not listed again.
 */
function factsOf({ listed }: Discovery): Facts {
  const list = (path: string) => listed.get(path) ?? disk.list(path);
  return createFacts({ interval: Infinity, fileSystem: { ...disk, list, listed: (path) => listed.get(path) } });
}

/** Whether the files of a run are all of a repository. */
function isWhole({ folders, isFiltered }: Discovery, repository: string): boolean {
  return folders.some((folder) => isWithin(folder, repository)) && !isFiltered();
}
