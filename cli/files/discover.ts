/** Which files a command looks at. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, relative, resolve, sep } from 'node:path';
import ignore from 'ignore';
import { isWithin, posixPath } from '../../project/folders.ts';
import { UsageError } from '../usage.ts';
import { isIgnoredByGit } from './git/git.ts';
import { Listings } from './listings.ts';
import type { Problem } from './problem.ts';
import type { FoundFile } from './read.ts';
import { hasIgnoredSources, isBelow, Search } from './search.ts';
import { folderFilter, isScript, isSource, pathFilter } from './skip.ts';
import { type StagedFile, stagedFiles } from './git/staged.ts';
import { type WorkTree, workTreeOf } from './git/work-tree.ts';

export interface Discovery {
  /** In the order of their paths, each once. */
  readonly files: readonly FoundFile[];
  readonly problems: readonly Problem[];
  /** Files that were named, and are none that a command looks at. Absolute. */
  readonly skipped: readonly string[];
  /** Links to folders that lead back to a folder around them, and so were not followed. Absolute. */
  readonly loops: readonly string[];
  /** The folders that were asked for. Absolute. */
  readonly folders: readonly string[];
  /** Whether some of their files were left out because someone asked for it, or because git ignores them. */
  readonly isFiltered: () => boolean;
  /** Of the folders that were listed on the way. */
  readonly listings: Listings;
}

export interface Request {
  /** Absolute. */
  readonly cwd: string;
  /** Files and folders; none means `cwd`. */
  readonly paths: readonly string[];
  /** What else to leave out, in the syntax of .gitignore, relative to `cwd`. */
  readonly ignore?: readonly string[];
  /** Which files other than scripts are wanted, by their base names; default: none. */
  readonly isText?: (name: string) => boolean;
}

/**
 * Finds the files. A file that is named is taken as it is; in a folder, what git ignores, build output, tests and stories
 * are left out. Env files next to a package.json are taken although git ignores them, as it nearly always does. Throws a
 * `UsageError` when a path names nothing that can be looked at, or when nothing is found at all.
 */
export function discover({ cwd, ignore: patterns = [], isText = () => false, paths }: Request): Discovery {
  const isWanted = patternFilter(cwd, patterns);
  const search = new Search(isText, patterns.length > 0 ? isWanted : undefined);
  const mistakes: string[] = [];
  for (const given of paths.length > 0 ? paths : ['.']) {
    const mistake = search.add(resolve(cwd, given), given);
    if (mistake !== undefined) mistakes.push(mistake);
  }
  // Nothing is done by halves: whoever mistyped one path may not want the others done.
  if (mistakes.length > 0) throw new UsageError(mistakes.join('\n       '), { showHelp: false });
  const files = [...search.files.values()]
    .filter(({ path }) => isWanted(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  // What is left out may be broken.
  const problems = search.problems.filter(({ path }) => isWanted(path));
  const loops = search.loops.filter(isWanted);
  const { folders, ignored, listings, skipped } = search;
  // A hook that hands on whatever was changed may have nothing for us.
  if (files.length === 0 && problems.length === 0 && skipped.length === 0)
    throw new UsageError(nothingIn(paths, cwd), { showHelp: false });
  return {
    files,
    problems,
    skipped,
    loops,
    folders,
    isFiltered: () => patterns.length > 0 || hasIgnoredSources(ignored),
    listings,
  };
}

/** Makes the question whether a path (absolute; a folder's may end with a separator) is left in by patterns of .gitignore's language, relative to `cwd`. */
export function patternFilter(cwd: string, patterns: readonly string[]): (path: string) => boolean {
  const excluded = ignore().add([...patterns]);
  return (path) => {
    // A pattern for folders (`old/`) is held against a name that ends with a slash.
    const isFolder = path.endsWith(sep);
    const name = isFolder ? path.slice(0, -1) : path;
    if (patterns.length === 0 || !isBelow(name, cwd)) return true;
    return !excluded.ignores(posixPath(relative(cwd, name)) + (isFolder ? '/' : ''));
  };
}

export interface StagedDiscovery extends Discovery {
  readonly files: readonly StagedFile[];
  readonly workTree: WorkTree;
}

/**
 * As `discover`, of what is staged for the next commit; nothing may be staged. Without paths it looks at the whole work tree. Throws a `UsageError`
 * where there is none, and when a path leads out of it or names nothing that is there or staged.
 */
export function discoverStaged({ cwd, ignore: patterns = [], isText = () => false, paths }: Request): StagedDiscovery {
  const workTree = workTreeOf(cwd);
  const { root } = workTree;
  const staged = stagedFiles(workTree);
  const within = paths.map((path) => realPathOf(resolve(cwd, path)));
  const missing = within.findIndex(
    (path) => !existsSync(path) && !staged.files.some((file) => isWithin(path, file.path)),
  );
  if (missing !== -1)
    throw new UsageError(`There is no file or folder '${paths[missing] ?? ''}'.`, { showHelp: false });
  const outside = within.findIndex((path) => !isWithin(path, root) && !isWithin(root, path));
  if (outside !== -1)
    throw new UsageError(`'${paths[outside] ?? ''}' is not in the work tree ${root}.`, { showHelp: false });
  const isLeftIn = patternFilter(cwd, patterns);
  const isSkipped = pathFilter(root, folderFilter());
  const isWanted = ({ path }: { readonly path: string }) => {
    const base = basename(path);
    if (!isLeftIn(path)) return false;
    if (within.includes(path)) return isScript(base) || isText(base);
    return (
      (isSource(base) || isText(base)) &&
      !isSkipped(posixPath(relative(root, path))) &&
      (within.length === 0 || within.some((one) => isWithin(one, path)))
    );
  };
  const files = staged.files.filter(isWanted).map((file) => ({ ...file, named: within.includes(file.path) }));
  return {
    files,
    workTree,
    problems: staged.problems.filter(isWanted),
    skipped: [],
    loops: [],
    folders: [],
    isFiltered: () => true,
    listings: new Listings(),
  };
}

/** A path as git has it, whose paths lead through no link; as it is where nothing is. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function nothingIn(paths: readonly string[], cwd: string): string {
  const where = paths.length === 0 ? 'here' : `in ${paths.join(', ')}`;
  const ignored = (paths.length > 0 ? paths : ['.']).some((path) => isIgnoredByGit(resolve(cwd, path)));
  const why = ignored ? 'git ignores it' : 'what git ignores, build output, tests and stories are left out';
  return `There are no JavaScript or TypeScript files to look at ${where} (${why}).`;
}
