/** The project as one run of a command sees it. */
import { dirname } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { type Configuration, configurationFor } from '../../project/configuration/configuration.ts';
import { isWithin } from '../../project/folders.ts';
import { repositoryRoot } from '../../project/modules/packages.ts';
import { type AuthKitSettings, openProject, type Project } from '../../project/project.ts';
import { createFacts, disk, type Facts, type FileSystem } from '../../project/memos/stamps.ts';
import type { Discovery } from './discover.ts';
import { type FoundFile, readSource, readTexts, type ReadResult, type ReadTexts } from './read.ts';
import { overlaid, type Overlay } from './overlay.ts';
import { shown } from '../output/words.ts';
import { UsageError } from '../usage.ts';

/** Beyond this many bytes a run holds one text at a time. */
const MAX_HELD = 64 * 1024 * 1024;

export interface RunProject {
  /** The project as it is for a file (absolute), which may have a configuration of its own. */
  readonly projectFor: (path: string) => Project;
  /** What a file that was found holds. Never throws. */
  readonly read: (file: FoundFile) => ReadResult;
  /** The same where some files hold other texts, or are gone: on disk by now, or in a dry run. */
  readonly over: (texts: Overlay) => RunProject;
}

/**
 * The project around the files of a run, and their texts: read one after the other, or all at once where those of a whole repository
 * tell something about each of them.
 */
export function projectOfRun(found: Discovery, cwd: string, settings?: GivenSettings): RunProject {
  let known: ReadTexts | undefined;
  const fileSystem: FileSystem = { ...fileSystemOf(found), held: (path) => known?.texts.get(path) };
  const facts = createRunFacts(fileSystem);
  if (isWhole(found, repositoryRoot(facts, cwd, cwd))) known = readTexts(found.files, MAX_HELD);
  return runProject({ cwd, settings, fileSystem, facts, known, read: readSource });
}

interface RunState {
  readonly cwd: string;
  readonly settings: GivenSettings | undefined;
  readonly fileSystem: FileSystem;
  readonly facts: Facts;
  /** What was read all at once. */
  readonly known: ReadTexts | undefined;
  readonly read: RunProject['read'];
}

function runProject({ cwd, facts, fileSystem, known, read, settings }: RunState): RunProject {
  return {
    projectFor: projectsOf({ facts, cwd, settings, sources: known?.texts }),
    read(file) {
      const text = known?.texts.get(file.path);
      return text === undefined ? (known?.failures.get(file.path) ?? read(file)) : { ok: true, text };
    },
    over(texts) {
      const layered = overlaid(fileSystem, texts);
      const readOver = (path: string): ReadResult | undefined => {
        const text = texts.get(path);
        if (text !== undefined) return { ok: true, text };
        return texts.has(path) ? { ok: false, message: 'is gone' } : undefined;
      };
      return runProject({
        cwd,
        settings,
        fileSystem: layered,
        facts: createRunFacts(layered),
        known: known && changed(known, texts),
        read: (file) => readOver(file.path) ?? read(file),
      });
    },
  };
}

/** What was read, with other texts at some paths. */
function changed(known: ReadTexts, over: Overlay): ReadTexts {
  const texts = new Map(known.texts);
  const failures = new Map(known.failures);
  for (const [path, text] of over) {
    failures.delete(path);
    if (text === undefined) texts.delete(path);
    else texts.set(path, text);
  }
  return { texts, failures };
}

/** What the command line says over every configuration, in the shape of `settings` of an ESLint config. */
export interface GivenSettings {
  readonly authkit: Pick<AuthKitSettings, 'env'>;
}

interface Opened {
  readonly facts: Facts;
  readonly cwd: string;
  readonly settings: GivenSettings | undefined;
  readonly sources: ReadonlyMap<string, string> | undefined;
}

function projectsOf({ cwd, facts, settings, sources }: Opened): RunProject['projectFor'] {
  const projects = new Map<Configuration, Project>();
  const open = (path: string): Project => {
    const configuration = configurationFor(facts, cwd, path);
    let project = projects.get(configuration);
    if (!project) projects.set(configuration, (project = openProject({ cwd, facts, settings, sources, path })));
    return project;
  };
  let last: { readonly folder: string; readonly project: Project } | undefined;
  return (path) => {
    // The files of a folder are asked about one after the other.
    const folder = dirname(path);
    if (last?.folder !== folder) last = { folder, project: open(path) };
    return last.project;
  };
}

/**
 * The files of a run that no configuration leaves out. Throws a `UsageError` that has each place of a configuration that can't be followed:
 * whoever turned a rule off must not have it run for a typing mistake.
 */
export function configured<File extends FoundFile>(
  files: readonly File[],
  projectFor: RunProject['projectFor'],
  cwd: string,
): readonly File[] {
  const problems = new Map<string, string>();
  const wanted = files.filter(({ path }) => {
    const { configuration } = projectFor(path);
    for (const problem of configuration.problems) {
      const place = `${shown(problem.path, cwd)}:${String(problem.line)}:${String(problem.column)}`;
      problems.set(`${place} ${problem.message}`, place);
    }
    return !configuration.ignores(path);
  });
  if (problems.size > 0) throw new UsageError([...problems.keys()].join('\n       '), { showHelp: false });
  return wanted;
}

/** Whether a configuration turns on a rule that the preset `recommended` leaves out. */
export function isTurnedOn({ configuration, settings }: Project, name: string): boolean {
  return configuration.rules.has(name) || settings.authkit.strict === true;
}

/**
 * One look at the disk for all of a run, so that what is found does not depend on how fast the run is, or on what it has written
 * already. Folders that were listed when its files were looked for are not listed again. A large app has more syntax trees than an editor
 * should hold: to parse them again took a tenth of a check.
 */
const createRunFacts = (fileSystem: FileSystem): Facts =>
  createFacts({ interval: Infinity, fileSystem, maxWeight: getHeapStatistics().heap_size_limit / 10 });

function fileSystemOf({ listings }: Discovery): FileSystem {
  return {
    ...disk,
    list: (path) => listings.get(path) ?? disk.list(path),
    holds: (folder, name) => listings.holds(folder, name),
    known: (path) => listings.known(path),
  };
}

/** Whether the files of a run are all of a repository. */
function isWhole({ folders, isFiltered }: Discovery, repository: string): boolean {
  return folders.some((folder) => isWithin(folder, repository)) && !isFiltered();
}
